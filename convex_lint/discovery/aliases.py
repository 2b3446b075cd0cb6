"""`paths` and `baseUrl` of `tsconfig.json`, and `imports` of `package.json`, as aliases of the workspace."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from convex_lint.jsonc import JsoncError, parse, plain
from convex_lint.workspace import Alias

from .disk import join
from .packages import manifest

if TYPE_CHECKING:
    from .disk import Disk

NAMES = ("tsconfig.json", "tsconfig.jsonc", "jsconfig.json")
_DEEPEST = 20
_VERBATIM = "verbatimModuleSyntax"


_Paths = tuple[dict[str, list[str]], str]
"""`paths`, and the folder that they are relative to."""


def aliases_of(folder: str, disk: Disk) -> tuple[Alias, ...]:
    """Return the aliases that the `tsconfig.json` of a folder sets, its `extends` followed, and its `package.json`."""
    name = next((name for name in NAMES if name in disk.listing(folder).files), None)
    base, paths = _compiler_options(join(folder, name), folder, disk, 0) if name is not None else (None, None)
    written = [(pattern, paths[1], targets) for pattern, targets in paths[0].items()] if paths else []
    if base is not None:
        written.append(("*", base, ["*"]))
    written += [(pattern, folder, [target]) for pattern, target in _imports(folder, disk)]
    found = []
    for pattern, start, targets in written:
        inside = tuple(path for target in targets if (path := _target(start, target, folder)) is not None)
        if inside:
            found.append(Alias(folder or ".", pattern, inside))
    return tuple(found)


def keeps_imports(folder: str, disk: Disk) -> bool | None:
    """Say whether the `tsconfig.json` of a folder keeps the imports of names that are not used; None without one."""
    name = next((name for name in NAMES if name in disk.listing(folder).files), None)
    return _keeps(join(folder, name), folder, disk, 0) or False if name is not None else None


def _keeps(path: str, leaf: str, disk: Disk, depth: int) -> bool | None:
    settings = _read(path, disk)
    options = settings.get("compilerOptions")
    own = options.get(_VERBATIM) if isinstance(options, dict) else None
    if isinstance(own, bool) or depth == _DEEPEST:
        return own if isinstance(own, bool) else None
    extended = _extended(settings.get("extends"), path.rpartition("/")[0], leaf, disk)
    known = [kept for one in extended if (kept := _keeps(one, leaf, disk, depth + 1)) is not None]
    return known[-1] if known else None


def _imports(folder: str, disk: Disk) -> list[tuple[str, str]]:
    """Return the `imports` of a `package.json` that stand for files of the package: `#lib/*`."""
    written = manifest(folder, disk).get("imports")
    found = []
    for pattern, target in written.items() if isinstance(written, dict) else ():
        chosen = (target.get("import") or target.get("default")) if isinstance(target, dict) else target
        if isinstance(chosen, str) and chosen.startswith("./") and max(pattern.count("*"), chosen.count("*")) <= 1:
            found.append((pattern, chosen))
    return found


def _compiler_options(path: str, leaf: str, disk: Disk, depth: int) -> tuple[str | None, _Paths | None]:
    """Return the `baseUrl` and the `paths` of a file, each from where it was set last."""
    folder = path.rpartition("/")[0]
    settings = _read(path, disk)
    base: str | None = None
    paths: _Paths | None = None
    for extended in _extended(settings.get("extends"), folder, leaf, disk) if depth < _DEEPEST else ():
        above, inherited = _compiler_options(extended, leaf, disk, depth + 1)
        base, paths = above if above is not None else base, inherited or paths
    options = settings.get("compilerOptions")
    if not isinstance(options, dict):
        return base, paths
    if isinstance(options.get("baseUrl"), str):
        base = _target(folder, options["baseUrl"], leaf)
    own = _table(options.get("paths"))
    if own is not None:
        paths = (own, base if base is not None else folder)
    return base, paths


def _extended(written: object, folder: str, leaf: str, disk: Disk) -> list[str]:
    found = []
    for name in written if isinstance(written, list) else [written]:
        if isinstance(name, str) and name.startswith((".", "${configDir}")):
            path = _target(folder, name, leaf)
            tries = (path, f"{path}.json") if path is not None else ()
            found += [path for path in tries if disk.exists(path)][:1]
    return found


def _table(written: object) -> dict[str, list[str]] | None:
    if not isinstance(written, dict):
        return None
    return {
        pattern: [target for target in targets if isinstance(target, str) and target.count("*") <= 1]
        for pattern, targets in written.items()
        if isinstance(targets, list) and pattern.count("*") <= 1
    }


def _target(start: str, written: str, leaf: str) -> str | None:
    """Return a path written in a file of the folder `start`, relative to the root; None outside of it."""
    if written.startswith("${configDir}"):
        start, written = leaf, "." + written.removeprefix("${configDir}")
    path = posixpath.normpath(posixpath.join(start, written))
    if path.startswith(("../", "/")) or path == "..":
        return None
    return "" if path == "." else path


def _read(path: str, disk: Disk) -> dict[str, object]:
    """Read a `tsconfig.json`; one that is broken sets nothing, as its fault is the compiler's to report."""
    try:
        settings = plain(parse(disk.text(path) or "{}"))
    except JsoncError:
        return {}
    return settings if isinstance(settings, dict) else {}
