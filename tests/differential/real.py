"""What the published package and the server say of programs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.differential import pushed
from tests.npm import needed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.differential.program import Program

RUNNER = Path(__file__).with_name("run.mjs")
GENERATED = {
    "server": """export {
  queryGeneric as query,
  mutationGeneric as mutation,
  actionGeneric as action,
  httpActionGeneric as httpAction,
  internalQueryGeneric as internalQuery,
  internalMutationGeneric as internalMutation,
  internalActionGeneric as internalAction,
} from "convex/server";
""",
    "api": """import { anyApi, componentsGeneric } from "convex/server";
export const api = anyApi;
export const internal = anyApi;
export const components = componentsGeneric();
""",
}
"""What `convex codegen` writes, as far as programs import it."""

_RELATIVE = re.compile(r'(from "\.)(/[^"]*)(")')


def said(programs: Sequence[Program], folder: Path) -> list[str | None]:
    """Return why each program cannot be deployed or fails when it is run, None for one that is fine."""
    node = shutil.which("node")
    if node is None:
        raise AssertionError("the package, which npm fetched, needs node")
    _install(folder)
    asked = []
    schemas: dict[str, str] = {}
    for at, program in enumerate(programs):
        home = folder / f"p{at}"
        home.mkdir()
        for name, text in program.files.items():
            # What is generated is the same for all, and loaded once.
            (home / f"{name}.js").write_text(_RELATIVE.sub(r"\1.\2.js\3", text), "utf-8")
        schema = program.files.get("schema")
        holds = schemas.setdefault(schema, home.name) if schema is not None else None
        asked.append({"at": home.name, "how": program.how, "entry": program.entry, "schema": holds})
    done = subprocess.run(
        [node, str(RUNNER), str(folder)], input=json.dumps(asked), capture_output=True, encoding="utf-8", check=True
    )
    answers = json.loads(done.stdout)
    return [
        one["error"] or pushed.refusal(program.how, one["gives"])
        for program, one in zip(programs, answers, strict=True)
    ]


def _install(folder: Path) -> None:
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    target = folder / "node_modules" / "convex"
    target.mkdir(parents=True)
    shutil.copy(needed("convex") / "package.json", target)
    shutil.copytree(needed("convex") / "dist" / "esm", target / "dist" / "esm", ignore=shutil.ignore_patterns("*.map"))
    (folder / "_generated").mkdir()
    for name, text in GENERATED.items():
        (folder / "_generated" / f"{name}.js").write_text(text, "utf-8")
