"""One module for each output format, with one pure function: `render(report, options)` returns text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from convex_lint.reporters.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from convex_lint.report import Report

__all__ = ["FORMATS", "Options", "render"]

FORMATS = ("full", "concise", "statistics", "json", "sarif", "github", "agent")
"""The names of the formats, each also the name of its module."""


def render(name: str, report: Report, options: Options | None = None) -> str:
    """Return a report in the format of that name; only that format's module is imported."""
    reporter: Callable[[Report, Options], str] = import_module(f"{__name__}.{name}").render
    return reporter(report, options or Options())
