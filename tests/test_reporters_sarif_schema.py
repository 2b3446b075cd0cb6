"""SARIF logs, held against the official schema and Microsoft's validator, both from npm."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from convex_lint.reporters import Options, render
from tests.npm import UnavailableError, cache_folder, npm
from tests.test_reporters_support import everything, report

if TYPE_CHECKING:
    from convex_lint.report import Report

MULTITOOL = "@microsoft/sarif-multitool-linux@5.7.0"
INTEGRITY = "NxUbpq6ISCWoTQ/NfOYEwEDKq1Heka/rMoJ5R5LMydcAZQX/X7g5mWHcgxDub+0M07LC96tZ5LZHvF1Qy3gjTA=="


@pytest.fixture(scope="module")
def multitool() -> Path:
    """Return the folder of Microsoft's validator, which has the official schema beside it."""
    folder = cache_folder() / "sarif-multitool-linux-5.7.0"
    try:
        return folder if folder.is_dir() else fetched(folder)
    except UnavailableError as error:
        if os.environ.get("CONVEX_LINT_REQUIRE_NPM") == "1":
            raise
        pytest.skip(str(error))


def fetched(folder: Path) -> Path:
    """Fetch the validator from npm; a folder that exists is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        npm(["pack", "--silent", "--ignore-scripts", MULTITOOL], Path(scratch))
        (tarball,) = Path(scratch).glob("*.tgz")
        assert base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode() == INTEGRITY
        with tarfile.open(tarball) as archive:
            archive.extractall(scratch, filter="data")
        (Path(scratch) / "package" / "Sarif.Multitool").chmod(0o755)
        try:
            (Path(scratch) / "package").rename(folder)
        except OSError:
            # Another test process was first; its copy is the same.
            if not folder.is_dir():
                raise
    return folder


def faults(folder: Path, log: Any) -> list[str]:
    """Return what the official schema has to say against a log."""
    schema = json.loads((folder / "sarif-2.1.0.json").read_text("utf-8-sig"))
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(log)]


@pytest.mark.parametrize("include", [False, True])
@pytest.mark.parametrize("found", [everything(), report()], ids=["everything", "clean"])
def test_logs_are_valid_by_the_official_schema(multitool: Path, found: Report, include: bool) -> None:  # noqa: FBT001
    log = json.loads(render("sarif", found, Options(version="0.1.0", include_suppressed=include)))
    assert faults(multitool, log) == []


def test_the_official_schema_is_really_asked(multitool: Path) -> None:
    log = json.loads(render("sarif", everything()))
    log["runs"][0]["results"][0]["level"] = "info"
    assert len(faults(multitool, log)) == 1


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="the validator is a Linux program"
)
@pytest.mark.parametrize("found", [everything(), report()], ids=["everything", "clean"])
def test_microsofts_validator_finds_no_error_and_no_warning(multitool: Path, found: Report, tmp_path: Path) -> None:
    (tmp_path / "out.sarif").write_text(render("sarif", found, Options(version="0.1.0")), "utf-8")
    arguments = ["validate", "out.sarif", "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note"]
    command = [str(multitool / "Sarif.Multitool"), *arguments, "--output", "val.sarif", "--log", "ForceOverwrite"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    # It ends with 0 whatever it finds.
    (run,) = json.loads((tmp_path / "val.sarif").read_text("utf-8-sig"))["runs"]
    said_by_rule = {(each["ruleId"], each.get("level", "warning")) for each in run["results"]}
    # Notes about: texts not in a string table, no version control, URLs that it cannot reach, names instead of
    # numbered ids, no code of what has none, and no page of the linter's own words.
    notes = {"SARIF2002", "SARIF2003", "SARIF2006", "SARIF2009", "SARIF2010", "SARIF2011", "SARIF2012"}
    assert {each for each in said_by_rule if each[1] != "note" or each[0] not in notes} == set()
