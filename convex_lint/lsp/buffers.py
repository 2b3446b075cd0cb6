"""The texts that the editor has open. They count, not what lies on the disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import to_fs_path

from convex_lint.records import record
from convex_lint.source import Position, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.source import Unit


@record
class Buffer:
    """A text as the editor has it. `path` is absolute; None for a text that is no file."""

    uri: str
    path: str | None
    version: int | None
    source: Source


def opened(document: types.TextDocumentItem) -> Buffer:
    """Return the buffer of a document that was opened."""
    path = path_of(document.uri)
    return Buffer(document.uri, path, document.version, Source(path or document.uri, _encoded(document.text)))


def changed(
    buffer: Buffer, version: int, changes: Iterable[types.TextDocumentContentChangeEvent], unit: Unit
) -> Buffer:
    """Return the buffer after changes, each to the text that the one before it left."""
    # pygls keeps texts too, but takes what `str.splitlines` does for a line end: U+2028 would move every edit below it.
    source = buffer.source
    for change in changes:
        text = _encoded(change.text)
        if isinstance(change, types.TextDocumentContentChangePartial):
            start = _offset(source, change.range.start, unit)
            end = max(start, _offset(source, change.range.end, unit))
            text = source.data[:start] + text + source.data[end:]
        source = Source(source.path, text)
    return Buffer(buffer.uri, buffer.path, version, source)


def path_of(uri: str) -> str | None:
    """Return the absolute path that a URI names, spelled as the editor spells it; None if it is no file."""
    path = to_fs_path(uri)
    return os.path.abspath(path) if path else None  # noqa: PTH100  links stay: the editor knows the file by this name


def _offset(source: Source, at: types.Position, unit: Unit) -> int:
    return source.offset(Position(at.line, at.character), unit)


def _encoded(text: str) -> bytes:
    # Half of a surrogate pair becomes one `?`: one unit, as wide as it was for the editor.
    return text.encode("utf-8", "replace")
