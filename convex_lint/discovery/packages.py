"""The packages of the workspace itself: which module each name that can be imported stands for."""

from __future__ import annotations

import json
import posixpath
import re
from fnmatch import translate
from typing import TYPE_CHECKING

from convex_lint.globs import covers, patterns
from convex_lint.resolve import locate

from .disk import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .disk import Disk

_OUTPUT = frozenset(("dist", "build", "lib", "out", "output", "esm", "cjs", "es", "types"))
_CONDITIONS = ("source", "development", "convex", "import", "module", "default", "require", "types")
_LIST_ITEM = re.compile(r"""^\s*-\s*(["']?)([^"'#]+?)\1\s*(?:#.*)?$""")
_DEEPEST = 6


def manifest(folder: str, disk: Disk) -> dict[str, object]:
    """Return the `package.json` of a folder; an empty one where there is none that can be read."""
    text = disk.text(join(folder, "package.json")) if "package.json" in disk.listing(folder).files else None
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def members(folder: str, disk: Disk) -> dict[str, str]:
    """Map the names of a folder's package and of those of its `workspaces` to their folders."""
    found: dict[str, str] = {}
    for member in (folder, *_members(folder, disk)):
        name = manifest(member, disk).get("name")
        if isinstance(name, str) and name:
            found.setdefault(name, member)
    return found


def entries(name: str, folder: str, disk: Disk) -> dict[str, str]:
    """Map what can be imported from a package, by name or as `name/sub`, to modules."""
    found = _entries(folder, manifest(folder, disk), disk.exists)
    return {name + sub.removeprefix("."): module for sub, module in found}


def subpath(specifier: str, folder: str, disk: Disk) -> str | None:
    """Return the module of a form `name/sub` that only a pattern, or no `exports` at all, allows for."""
    data = manifest(folder, disk)
    sub = specifier.removeprefix(str(data.get("name"))).removeprefix("/")
    exports = data.get("exports")
    if not isinstance(exports, dict):
        return _best(folder, [sub], disk.exists) if exports is None else None
    for key, target in exports.items():
        before, star, after = key.removeprefix("./").partition("*")
        if star and sub.startswith(before) and sub.endswith(after):
            middle = sub[len(before) : len(sub) - len(after)]
            found = _best(folder, [leaf.replace("*", middle) for leaf in _leaves(target)], disk.exists)
            if found is not None:
                return found
    return None


def _members(folder: str, disk: Disk) -> list[str]:
    globs = [glob.removeprefix("./").rstrip("/") for glob in _globs(folder, disk)]
    kept = [glob for glob in globs if not glob.startswith("!")]
    dropped = patterns("/" + glob[1:].removeprefix("./") for glob in globs if glob.startswith("!"))
    found = {at for glob in kept for at in _matching(folder, glob.split("/"), disk)}
    return sorted(at for at in found if not covers(dropped, at[len(folder) :].lstrip("/")))


def _globs(folder: str, disk: Disk) -> list[str]:
    written = manifest(folder, disk).get("workspaces")
    if isinstance(written, dict):
        written = written.get("packages")
    globs = [glob for glob in written if isinstance(glob, str)] if isinstance(written, list) else []
    if "pnpm-workspace.yaml" in disk.listing(folder).files:
        globs += _pnpm(disk.text(join(folder, "pnpm-workspace.yaml")) or "")
    return globs


def _pnpm(text: str) -> Iterator[str]:
    """Give the items of `packages:` in a `pnpm-workspace.yaml`, written as a block or between brackets."""
    inside = False
    for line in text.splitlines():
        if line.startswith("packages:"):
            inside = True
            yield from re.findall(r"""["']([^"']+)["']""", line)
        elif inside and (item := _LIST_ITEM.match(line)):
            yield item[2]
        elif line.strip() and not line.lstrip().startswith("#"):
            inside = False


def _matching(folder: str, parts: list[str], disk: Disk) -> Iterator[str]:
    """Give the folders with a `package.json` that a glob stands for; `**` looks a few levels down."""
    if not parts:
        if "package.json" in disk.listing(folder).files:
            yield folder
        return
    if parts[0] == "**":
        yield from _matching(folder, parts[1:], disk)
        parts = ["*", *parts] if len(parts) <= _DEEPEST and folder.count("/") < _DEEPEST else ["*", *parts[1:]]
    match = _part(parts[0])
    for name in disk.listing(folder).folders:
        if match(name) and name != "node_modules" and not name.startswith("."):
            yield from _matching(join(folder, name), parts[1:], disk)


def _part(glob: str) -> Callable[[str], object]:
    return re.compile(translate(glob.replace("[", "[[]"))).fullmatch


def _entries(folder: str, data: dict[str, object], exists: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    exports = data.get("exports")
    subs = exports if isinstance(exports, dict) and any(key.startswith(".") for key in exports) else {".": exports}
    for sub, target in subs.items():
        module = _best(folder, list(_leaves(target)), exists) if "*" not in sub else None
        if module is None and sub == ".":
            main = [data[key] for key in ("source", "main", "module", "types") if isinstance(data.get(key), str)]
            module = _best(folder, [*map(str, main), "src/index", "index"], exists)
        if module is not None:
            yield sub, module


def _leaves(target: object) -> Iterator[str]:
    """Give the files that a value of `exports` may stand for, those likely to be source first."""
    if isinstance(target, str):
        yield target
    elif isinstance(target, list):
        for each in target:
            yield from _leaves(each)
    elif isinstance(target, dict):
        known = [key for key in _CONDITIONS if key in target]
        for key in (*(key for key in target if key not in _CONDITIONS and "source" in key), *known):
            yield from _leaves(target[key])


def _best(folder: str, leaves: list[str], exists: Callable[[str], bool]) -> str | None:
    """Return the first source that a leaf is or was built from, else the first leaf that is a module."""
    for leaf in leaves:
        found = _source(folder, leaf, exists)
        if found is not None:
            return found
    written = (_inside(folder, leaf) for leaf in leaves)
    return next((found for path in written if path and (found := locate(path, exists))), None)


def _source(folder: str, leaf: str, exists: Callable[[str], bool]) -> str | None:
    """Return the source of a leaf: itself, or for `dist/…` the file of the same name below `src/`."""
    path = posixpath.normpath(leaf.replace(".d.ts", ".js").replace(".d.mts", ".mjs").replace(".d.cts", ".cjs"))
    parts = path.split("/")
    if parts[0] not in _OUTPUT:
        inside = _inside(folder, path)
        return locate(inside, exists) if inside else None
    while len(parts) > 1 and parts[0] in _OUTPUT:
        parts = parts[1:]
        found = locate(join(folder, "/".join(["src", *parts])), exists)
        if found is not None:
            return found
    return None


def _inside(folder: str, leaf: str) -> str | None:
    """Return a path of a package; None where it leads out of it."""
    path = posixpath.normpath(posixpath.join(folder, leaf))
    if path.startswith(("../", "/")) or path == "..":
        return None
    return path if not folder or path.startswith(f"{folder}/") else None
