"""How many findings each rule has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Safety, Severity
from convex_lint.reporters.style import rule_word, severity_word
from convex_lint.reporters.words import errors_first, outcome, rules_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.report import Report
    from convex_lint.reporters.options import Options


def render(report: Report, options: Options) -> str:
    """Return the table of counts and the outcome."""
    rows = table(report, options)
    return f"{rows}\n{outcome(report)}\n" if rows else f"{outcome(report)}\n"


def table(report: Report, options: Options) -> str:
    """Return a row for each rule that found something, the most frequent first."""
    counts = Counter(diagnostic.rule for diagnostic in report.diagnostics)
    worst = {diagnostic.rule: diagnostic.severity for diagnostic in reversed(errors_first(report.diagnostics))}
    safe = _fixes(report.diagnostics, Safety.SAFE)
    unsafe = _fixes(report.diagnostics, Safety.UNSAFE)
    rules = rules_by_name(report)
    digits = len(f"{max(counts.values(), default=0):,}")
    rows: list[str] = []
    for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        severity = worst[name]
        pad = " " * (len(Severity.WARNING) - len(severity))
        url = rules[name].url if name in rules else None
        marks = _marks(safe[name], unsafe[name])
        rows.append(
            f"{number:>{digits},}  {severity_word(severity, options)}{pad}  {rule_word(name, url, options)}{marks}\n"
        )
    return "".join(rows)


def _fixes(diagnostics: Iterable[Diagnostic], safety: Safety) -> Counter[str]:
    return Counter(d.rule for d in diagnostics if d.fix and d.fix.safety is safety)


def _marks(safe: int, unsafe: int) -> str:
    parts = [f"{safe:,} with --fix"] * bool(safe) + [f"{unsafe:,} with --unsafe-fixes"] * bool(unsafe)
    return f" (fixable: {', '.join(parts)})" if parts else ""
