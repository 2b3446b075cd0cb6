"""The command as a process of its own, as users start it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

COMMAND = (sys.executable, "-m", "convex_lint")

_KEPT = frozenset(("COMSPEC", "HOME", "LANG", "PATH", "PATHEXT", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE"))

BAD = """\
import { mutation } from "./_generated/server";

export const touch = mutation(async (ctx) => {
  ctx.db.patch(id, {});
});
"""
"""A module with a warning that has a safe fix, in line 3, and an error that has an unsafe one, in line 4."""

BAD_RULES = ["no-old-registered-function-syntax", "no-floating-promises"]

GOOD = """\
import { query } from "./_generated/server";

export const all = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").collect() });
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


def run(
    *arguments: str | bytes | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    before: Callable[[], object] | None = None,
) -> Ran:
    """Run convex-lint in a folder; `before` runs in the new process first. A traceback is never right."""
    ended = subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=environment(**(env or {})),
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=before,  # noqa: PLW1509  the tests have no threads
    )
    ran = Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
    assert "Traceback" not in ran.err + ran.out, ran.err
    return ran


def project(folder: Path, **modules: str | bytes) -> Path:
    """Write a project with modules by their names without ending, and return its folder."""
    (folder / "convex").mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"dependencies": {"convex": "^1.30.0"}}', encoding="utf-8")
    for name, text in modules.items():
        data = text.encode() if isinstance(text, str) else text
        (folder / "convex" / f"{name}.ts").write_bytes(data)
    return folder
