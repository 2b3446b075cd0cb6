"""The imports that an example need not show, and the version of `convex` that it is for."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from convex_lint.testing.trees import is_code

if TYPE_CHECKING:
    from collections.abc import Mapping

_VALUES = {
    "_generated/server": (
        "query",
        "mutation",
        "action",
        "internalQuery",
        "internalMutation",
        "internalAction",
        "httpAction",
    ),
    "_generated/api": ("api", "internal", "components"),
    "convex/values": ("v", "ConvexError"),
    "convex/server": (
        "cronJobs",
        "defineApp",
        "defineComponent",
        "defineSchema",
        "defineTable",
        "httpRouter",
        "paginationOptsValidator",
    ),
}
_TYPES = {
    "_generated/server": ("QueryCtx", "MutationCtx", "ActionCtx"),
    "_generated/dataModel": ("Doc", "Id"),
    "convex/values": ("Infer",),
}
_RECENT = json.dumps({"dependencies": {"convex": "^1.48.0"}})
_IMPORT = re.compile(r"^\s*import\b(?!\s*\()", re.MULTILINE)


def with_preludes(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the files of an example, each with its prelude after the code, where it moves nothing.

    An example that shows no `package.json` is for a recent version of `convex`.
    """
    return {"package.json": _RECENT, **{path: text + prelude(path, texts) for path, text in texts.items()}}


def prelude(path: str, texts: Mapping[str, str]) -> str:
    """Return the imports of the names that a module of an example uses and does not import.

    There are none for a module that has an import of its own, or that lies in no functions folder.
    """
    text = texts.get(path, "")
    folder = functions_folder(path, texts) if is_code(path) and not _IMPORT.search(text) else None
    if folder is None:
        return ""
    forms = [("import", _VALUES)]
    if path.endswith(("ts", "tsx")):
        forms.append(("import type", _TYPES))
    lines = [
        f'{word} {{ {", ".join(used)} }} from "{_specifier(path, folder, module)}";\n'
        for word, names in forms
        for module, exports in names.items()
        if (used := [name for name in exports if _uses(text, name)])
    ]
    return "".join(lines)


def functions_folder(path: str, texts: Mapping[str, str]) -> str | None:
    """Return the functions folder that a file of an example lies in.

    It is the nearest one with a `convex.config.ts`, that a `convex.json` names, or that is called `convex`.
    """
    named = {
        posixpath.normpath(posixpath.join(posixpath.dirname(at), json.loads(text).get("functions", "convex")))
        for at, text in texts.items()
        if posixpath.basename(at) == "convex.json"
    }
    for parent in PurePosixPath(path).parents:
        folder = str(parent)
        if folder in named or f"{folder}/convex.config.ts" in texts or (not named and parent.name == "convex"):
            return folder
    return None


def _specifier(path: str, folder: str, module: str) -> str:
    if module.startswith("convex/"):
        return module
    return relative(path, f"{folder}/{module}")


def relative(path: str, module: str) -> str:
    """Return what a module at `path` writes to import the module at `module`, without its ending."""
    to = posixpath.relpath(module, posixpath.dirname(path) or ".")
    return to if to.startswith("../") else f"./{to}"


def _uses(text: str, name: str) -> bool:
    declared = re.search(rf"\b(?:class|const|enum|function|interface|let|type|var)\s+{name}\b", text)
    return declared is None and re.search(rf"(?<![.\w$]){name}\b(?!\s*:)", text) is not None
