"""From a workspace to what is said of it: rules, then the comments that silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import engine, registry, suppressions

if TYPE_CHECKING:
    from .loading import Loaded, Memory


def lint(loaded: Loaded, memory: Memory) -> suppressions.Outcome:
    """Lint a loaded workspace and apply the comments that silence."""
    workspace, levels = loaded.workspace, loaded.config.levels
    linting = engine.lint(workspace, loaded.rules, levels, memory.read)
    return suppressions.apply(
        (*linting.diagnostics, *loaded.faults),
        {path: workspace.sources[path] for path in sorted(workspace.reported & workspace.sources.keys())},
        lambda path: linting.summaries[path].code.comments,
        lambda path: levels(path).keys(),
        {name: rule.name for name, rule in registry.by_name(loaded.rules).items()},
        partial=loaded.partial,
    )
