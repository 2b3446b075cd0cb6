"""What is wrong with the suppression comments themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Diagnostic, Place, Severity
from convex_lint.nearest import nearest
from convex_lint.registry import bare
from convex_lint.source import Span
from convex_lint.suppressions.directives import Family, Kind
from convex_lint.suppressions.mutes import EVERY, LOUD, Mark
from convex_lint.suppressions.repairs import without_comment, without_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from convex_lint.diagnostics import Fix
    from convex_lint.source import Source
    from convex_lint.suppressions.directives import Directive, Word

UNUSED = "unused-suppression"
UNKNOWN = "unknown-rule"


def unknown(source: Source, directives: Sequence[Directive], names: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each name in an own directive that no rule has."""
    for directive in directives:
        if directive.family is Family.OWN:
            for word in directive.words:
                if bare(word.text) not in names:
                    yield _unknown(source, word, names)


def _unknown(source: Source, word: Word, names: Mapping[str, str]) -> Diagnostic:
    if word.text in LOUD:
        return _warning(UNKNOWN, Place(source.path, word.span), f"`{word.text}` cannot be silenced")
    near = nearest(bare(word.text), names)
    advice = f"did you mean `{near}`?" if near is not None else "name a rule, and write a reason after ` -- `"
    return _warning(UNKNOWN, Place(source.path, word.span), f"there is no rule `{word.text}`", advice)


def unused(  # noqa: PLR0913  each is a fact that only the caller has
    source: Source,
    directives: Sequence[Directive],
    used: Collection[Mark],
    ran: Collection[str],
    names: Mapping[str, str],
    *,
    partial: bool,
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each own directive, or name in one, that has no effect."""
    for directive in directives:
        if directive.family is not Family.OWN:
            continue
        judged = _judged(directive, ran, names, partial=partial)
        idle = [word for word in judged if Mark(directive.comment.span, word) not in used]
        if idle and (idle == [EVERY] or len(idle) == len(directive.words)):
            yield _whole(source, directive)
        else:
            for word in idle:
                yield _part(source, directive, word)


def _judged(directive: Directive, ran: Collection[str], names: Mapping[str, str], *, partial: bool) -> list[int]:
    """Return the indices of the names whose effect this run can tell; an `enable` is judged by the text alone."""
    ends = directive.kind is Kind.ENABLE
    if not directive.words:
        return [EVERY] if ends or not partial else []
    rules = [names.get(bare(word.text)) for word in directive.words]
    return [index for index, rule in enumerate(rules) if rule is not None and (ends or rule in ran)]


def _whole(source: Source, directive: Directive) -> Diagnostic:
    start, end = directive.comment.span
    span = Span(start, min(end, source.line_span(source.line_of(start)).end))
    fix = without_comment(source, directive.comment)
    return _warning(UNUSED, Place(source.path, span), f"this comment {_does(directive)} nothing", "remove it", fix)


def _part(source: Source, directive: Directive, index: int) -> Diagnostic:
    word = directive.words[index]
    message = f"`{word.text}` in this comment {_does(directive)} nothing"
    fix = without_word(source, directive, index)
    return _warning(UNUSED, Place(source.path, word.span), message, "remove it", fix)


def _does(directive: Directive) -> str:
    return "ends" if directive.kind is Kind.ENABLE else "silences"


def _warning(rule: str, place: Place, message: str, advice: str | None = None, fix: Fix | None = None) -> Diagnostic:
    return Diagnostic(rule, Severity.WARNING, place, message, advice, fix)
