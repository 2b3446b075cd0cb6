"""Which version of a package each project has: installed, locked, or at least asked for."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from .disk import join, upward
from .packages import manifest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .disk import Disk

Version = tuple[int, ...]


class Locked(NamedTuple):
    """A version in a lock file, and the folder whose `node_modules` it goes to, where the file says so."""

    folder: str | None
    version: Version


_NUMBERS = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?")
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_LOCAL = ("workspace:", "link:", "file:", "portal:")
"""How a version begins that is a folder of the same workspace."""
_LONGEST = 64 * 1024 * 1024


@cache
def _forms(package: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return how each kind of lock file writes the version of a package."""
    name = re.escape(package)
    npm = re.compile(rf'"(?P<folder>(?:[^"\n]*/)?)node_modules/{name}":\s*\{{\s*"version":\s*"(?P<version>[^"]+)"')
    npm_1 = re.compile(rf'"{name}":\s*\{{\s*"version":\s*"(?P<version>[^"]+)"')
    return {
        "package-lock.json": (npm, npm_1),
        "npm-shrinkwrap.json": (npm, npm_1),
        "pnpm-lock.yaml": (re.compile(rf"""\s["']?/?{name}[@/](?P<version>\d[^:('"\s_]*)"""),),
        "yarn.lock": (re.compile(rf'(?:^|\n)"?{name}@[^\n]*:\r?\n\s+version:? "?(?P<version>[^"\s]+)'),),
        "bun.lock": (re.compile(rf'"{name}@(?P<version>\d[^"]*)"'),),
    }


class Known(NamedTuple):
    """A version, None where it is not known; one that is not exact is the lowest that may be installed."""

    version: Version | None
    is_exact: bool = True


def versions(package: str, folders: Iterable[str], disk: Disk) -> dict[str, Known]:
    """Return the version of a package that the project of each functions folder has for certain, or None.

    The installed package counts, else a lock file (where it does not say whose it is, the lowest that the range of the
    project allows), else the floor of that range, in the nearest `package.json` that names the package.
    """
    locks: dict[str, list[Locked]] = {}
    return {folder: _known(package, folder, disk, locks) for folder in folders}


def _known(package: str, folder: str, disk: Disk, locks: dict[str, list[Locked]]) -> Known:
    installed = _installed(package, folder, disk)
    return Known(installed) if installed is not None else _written(package, folder, disk, locks)


def _written(package: str, folder: str, disk: Disk, locks: dict[str, list[Locked]]) -> Known:
    """Return the version that the files of the workspace tell of; a lock file does not tell that of a local package."""
    asked = _asked(package, folder, disk)
    if asked is not None and asked.startswith(_LOCAL):
        return Known(None)
    least = floor(asked) if asked is not None else None
    locked = _locked(package, folder, disk, locks, least)
    return locked if locked is not None else Known(least, asked is not None and is_exact(asked))


def stands_in(package: str, folders: Iterable[str], disk: Disk) -> bool:
    """Say whether a package of this name may be installed, or the `browser` field of a `package.json` has it."""
    return any(
        _asked(package, folder, disk) is not None
        or _installed(package, folder, disk) is not None
        or _locked(package, folder, disk, {}, None) is not None
        or any(package in _table(manifest(at, disk).get("browser")) for at in upward(folder))
        for folder in folders
    )


def _table(written: object) -> dict[str, object]:
    return written if isinstance(written, dict) else {}


def version(text: str) -> Version | None:
    """Return the numbers of a version: (1, 17, 4) for `1.17.4-alpha.0`."""
    found = _NUMBERS.match(text)
    return tuple(int(part or 0) for part in found.groups()) if found else None


def is_exact(written: str) -> bool:
    """Say whether a range of npm's allows one version only."""
    return re.fullmatch(r"=?v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?", written.strip()) is not None


def floor(written: str) -> Version | None:
    """Return the lowest version that a range of npm's allows, or None where it has no floor."""
    floors = [_floor(part) for part in re.sub(r"^npm:[\w-]+@", "", written).split("||")]
    known = [found for found in floors if found is not None]
    return min(known) if len(known) == len(floors) else None


def _floor(comparators: str) -> Version | None:
    written = re.sub(r"([<>=^~]+)\s+", r"\1", comparators.partition(" - ")[0].strip()).split()
    if not written or ":" in written[0]:
        return None
    known = [found for part in written if part[0] != "<" and (found := version(part.lstrip(">=^~")))]
    return max(known, default=None)


def _installed(package: str, folder: str, disk: Disk) -> Version | None:
    for at in upward(folder):
        listing = disk.listing(at)
        if "node_modules" in listing.folders or "node_modules" in listing.links:
            text = disk.text(join(at, f"node_modules/{package}/package.json"))
            written = _field(text, "version") if text else None
            if isinstance(written, str):
                return version(written)
    return None


def _field(text: str, name: str) -> object:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data.get(name) if isinstance(data, dict) else None


def _locked(
    package: str, folder: str, disk: Disk, locks: dict[str, list[Locked]], least: Version | None
) -> Known | None:
    above = upward(folder)
    for at in above:
        if at not in locks:
            locks[at] = _lock(package, at, disk)
        found = {locked.folder: locked.version for locked in locks[at]}
        if found:
            nearest = next((found[up] for up in above if up in found), None)
            allowed = [one.version for one in locks[at] if least is None or one.version >= least]
            listed = allowed or [one.version for one in locks[at]]
            return Known(nearest or min(listed), nearest is not None or len(set(listed)) == 1)
    return None


def _lock(package: str, at: str, disk: Disk) -> list[Locked]:
    files = disk.listing(at).files
    for name, forms in _forms(package).items():
        text = disk.text(join(at, name), _LONGEST) if name in files else None
        for form in forms if text else ():
            found = [_entry(match, at) for match in form.finditer(text or "")]
            known = [locked for locked in found if locked is not None]
            if known:
                return known
    return []


def _entry(match: re.Match[str], at: str) -> Locked | None:
    known = version(match["version"])
    if known is None:
        return None
    inside = match.groupdict().get("folder")
    return Locked(None if inside is None else f"{at}/{inside}".strip("/"), known)


def _asked(package: str, folder: str, disk: Disk) -> str | None:
    """Return what the nearest `package.json` that names a package asks for."""
    for at in upward(folder):
        data = manifest(at, disk)
        for key in _DEPENDENCIES:
            table = data.get(key)
            written = table.get(package) if isinstance(table, dict) else None
            if isinstance(written, str):
                return written
    return None
