"""The report as a versioned JSON document; `convex_lint/schemas/report.schema.json` describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from convex_lint.diagnostics import Safety, Severity
from convex_lint.reporters.places import describable, region
from convex_lint.reporters.words import rules_by_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.diagnostics import Diagnostic, Fix, Place
    from convex_lint.report import Report
    from convex_lint.reporters.options import Options
    from convex_lint.rule import Rule
    from convex_lint.source import Span

VERSION = 1
"""Raised when a reader of the last version could be misled; a new key alone does not raise it."""


def render(report: Report, options: Options) -> str:  # noqa: ARG001  every format takes the same
    """Return the document: lines and columns count from 1 (UTF-16 units), offsets are bytes from 0."""
    rules = rules_by_name(report)
    # A line for each diagnostic: as good to look at as indented JSON, and written ten times as fast.
    # ASCII only, so that no encoding of a terminal or pipe can break it.
    lines = ",\n".join(json.dumps(_diagnostic(report, each, rules)) for each in report.diagnostics)
    diagnostics = f"[\n{lines}\n]" if lines else "[]"
    summary = json.dumps(_summary(report))
    return f'{{"version": {VERSION}, "diagnostics": {diagnostics}, "summary": {summary}}}\n'


def _diagnostic(report: Report, diagnostic: Diagnostic, rules: Mapping[str, Rule]) -> dict[str, Any]:
    rule = rules.get(diagnostic.rule)
    fix = describable(report, diagnostic.fix)
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "category": rule.category.value if rule else None,
        **_place(report, diagnostic.place),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "url": rule.url if rule else None,
        "related": [{**_place(report, related.place), "message": related.message} for related in diagnostic.related],
        "fix": _fix(report, fix) if fix else None,
    }


def _fix(report: Report, fix: Fix) -> dict[str, Any]:
    edits = [{"path": e.path, "range": _range(report, e.path, e.span), "text": e.text} for e in fix.edits]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}


def _place(report: Report, place: Place) -> dict[str, Any]:
    return {"path": place.path, "range": _range(report, place.path, place.span)}


def _range(report: Report, path: str, span: Span | None) -> dict[str, Any] | None:
    """Return where a span starts and ends; null stands for the file as a whole."""
    source = report.sources.get(path)
    if source is None or span is None:
        return None
    line, column, end_line, end_column = region(source, span)
    return {
        "start": {"line": line, "column": column, "offset": span.start},
        "end": {"line": end_line, "column": end_column, "offset": span.end},
    }


def _summary(report: Report) -> dict[str, int]:
    severities = [diagnostic.severity for diagnostic in report.diagnostics]
    fixes = [diagnostic.fix.safety for diagnostic in report.diagnostics if diagnostic.fix]
    return {
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "notes": severities.count(Severity.NOTE),
        "suppressed": len(report.suppressed),
        "fixableSafely": fixes.count(Safety.SAFE),
        "fixableUnsafely": fixes.count(Safety.UNSAFE),
        "filesWithProblems": len({diagnostic.place.path for diagnostic in report.diagnostics}),
        "filesChecked": report.checked,
        "filesRead": report.read,
    }
