"""In which order modules are run that load each other, in what esbuild makes of them.

A module is run behind those that it loads; of modules that load each other in a circle, one has to be first. Which one
that is hangs on all entry points of a bundle together (`findReachableFiles` and `findImportedPartsInJSOrder` in
`internal/linker` of esbuild 0.27, the version that `convex` 1.48 bundles with). Convex makes one bundle of the modules
for its own runtime, one of those for Node, and one of the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.syntax.nodes import Literal
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from convex_lint.link import Linked

    Loads = Mapping[str, Sequence[str]]


class Bundles:
    """The circles of a workspace, and which modules in them are run too late for others."""

    __slots__ = ("_known", "_late", "is_built")

    def __init__(self) -> None:
        self._known: object = None
        self._late: dict[str, frozenset[str]] = {}
        self.is_built = False

    def late(self, path: str) -> frozenset[str]:
        """Return the modules that a module loads, itself or through others, and that are run behind it."""
        return self._late.get(path, frozenset())

    def build(self, linked: Linked) -> bool:
        """Bring it up to date; say whether it is another one now."""
        self.is_built = True
        loads = {path: linked.loads(path) for path in linked.backend()}
        circles = list(_circles(loads))
        found: dict[str, frozenset[str]] = {}
        if circles:
            for entries in _bundles(linked):
                run = order(entries, loads)
                if any(_loads_later(linked, path) for path in run):
                    continue  # what is loaded later is an entry point of its own, and the order another one
                for path, late in _late(run, circles):
                    found[path] = found.get(path, frozenset()) | late
        changed = found != self._late
        self._late = found
        return changed


def _bundles(linked: Linked) -> Iterator[list[str]]:
    """Yield the entry points of each bundle, in the order in which they are given to esbuild."""
    folders = {project.folder for project in linked.workspace.projects}
    for folder in sorted(folders):
        inside = [path for path in linked.backend() if _folder(linked, path) == folder]
        entries = sorted((path for path in inside if linked.role(path) is Role.ENTRY), key=_walked)
        yield [path for path in entries if not linked.summaries[path].node]
        yield [path for path in entries if linked.summaries[path].node]
        schema = linked.schema_path(folder)
        yield [schema] if schema is not None else []


def _folder(linked: Linked, path: str) -> str | None:
    project = linked.workspace.project_of(path)
    return project.folder if project is not None else None


def _walked(path: str) -> list[str]:
    """Return the key by which paths are in the order of a walk: files and folders by their names."""
    return path.split("/")


def _circles(loads: Loads) -> Iterator[frozenset[str]]:
    """Yield the largest sets of modules each of which loads all others (Tarjan, without recursion)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    for start in loads:
        walk = [(start, iter(loads[start]))] if start not in number else []
        while walk:
            path, rest = walk[-1]
            if path not in number:
                number[path] = low[path] = len(number)
                stack.append(path)
                waiting.add(path)
            below = next((one for one in rest if one in loads and (one not in number or one in waiting)), None)
            if below is not None and below not in number:
                walk.append((below, iter(loads[below])))
            elif below is not None:
                low[path] = min(low[path], number[below])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[path])
                if low[path] == number[path]:
                    at = stack.index(path)
                    circle = frozenset(stack[at:])
                    del stack[at:]
                    waiting -= circle
                    if len(circle) > 1:
                        yield circle


def _loads_later(linked: Linked, path: str) -> bool:
    """Say whether a module loads another one of the workspace when a function runs: `import("./a")`."""
    found = [call.arguments[0] for call in linked.summaries[path].calls({"import"}) if call.arguments]
    return any(isinstance(one, Literal) and linked.resolve(str(one.value), path) is not None for one in found)


def _late(run: Sequence[str], circles: Iterable[frozenset[str]]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the modules of circles that a bundle runs, each with those of its circle that are run behind it."""
    place = {path: at for at, path in enumerate(run)}
    for circle in circles:
        there = sorted((path for path in circle if path in place), key=place.__getitem__)
        for at, path in enumerate(there):
            if there[at + 1 :]:
                yield path, frozenset(there[at + 1 :])


def order(entries: Sequence[str], loads: Loads) -> list[str]:
    """Return the modules of a bundle in an order in which those of each chunk are run."""
    stable = {path: at for at, path in enumerate(_behind(entries, loads, set()))}
    distance, bits = _reached(entries, loads)
    chunks: dict[int, list[str]] = {}
    for path in stable:
        chunks.setdefault(bits[path], []).append(path)
    found: list[str] = []
    for chunk, paths in chunks.items():
        first = sorted(paths, key=lambda path: (distance[path], stable[path]))
        found += [path for path in _behind(first, loads, set()) if bits[path] == chunk]
    return found


def _behind(starts: Sequence[str], loads: Loads, seen: set[str]) -> list[str]:
    """Return the modules that are loaded from some on, each behind those that it loads."""
    found: list[str] = []
    for start in starts:
        walk = [(start, iter(loads.get(start, ())))] if start not in seen else []
        seen.add(start)
        while walk:
            path, rest = walk[-1]
            below = next((one for one in rest if one not in seen), None)
            if below is None:
                found.append(path)
                walk.pop()
            else:
                seen.add(below)
                walk.append((below, iter(loads.get(below, ()))))
    return found


def _reached(entries: Sequence[str], loads: Loads) -> tuple[dict[str, int], dict[str, int]]:
    """Return how far each module is from an entry point, and the bits of those that reach it."""
    distance: dict[str, int] = {}
    bits: dict[str, int] = {}
    for at, entry in enumerate(entries):
        level = {entry}
        seen: set[str] = set()
        far = 0
        while level:
            for path in level:
                distance[path] = min(far, distance.get(path, far))
                bits[path] = bits.get(path, 0) | 1 << at
            seen |= level
            level = {below for path in level for below in loads.get(path, ())} - seen
            far += 1
    return distance, bits
