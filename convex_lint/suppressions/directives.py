"""The comments that silence: what they say and which part of the file they speak of."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.records import record
from convex_lint.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convex_lint.source import Comment, Source

_FORM = re.compile(
    r"(?://+|/\*+)[\s*]*(convex-lint|eslint|oxlint)-(disable-next-line|disable-line|disable|enable)(?![\w-])"
)
_REASON = re.compile(r"(?:^|\s)-{2,}(?:\s|$)")
_TOP = re.compile(rb"(?:\xef\xbb\xbf)?(?:#![^\r\n]*)?(?:\s|;|\"[^\"\r\n]*\"|'[^'\r\n]*')*")
_NAME = re.compile(r"[^\s:*]+")


class Family(StrEnum):
    """Whose comment it is."""

    OWN = "convex-lint"
    ESLINT = "eslint"
    OXLINT = "oxlint"


class Kind(StrEnum):
    """What a directive does."""

    NEXT_LINE = "disable-next-line"
    LINE = "disable-line"
    DISABLE = "disable"
    ENABLE = "enable"


class Word(NamedTuple):
    """A rule's name as a directive writes it."""

    text: str
    span: Span


@record
class Directive:
    """One comment that silences, or ends a silence. No `words` means every rule."""

    comment: Comment
    family: Family
    kind: Kind
    words: tuple[Word, ...]
    justification: str | None


def directives(comments: Sequence[Comment]) -> tuple[Directive, ...]:
    """Return the directives among some comments, in their order."""
    found = (_directive(comment) for comment in comments)
    return tuple(directive for directive in found if directive is not None)


def _directive(comment: Comment) -> Directive | None:
    form = _FORM.match(comment.text)
    if form is None:
        return None
    text = comment.text.removesuffix("*/") if comment.text.startswith("/*") else comment.text
    reason = _REASON.search(text, form.end())
    return Directive(
        comment,
        Family(form[1]),
        Kind(form[2]),
        _words(comment, form.end(), reason.start() if reason else len(text)),
        _prose(text[reason.end() :]) if reason else None,
    )


def _words(comment: Comment, start: int, end: int) -> tuple[Word, ...]:
    """Return the first word between each two commas; what follows it is prose, as in `no-foo because …`."""
    found: list[Word] = []
    for part in comment.text[start:end].split(","):
        name = _NAME.search(part)
        if name is not None:
            at = comment.span.start + len(comment.text[: start + name.start()].encode())
            found.append(Word(name[0], Span(at, at + len(name[0].encode()))))
        start += len(part) + 1
    return tuple(found)


def _prose(text: str) -> str | None:
    return " ".join(word for word in text.split() if word != "*") or None


def reach(directive: Directive, source: Source, comments: Sequence[Comment]) -> Span:
    """Return the bytes that a directive speaks of; a finding is meant when it starts in them."""
    span = directive.comment.span
    if directive.kind is Kind.LINE:
        return _lines(source, source.line_of(span.start), source.line_of(span.end))
    if directive.kind is Kind.NEXT_LINE:
        line = _next_code_line(source, comments, source.line_of(span.end) + 1)
        return _lines(source, line, line)
    return Span(span.start, len(source.data) + 1)


def _lines(source: Source, first: int, last: int) -> Span:
    starts = (*source.line_starts, len(source.data) + 1)
    end = len(starts) - 1
    return Span(starts[min(first, end)], starts[min(last + 1, end)])


def _next_code_line(source: Source, comments: Sequence[Comment], line: int) -> int:
    """Return the first line from a line on that holds code; past the last line if none does."""
    while line < len(source.line_starts) and not _is_code(source, comments, source.line_span(line)):
        line += 1
    return line


def _is_code(source: Source, comments: Sequence[Comment], line: Span) -> bool:
    rest = b"".join(_uncommented(source, comments, line).split())
    # Of `{/* a comment between JSX tags */}` the braces are left.
    in_jsx = rest == b"{}" and b"".join(source.data[line.start : line.end].split()) != b"{}"
    return bool(rest) and not in_jsx


def _uncommented(source: Source, comments: Sequence[Comment], span: Span) -> bytes:
    kept: list[bytes] = []
    at = span.start
    for comment in comments:
        if comment.span.start < span.end and comment.span.end > at:
            kept.append(source.data[at : comment.span.start])
            at = min(comment.span.end, span.end)
    return b"".join((*kept, source.data[at : span.end]))


def at_top(directive: Directive, source: Source, comments: Sequence[Comment]) -> bool:
    """Say whether nothing but comments and directives such as `"use node"` stands above a comment."""
    above = _uncommented(source, comments, Span(0, directive.comment.span.start))
    return _TOP.fullmatch(above) is not None
