"""SARIF 2.1.0, as GitHub code scanning wants it: what the validators do not see."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from convex_lint.diagnostics import Diagnostic, Place, Related, Severity
from convex_lint.report import Report, Suppressed
from convex_lint.reporters import Options, render
from convex_lint.reporters.fingerprint import line_fingerprints
from convex_lint.reporters.sarif import MAX_RESULTS
from convex_lint.source import Source, Span
from tests.test_reporters_support import (
    AWKWARD,
    OWN_WORDS,
    URL,
    auth,
    clock,
    clock_report,
    everything,
    names,
    read,
    report,
    said,
)


def run_of(found: Report, options: Options | None = None) -> Any:
    """Return the one run of a report's log."""
    (run,) = json.loads(render("sarif", found, options))["runs"]
    return run


def test_each_result_names_its_rule_and_the_rules_index_agrees() -> None:
    run = run_of(everything())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [clock.name, names.name, auth.name, *sorted(OWN_WORDS)]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(1 <= len(rule["properties"]["tags"]) <= 10 for rule in rules)
    assert not [rule["id"] for rule in rules if "/" in rule["id"] or rule["name"] == rule["id"]]


def test_a_rule_is_described_by_its_page() -> None:
    rule = run_of(report())["tool"]["driver"]["rules"][0]
    page = rule["help"]["markdown"]
    assert page.startswith("Disallow reading the clock in a query.\n\n")
    assert page.endswith("```")
    assert rule == {
        "id": "no-date-now-in-query",
        "name": "NoDateNowInQuery",
        "shortDescription": {"text": "Disallow reading the clock in a query."},
        "fullDescription": {
            "text": "Disallow reading the clock in a query. The answer of a query is kept until what it read changes, "
            "and the clock is not watched."
        },
        "help": {"text": page, "markdown": page},
        "helpUri": URL,
        "defaultConfiguration": {"level": "warning"},
        "properties": {
            "tags": ["performance", "convex"],
            "precision": "very-high",
            "problem.severity": "warning",
        },
    }


def test_only_security_rules_have_a_security_severity() -> None:
    properties = {rule["id"]: rule["properties"] for rule in run_of(everything())["tool"]["driver"]["rules"]}
    assert properties[auth.name] == {
        "tags": ["security", "convex"],
        "precision": "high",
        "problem.severity": "error",
        "security-severity": "8.0",
    }
    assert [name for name, each in properties.items() if "security-severity" in each] == [auth.name]
    assert properties[names.name]["problem.severity"] == "recommendation"


def test_a_result_with_everything() -> None:
    result = run_of(clock_report())["results"][1]
    assert result["level"] == "warning"
    assert result["message"]["text"] == (
        "A query must not read the clock. Take the time as an argument. "
        "See [the clock is read here](1), [the tables](2)."
    )
    region = {"startLine": 1, "startColumn": 12, "endLine": 1, "endColumn": 22}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "convex/a.ts", "uriBaseId": "%SRCROOT%"},
                "region": region | {"snippet": {"text": "Date.now()"}},
                "contextRegion": {
                    "startLine": 1,
                    "endLine": 2,
                    "snippet": {"text": "\tconst 漢 = Date.now();\r\n"},
                },
            }
        }
    ]
    first, second = result["relatedLocations"]
    assert (first["id"], first["message"]) == (1, {"text": "The clock is read here."})
    assert first["physicalLocation"]["artifactLocation"]["uri"] == "convex/b%2Cc.ts"
    assert (second["id"], second["physicalLocation"]["region"]) == (2, {"startLine": 1})
    change = {
        "artifactLocation": {"uri": "convex/a.ts", "uriBaseId": "%SRCROOT%"},
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "now"}}],
    }
    assert result["fixes"] == [{"description": {"text": "Use the argument."}, "artifactChanges": [change]}]


@pytest.mark.parametrize("case", AWKWARD)
def test_regions_count_utf16_units_and_end_behind_the_last_character(case: str) -> None:
    marked, (line, column, end_line, end_column), _ = AWKWARD[case]
    source, place = read("convex/a.ts", marked)
    (result,) = run_of(report(said(place), sources=(source,)))["results"]
    physical = result["locations"][0]["physicalLocation"]
    keys = ("startLine", "startColumn", "endLine", "endColumn")
    assert tuple(physical["region"][key] for key in keys) == (line, column, end_line, end_column)
    expected = line_fingerprints(source.data, 99)[line - 1]
    assert result["partialFingerprints"] == {"primaryLocationLineHash": expected}


def test_a_file_as_a_whole_is_at_its_first_line() -> None:
    source = Source("convex/a.ts", b"a;\nb;\n")
    (result,) = run_of(report(said(Place("convex/a.ts")), sources=(source,)))["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert result["partialFingerprints"]["primaryLocationLineHash"] == line_fingerprints(source.data, 1)[0]


def test_a_file_that_was_not_read_has_no_fingerprint() -> None:
    (result,) = run_of(report(Diagnostic("unreadable-file", Severity.ERROR, Place("a.ts"), "no UTF-8")))["results"]
    assert "partialFingerprints" not in result


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("app/[id]/convex/my file.ts", "app/%5Bid%5D/convex/my%20file.ts"),
        ("convex/100%#?.ts", "convex/100%25%23%3F.ts"),
        ("a:b/é🎉.ts", "a%3Ab/%C3%A9%F0%9F%8E%89.ts"),
        ("convex/\udcff.ts", "convex/%FF.ts"),
    ],
)
def test_paths_are_percent_encoded(path: str, uri: str) -> None:
    (result,) = run_of(report(said(Place(path))))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_code_in_a_message_is_not_a_link() -> None:
    related = (Related(Place("a.ts"), "see a[0] and \\"),)
    (result,) = run_of(report(said(Place("a.ts"), "`f[0](1)` is not `f[0]`", related=related)))["results"]
    assert result["message"]["text"] == "`f\\[0](1)` is not `f[0]`. See [see a\\[0\\] and \\\\](1)."


def test_long_code_is_not_copied_into_the_log() -> None:
    source = Source("a.ts", b"x" * 1_000_000)
    spans = [Span(0, 1), Span(0, 900_000)]
    found = report(*(said(Place("a.ts", span)) for span in spans), sources=(source,))
    assert len(render("sarif", found)) < 20_000


def test_errors_come_first_and_the_rest_in_reading_order() -> None:
    levels = [(result["level"], result["ruleId"]) for result in run_of(everything())["results"]]
    assert [level for level, _ in levels] == ["error"] * 7 + ["warning"] * 2


def test_more_results_than_github_keeps_are_cut_and_that_is_said() -> None:
    warnings = [said(Place("a.ts"), f"w{number}") for number in range(MAX_RESULTS)]
    errors = [said(Place("b.ts"), f"e{number}", severity=Severity.ERROR) for number in range(7)]
    run = run_of(report(*warnings, *errors))
    assert [result["level"] for result in run["results"]] == ["error"] * 7 + ["warning"] * (MAX_RESULTS - 7)
    assert run["invocations"][0]["toolExecutionNotifications"] == [
        {
            "level": "warning",
            "message": {"text": "7 results were left out: code scanning keeps 5,000, errors first."},
        }
    ]


def test_what_was_not_checked_is_a_result_and_a_notification() -> None:
    failures = [Diagnostic(word, Severity.ERROR, Place("a.ts"), "x") for word in ("syntax-error", "unreadable-file")]
    run = run_of(report(*failures))
    (invocation,) = run["invocations"]
    said_of = [(each["descriptor"]["id"], each["level"]) for each in invocation["toolExecutionNotifications"]]
    assert said_of == [("syntax-error", "error"), ("unreadable-file", "error")]
    assert [result["ruleId"] for result in run["results"]] == ["syntax-error", "unreadable-file"]
    declared = run["tool"]["driver"]["notifications"]
    assert all(
        declared[each["descriptor"]["index"]]["id"] == each["descriptor"]["id"]
        for each in invocation["toolExecutionNotifications"]
    )
    assert invocation["executionSuccessful"] is True


@pytest.mark.parametrize("word", OWN_WORDS)
def test_only_a_crash_is_a_failed_run(word: str) -> None:
    run = run_of(report(Diagnostic(word, Severity.ERROR, Place("a.ts"), "x")))
    assert run["invocations"][0]["executionSuccessful"] is (word != "rule-crashed")


def test_notices_are_notifications() -> None:
    (invocation,) = run_of(report(notices=("two configurations",)))["invocations"]
    assert invocation["toolExecutionNotifications"] == [{"level": "note", "message": {"text": "two configurations"}}]


def test_suppressed_results_are_left_out() -> None:
    run = run_of(everything())
    assert len(run["results"]) == 9
    assert not [result for result in run["results"] if "suppressions" in result]


def test_suppressed_results_are_marked_where_they_are_wanted() -> None:
    results = run_of(everything(), Options(include_suppressed=True))["results"]
    marked = {result["message"]["text"]: result["suppressions"] for result in results if result["suppressions"]}
    assert marked == {
        "Silenced.": [{"kind": "inSource", "justification": "it is wanted"}],
        "Too.": [{"kind": "inSource"}],
    }
    assert len(results) == 11


def test_a_rule_that_only_a_suppressed_result_names_is_declared() -> None:
    silenced = Suppressed(said(Place("a.ts"), rule="gone"), None)
    run = run_of(replace(report(), suppressed=(silenced,)), Options(include_suppressed=True))
    assert run["tool"]["driver"]["rules"][-1]["id"] == "gone"


def test_the_log_says_how_to_read_it() -> None:
    log = json.loads(render("sarif", report(), Options(version="1.2.3")))
    (run,) = log["runs"]
    assert (log["$schema"], log["version"]) == ("https://json.schemastore.org/sarif-2.1.0.json", "2.1.0")
    assert run["columnKind"] == "utf16CodeUnits"
    assert run["originalUriBaseIds"] == {
        "%SRCROOT%": {"description": {"text": "The root of the workspace that was linted."}}
    }
    assert run["tool"]["driver"]["semanticVersion"] == "1.2.3"


def test_the_log_does_not_say_whose_machine_it_comes_from() -> None:
    assert "secret" not in render("sarif", replace(everything(), root="/home/secret/w"))
