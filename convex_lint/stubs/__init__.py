"""What is known of npm packages: each module that can be imported is described by a small TypeScript file.

The file of `convex-helpers/server/filter` lies at that path below this folder. It is read as any other module is, and
stands for the package in the linked project, at the path `npm:convex-helpers/server/filter`. A file is looked for only
where a project imports what it describes.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from convex_lint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOLDER = Path(__file__).parent
"""Where the stubs are that come with the linter."""

MARKERS = "convex-lint"
"""What a stub imports the types from that only stubs know."""

_PREFIX = "npm:"
_SPECIFIER = re.compile(r"(?:@[a-z0-9][\w.-]*/)?[a-z0-9][\w-]*(?:\.[\w-]+)*(?:/[\w-]+(?:\.[\w-]+)*)*", re.IGNORECASE)


def path_of(specifier: str) -> str:
    """Return the path that the stub of a module of a package has in a linked project."""
    return _PREFIX + specifier.removeprefix("node:").removesuffix(".js")


def is_stub(path: str) -> bool:
    """Say whether a path is that of a stub."""
    return path.startswith(_PREFIX)


def specifier_of(path: str) -> str:
    """Return what a module of a package is imported by, from the path of its stub."""
    return path.removeprefix(_PREFIX)


@cache
def built_in(path: str) -> Source | None:
    """Return the stub that comes with the linter for a path, or None where there is none."""
    specifier = specifier_of(path)
    if not _SPECIFIER.fullmatch(specifier):
        return None
    file = FOLDER / f"{specifier}.ts"
    return Source(path, file.read_bytes()) if file.is_file() else None


def wanted(specifiers: Iterable[str], own: Mapping[str, Source]) -> Iterator[Source]:
    """Yield the stubs of what is imported, those of the user's `own` by path before the ones that come along."""
    for path in sorted({path_of(one) for one in specifiers if one[:1] not in {".", "/", ""}}):
        found = own.get(path) or built_in(path)
        if found is not None:
            yield found
