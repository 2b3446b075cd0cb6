"""What comments silence, and the comments that silence nothing.

`eslint-disable` and `oxlint-disable` comments count only where they name a rule as `@convex-dev/<rule>`. A bare
one was written against the rules of another linter: honouring it would hide, in a file that someone once exempted
from formatting rules, findings that nobody has ever seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.records import record
from convex_lint.report import Suppressed
from convex_lint.suppressions.directives import directives
from convex_lint.suppressions.mutes import LOUD, mutes
from convex_lint.suppressions.repairs import disable, disable_file
from convex_lint.suppressions.verdicts import unknown, unused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.source import Comment, Source
    from convex_lint.suppressions.mutes import Mute

__all__ = ["LOUD", "Outcome", "apply", "directives", "disable", "disable_file"]


@record
class Outcome:
    """What is still said, in reading order, and what comments silence."""

    kept: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...]


def apply(  # noqa: PLR0913  each is a fact that only the caller has
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, Source],
    comments: Callable[[str], Sequence[Comment]],
    ran: Callable[[str], Collection[str]],
    names: Mapping[str, str],
    *,
    partial: bool = False,
) -> Outcome:
    """Silence what comments silence, and report own comments that silence nothing or name no rule.

    `comments` gives the comments of a path in order, `ran` the names of the rules that ran on it (none for a file
    that is not reported on), and `names` maps each name and alias to its rule. `partial` says that the run was
    narrowed to some rules: then a comment without names is never called unused.
    """
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_path.setdefault(diagnostic.place.path, []).append(diagnostic)
    kept: list[Diagnostic] = []
    suppressed: list[Suppressed] = []
    for path, source in sources.items():
        # Nearly every file ends here: its comments are not even asked for.
        if b"-disable" in source.data or b"-enable" in source.data:
            rest, silenced = _one_file(source, by_path.pop(path, []), comments(path), ran(path), names, partial=partial)
            kept += rest
            suppressed += silenced
    kept += [diagnostic for found in by_path.values() for diagnostic in found]
    return Outcome(
        tuple(sorted(kept, key=lambda diagnostic: diagnostic.order)),
        tuple(sorted(suppressed, key=lambda silenced: silenced.diagnostic.order)),
    )


def _one_file(  # noqa: PLR0913  as `apply`
    source: Source,
    found: Sequence[Diagnostic],
    comments: Sequence[Comment],
    ran: Collection[str],
    names: Mapping[str, str],
    *,
    partial: bool,
) -> tuple[list[Diagnostic], list[Suppressed]]:
    said = directives(comments)
    silent, used = mutes(source, comments, said, names)
    kept: list[Diagnostic] = []
    suppressed: list[Suppressed] = []
    for diagnostic in found:
        covering = [mute for mute in silent if mute.covers(diagnostic)]
        used.update(mute.mark for mute in covering)
        if covering:
            suppressed.append(Suppressed(diagnostic, _justification(covering)))
        else:
            kept.append(diagnostic)
    if ran:
        kept += unknown(source, said, names)
        # Where something stopped the rules, what they would have found is not known.
        if not any(diagnostic.rule in LOUD for diagnostic in found):
            kept += unused(source, said, used, ran, names, partial=partial)
    return kept, suppressed


def _justification(covering: Sequence[Mute]) -> str | None:
    """Return the reason of the nearest comment that gives one."""
    reasons = [mute.directive.justification for mute in covering]
    return next((reason for reason in reversed(reasons) if reason), None)
