"""What the two linters find, and which findings only one of them has."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.npm import UnavailableError, cache_folder, npm
from tests.parity.projects import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
_LOCK = ("package.json", "package-lock.json")


class Found(NamedTuple):
    """A finding: the project and the path in it, the rule, its lines, and the first of these as it is written."""

    path: str
    rule: str
    first: int
    last: int
    text: str


class Both(NamedTuple):
    """The rules of the plugin, what it finds, and what convex-lint finds in the same projects."""

    rules: tuple[str, ...]
    theirs: tuple[Found, ...]
    ours: tuple[Found, ...]


def ask_both(options: Mapping[str, object]) -> Both:
    """Lay the projects out and lint them with both; `options` are the rules of ours that are compared, as set there.

    Raises `UnavailableError` where the tools cannot be had. What the plugin finds is kept, by what it reads.
    """
    tools = _tools()
    with tempfile.TemporaryDirectory(dir=tools, prefix="projects-") as scratch:
        folder = Path(scratch).resolve()
        names = tuple(lay_out(folder))
        said = [_theirs(tools, folder, name) for name in names]
        theirs = tuple(finding for _, found in said for finding in found)
        return Both(said[0][0], theirs, tuple(f for name in names for f in _ours(folder, name, options)))


def differences(both: Both) -> tuple[list[Found], list[Found]]:
    """Return what only they find and what only we do: a finding is the same where rule, file and a line are."""
    left = list(both.ours)
    alone = []
    for theirs in both.theirs:
        same = next((ours for ours in left if _same(theirs, ours)), None)
        if same is None:
            alone.append(theirs)
        else:
            left.remove(same)
    return alone, left


def _same(one: Found, other: Found) -> bool:
    return one[:2] == other[:2] and one.first <= other.last and other.first <= one.last


def _tools() -> Path:
    """Return the folder with ESLint and the plugin, installed when first asked for as the lock file says."""
    lock = b"".join((HERE / name).read_bytes() for name in _LOCK)
    folder = cache_folder() / f"parity-{hashlib.sha256(lock).hexdigest()[:12]}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            made = Path(scratch) / "tools"
            made.mkdir()
            for name in _LOCK:
                shutil.copy(HERE / name, made)
            npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], made)
            if not folder.is_dir():
                made.rename(folder)
    return folder


def _theirs(tools: Path, folder: Path, name: str) -> tuple[tuple[str, ...], list[Found]]:
    """Return the rules of the plugin, and what they find in a project."""
    kept = tools / f"found-{_digest(folder / name)}.json"
    if not kept.is_file():
        said = _eslint(tools, folder, name)
        with tempfile.NamedTemporaryFile("w", dir=tools, delete=False, encoding="utf-8") as file:
            file.write(said)
        Path(file.name).replace(kept)
    said = json.loads(kept.read_text(encoding="utf-8"))
    found = (_found(folder, f["path"], f["rule"], f["first"], f["last"]) for f in said["found"])
    return tuple(said["rules"]), list(found)


def _eslint(tools: Path, folder: Path, name: str) -> str:
    node = shutil.which("node")
    if node is None:
        raise UnavailableError("node is not installed")
    command = [node, str(HERE / "lint.mjs"), str(tools), str(folder), name]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _digest(project: Path) -> str:
    """Return what stands for all that a project says, and for how it is linted."""
    files = sorted(path for path in project.rglob("*") if path.is_file())
    whole = hashlib.sha256((HERE / "lint.mjs").read_bytes())
    for path in files:
        whole.update(path.relative_to(project.parent).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()[:16]


def _ours(folder: Path, name: str, options: Mapping[str, object]) -> Iterator[Found]:
    """Yield what our rules of these names find in a project."""
    config = folder / f"{name}.json"
    config.write_text(json.dumps({"rules": options}), encoding="utf-8")
    chosen: Sequence[str] = [word for rule in options for word in ("--select", rule)]
    command = [sys.executable, "-m", "convex_lint", "check", "-f", "json", "--exit-zero", "--config", str(config)]
    done = subprocess.run(
        [*command, *chosen], cwd=folder / name, env=_environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    for diagnostic in _chosen(json.loads(done.stdout)["diagnostics"], options):
        span = diagnostic["range"]
        path = f"{name}/{diagnostic['path']}"
        yield _found(folder, path, diagnostic["rule"], span["start"]["line"], span["end"]["line"])


def _chosen(diagnostics: Iterable[dict[str, Any]], options: Mapping[str, object]) -> list[dict[str, Any]]:
    return [d for d in diagnostics if d["rule"] in options and d["range"] and not _is_unread(d["path"])]


def _is_unread(path: str) -> bool:
    """Say whether the plugin is not given a file: tests and what is generated."""
    return "_generated/" in path or ".test." in path


def _found(folder: Path, path: str, rule: str, first: int, last: int) -> Found:
    text = (folder / path).read_text(encoding="utf-8").splitlines()[first - 1].strip()
    return Found(path, rule, first, last, text)


def _environment() -> dict[str, str]:
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
