"""Annotations of a pull request: workflow commands of GitHub Actions, then the whole list for the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Severity
from convex_lint.reporters import concise
from convex_lint.reporters.cells import one_line
from convex_lint.reporters.places import START, region_of
from convex_lint.reporters.words import count, outcome

if TYPE_CHECKING:
    from convex_lint.diagnostics import Diagnostic
    from convex_lint.report import Report
    from convex_lint.reporters.options import Options

SHOWN = 10
"""How many annotations of one severity GitHub shows for a step."""


def render(report: Report, options: Options) -> str:
    """Return the annotations that GitHub shows, errors first, how many it does not, and the concise list."""
    lines: list[str] = []
    left: list[str] = []
    for severity in Severity:
        found = [diagnostic for diagnostic in report.diagnostics if diagnostic.severity is severity]
        lines += [_command(report, diagnostic) for diagnostic in found[:SHOWN]]
        left += [count(len(found) - SHOWN, severity.value)] * (len(found) > SHOWN)
    if left:
        lines.append(f"{' and '.join(left)} more than GitHub annotates; this is the whole list:")
    text = "".join(f"{line}\n" for line in lines)
    return f"{text}{concise.render(report, options)}{outcome(report)}\n"


def _command(report: Report, diagnostic: Diagnostic) -> str:
    properties = {
        "file": one_line(diagnostic.place.path),
        **_position(report, diagnostic),
        "title": diagnostic.rule,
    }
    joined = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    advice = f"\nhelp: {one_line(diagnostic.help)}" if diagnostic.help else ""
    # GitHub's word for a note.
    word = "notice" if diagnostic.severity is Severity.NOTE else diagnostic.severity.value
    return f"::{word} {joined}::{_data(one_line(diagnostic.message) + advice)}"


def _position(report: Report, diagnostic: Diagnostic) -> dict[str, str]:
    at = region_of(report, diagnostic.place)
    if at is None:
        return {"line": str(START.line)}
    if at.line != at.end_line:
        # The runner takes no columns when the lines differ.
        return {"line": str(at.line), "endLine": str(at.end_line)}
    numbers = {"line": at.line, "col": at.column, "endLine": at.end_line, "endColumn": at.end_column}
    return {name: str(number) for name, number in numbers.items()}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
