"""Which module of the workspace an import means. Pure: what exists is told by the caller."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from convex_lint import stubs
from convex_lint.workspace import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from convex_lint.workspace import Alias, Workspace

    Exists = Callable[[str], bool]

_WRITTEN_AS = {
    ".js": (".ts", ".tsx", ".d.ts"),
    ".jsx": (".tsx", ".ts", ".d.ts"),
    ".mjs": (".mts", ".d.mts"),
    ".cjs": (".cts", ".d.cts"),
}
"""TypeScript lets an import name the file that will be emitted; these are the ones it is made from."""

_ENDINGS = (".ts", ".tsx", ".js", ".jsx", ".d.ts")
"""What may be left out at the end of an import. Types come last: we want the code."""


def resolve(specifier: str, importer: str, workspace: Workspace, exists: Exists | None = None) -> str | None:
    """Return the path of the module that `specifier` means in the file `importer`, or None.

    Paths are relative to the workspace root. `exists` says whether a path is a file; without it, the files
    that were read are those that exist. An npm package is its stub, where one was read. None is the answer for other
    packages, for what is no module (`.json`, `.css`) and for what does not exist.
    """
    known = exists or workspace.sources.__contains__
    if specifier.startswith("."):
        return _relative(specifier, importer, known)
    for target in aliased(specifier, importer, workspace.aliases):
        found = locate(target, known)
        if found is not None:
            return found
    package = workspace.packages.get(specifier)
    if package is not None and known(package):
        return package
    stub = stubs.path_of(specifier)
    return stub if known(stub) else None


def locate(path: str, exists: Exists) -> str | None:
    """Return the module that a path without an ending, with that of its output, or of a folder stands for."""
    dot = path.rfind(".")
    ending = path[dot:] if dot >= 0 else ""
    for other in _WRITTEN_AS.get(ending, ()):
        if exists(path[:dot] + other):
            return path[:dot] + other
    if ending in SUFFIXES and exists(path):
        return path
    for other in _ENDINGS:
        if exists(path + other):
            return path + other
    return _index(path, exists)


def _index(folder: str, exists: Exists) -> str | None:
    inside = "index" if folder == "." else f"{folder}/index"
    return next((inside + ending for ending in _ENDINGS if exists(inside + ending)), None)


def _relative(specifier: str, importer: str, exists: Exists) -> str | None:
    if not (specifier.startswith(("./", "../")) or specifier in (".", "..")):
        return None
    path = _join(importer.rpartition("/")[0], specifier)
    if path is None:
        return None
    if path == "." or specifier.endswith(("/", "/.", "/..")) or specifier in (".", ".."):
        return _index(path, exists)
    return locate(path, exists)


def _join(folder: str, path: str) -> str | None:
    joined = normpath(f"{folder}/{path}" if folder else path)
    return None if joined.startswith("../") or joined == ".." else joined


def aliased(specifier: str, importer: str, aliases: tuple[Alias, ...]) -> Iterator[str]:
    """Give what a specifier may stand for: the deepest `tsconfig.json` first, in it the closest pattern."""
    found = []
    for alias in aliases:
        depth = 0 if alias.folder == "." else len(alias.folder)
        if not depth or importer.startswith(f"{alias.folder}/"):
            star = _star(specifier, alias.pattern)
            if star is not None:
                found.append((-depth, -_closeness(alias.pattern), star, alias.targets))
    if len(found) > 1:
        found.sort(key=lambda match: match[:2])
    for _, _, star, targets in found:
        for target in targets:
            path = _join("", target.replace("*", star, 1))
            if path is not None:
                yield path


def _star(specifier: str, pattern: str) -> str | None:
    """Return what the `*` of a pattern stands for ("" where there is none), or None where it does not match."""
    before, star, after = pattern.partition("*")
    if not star:
        return "" if specifier == pattern else None
    fits = specifier.startswith(before) and specifier.endswith(after) and len(specifier) >= len(before) + len(after)
    return specifier[len(before) : len(specifier) - len(after)] if fits else None


def _closeness(pattern: str) -> int:
    """Return TypeScript's order: an exact pattern, then the longest text before the `*`."""
    before, star, _ = pattern.partition("*")
    return len(before) if star else len(pattern) + 1_000
