"""The published components of the Convex team lint without a crash and without an error that nobody has read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.npm import PINS, component

ROOT = Path(__file__).resolve().parent.parent

FINISHED = {0, 1}
"""The exit codes of a run that worked: nothing to stop for, or errors found."""


class Known(NamedTuple):
    """One error that was read in the pinned source and is true: where it is, and which rule says so."""

    path: str
    line: int
    rule: str


REVIEWED: dict[str, frozenset[Known]] = {}
"""The true errors of each package; versions are pinned, so lines hold. Add one only after reading the code."""


@pytest.mark.parametrize("name", sorted(PINS))
def test_package_has_only_reviewed_errors(name: str) -> None:
    """Each package lints to the end, every file of it parses, and its errors are the reviewed ones."""
    document = _checked(component(name))
    errors = {_known(d) for d in document["diagnostics"] if d["severity"] == "error"}

    assert document["summary"]["filesChecked"] > 0
    assert not [d for d in document["diagnostics"] if d["rule"] in {"rule-crashed", "syntax-error"}]
    assert errors == REVIEWED.get(name, frozenset())


def test_reviewed_errors_are_of_pinned_packages() -> None:
    """No reviewed error outlives the pin of its package."""
    assert REVIEWED.keys() <= PINS.keys()


def _checked(folder: Path) -> dict[str, Any]:
    """Return the JSON report of the command, run as a user runs it: in the package, on its functions folder."""
    home = folder.parent.parent
    command = [sys.executable, "-m", "convex_lint", "check", "--format", "json", str(folder.relative_to(home))]
    done = subprocess.run(command, cwd=home, env=_environment(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in FINISHED, done.stderr or done.stdout
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _environment() -> dict[str, str]:
    """Return the environment in which the command of this checkout is found, installed or not."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def _known(diagnostic: dict[str, Any]) -> Known:
    span = diagnostic["range"]
    return Known(diagnostic["path"], span["start"]["line"] if span else 0, diagnostic["rule"])
