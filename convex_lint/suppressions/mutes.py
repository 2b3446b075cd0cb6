"""Which rules are silent where, by the directives of one file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.registry import PLUGIN, bare
from convex_lint.source import Span
from convex_lint.suppressions.directives import Family, Kind, at_top, reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.source import Comment, Source
    from convex_lint.suppressions.directives import Directive

LOUD = frozenset({"syntax-error", "unreadable-file", "rule-crashed"})
"""What no comment silences: each says that the rest of the run knows less than it seems to."""

EVERY = -1
"""The word that stands for "no names, so every rule"."""


class Mark(NamedTuple):
    """One name of one directive, by its index, or `EVERY`."""

    comment: Span
    word: int


@dataclass(slots=True)
class Mute:
    """A rule, or every rule (None), that is silent from one byte offset to another.

    `whole` says that findings about the file as a whole are silent too; `resumed` are the rules that speak
    again from an offset on although every rule was silenced.
    """

    mark: Mark
    directive: Directive
    rule: str | None
    span: Span
    whole: bool
    resumed: dict[str, int] = field(default_factory=dict)

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Say whether a diagnostic is silent."""
        if diagnostic.rule in LOUD or self.rule not in {None, diagnostic.rule}:
            return False
        if diagnostic.place.span is None:
            return self.whole and diagnostic.rule not in self.resumed
        start = diagnostic.place.span.start
        return self.span.start <= start < min(self.span.end, self.resumed.get(diagnostic.rule, self.span.end))

    def resume(self, rule: str | None, at: int) -> bool:
        """Let a rule, or every rule (None), speak again from an offset on; False if it was not silent."""
        if self.span.end <= at or rule in self.resumed:
            return False
        if rule is None or rule == self.rule:
            self.span = Span(self.span.start, at)
            self.whole = False
            return True
        if self.rule is None:
            self.resumed[rule] = at
        return self.rule is None


def mutes(
    source: Source, comments: Sequence[Comment], directives: Sequence[Directive], names: Mapping[str, str]
) -> tuple[list[Mute], set[Mark]]:
    """Return what is silent, and the marks of the `enable` comments that end something."""
    found: list[Mute] = []
    ends: set[Mark] = set()
    for directive in directives:
        for index, rule in _rules(directive, names):
            mark = Mark(directive.comment.span, index)
            if directive.kind is Kind.ENABLE:
                opened = [mute for mute in found if _is_open(mute, directive)]
                if any([mute.resume(rule, mark.comment.start) for mute in opened]):  # noqa: C419  all must resume
                    ends.add(mark)
            else:
                whole = directive.kind is Kind.DISABLE and at_top(directive, source, comments)
                found.append(Mute(mark, directive, rule, reach(directive, source, comments), whole))
    return found, ends


def _is_open(mute: Mute, end: Directive) -> bool:
    return mute.directive.kind is Kind.DISABLE and mute.directive.family is end.family


def _rules(directive: Directive, names: Mapping[str, str]) -> Iterator[tuple[int, str | None]]:
    """Yield each rule that a directive names, with its index. See the package on bare foreign comments."""
    own = directive.family is Family.OWN
    if not directive.words and (own or directive.kind is Kind.ENABLE):
        yield EVERY, None
    for index, word in enumerate(directive.words):
        rule = names.get(bare(word.text))
        if rule is not None and (own or word.text.startswith(PLUGIN)):
            yield index, rule
