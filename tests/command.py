"""The command as users start it: `run` calls the entry point, `start` does so in a process of its own."""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from convex_lint.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

COMMAND = (sys.executable, "-m", "convex_lint")

_KEPT = frozenset(("COMSPEC", "HOME", "LANG", "PATH", "PATHEXT", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE"))

BAD = """\
import { mutation } from "./_generated/server";
// @public
export const touch = mutation(async (ctx) => {
  ctx.db.patch(id, {});
});
"""
"""A module with a warning that has a safe fix, in line 3, and an error that has an unsafe one, in line 4.

That anyone may call it is said in a comment, which has `require-access-control` silent.
"""

BAD_RULES = ["no-old-registered-function-syntax", "no-floating-promises"]

GOOD = """\
import { query } from "./_generated/server";

export const all = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").take(5) });
"""


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it said on standard output, by lines."""
        return self.out.splitlines()

    @property
    def found(self) -> list[tuple[str, str]]:
        """The files and rules of JSON output."""
        return [(found["path"], found["rule"]) for found in self.json["diagnostics"]]

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """Return an environment without what agents, CI and terminals set, and with what is given."""
    kept = {name: value for name, value in os.environ.items() if name.upper() in _KEPT}
    return {**kept, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error", **more}


def run(*arguments: str | bytes, cwd: Path, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Ran:
    """Run convex-lint in a folder, in this process: a test then takes milliseconds."""
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        wanted = environment(**(env or {}))
        for name in os.environ.keys() - wanted.keys():
            patch.delenv(name)
        for name, value in wanted.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["convex-lint", *map(os.fsdecode, arguments)])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", newline="\n"))
        patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", newline="\n"))
        try:
            with pytest.raises(SystemExit) as ended:
                main()
            sys.stdout.flush()
            sys.stderr.flush()
            return _ran(int(ended.value.code or 0), out.getvalue(), err.getvalue())
        finally:
            gc.enable()


def start(
    *arguments: str | bytes,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    before: Callable[[], object] | None = None,
) -> Ran:
    """Run convex-lint in a folder, in a process of its own; `before` runs there first."""
    ended = subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=before,
    )
    return _ran(ended.returncode, ended.stdout, ended.stderr)


def _ran(code: int, out: bytes, err: bytes) -> Ran:
    """Return how a command ended, in which a traceback is never right."""
    assert b"Traceback" not in out + err, err.decode()
    return Ran(code, out.decode(), err.decode())


def project(folder: Path, **modules: str | bytes) -> Path:
    """Write a project with modules by their names without ending, and return its folder."""
    (folder / "convex").mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"dependencies": {"convex": "^1.30.0"}}', encoding="utf-8")
    for name, text in modules.items():
        data = text.encode() if isinstance(text, str) else text
        (folder / "convex" / f"{name}.ts").write_bytes(data)
    return folder
