"""What the editor offers to do about findings: mend one, silence one, mend all that is safe to mend."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from lsprotocol import types

from convex_lint import check, fixes
from convex_lint.diagnostics import Edit, Safety
from convex_lint.source import Span

from . import convert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from convex_lint.diagnostics import Diagnostic, Fix
    from convex_lint.source import Source

    from .convert import View
    from .project import Project

FIX = types.CodeActionKind.QuickFix.value
DISABLE = f"{FIX}.suppressRule.{convert.SOURCE}"
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{convert.SOURCE}"
KINDS = (FIX, DISABLE, FIX_ALL)


def wants(only: Sequence[str] | None, kind: str) -> bool:
    """Say whether a kind is among those asked for: `source` asks for `source.fixAll`, too, and nothing for all."""
    return only is None or any(not asked or kind == asked or kind.startswith(f"{asked}.") for asked in only)


def on_lines(
    found: Iterable[Diagnostic], lines: tuple[int, int], project: Project, view: View, only: Sequence[str] | None
) -> Iterator[types.CodeAction]:
    """Give the actions for the findings of one file that touch some lines.

    What the editor says of diagnostics at that place is not asked: Helix says nothing, and others what they had.
    """
    here = [each for each in found if _touches(each, lines, view)]
    if wants(only, FIX):
        for each in here:
            if each.fix is not None and all(edit.path in view.sources for edit in each.fix.edits):
                yield _fix(each, each.fix, view)
    if wants(only, DISABLE):
        yield from _disables(here, project, view)


def fix_all(path: str, project: Project, view: View) -> types.WorkspaceEdit | None:
    """Return the edit that applies the safe fixes of one file until none is left; None if there is none."""
    loaded = project.loaded
    before = loaded.workspace.sources

    def lint(sources: Mapping[str, Source]) -> list[Diagnostic]:
        workspace = replace(loaded.workspace, sources=sources)
        kept = check.lint(replace(loaded, workspace=workspace), project.memory).kept
        return [_alone(each, path) for each in kept if each.place.path == path]

    settled = fixes.settle(lint, before, {Safety.SAFE})
    edits = list(_difference(before[path], settled.sources[path]))
    return convert.edit(edits, view) if edits else None


def _touches(found: Diagnostic, lines: tuple[int, int], view: View) -> bool:
    source = view.sources.get(found.place.path)
    if source is None:
        return False
    span = found.place.span or Span(0, 0)
    return source.line_of(span.start) <= lines[1] and lines[0] <= source.line_of(span.end)


def _fix(found: Diagnostic, fix: Fix, view: View) -> types.CodeAction:
    is_safe = fix.safety is Safety.SAFE
    title = fix.title[:1].upper() + fix.title[1:]
    return types.CodeAction(
        title=title if is_safe else f"{title} (may change behaviour)",
        kind=FIX,
        diagnostics=[convert.diagnostic(found, view)],
        is_preferred=True if is_safe else None,
        edit=convert.edit(fix.edits, view),
    )


def _disables(here: Iterable[Diagnostic], project: Project, view: View) -> Iterator[types.CodeAction]:
    """Give one action for each rule and line; what is not a rule's cannot be silenced."""
    offered = set()
    for found in here:
        span = found.place.span
        if span is None or found.rule not in view.rules:
            continue
        source = view.sources[found.place.path]
        key = (found.rule, source.line_of(span.start))
        silenced = dict(check.silences(source, [found], project.memory)) if key not in offered else {}
        for fix in silenced.values():
            offered.add(key)
            yield types.CodeAction(
                title=f"Disable {found.rule} for this line",
                kind=DISABLE,
                diagnostics=[convert.diagnostic(found, view)],
                edit=convert.edit(fix.edits, view),
            )


def _alone(found: Diagnostic, path: str) -> Diagnostic:
    """Return a finding without a fix that would change other files: this command is about one."""
    if found.fix is None or all(edit.path == path for edit in found.fix.edits):
        return found
    return replace(found, fix=None)


def _difference(before: Source, after: Source) -> Iterator[Edit]:
    """Give the edits, by whole lines, that make one text of another: what did not change keeps its marks."""
    old, new = _lines(before), _lines(after)
    starts = (*before.line_starts, len(before.data))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            text = b"".join(new[j1:j2]).decode("utf-8", "replace")
            yield Edit(before.path, Span(starts[i1], starts[i2]), text)


def _lines(source: Source) -> list[bytes]:
    starts = (*source.line_starts, len(source.data))
    return [source.data[start:end] for start, end in pairwise(starts)]
