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

RESERVED = "_deps/"
"""The folder that Convex puts its own modules into; it stops at a file of the project there."""

_TEST_FOLDERS = frozenset(("__tests__", "__mocks__"))
_TEST_NAME = re.compile(r"\.(?:test|spec|bench)(?:-d)?\.[cm]?[jt]sx?$")
_MODULE_TEXT = re.compile(rb"(?:^|\r)\s{0,100}(?:import|export)", re.MULTILINE)


def role_of(path: str, folder: str | None, data: bytes) -> Role:
    """Return the role of a module. `folder` is its project's functions folder ("." for the root), or None.

    The bytes matter to one rule: a `.ts` or `.tsx` file without an import or export is not deployed.
    """
    inside = inside_of(path, folder) or path
    by_name = _by_name(inside)
    if by_name is not None:
        return by_name
    if folder is None or not inside.endswith(SUFFIXES) or why_skipped(inside) is not None:
        return Role.LIBRARY
    if inside.endswith((".ts", ".tsx")) and not _MODULE_TEXT.search(data):
        return Role.LIBRARY
    return Role.ENTRY


def inside_of(path: str, folder: str | None) -> str | None:
    """Return the path of a module within its functions folder, or None where it is in none."""
    return path if folder == "." else None if folder is None else path[len(folder) + 1 :]


def is_test(path: str) -> bool:
    """Say whether a path is that of a test, a benchmark or a mock."""
    return _TEST_NAME.search(path) is not None or not _TEST_FOLDERS.isdisjoint(path.split("/"))


def why_skipped(inside: str) -> str | None:
    """Say what is in a path within a functions folder for which the bundler leaves the file out, in words."""
    name = inside.rpartition("/")[2]
    if name.startswith((".", "#")):
        return f"a name that begins with `{name[0]}`"
    if name in ("schema.ts", "schema.js"):
        return f"the name `{name}`"
    if name.count(".") > 1:
        return "more than one dot in its name"
    if " " in inside:
        return "a space in its path"
    return "a place in `_deps`, which is reserved" if inside.startswith(RESERVED) else None


def _by_name(inside: str) -> Role | None:
    if "_generated" in inside.split("/"):
        return Role.GENERATED
    if is_test(inside):
        return Role.TEST
    return Role.CONFIGURATION if inside in CONFIGURATION else None
