"""The user's own descriptions of npm packages, from the folders that the configuration and rule packs name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import stubs
from convex_lint.diagnostics import Diagnostic
from convex_lint.source import Source

from .disk import Disk, join, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_ENDINGS = (".d.ts", ".ts")
_DEEP = 8


def described(
    folders: Iterable[tuple[str, str]], fault_of: Callable[[Source], int | None]
) -> tuple[dict[str, Source], list[Diagnostic]]:
    """Read stubs; return them by the paths that they stand at, and what cannot be read.

    A folder is named by the root that it must lie in, and its path there; the first that describes a package counts.
    `fault_of` tells the line, from 1, where a stub does not parse.
    """
    found: dict[str, Source] = {}
    faults: list[Diagnostic] = []
    for root, folder in folders:
        disk = Disk(root)
        for path in _files(disk, folder, _DEEP) if disk.is_inside(folder) else ():
            name = path.removeprefix(f"{folder}/" if folder else "")
            stub = stubs.path_of(next(name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)))
            source = disk.read(path)
            if isinstance(source, Diagnostic):
                faults.append(source)
                continue
            made = found.setdefault(stub, Source(stub, source.data))
            line = fault_of(made)
            if line is not None:
                faults.append(refused(path, f"the stub does not parse (line {line})", "mend it"))
    return found, faults


def _files(disk: Disk, folder: str, depth: int) -> Iterator[str]:
    listing = disk.listing(folder)
    yield from (join(folder, name) for name in sorted(listing.files) if name.endswith(_ENDINGS))
    for name in listing.folders if depth else ():
        yield from _files(disk, join(folder, name), depth - 1)
