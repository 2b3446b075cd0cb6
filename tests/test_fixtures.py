"""The projects of `fixtures/`: each is linted as a user would lint it, and the output is as it was read and agreed to.

`fixtures/<project>/expected.txt` is the output in the `concise` format. With `UPDATE_FIXTURES=1` in the environment it
is written anew, to be read in the diff. `known.txt` lists what should be found and is not yet, as `path:line: rule`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.command import run

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PROJECTS = sorted(folder.name for folder in FIXTURES.iterdir() if (folder / "expected.txt").is_file())
LINE = re.compile(r"(?P<place>.+?:\d+):\d+: (?:error|warning) (?P<rule>[\w-]+) ")


def found(text: str) -> set[str]:
    """Return the lines of concise output as `path:line: rule`."""
    matches = [LINE.match(line) for line in text.splitlines()]
    assert all(matches)
    return {f"{match['place']}: {match['rule']}" for match in matches if match}


def test_every_project_is_here() -> None:
    folders = {folder.name for folder in FIXTURES.iterdir() if folder.is_dir()}
    assert {*PROJECTS, "cases"} == folders


@pytest.mark.parametrize("name", PROJECTS)
def test_what_is_found_in_a_project_is_what_was_agreed_to(name: str) -> None:
    ran = run("check", "--format", "concise", cwd=FIXTURES / name)
    expected = FIXTURES / name / "expected.txt"
    if os.environ.get("UPDATE_FIXTURES"):
        expected.write_text(ran.out, encoding="utf-8", newline="\n")
    assert ran.out == expected.read_text(encoding="utf-8")
    assert ran.err == ""
    assert ran.code == (1 if " error " in ran.out else 0)


def test_what_is_known_to_be_missing_is_still_missing() -> None:
    for path in sorted(FIXTURES.glob("*/known.txt")):
        known = set(path.read_text(encoding="utf-8").splitlines())
        assert known, f"{path}: nothing is missing any more, so delete it"
        for line in known:
            place, number, _ = line.split(":")
            assert int(number) <= len((path.parent / place).read_text(encoding="utf-8").splitlines()), line
        mended = known & found(run("check", "--format", "concise", cwd=path.parent).out)
        assert not mended, f"{path}: these are found now, so delete their lines"


def test_the_clean_project_is_silent() -> None:
    assert (FIXTURES / "clean" / "expected.txt").read_text(encoding="utf-8") == ""
