"""One line for each finding, complete in itself, for AI agents: where, what, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.reporters.cells import one_line
from convex_lint.reporters.places import where, where_exactly
from convex_lint.reporters.words import errors_first, fixable, help_of, outcome

if TYPE_CHECKING:
    from convex_lint.diagnostics import Diagnostic
    from convex_lint.report import Report
    from convex_lint.reporters.options import Options

RELATED = 2
"""How many related places a line names at most: an agent reads every word."""


def render(report: Report, options: Options) -> str:  # noqa: ARG001  every format takes the same
    """Return a line for each diagnostic, errors first, each ending in `help: …`, and the outcome."""
    lines = [_line(report, diagnostic) for diagnostic in errors_first(report.diagnostics)]
    return "".join(f"{line}\n" for line in (*lines, outcome(report)))


def _line(report: Report, diagnostic: Diagnostic) -> str:
    see = "".join(
        f"; see {where(report, related.place)} ({one_line(related.message)})"
        for related in diagnostic.related[:RELATED]
    )
    mark = fixable(diagnostic)
    advice = help_of(diagnostic) or f"`convex-lint rule {diagnostic.rule}` explains it"
    return (
        f"{where_exactly(report, diagnostic.place)}: {diagnostic.severity.value} {diagnostic.rule}: "
        f"{one_line(diagnostic.message)}{see}; help: {one_line(advice)}{f' ({mark})' if mark else ''}"
    )
