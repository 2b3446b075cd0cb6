"""Lines and columns, counted from 1 and in UTF-16 units, as people and other tools read them."""

from __future__ import annotations

from posixpath import join, normpath, relpath
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.reporters.cells import one_line

if TYPE_CHECKING:
    from convex_lint.diagnostics import Fix, Place
    from convex_lint.report import Report
    from convex_lint.source import Source, Span


class Region(NamedTuple):
    """A range of a text; `end_column` is the column behind its last character."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Region(1, 1, 1, 1)
"""Where a file as a whole is said to be by formats that must name a line."""


def region(source: Source, span: Span) -> Region:
    """Return the lines and columns of a span."""
    start, end = source.position(span.start), source.position(span.end)
    return Region(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def region_of(report: Report, place: Place) -> Region | None:
    """Return the lines and columns of a place; None for a whole file, and for one that was not read."""
    source = report.sources.get(place.path)
    return None if source is None or place.span is None else region(source, place.span)


def shown(report: Report, path: str) -> str:
    """Return a path as the user would write it, from the folder that they are in."""
    if report.folder == ".":
        return one_line(path)
    root = report.root.replace("\\", "/")
    return one_line(relpath(join(root, path), normpath(join(root, report.folder))))


def where(report: Report, place: Place) -> str:
    """Return `path:line:col`, or the path alone for a file as a whole."""
    found = region_of(report, place)
    path = shown(report, place.path)
    return f"{path}:{found.line}:{found.column}" if found else path


def where_exactly(report: Report, place: Place) -> str:
    """Return `path:line:col` in every case: a file as a whole is named by its first character."""
    found = region_of(report, place) or START
    return f"{shown(report, place.path)}:{found.line}:{found.column}"


def describable(report: Report, fix: Fix | None) -> Fix | None:
    """Return a fix if every file that it edits was read: no lines and columns can be told of the others."""
    return fix if fix and fix.edits and all(edit.path in report.sources for edit in fix.edits) else None
