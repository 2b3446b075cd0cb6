"""Patterns of `.gitignore`, held to what git says."""

from __future__ import annotations

import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from convex_lint.discovery.disk import Disk
from convex_lint.discovery.ignores import Ignores
from convex_lint.globs import covers, gitignore, patterns, verdict

if TYPE_CHECKING:
    from pathlib import Path

PIECES = (
    "a",
    "b",
    "ab",
    "*",
    "a*",
    "*b",
    "**",
    "?",
    "[ab]",
    "[!a]",
    "[^b]x",
    "c.ts",
    "*.ts",
    "\\*",
    ".x",
    "[a-c]",
    "[]a]",
)
NAMES = ("a", "b", "ab", "x", "bx", "c.ts", ".x", "*", "]")


@pytest.mark.parametrize(
    ("pattern", "path", "folder", "expected"),
    [
        ("dist", "dist", True, True),
        ("dist/", "dist", False, None),
        ("dist/", "packages/a/dist", True, True),
        ("/dist", "packages/dist", True, None),
        ("*.local", ".env.local", False, True),
        ("a/*.ts", "a/b/c.ts", False, None),
        ("a/**/c.ts", "a/c.ts", False, True),
        ("a/**", "a", True, None),
        ("**/a", "x/y/a", False, True),
        ("!a", "a", False, False),
        ("\\!a", "!a", False, True),
        ("\\#a", "#a", False, True),
        ("# a", "# a", False, None),
        ("a   ", "a", False, True),
        ("a\r", "a", False, True),
        ("[", "[", False, None),
        ("[z-a]", "z", False, None),
        ("a\\", "a\\", False, None),
        ("/", "a", True, None),
    ],
)
def test_one_pattern(pattern: str, path: str, *, folder: bool, expected: bool | None) -> None:
    assert verdict(gitignore(pattern), path, folder=folder) is expected


def test_a_byte_order_mark_is_no_part_of_the_first_pattern() -> None:
    assert verdict(gitignore("\ufeffdist\nlib"), "dist", folder=True) is True


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("**/*.{test,spec}.ts", "convex/a.spec.ts", True),
        ("**/*.{test,spec}.{ts,tsx}", "a.test.tsx", True),
        ("./convex/*.ts", "convex/a.ts", True),
        ("convex/admin", "convex/admin/deep/a.ts", True),
        ("convex/admin/**", "convex/admin/deep/a.ts", True),
        ("*.ts", "deep/er/a.ts", True),
        ("convex/*.ts", "convex/admin/a.ts", False),
        ("{a}", "a", False),
    ],
)
def test_globs_of_a_configuration(glob: str, path: str, *, expected: bool) -> None:
    assert covers(patterns([glob]), path) is expected


def test_a_later_glob_takes_back() -> None:
    globs = patterns(["convex/*", "!convex/kept.ts"])
    assert covers(globs, "convex/a.ts")
    assert not covers(globs, "convex/kept.ts")


@pytest.mark.skipif(shutil.which("git") is None, reason="git says what is right")
@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_git(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)  # noqa: S311  a test is no secret
    paths = _some_files(choose, tmp_path)
    for folder in ("", "a", "b"):
        if (tmp_path / folder).is_dir():
            lines = [_some_pattern(choose) for _ in range(choose.randint(1, 6))]
            (tmp_path / folder / ".gitignore").write_text("\n".join(lines), encoding="utf-8")
    git = ("git", "-c", "core.excludesFile=", "-c", "core.ignoreCase=false", "-C", str(tmp_path))
    subprocess.run((*git, "init", "-q"), check=True)
    asked = (*git, "check-ignore", "--no-index", "-z", "--stdin")
    said = subprocess.run(asked, input="\0".join(paths).encode(), capture_output=True, check=False)
    expected = {path for path in said.stdout.decode().split("\0") if path}
    ignores = Ignores(Disk(str(tmp_path)), None, (), git=True)
    assert {path for path in paths if ignores.file(path)} == expected


def _some_files(choose: random.Random, root: Path) -> list[str]:
    found = set()
    for _ in range(60):
        parts = [choose.choice(NAMES) for _ in range(choose.randint(1, 4))]
        path = root.joinpath(*parts)
        blocked = any(parent.is_file() for parent in path.parents)
        if not blocked and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            found.add("/".join(parts))
    return sorted(found)


def _some_pattern(choose: random.Random) -> str:
    pieces = [choose.choice(PIECES) for _ in range(choose.randint(1, 3))]
    start = choose.choice(("", "", "", "/", "!", "!/"))
    return start + "/".join(pieces) + choose.choice(("", "", "/"))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 20 + "b", "a" * 80),
        ("**/a/" * 15 + "b", "a/" * 60 + "c"),
        ("{a,b}" * 40, "c"),
    ],
)
def test_a_hostile_pattern_takes_no_time(pattern: str, path: str) -> None:
    assert not covers(patterns([pattern]), path)
