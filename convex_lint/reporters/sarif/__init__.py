"""SARIF 2.1.0, made for GitHub code scanning and valid for every other reader."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from convex_lint.reporters.sarif.descriptors import driver
from convex_lint.reporters.sarif.invocation import invocation
from convex_lint.reporters.sarif.results import MAX_RESULTS, results

if TYPE_CHECKING:
    from convex_lint.report import Report
    from convex_lint.reporters.options import Options

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

__all__ = ["MAX_RESULTS", "SCHEMA", "render"]


def render(report: Report, options: Options) -> str:
    """Return a SARIF log with one run, the errors first, and at most `MAX_RESULTS` results."""
    suppressed = report.suppressed if options.include_suppressed else ()
    spoken = {diagnostic.rule for diagnostic in report.diagnostics}
    spoken |= {silenced.diagnostic.rule for silenced in suppressed}
    tool = driver(report.rules, spoken, options.version)
    index = {descriptor["id"]: at for at, descriptor in enumerate(tool["rules"])}
    run: dict[str, Any] = {
        "tool": {"driver": tool},
        "invocations": [invocation(report, len(report.diagnostics) + len(suppressed) - MAX_RESULTS)],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the workspace that was linted."}}},
        "columnKind": "utf16CodeUnits",
        "results": results(report, index, include_suppressed=options.include_suppressed),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, separators=(",", ":")) + "\n"
