"""Apply fixes until they settle, and write files so that nothing is half written. Only `write` touches the disk."""

from __future__ import annotations

import os
import stat
import tempfile
from bisect import bisect_left, insort
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING

from convex_lint.records import record
from convex_lint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from convex_lint.diagnostics import Diagnostic, Edit, Fix, Safety

_BOM = b"\xef\xbb\xbf"


@record
class Round:
    """The sources after one round, and the fixes that were applied in it."""

    sources: Mapping[str, Source]
    applied: tuple[Fix, ...]


@record
class Settled:
    """The sources when fixing has ended, how many fixes were applied, and what is still found.

    `broken` are the paths in which the last round, which was taken back, made a syntax error.
    """

    sources: Mapping[str, Source]
    applied: int
    diagnostics: tuple[Diagnostic, ...]
    broken: tuple[str, ...] = ()


def apply(sources: Mapping[str, Source], fixes: Iterable[Fix]) -> Round:
    """Apply as many fixes as can be applied together, in the order of their places.

    A fix whose edits overlap or touch those of an earlier one is left out: what it wants to change has changed.
    """
    accepted: list[Fix] = []
    taken: dict[str, list[Span]] = {}
    for fix in sorted(dict.fromkeys(fixes), key=_order):
        if _possible(sources, fix) and not any(_touches(taken.get(edit.path, []), edit.span) for edit in fix.edits):
            accepted.append(fix)
            for edit in fix.edits:
                insort(taken.setdefault(edit.path, []), edit.span)
    edits: dict[str, list[Edit]] = {}
    for fix in accepted:
        for edit in fix.edits:
            edits.setdefault(edit.path, []).append(edit)
    changed = {path: Source(path, _edited(sources[path], wanted)) for path, wanted in edits.items()}
    return Round({**sources, **changed}, tuple(accepted))


def _order(fix: Fix) -> tuple[list[tuple[str, Span, str]], str]:
    return sorted((edit.path, edit.span, edit.text) for edit in fix.edits), fix.title


def _possible(sources: Mapping[str, Source], fix: Fix) -> bool:
    """Say whether a fix has edits, of known files, inside them, that do not overlap one another."""
    by_place = sorted((edit.path, edit.span) for edit in fix.edits)
    inside = all(path in sources and 0 <= span.start <= span.end <= len(sources[path].data) for path, span in by_place)
    apart = all(a[0] != b[0] or a[1].end <= b[1].start for a, b in pairwise(by_place))
    return bool(fix.edits) and inside and apart


def _touches(taken: Sequence[Span], span: Span) -> bool:
    at = bisect_left(taken, span)
    return any(near.start <= span.end and span.start <= near.end for near in taken[max(0, at - 1) : at + 1])


def _edited(source: Source, edits: Sequence[Edit]) -> bytes:
    """Return the bytes of a file after edits that do not overlap; new lines end as the file's first one does."""
    first = len(_BOM) if source.data.startswith(_BOM) else 0
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        start = max(edit.span.start, first)
        text = edit.text.replace("\r\n", "\n").replace("\n", source.newline)
        pieces += (source.data[at:start], text.encode())
        at = max(edit.span.end, start)
    return b"".join((*pieces, source.data[at:]))


def settle(
    lint: Callable[[Mapping[str, Source]], Sequence[Diagnostic]],
    sources: Mapping[str, Source],
    wanted: Collection[Safety],
    rounds: int = 10,
) -> Settled:
    """Apply the fixes of the wanted safeties, lint again, and so on until nothing changes.

    It also ends after some rounds, and when a file no longer parses: then that round is taken back.
    """
    diagnostics = tuple(lint(sources))
    applied = 0
    for _ in range(rounds):
        fixes = [found.fix for found in diagnostics if found.fix is not None and found.fix.safety in wanted]
        step = apply(sources, fixes)
        if all(step.sources[path].data == source.data for path, source in sources.items()):
            break
        after = tuple(lint(step.sources))
        broken = _unparsed(after) - _unparsed(diagnostics)
        if broken:
            return Settled(sources, applied, diagnostics, tuple(sorted(broken)))
        sources, diagnostics = step.sources, after
        applied += len(step.applied)
    return Settled(sources, applied, diagnostics)


def _unparsed(diagnostics: Iterable[Diagnostic]) -> set[str]:
    return {diagnostic.place.path for diagnostic in diagnostics if diagnostic.rule == "syntax-error"}


class OutsideWorkspaceError(OSError):
    """A file whose real place, behind links, is not in the workspace."""


def write(root: Path, path: str, data: bytes) -> None:
    """Replace a file of the workspace, whole or not at all, with its mode kept.

    A link to a file in the workspace stays a link; one that leads out raises `OutsideWorkspaceError`. Other
    failures are the `OSError` of the system, such as `PermissionError` for a file that is read-only.
    """
    target = (root / path).resolve(strict=True)
    if not target.is_relative_to(root.resolve()):
        message = f"{path} is a link that leads out of the workspace"
        raise OutsideWorkspaceError(message)
    if not os.access(target, os.W_OK):
        message = f"{path} is read-only"
        raise PermissionError(message)
    put(target, data, stat.S_IMODE(target.stat().st_mode))


def put(target: Path, data: bytes, mode: int) -> None:
    """Write a file, whole or not at all, with a mode. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)  # noqa: PTH101  the name of a temporary file, not a path that anyone handles
        os.replace(name, target)  # noqa: PTH105  as above
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108  as above
        raise
