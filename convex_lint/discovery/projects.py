"""Where the functions folders of a workspace are, and which modules lie in them."""

# Paths are strings here: a Path costs more than what it names.
# ruff: noqa: PTH112, PTH116, PTH119

from __future__ import annotations

import os
import re
from posixpath import normpath
from typing import TYPE_CHECKING

from convex_lint.jsonc import JsoncError, parse
from convex_lint.workspace import SUFFIXES

from .disk import join, misnamed, not_a_file, refused, unreadable, upward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.jsonc import Node

    from .disk import Disk, Listing
    from .ignores import Ignores

DEFINITIONS = frozenset(("convex.config.ts", "convex.config.js"))
"""The files that make a folder a component, or the app."""

_SKIPPED = frozenset(("node_modules",))
_BESIDE = frozenset(("package.json", "convex.json"))
_GENERATED = re.compile(r"(?:api|server|dataModel|component)\.")
_BACKEND = re.compile(
    r"""["'][^"'\n]*_generated/server(?:\.js)?["']"""
    r"""|\bimport\b(?!\s+type\b)[^;"'()]*\b(?:\w*Generic|define[A-Z]\w*|cronJobs|httpRouter|v)\b[^;"'()]*"""
    r"""\bfrom\s*["']convex/(?:server|values)["']"""
)
"""What a module imports to register functions, or to define a schema; a page takes types and errors from there, too."""
_DEEPEST = 100


class Projects:
    """The functions folders found so far, with what was wrong on the way. The root's own path is ""."""

    __slots__ = ("_disk", "_elsewhere", "_ignores", "_starts", "faults", "folders", "missing", "named")

    def __init__(self, disk: Disk, ignores: Ignores, starts: Iterable[str], named: Iterable[str]) -> None:
        self._disk = disk
        self._ignores = ignores
        self._starts = {"", *starts}
        self._elsewhere: set[str] = set()
        self.named = tuple(named)
        self.folders: set[str] = set()
        self.missing: dict[str, str] = {}
        self.faults: dict[str, Diagnostic] = {}

    def below(self, start: str) -> set[str]:
        """Find the functions folders in a folder; return them. Those inside one another come with its modules."""
        found = {folder for folder in self.named if within(folder, start)}
        stack = [] if self.named else [start]
        while stack:
            folder = stack.pop()
            listing = self._disk.listing(folder)
            found |= self._written(folder, listing)
            if folder in found or self._is_functions(folder, listing):
                found.add(folder)
            else:
                stack += [child for child in self._children(folder, listing) if child not in found]
        self.folders |= found
        return found

    def holding(self, path: str) -> str | None:
        """Find the outermost functions folder that holds a path or is it; None where there is none."""
        named = set(self.named)
        for folder in upward(path)[::-1]:
            listing = self._disk.listing(folder)
            if not self.named:
                named |= self._written(folder, listing)
            if folder in named or (not self.named and self._is_functions(folder, listing)):
                self.folders.add(folder)
                return folder
        return None

    def modules(self, folder: str) -> Iterator[str]:
        """Give the modules in a functions folder, and add the components nested in it to the projects."""
        stack = [folder]
        while stack:
            at = stack.pop()
            listing = self._disk.listing(at)
            self._note(at, listing)
            if at != folder and "convex.config.ts" in listing.files:
                self.folders.add(at)
            yield from (join(at, name) for name in listing.files if name.endswith(SUFFIXES))
            stack += [join(at, name) for name in listing.folders if _is_walked(name) and at.count("/") < _DEEPEST]

    def _children(self, folder: str, listing: Listing) -> list[str]:
        if folder.count("/") >= _DEEPEST:
            return []
        children = [join(folder, name) for name in listing.folders if _is_walked(name)]
        return [child for child in children if not self._ignores.folder(child)]

    def _written(self, folder: str, listing: Listing) -> set[str]:
        """Return the functions folder that a `convex.json` in a folder names, if it is there."""
        if "convex.json" not in listing.files:
            return set()
        written = self._functions_setting(join(folder, "convex.json"))
        if written is None:
            return set()
        target = normpath(f"{folder}/{written}" if folder else written)
        target = "" if target == "." else target
        if target != join(folder, "convex"):
            self._elsewhere.add(join(folder, "convex"))
        outside = target.startswith(("../", "/")) or target == ".." or not self._disk.is_inside(target)
        if outside or not os.path.isdir(self._disk.full(target)):
            self.missing[join(folder, "convex.json")] = written
            return set()
        return {target}

    def _functions_setting(self, path: str) -> str | None:
        try:
            written = _setting(parse(self._disk.text(path) or "{}"), "functions")
        except JsoncError as fault:
            message = f"it is not valid JSON: {fault.message}"
            self.faults[path] = refused(path, message, "mend it; until then its `functions` is not known")
            return None
        return written if isinstance(written, str) else None

    def has_static_api(self, folder: str) -> bool:
        """Say whether the `convex.json` above a functions folder has the types of its functions written out."""
        found = (join(at, "convex.json") for at in upward(folder) if "convex.json" in self._disk.listing(at).files)
        path = next(found, None)
        try:
            return path is not None and _setting(parse(self._disk.text(path) or "{}"), "codegen", "staticApi") is True
        except JsoncError:
            return False

    def _is_functions(self, folder: str, listing: Listing) -> bool:
        if not DEFINITIONS.isdisjoint(listing.files):
            return True
        if "_generated" in listing.folders:
            generated = self._disk.listing(join(folder, "_generated"))
            if any(_GENERATED.match(name) for name in generated.files):
                return True
        name = folder.rpartition("/")[2] or os.path.basename(self._disk.root)
        return name == "convex" and folder not in self._elsewhere and self._is_by_name(folder, listing)

    def _is_by_name(self, folder: str, listing: Listing) -> bool:
        """Tell Convex's `convex/` from a folder of a client, or a package, that is called the same.

        Convex looks for it beside `package.json`; elsewhere one of its modules has to speak of the backend.
        """
        above = folder.rpartition("/")[0]
        beside = above in self._starts or not _BESIDE.isdisjoint(self._disk.listing(above).files)
        if beside and "package.json" not in listing.files:
            return self._holds_modules(folder)
        return any(_BACKEND.search(self._disk.text(join(folder, name)) or "") for name in _some_modules(listing))

    def _holds_modules(self, folder: str) -> bool:
        stack = [folder]
        while stack:
            at = stack.pop()
            listing = self._disk.listing(at)
            if any(name.endswith(SUFFIXES) for name in (*listing.files, *listing.links, *listing.others)):
                return True
            stack += self._children(at, listing)
        return False

    def _note(self, folder: str, listing: Listing) -> None:
        """Note what in a functions folder cannot be read. Convex passes over links; only a loop stops it."""
        if listing.fault is not None:
            self.faults[folder or "."] = unreadable(folder or ".", listing.fault)
        for name in listing.odd:
            fault = misnamed(join(folder, name))
            self.faults[fault.place.path] = fault
        for name in (*listing.others, *listing.links):
            if name.endswith(SUFFIXES) or "." not in name:
                self._note_special(join(folder, name), linked=name in listing.links)

    def _note_special(self, path: str, *, linked: bool) -> None:
        try:
            mode = os.stat(self._disk.full(path)).st_mode
        except FileNotFoundError:
            return
        except OSError as fault:
            self.faults[path] = unreadable(path, fault)
            return
        if not linked and path.endswith(SUFFIXES):
            self.faults[path] = not_a_file(path, mode)


def _setting(node: Node, *keys: str) -> object:
    """Return what stands in a settings file behind some keys; None where nothing does."""
    for key in keys:
        inner = node.value.get(key) if isinstance(node.value, dict) else None
        if inner is None:
            return None
        node = inner
    return node.value


def _is_walked(name: str) -> bool:
    return name not in _SKIPPED and not name.startswith(".")


def _some_modules(listing: Listing) -> list[str]:
    return sorted(name for name in listing.files if name.endswith(SUFFIXES))[:20]


def within(path: str, folder: str) -> bool:
    """Say whether a path is a folder or lies in it."""
    return not folder or path == folder or path.startswith(f"{folder}/")
