"""From a workspace to what is said of it: rules, then the comments that silence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint import engine, registry, suppressions
from convex_lint.records import record
from convex_lint.report import Suppressed

from . import baselines

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from convex_lint.baseline import Baseline, Forgiven
    from convex_lint.diagnostics import Diagnostic
    from convex_lint.summary import Summary

    from .loading import Loaded, Memory


@record
class Outcome:
    """What is still said, in reading order, and what comments silence or the baseline forgives.

    `forgiven` is what the baseline made of it, None where there is none.
    """

    kept: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...]
    summaries: Mapping[str, Summary]
    forgiven: Forgiven | None = None


def lint(loaded: Loaded, memory: Memory) -> Outcome:
    """Lint a loaded workspace, apply the comments that silence, and forgive what the baseline forgives."""
    workspace, levels = loaded.workspace, loaded.config.levels
    linting = engine.lint(workspace, loaded.rules, levels, memory.read, memory.kept)
    silenced = suppressions.apply(
        (*linting.diagnostics, *loaded.faults),
        {path: workspace.sources[path] for path in sorted(workspace.reported & workspace.sources.keys())},
        lambda path: linting.summaries[path].code.comments,
        lambda path: levels(path).keys(),
        {name: rule.name for name, rule in registry.by_name(loaded.rules).items()},
        partial=loaded.partial,
    )
    broken = {path for path, summary in linting.summaries.items() if summary.code.errors or summary.code.deep}
    kept = tuple(_mendable(found, broken) for found in silenced.kept) if broken else silenced.kept
    outcome = Outcome(kept, silenced.suppressed, linting.summaries)
    return outcome if loaded.baseline is None else forgiving(outcome, loaded, loaded.baseline)


def forgiving(outcome: Outcome, loaded: Loaded, known: Baseline) -> Outcome:
    """Return an outcome in which a baseline has forgiven what it forgives."""
    forgiven = baselines.applied(loaded, known, outcome.kept, outcome.summaries)
    more = tuple(Suppressed(diagnostic, None, external=True) for diagnostic in forgiven.forgiven)
    suppressed = sorted((*outcome.suppressed, *more), key=lambda each: each.diagnostic.order)
    return replace(outcome, kept=forgiven.kept, suppressed=tuple(suppressed), forgiven=forgiven)


def _mendable(found: Diagnostic, broken: Collection[str]) -> Diagnostic:
    """Return a diagnostic without its fix where that would change a file that does not parse."""
    edits = found.fix.edits if found.fix is not None else ()
    return replace(found, fix=None) if any(edit.path in broken for edit in edits) else found
