"""Where things are, in SARIF: percent-encoded paths, regions, and the code that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from convex_lint.reporters.places import region
from convex_lint.source import Span

if TYPE_CHECKING:
    from convex_lint.diagnostics import Place
    from convex_lint.report import Report
    from convex_lint.source import Source

MAX_SNIPPET = 2_000
"""How many bytes of code a snippet may have: a bundle on one line must not be in every result."""


def artifact(path: str) -> dict[str, Any]:
    """Return a path of the workspace as a relative URI."""
    return {"uri": quote(path.encode("utf-8", "surrogateescape"), safe="/"), "uriBaseId": "%SRCROOT%"}


def location(report: Report, place: Place) -> dict[str, Any]:
    """Return a place with its code and the lines around; a whole file is at its first line."""
    physical: dict[str, Any] = {"artifactLocation": artifact(place.path), "region": {"startLine": 1}}
    source = report.sources.get(place.path)
    if source is not None and place.span is not None:
        physical["region"] = {**bare_region(source, place.span), **_snippet(source, place.span)}
        physical |= _context(source, place.span)
    return {"physicalLocation": physical}


def bare_region(source: Source, span: Span) -> dict[str, Any]:
    """Return the lines and columns of a span, without its text."""
    line, column, end_line, end_column = region(source, span)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _snippet(source: Source, span: Span) -> dict[str, Any]:
    if not 0 < span.end - span.start <= MAX_SNIPPET:
        return {}
    return {"snippet": {"text": source.text(span)}}


def _context(source: Source, span: Span) -> dict[str, Any]:
    """Return the lines of a span and one on each side, if that is more than the span and not too much."""
    lines = source.line_starts
    first = max(source.line_of(min(span.start, len(source.data))) - 1, 0)
    last = min(source.line_of(min(span.end, len(source.data))) + 1, len(lines) - 1)
    around = Span(source.line_span(first).start, source.line_span(last).end)
    wider = around.start < span.start or around.end > span.end
    if not wider or around.end - around.start > MAX_SNIPPET:
        return {}
    text = {"snippet": {"text": source.text(around)}}
    return {"contextRegion": {"startLine": first + 1, "endLine": last + 1, **text}}
