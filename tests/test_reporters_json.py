"""The JSON document and its schema."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

import convex_lint
from convex_lint.diagnostics import Diagnostic, Edit, Fix, Place, Safety, Severity
from convex_lint.report import Suppressed
from convex_lint.reporters import render
from convex_lint.source import Span
from tests.test_reporters_support import AWKWARD, URL, clock_report, read, report, said

if TYPE_CHECKING:
    from convex_lint.report import Report

SCHEMA = Path(convex_lint.__file__).parent / "schemas" / "report.schema.json"


def strict(schema: Any) -> Any:
    """Return a schema that allows no key it does not name: the published one must name all that we write."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if schema.get("type") == "object" else {}
    return {key: strict(value) for key, value in schema.items()} | closed


def as_json(found: Report) -> Any:
    """Return the JSON document, held against its schema."""
    document = json.loads(render("json", found))
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(strict(schema)).validate(document)
    return document


def test_json() -> None:
    silenced = Suppressed(said(Place("convex/z.ts")), "because")
    document = as_json(replace(clock_report(), suppressed=(silenced,)))
    here = {"start": {"line": 1, "column": 12, "offset": 13}, "end": {"line": 1, "column": 22, "offset": 23}}
    there = {"start": {"line": 1, "column": 24, "offset": 23}, "end": {"line": 1, "column": 34, "offset": 33}}
    assert document["version"] == 1
    assert document["diagnostics"][0] == {
        "rule": "no-date-now-in-query",
        "severity": "warning",
        "category": "performance",
        "path": "convex/a.ts",
        "range": here,
        "message": "a query must not read the clock",
        "help": "take the time as an argument",
        "url": URL,
        "related": [
            {"path": "convex/b,c.ts", "range": there, "message": "the clock is read here"},
            {"path": "convex/schema.ts", "range": None, "message": "the tables"},
        ],
        "fix": {
            "title": "use the argument",
            "safety": "safe",
            "edits": [{"path": "convex/a.ts", "range": here, "text": "now"}],
        },
    }
    assert (document["diagnostics"][1]["range"], document["diagnostics"][1]["fix"]) == (None, None)
    assert document["summary"] == {
        "errors": 1,
        "warnings": 1,
        "notes": 0,
        "suppressed": 1,
        "fixableSafely": 1,
        "fixableUnsafely": 0,
        "filesWithProblems": 2,
        "filesChecked": 52,
        "filesRead": 60,
    }


@pytest.mark.parametrize("case", AWKWARD)
def test_json_counts_utf16_columns_and_bytes(case: str) -> None:
    marked, (line, column, end_line, end_column), (start, end) = AWKWARD[case]
    source, place = read("convex/a.ts", marked)
    assert as_json(report(said(place), sources=(source,)))["diagnostics"][0]["range"] == {
        "start": {"line": line, "column": column, "offset": start},
        "end": {"line": end_line, "column": end_column, "offset": end},
    }


def test_json_of_a_clean_run() -> None:
    assert as_json(report())["diagnostics"] == []


def test_json_tells_no_fix_of_a_file_that_was_not_read() -> None:
    source, place = read("convex/a.ts", "«x»")
    fix = Fix("x", Safety.SAFE, (Edit("convex/a.ts", Span(0, 1), ""), Edit("convex/b.ts", Span(0, 1), "")))
    assert as_json(report(said(place, fix=fix), sources=(source,)))["diagnostics"][0]["fix"] is None


def test_json_of_a_linter_word_has_no_category() -> None:
    first = as_json(report(Diagnostic("syntax-error", Severity.ERROR, Place("a.ts"), "x")))["diagnostics"][0]
    assert (first["category"], first["url"], first["help"]) == (None, None, None)
