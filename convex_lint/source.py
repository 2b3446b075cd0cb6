"""The text of a file: bytes inside, lines and columns only where a person or another tool reads them."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

_BOM = b"\xef\xbb\xbf"


class Span(NamedTuple):
    """A half-open range of byte offsets in the UTF-8 text of one file."""

    start: int
    end: int


class Comment(NamedTuple):
    """A comment: its span with the delimiters, and its text with them."""

    span: Span
    text: str


class Position(NamedTuple):
    """A place in a text, both numbers counted from 0; the unit of the column is the caller's choice."""

    line: int
    column: int


class Unit(StrEnum):
    """What a column counts. SARIF, ESLint's JSON and LSP's default count UTF-16 code units."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    CODE_POINTS = "utf-32"


class Source:
    """An immutable file: its path (relative to the workspace root, `/` between parts) and its bytes in UTF-8."""

    __slots__ = ("_line_starts", "data", "path")

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self._line_starts: list[int] | None = None

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.data)} bytes)"

    def text(self, span: Span) -> str:
        """Return the text of a span."""
        return self.data[span.start : span.end].decode("utf-8", "replace")

    @property
    def newline(self) -> str:
        """The characters that end the first line: what an inserted line should end with."""
        at = self.data.find(b"\n")
        if at < 0:
            return "\r" if b"\r" in self.data else "\n"
        return "\r\n" if self.data[at - 1 : at] == b"\r" else "\n"

    @property
    def line_starts(self) -> list[int]:
        """The byte offset at which each line starts; a line feed, a carriage return or both end a line."""
        if self._line_starts is None:
            starts = [0, *accumulate(map(len, self.data.splitlines(keepends=True)))]
            if len(starts) > 1 and not self.data.endswith((b"\n", b"\r")):
                starts.pop()  # the end of the last line starts none
            self._line_starts = starts
        return self._line_starts

    def line_of(self, offset: int) -> int:
        """Return the line, counted from 0, that a byte offset lies in."""
        return bisect_right(self.line_starts, offset) - 1

    def line_span(self, line: int) -> Span:
        """Return the span of a line without its end-of-line characters and without a byte order mark."""
        starts = self.line_starts
        start = starts[line]
        end = starts[line + 1] if line + 1 < len(starts) else len(self.data)
        while end > start and self.data[end - 1] in b"\r\n":
            end -= 1
        if line == 0 and self.data.startswith(_BOM):
            start = min(len(_BOM), end)
        return Span(start, end)

    def line_text(self, line: int) -> str:
        """Return a line without its end-of-line characters."""
        return self.text(self.line_span(line))

    def position(self, offset: int, unit: Unit = Unit.UTF16) -> Position:
        """Return the line and column of a byte offset."""
        offset = min(offset, len(self.data))
        line = self.line_of(offset)
        start = self.line_span(line).start
        return Position(line, _width(self.data[start : max(start, offset)], unit))

    def offset(self, position: Position, unit: Unit = Unit.UTF16) -> int:
        """Return the byte offset of a line and column; past the end of the line it is the line's end."""
        if position.line >= len(self.line_starts):
            return len(self.data)
        span = self.line_span(position.line)
        left = position.column
        at = span.start
        for char in self.text(span):
            encoded = char.encode("utf-8", "replace")
            left -= _width(encoded, unit)
            if left < 0:
                break
            at += len(encoded)
        return at


def _width(data: bytes, unit: Unit) -> int:
    if unit is Unit.UTF8 or data.isascii():
        return len(data)
    text = data.decode("utf-8", "replace")
    return len(text) if unit is Unit.CODE_POINTS else len(text.encode("utf-16-le", "replace")) // 2
