"""How the run went: what could not be checked, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convex_lint.reporters.sarif.descriptors import FAILURES
from convex_lint.reporters.sarif.locations import location
from convex_lint.reporters.sarif.results import MAX_RESULTS

if TYPE_CHECKING:
    from convex_lint.diagnostics import Diagnostic
    from convex_lint.report import Report


def invocation(report: Report, left_out: int) -> dict[str, Any]:
    """Return the run with its notifications; it failed only if a rule crashed."""
    failures = [diagnostic for diagnostic in report.diagnostics if diagnostic.rule in FAILURES]
    notifications = [_failure(report, diagnostic) for diagnostic in failures[:MAX_RESULTS]]
    notifications += [_remark("note", notice) for notice in report.notices]
    if left_out > 0:
        text = f"{left_out:,} results were left out: code scanning keeps {MAX_RESULTS:,}, errors first."
        notifications.append(_remark("warning", text))
    crashed = any(diagnostic.rule == "rule-crashed" for diagnostic in failures)
    return {"executionSuccessful": not crashed, "toolExecutionNotifications": notifications}


def _failure(report: Report, diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "descriptor": {"id": diagnostic.rule, "index": FAILURES.index(diagnostic.rule)},
        "level": "error",
        "message": {"text": diagnostic.message},
        "locations": [location(report, diagnostic.place)],
    }


def _remark(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}
