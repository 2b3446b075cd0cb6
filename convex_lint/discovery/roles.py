"""What a file is to its project, by the rules by which Convex chooses what it bundles.

From `entryPoints` in `npm-packages/convex/src/bundler/index.ts` of get-convex/convex-backend (convex 1.48).
"""

from __future__ import annotations

import re

from convex_lint.workspace import SUFFIXES, Role

CONFIGURATION = frozenset(
    f"{name}.{language}" for name in ("schema", "auth.config", "convex.config") for language in ("ts", "js")
)
"""The files at the top of a functions folder that configure it; the bundler reads them on their own."""

_TEST_FOLDERS = frozenset(("__tests__", "__mocks__"))
_TEST_NAME = re.compile(r"\.(?:test|spec|bench)(?:-d)?\.[cm]?[jt]sx?$")
_MODULE_TEXT = re.compile(rb"(?:^|\r)\s{0,100}(?:import|export)", re.MULTILINE)


def role_of(path: str, folder: str | None, data: bytes) -> Role:
    """Return the role of a module. `folder` is its project's functions folder ("." for the root), or None.

    The bytes matter to one rule: a `.ts` or `.tsx` file without an import or export is not deployed.
    """
    inside = path if folder in (None, ".") else path[len(folder or "") + 1 :]
    by_name = _by_name(inside)
    if by_name is not None:
        return by_name
    if folder is None or not _is_entry(inside):
        return Role.LIBRARY
    if inside.endswith((".ts", ".tsx")) and not _MODULE_TEXT.search(data):
        return Role.LIBRARY
    return Role.ENTRY


def is_test(path: str) -> bool:
    """Say whether a path is that of a test, a benchmark or a mock."""
    return _TEST_NAME.search(path) is not None or not _TEST_FOLDERS.isdisjoint(path.split("/"))


def _by_name(inside: str) -> Role | None:
    if "_generated" in inside.split("/"):
        return Role.GENERATED
    if is_test(inside):
        return Role.TEST
    return Role.CONFIGURATION if inside in CONFIGURATION else None


def _is_entry(inside: str) -> bool:
    name = inside.rpartition("/")[2]
    skipped = name.startswith((".", "#")) or name in ("schema.ts", "schema.js") or name.count(".") > 1
    return inside.endswith(SUFFIXES) and not skipped and " " not in inside and not inside.startswith("_deps/")
