"""From a workspace to what is said of it: rules, then the comments that silence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint import engine, registry, suppressions

if TYPE_CHECKING:
    from collections.abc import Collection

    from convex_lint.diagnostics import Diagnostic

    from .loading import Loaded, Memory


def lint(loaded: Loaded, memory: Memory) -> suppressions.Outcome:
    """Lint a loaded workspace and apply the comments that silence."""
    workspace, levels = loaded.workspace, loaded.config.levels
    linting = engine.lint(workspace, loaded.rules, levels, memory.read, memory.kept)
    outcome = suppressions.apply(
        (*linting.diagnostics, *loaded.faults),
        {path: workspace.sources[path] for path in sorted(workspace.reported & workspace.sources.keys())},
        lambda path: linting.summaries[path].code.comments,
        lambda path: levels(path).keys(),
        {name: rule.name for name, rule in registry.by_name(loaded.rules).items()},
        partial=loaded.partial,
    )
    broken = {path for path, summary in linting.summaries.items() if summary.code.errors or summary.code.deep}
    return replace(outcome, kept=tuple(_mendable(found, broken) for found in outcome.kept)) if broken else outcome


def _mendable(found: Diagnostic, broken: Collection[str]) -> Diagnostic:
    """Return a diagnostic without its fix where that would change a file that does not parse."""
    edits = found.fix.edits if found.fix is not None else ()
    return replace(found, fix=None) if any(edit.path in broken for edit in edits) else found
