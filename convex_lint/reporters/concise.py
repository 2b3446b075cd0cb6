"""One line for each finding, for editors, problem matchers and grep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.reporters.cells import one_line
from convex_lint.reporters.places import where_exactly
from convex_lint.reporters.style import paint, rule_word, severity_word
from convex_lint.reporters.words import rules_by_name

if TYPE_CHECKING:
    from convex_lint.report import Report
    from convex_lint.reporters.options import Options


def render(report: Report, options: Options) -> str:
    """Return `path:line:col: error rule-name message` for each diagnostic, and nothing for a clean run."""
    urls = {name: rule.url for name, rule in rules_by_name(report).items()}
    return "".join(
        f"{paint(where_exactly(report, diagnostic.place), 'bold', options)}: "
        f"{severity_word(diagnostic.severity, options)} "
        f"{rule_word(diagnostic.rule, urls.get(diagnostic.rule), options)} {one_line(diagnostic.message)}\n"
        for diagnostic in report.diagnostics
    )
