"""Fixes, from the findings to the files."""

# Paths are strings here, as everywhere on the way to the disk.
# ruff: noqa: PTH118, PTH120

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from convex_lint import fixes

from . import journal
from .linting import lint

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from convex_lint.diagnostics import Diagnostic, Safety
    from convex_lint.source import Source

    from .loading import Loaded, Memory


class FixError(Exception):
    """Fixes could not be written, and none was; the text is the message for the user."""


class Fixed(NamedTuple):
    """The workspace with fixes applied, with remarks on them."""

    loaded: Loaded
    notices: tuple[str, ...]


def fix(loaded: Loaded, memory: Memory, wanted: Collection[Safety], *, write: bool = True) -> Fixed:
    """Apply the fixes of the wanted safeties, to the files too if they are to be written. Raises FixError."""

    def found(sources: Mapping[str, Source]) -> Sequence[Diagnostic]:
        return lint(replace(loaded, workspace=replace(loaded.workspace, sources=sources)), memory).kept

    return mended(loaded, found, wanted, write=write)


def mended(
    loaded: Loaded,
    found: Callable[[Mapping[str, Source]], Sequence[Diagnostic]],
    wanted: Collection[Safety],
    *,
    write: bool = True,
    nouns: tuple[str, str] = ("fix", "fixes"),
) -> Fixed:
    """Apply the fixes of what is found until they settle, to the files that are reported and can be written to.

    `nouns` are what one of them and several are called.
    """
    workspace = loaded.workspace
    refused: set[str] = set()

    def again(sources: Mapping[str, Source]) -> Sequence[Diagnostic]:
        return [one if may_fix(one) else replace(one, fix=None) for one in found(sources)]

    def may_fix(diagnostic: Diagnostic) -> bool:
        if diagnostic.fix is None or diagnostic.fix.safety not in wanted:
            return False
        paths = {edit.path for edit in diagnostic.fix.edits}
        # What was not chosen, or is ignored, is not written to.
        if not paths <= workspace.reported:
            return False
        shut = {path for path in paths if write and not _is_writable(workspace.root, path)}
        refused.update(shut)
        return not shut

    settled = fixes.settle(again, workspace.sources, wanted)
    changed = {path: new for path, new in settled.sources.items() if new.data != workspace.sources[path].data}
    if write:
        _write(Path(workspace.root), changed, workspace.sources)
    fixed = replace(loaded, workspace=replace(workspace, sources=settled.sources))
    return Fixed(fixed, _told(settled, changed, refused, nouns, write=write))


def _is_writable(root: str, path: str) -> bool:
    target = os.path.realpath(os.path.join(root, path))
    inside = os.path.commonpath((target, os.path.realpath(root))) == os.path.realpath(root)
    return inside and os.access(target, os.W_OK) and os.access(os.path.dirname(target), os.W_OK)


def _write(root: Path, changed: Mapping[str, Source], before: Mapping[str, Source]) -> None:
    """Write files, all or none: a fix may concern several, and a run may be interrupted."""
    written: list[str] = []
    with journal.kept(root, changed):
        try:
            for path, source in changed.items():
                _write_one(root, path, source.data, before[path].data)
                written.append(path)
        except BaseException:
            for path in written:
                fixes.write(root, path, before[path].data)
            raise


def _write_one(root: Path, path: str, data: bytes, before: bytes) -> None:
    try:
        is_as_read = (root / path).read_bytes() == before
        if is_as_read:
            fixes.write(root, path, data)
    except OSError as fault:
        message = f"cannot write `{path}`: {(fault.strerror or str(fault)).lower()}; nothing was fixed"
        raise FixError(message) from fault
    if not is_as_read:
        message = f"`{path}` was changed in the meantime; nothing was fixed, run it again"
        raise FixError(message)


def _told(
    settled: fixes.Settled, changed: Collection[str], refused: Collection[str], nouns: tuple[str, str], *, write: bool
) -> tuple[str, ...]:
    notices: list[str] = []
    if settled.applied:
        did = "applied" if write else "would apply"
        notices.append(f"{did} {_count(settled.applied, *nouns)} in {_count(len(changed), 'file', 'files')}")
    notices.extend(f"{path} cannot be written, and was not fixed" for path in sorted(refused))
    notices.extend(f"a fix would have broken {path}; that round of fixes was taken back" for path in settled.broken)
    return tuple(notices)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
