"""A project with all rules at work, so that their fixes can be tried."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint import check, engine, fixes
from convex_lint.diagnostics import Safety
from convex_lint.rule import Level

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.source import Source

ALL = frozenset(Safety)


class Bed:
    """A project with all rules at work, or some, whatever its configuration says."""

    def __init__(self, folder: Path, rules: Collection[str] | None = None) -> None:
        self._memory = check.Memory()
        loaded = check.load(check.Request(cwd=str(folder.resolve()), isolated=True), self._memory)
        self.workspace = loaded.workspace
        self.sources = dict(loaded.workspace.sources)
        self._rules = [rule for rule in loaded.rules if rules is None or rule.name in rules]
        self._levels = {
            rule.name: Level(rule.severity, rule.options() if rule.options is not None else None)
            for rule in self._rules
        }

    def lint(self, sources: Mapping[str, Source]) -> Sequence[Diagnostic]:
        """Return what the rules find, with the fixes that the command would apply."""
        workspace = replace(self.workspace, sources=sources)
        given = engine.lint(workspace, self._rules, lambda _: self._levels, self._memory.read, self._memory.kept)
        shut = {path for path, summary in given.summaries.items() if summary.code.errors}
        shut |= sources.keys() - workspace.reported
        return [_without_fix(one, shut) for one in given.diagnostics]

    def settle(self, sources: Mapping[str, Source]) -> fixes.Settled:
        """Apply all fixes."""
        return fixes.settle(self.lint, sources, ALL)


def _without_fix(one: Diagnostic, shut: Collection[str]) -> Diagnostic:
    edits = one.fix.edits if one.fix is not None else ()
    return replace(one, fix=None) if any(edit.path in shut for edit in edits) else one
