"""A run that is killed while it writes: every file is whole, and the next run says what is missing."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.command import BAD, environment, project, run

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("a", "b", "c", "d")
KILLED = """
import os, signal, sys
left = int(sys.argv.pop(1))
at = sys.argv.pop(1)
done = getattr(os, at)

def dies(*arguments, **named):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return done(*arguments, **named)

setattr(os, at, dies)
from convex_lint.cli import start
start()
"""
"""Runs the command, and dies at the n-th call of a function of `os`."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def kill(folder: Path, number: int, at: str, *flags: str) -> int:
    command = [sys.executable, "-c", KILLED, str(number), at, "check", *flags]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False).returncode


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "convex").glob("*.ts"))}


@pytest.mark.parametrize("at", ["fsync", "chmod", "replace"])
@pytest.mark.parametrize("number", range(1, len(NAMES) + 2))
def test_every_file_is_old_or_new_and_the_next_run_goes_on(tmp_path: Path, at: str, number: int) -> None:
    folder = project(tmp_path / "one", **dict.fromkeys(NAMES, BAD))
    whole = project(tmp_path / "other", **dict.fromkeys(NAMES, BAD))
    run("check", "--fix", "--unsafe-fixes", cwd=whole)
    old, new = texts(folder), texts(whole)
    assert old != new
    code = kill(folder, number, at, "--fix", "--unsafe-fixes")
    now = texts(folder)
    assert all(text in {old[name], new[name]} for name, text in now.items())
    done = [name for name in now if now[name] == new[name]]
    assert len(done) == min(number - 1, len(NAMES))
    assert (code == -9) == (number <= len(NAMES))
    said = run("check", "--exit-zero", cwd=folder).err
    if 0 < len(done) < len(NAMES):
        assert "a run before this one was cut off" in said
        assert all(f"`convex/{name}`" in said for name in now if len(done) != 1 or name in done)
    else:
        assert "cut off" not in said
    assert "cut off" not in run("check", "--fix", "--unsafe-fixes", cwd=folder).err
    assert texts(folder) == new


@pytest.mark.parametrize("at", ["fsync", "replace"])
def test_a_baseline_is_written_whole_or_not_at_all(tmp_path: Path, at: str) -> None:
    folder = project(tmp_path, a=BAD)
    baseline = folder / "convex-lint-suppressions.json"
    assert kill(folder, 1, at, "--suppress-all") == -9
    assert not baseline.exists()
    assert run("check", "--suppress-all", cwd=folder).code == 0
    before = baseline.read_bytes()
    project(tmp_path, b=BAD)
    assert kill(folder, 1, at, "--suppress-all") == -9
    assert baseline.read_bytes() == before
    assert run("check", "--suppress-all", cwd=folder).code == 0


def test_a_word_that_cannot_be_read_is_taken_away(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    word = folder / ".convex-lint-fixing.json"
    for text in ("", "{", "[]", '{"files": 1}', '{"files": {"../../x": "y"}}'):
        word.write_text(text, encoding="utf-8")
        assert run("check", "--exit-zero", cwd=folder).err == ""
        assert not word.exists()
