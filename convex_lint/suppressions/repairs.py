"""The edits that write and remove suppression comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Edit, Fix, Safety
from convex_lint.source import Span
from convex_lint.suppressions.directives import Family, Kind, at_top, directives, reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convex_lint.source import Comment, Source
    from convex_lint.suppressions.directives import Directive

# Braces alone after a tag, a statement or a block; elsewhere they may be the block that a syntax asks for.
_JSX_BEFORE = re.compile(rb"(?:[};]|(?<!=)>)\s*\{\Z")


def disable(  # noqa: PLR0913  the last two are named
    source: Source, rule: str, at: int, comments: Sequence[Comment], *, jsx: bool = False, reason: str = ""
) -> Fix:
    """Return the fix that silences a rule on the line that a byte offset lies in.

    It adds to the comment that already silences other rules there, or writes one above, which gives the `reason`.
    `jsx` says that the line lies between JSX tags, where a comment needs braces.
    """
    line = source.line_of(at)
    start = source.line_span(line).start
    title = f"disable `{rule}` for this line"
    for directive in directives(comments):
        if _extends(directive) and reach(directive, source, comments).start == source.line_starts[line]:
            end = directive.words[-1].span.end
            return Fix(title, Safety.SAFE, (Edit(source.path, Span(end, end), f", {rule}"),))
    text = source.line_text(line)
    indent = text[: len(text) - len(text.lstrip())]
    words = f"{Family.OWN}-{Kind.NEXT_LINE} {rule}{_because(reason)}"
    comment = f"{{/* {words} */}}" if jsx else f"// {words}"
    return Fix(title, Safety.SAFE, (Edit(source.path, Span(start, start), f"{indent}{comment}{source.newline}"),))


def disable_file(source: Source, rule: str, comments: Sequence[Comment], *, reason: str = "") -> Fix:
    """Return the fix that silences what a rule says of a file as a whole."""
    title = f"disable `{rule}` for this file"
    for directive in directives(comments):
        if _extends(directive, Kind.DISABLE) and at_top(directive, source, comments):
            end = directive.words[-1].span.end
            return Fix(title, Safety.SAFE, (Edit(source.path, Span(end, end), f", {rule}"),))
    line = 1 if source.data.startswith(b"#!") and len(source.line_starts) > 1 else 0
    start = source.line_span(line).start
    words = f"/* {Family.OWN}-{Kind.DISABLE} {rule}{_because(reason)} */{source.newline}"
    return Fix(title, Safety.SAFE, (Edit(source.path, Span(start, start), words),))


def _because(reason: str) -> str:
    """Write a reason on one line, without what would end the comment."""
    text = " ".join(reason.replace("*/", "* /").split())
    return f" -- {text}" if text else ""


def _extends(directive: Directive, *kinds: Kind) -> bool:
    own = directive.family is Family.OWN and bool(directive.words)
    return own and directive.kind in (kinds or (Kind.NEXT_LINE, Kind.LINE))


def without_word(source: Source, directive: Directive, index: int) -> Fix:
    """Return the fix that takes one of several names out of a directive."""
    words = directive.words
    name = words[index]
    span = Span(words[index - 1].span.end, name.span.end) if index else Span(name.span.start, words[1].span.start)
    return Fix(f"remove `{name.text}` from the comment", Safety.SAFE, (Edit(source.path, span, ""),))


def without_comment(source: Source, comment: Comment) -> Fix:
    """Return the fix that removes a comment, with its lines where nothing else is on them."""
    span = _with_braces(source, comment.span)
    first = source.line_span(source.line_of(span.start))
    last = source.line_span(source.line_of(span.end))
    before = source.data[first.start : span.start]
    after = source.data[span.end : last.end]
    text = ""
    if not after.strip():
        span = _to_end_of_line(source, span, first, before)
    elif not before.strip() or before[-1:] in b" \t([{":
        span = Span(span.start, span.end + len(after) - len(after.lstrip()))
    elif after[:1] not in b" \t)]},;":
        text = " "
    if after.strip() and before.strip() and "\n" in comment.text:
        text = source.newline  # a comment over several lines ends a statement as a line end does
    return Fix("remove the comment", Safety.SAFE, (Edit(source.path, span, text),))


def _to_end_of_line(source: Source, span: Span, first: Span, before: bytes) -> Span:
    """Return what goes with a comment that nothing follows: its lines, or the blanks before it."""
    line = source.line_of(span.end)
    if before.strip():
        return Span(first.start + len(before.rstrip()), source.line_span(line).end)
    starts = source.line_starts
    return Span(first.start, starts[line + 1] if line + 1 < len(starts) else len(source.data))


def _with_braces(source: Source, span: Span) -> Span:
    """Return the span with the braces around a comment that is alone between JSX tags."""
    if not source.path.endswith("sx"):
        return span
    line = source.line_text(source.line_of(span.start)).strip()
    alone = line.startswith("{/*") and source.data[span.end : span.end + 1] == b"}"
    follows = _JSX_BEFORE.search(source.data[max(0, span.start - 400) : span.start]) is not None
    return Span(span.start - 1, span.end + 1) if alone and follows else span
