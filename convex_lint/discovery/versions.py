"""Which version of the `convex` package a project has: installed, locked, or at least asked for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from .disk import join
from .packages import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .disk import Disk

    Version = tuple[int, ...]

_NUMBERS = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?")
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_NPM = re.compile(r'"((?:[^"\n]*/)?)node_modules/convex":\s*\{\s*"version":\s*"([^"]+)"')
_NPM_1 = re.compile(r'"convex":\s*\{\s*"version":\s*"([^"]+)"')
_PNPM = re.compile(r"[\s/'\"]convex[@/](\d[^:('\"\s_]*)")
_YARN = re.compile(r'(?:^|\n)"?convex@[^\n]*:\n\s+version:? "?([^"\n]+)')
_BUN = re.compile(r'"convex@(\d[^"]*)"')


def convex_version(folder: str, disk: Disk) -> Version | None:
    """Return the version that the project of a functions folder has for certain, or None.

    The installed package counts, else a lock file (the lowest, where it has several), else the floor of the
    range in the nearest `package.json` that names it.
    """
    above = _upward(folder)
    for read in (_installed, _locked, _asked):
        for at in above:
            found = read(at, folder, disk)
            if found is not None:
                return found
    return None


def version(text: str) -> Version | None:
    """Return the numbers of a version: (1, 17, 4) for `1.17.4-alpha.0`."""
    found = _NUMBERS.match(text.strip())
    return tuple(int(part or 0) for part in found.groups()) if found else None


def floor(written: str) -> Version | None:
    """Return the lowest version that a range of npm's allows, or None where it has no floor."""
    floors = [_floor_of_all(part) for part in written.removeprefix("npm:convex@").split("||")]
    known = [found for found in floors if found is not None]
    return min(known) if known and len(known) == len(floors) else None


def _floor_of_all(comparators: str) -> Version | None:
    written = re.sub(r"([<>=^~]+)\s+", r"\1", comparators.strip()).split()
    if not written or ":" in written[0]:
        return None
    known = [found for part in written if not part.startswith("<") and (found := version(part.lstrip(">=^~v")))]
    return max(known) if known else None


def _installed(at: str, _: str, disk: Disk) -> Version | None:
    if "node_modules" not in disk.listing(at).folders + tuple(disk.listing(at).links):
        return None
    text = disk.text(join(at, "node_modules/convex/package.json"))
    try:
        data = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return None
    written = data.get("version") if isinstance(data, dict) else None
    return version(written) if isinstance(written, str) else None


def _locked(at: str, folder: str, disk: Disk) -> Version | None:
    files = disk.listing(at).files
    for name, read in _LOCKS.items():
        if name in files:
            found = list(read(disk.text(join(at, name), limit=None) or "", at, folder))
            if found:
                return min(found)
    return None


def _npm(text: str, at: str, folder: str) -> Iterator[Version]:
    """Give the version that npm would find from the functions folder upward."""
    found = {join(at, match[1].rstrip("/")): match[2] for match in _NPM.finditer(text)}
    nearest = next((found[up] for up in _upward(folder) if up in found), None)
    written = [nearest] if nearest else [match[1] for match in _NPM_1.finditer(text)]
    yield from (known for each in written if (known := version(each)))


def _every(pattern: re.Pattern[str]) -> Callable[[str, str, str], Iterator[Version]]:
    def read(text: str, _: str, __: str) -> Iterator[Version]:
        return (known for match in pattern.finditer(text) if (known := version(match[1])))

    return read


_LOCKS: dict[str, Callable[[str, str, str], Iterator[Version]]] = {
    "package-lock.json": _npm,
    "npm-shrinkwrap.json": _npm,
    "pnpm-lock.yaml": _every(_PNPM),
    "yarn.lock": _every(_YARN),
    "bun.lock": _every(_BUN),
}


def _asked(at: str, _: str, disk: Disk) -> Version | None:
    data = manifest(at, disk)
    for key in _DEPENDENCIES:
        table = data.get(key)
        written = table.get("convex") if isinstance(table, dict) else None
        if isinstance(written, str):
            return floor(written)
    return None


def _upward(folder: str) -> list[str]:
    found = [folder]
    while folder:
        folder = folder.rpartition("/")[0]
        found.append(folder)
    return found
