"""Comments that silence what is found, written into the files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint import fixes, registry, suppressions
from convex_lint.diagnostics import Safety
from convex_lint.summary import summarise

from .fixing import Fixed, mended
from .linting import lint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from convex_lint.diagnostics import Diagnostic, Fix
    from convex_lint.source import Source

    from .loading import Loaded, Memory


def comment(loaded: Loaded, memory: Memory, reason: str) -> Fixed:
    """Silence all that the rules find with comments that give a reason. Raises FixError."""
    rules = registry.by_name(loaded.rules)

    def found(sources: Mapping[str, Source]) -> Sequence[Diagnostic]:
        kept = lint(replace(loaded, workspace=replace(loaded.workspace, sources=sources)), memory).kept
        by_path: dict[str, list[Diagnostic]] = {}
        for diagnostic in kept:
            by_path.setdefault(diagnostic.place.path, []).append(diagnostic)
        return [each for path, some in by_path.items() for each in _silenced(path, some, sources)]

    def _silenced(path: str, some: Sequence[Diagnostic], sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
        source = sources.get(path)
        wanted = [each for each in some if each.rule in rules] if source is not None else []
        made = dict(silences(source, wanted, memory, reason)) if source is not None else {}
        yield from (replace(each, fix=made.get(each)) for each in some)

    return mended(loaded, found, {Safety.SAFE}, nouns=("suppression", "suppressions"))


def silences(
    source: Source, found: Iterable[Diagnostic], memory: Memory, reason: str = ""
) -> Iterator[tuple[Diagnostic, Fix]]:
    """Yield the comment for each finding, in a form that is a comment where it is to stand."""
    pending = [*found]
    for is_jsx in (False, True) if source.path.endswith("sx") else (False,):
        made = {each: _silence(source, each, memory, jsx=is_jsx, reason=reason) for each in pending}
        if _are_comments(source, made.values(), memory):
            yield from made.items()
            return
        good = {each: fix for each, fix in made.items() if _are_comments(source, [fix], memory)}
        yield from good.items()
        pending = [each for each in pending if each not in good]


def _silence(source: Source, found: Diagnostic, memory: Memory, *, jsx: bool = False, reason: str = "") -> Fix:
    """Return the fix that silences a finding in a source with a comment."""
    comments = memory.read(source).code.comments
    span = found.place.span
    if span is None:
        return suppressions.disable_file(source, found.rule, comments, reason=reason)
    return suppressions.disable(source, found.rule, span.start, comments, jsx=jsx, reason=reason)


def _are_comments(source: Source, wanted: Iterable[Fix], memory: Memory) -> bool:
    """Say whether all that is added are comments: between the lines of a template they would be text."""
    step = fixes.apply({source.path: source}, wanted)
    added = sum(edit.text.endswith("\n") for fix in step.applied for edit in fix.edits)
    before, after = memory.read(source).code, summarise(step.sources[source.path]).code
    more = len(suppressions.directives(after.comments)) - len(suppressions.directives(before.comments))
    return more == added and len(after.errors) <= len(before.errors)
