"""A few lines of source with line numbers, and a span underlined in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.reporters.cells import ELLIPSIS, cells, head, shown, tail
from convex_lint.reporters.style import paint
from convex_lint.source import Span

if TYPE_CHECKING:
    from convex_lint.reporters.options import Options
    from convex_lint.source import Source

INDENT = "  "
MARK = "~"
_BYTES_PER_CELL = 4


class _Line(NamedTuple):
    """One line of source in three parts, the middle one underlined; `whole` if nothing was left out."""

    before: str
    marked: str
    after: str
    whole: bool


def frame(source: Source, span: Span, tone: str, options: Options, context: int = 1) -> list[str]:
    """Return the line where a span starts, the span underlined in it, and some lines of context around.

    A line that is wider than the terminal is cut to what is near the span, and then has no context.
    """
    at = source.line_of(min(span.start, len(source.data)))
    first = max(at - context, 0)
    last = min(at + context, len(source.line_starts) - 1)
    gutter = len(str(last + 1))
    width = max(options.width - len(INDENT) - gutter - 3, 20)
    line = _marked(source, at, span, width)
    drawn: list[str] = []
    for number in range(first, last + 1) if line.whole else [at]:
        text = line.before + line.marked + line.after if number == at else _context(source, number, width)
        drawn.append(_row(str(number + 1), text, gutter, options))
        if number == at:
            under = " " * cells(line.before) + paint(MARK * max(cells(line.marked), 1), tone, options)
            drawn.append(_row("", under, gutter, options))
    return drawn


def _row(number: str, text: str, gutter: int, options: Options) -> str:
    bar = paint(f"{number:>{gutter}} |", "dim", options)
    return f"{INDENT}{bar} {text}" if text else f"{INDENT}{bar}"


def _context(source: Source, number: int, width: int) -> str:
    start, end = source.line_span(number)
    text = shown(source.text(Span(start, min(end, start + width * _BYTES_PER_CELL)))).rstrip()
    return text if cells(text) <= width else head(text, width - 1) + ELLIPSIS


def _marked(source: Source, number: int, span: Span, width: int) -> _Line:
    """Return the line of a span; of a line of megabytes, only what can be shown is looked at."""
    line = source.line_span(number)
    reach = width * _BYTES_PER_CELL
    start = min(max(span.start, line.start), line.end)
    end = min(max(span.end, start), line.end)
    before = shown(source.text(Span(max(line.start, start - reach), start)))
    marked = shown(source.text(Span(start, min(end, start + reach))))
    after = shown(source.text(Span(end, min(line.end, end + reach)))).rstrip()
    if cells(before) + cells(marked) + cells(after) <= width:
        return _Line(before, marked, after, whole=True)
    return _cut(before, marked, after, width)


def _cut(before: str, marked: str, after: str, width: int) -> _Line:
    """Cut a line so that it fits, keeping the marked part first and some of both sides."""
    kept = head(marked, width * 2 // 3)
    if kept != marked:
        kept, after = kept + ELLIPSIS, ""
    room = width - cells(kept)
    left = before if cells(before) <= room // 2 else ELLIPSIS + tail(before, room // 2 - 1)
    room -= cells(left)
    right = after if cells(after) <= room else head(after, room - 1) + ELLIPSIS
    # Context lines start at their own beginning, so they fit only beside a line that does too.
    return _Line(left, kept, right, whole=left == before)
