"""What every format keeps to, and the formats of one line for each finding."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import convex_lint
from convex_lint.diagnostics import Diagnostic, Edit, Fix, Place, Safety, Severity
from convex_lint.report import Report
from convex_lint.reporters import FORMATS, Options, render
from convex_lint.source import Source, Span
from tests.test_reporters_support import AWKWARD, OWN_WORDS, URL, clock_report, read, report, said


def test_every_format_has_a_module_and_every_module_with_render_is_a_format() -> None:
    folder = Path(convex_lint.__file__).parent / "reporters"
    modules = {path.stem for path in folder.glob("*.py") if "\ndef render(report" in path.read_text("utf-8")}
    packages = {path.parent.name for path in folder.glob("*/__init__.py") if "def render" in path.read_text("utf-8")}
    assert (modules | packages) - {"__init__"} == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_imports_rich_or_the_network(name: str) -> None:
    code = (
        "import sys\n"
        "from convex_lint.report import Report\n"
        "from convex_lint.reporters import render\n"
        f"render({name!r}, Report('/w', ()))\n"
        "print([m for m in ('rich', 'click', 'pygls', 'socket') if m in sys.modules])\n"
    )
    root = Path(convex_lint.__file__).parent.parent
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("word", OWN_WORDS)
def test_every_format_knows_the_words_of_the_linter_itself(name: str, word: str) -> None:
    found = Diagnostic(word, Severity.ERROR, Place("convex/a.ts"), "something of the linter")
    assert word in render(name, report(found))


@pytest.mark.parametrize("name", FORMATS)
def test_text_of_a_linted_project_cannot_steer_the_terminal(name: str) -> None:
    source, place = read("convex/\x1b[31m.ts", "«x» = '\x1b]0;title\x07 \u202e';")
    text = render(name, report(said(place, "bad \x1b[0m\r\u2066name"), sources=(source,)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", text)


@pytest.mark.parametrize("name", ["full", "statistics", "agent", "github"])
def test_a_clean_run_is_one_calm_line(name: str) -> None:
    assert render(name, report()) == "no problems in 52 files\n"


def test_a_clean_run_is_silent_where_lines_are_findings() -> None:
    assert render("concise", report()) == ""


def test_concise() -> None:
    assert render("concise", clock_report()) == (
        "convex/a.ts:1:12: warning no-date-now-in-query a query must not read the clock\n"
        "convex/schema.ts:1:1: error no-date-now-in-query 100%: no tables\n"
    )


def test_concise_in_colour_with_links() -> None:
    line = render("concise", clock_report(), Options(color=True, hyperlinks=True)).splitlines()[0]
    assert line == (
        "\x1b[1mconvex/a.ts:1:12\x1b[0m: \x1b[1;33mwarning\x1b[0m "
        f"\x1b]8;;{URL}\x1b\\\x1b[36mno-date-now-in-query\x1b[0m\x1b]8;;\x1b\\ a query must not read the clock"
    )


@pytest.mark.parametrize("name", ["concise", "agent"])
@pytest.mark.parametrize("case", AWKWARD)
def test_text_formats_count_columns_as_editors_do(name: str, case: str) -> None:
    marked, (line, column, _, _), _ = AWKWARD[case]
    source, place = read("convex/a.ts", marked)
    text = render(name, report(said(place), sources=(source,)))
    assert text.startswith(f"convex/a.ts:{line}:{column}: warning no-date-now-in-query")


def test_agent() -> None:
    assert render("agent", clock_report()) == (
        "convex/schema.ts:1:1: error no-date-now-in-query: 100%: no tables; "
        "help: `convex-lint rule no-date-now-in-query` explains it\n"
        "convex/a.ts:1:12: warning no-date-now-in-query: a query must not read the clock; "
        "see convex/b,c.ts:1:24 (the clock is read here); see convex/schema.ts (the tables); "
        "help: take the time as an argument (fixable with --fix)\n"
        "1 error, 1 warning in 2 of 52 files; 1 fixable with --fix\n"
    )


def test_statistics_put_the_most_frequent_rule_first() -> None:
    place = Place("convex/a.ts")
    safe, unsafe = (Fix("x", safety, (Edit("convex/a.ts", Span(0, 0), ""),)) for safety in Safety)
    many = [said(place, str(number), fix=safe if number else unsafe) for number in range(11)]
    few = [Diagnostic("b-rule", Severity.ERROR, place, str(number)) for number in range(2)]
    other = [Diagnostic("a-rule", Severity.WARNING, place, str(number), fix=unsafe) for number in range(2)]
    assert render("statistics", report(*few, *many, *other)) == (
        "11  warning  no-date-now-in-query (fixable: 10 with --fix, 1 with --unsafe-fixes)\n"
        " 2  warning  a-rule (fixable: 2 with --unsafe-fixes)\n"
        " 2  error    b-rule\n"
        "\n"
        "2 errors, 13 warnings in 1 of 52 files; 10 fixable with --fix, 3 more with --unsafe-fixes\n"
    )


def test_outcome_counts_no_file_twice_and_none_as_missing() -> None:
    found = [said(Place("convex.json"), fix=Fix("x", Safety.UNSAFE, ())), said(Place("convex.json"), "other")]
    empty = Report("/w", tuple(found), checked=0)
    assert render("statistics", empty).endswith("2 warnings in 1 of 1 file; 1 fixable with --fix --unsafe-fixes\n")


def test_github_escapes_and_puts_errors_first() -> None:
    assert render("github", clock_report()) == (
        "::error file=convex/schema.ts,line=1,title=no-date-now-in-query::100%25: no tables\n"
        "::warning file=convex/a.ts,line=1,col=12,endLine=1,endColumn=22,title=no-date-now-in-query::"
        "a query must not read the clock%0Ahelp: take the time as an argument\n"
        "convex/a.ts:1:12: warning no-date-now-in-query a query must not read the clock\n"
        "convex/schema.ts:1:1: error no-date-now-in-query 100%: no tables\n"
        "1 error, 1 warning in 2 of 52 files; 1 fixable with --fix\n"
    )


def test_github_escapes_paths() -> None:
    first = render("github", report(said(Place("convex/a,b:100%.ts")))).splitlines()[0]
    assert first.startswith("::warning file=convex/a%2Cb%3A100%25.ts,line=1,title=")


def test_github_says_no_columns_of_several_lines() -> None:
    source, place = read("convex/a.ts", "«a;\nb»;")
    first = render("github", report(said(place), sources=(source,))).splitlines()[0]
    assert first.startswith("::warning file=convex/a.ts,line=1,endLine=2,title=")


def test_github_says_how_many_it_leaves_out() -> None:
    warnings = [said(Place("convex/a.ts"), f"w{number}") for number in range(12)]
    errors = [said(Place("convex/a.ts"), f"e{number}", severity=Severity.ERROR) for number in range(11)]
    lines = render("github", report(*warnings, *errors)).splitlines()
    assert [line.split(" ")[0] for line in lines[:20]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[20] == "1 error and 2 warnings more than GitHub annotates; this is the whole list:"
    assert len(lines) == 20 + 1 + 23 + 1


@pytest.mark.parametrize(
    ("folder", "shown"),
    [(".", "convex/a.ts"), ("convex", "a.ts"), ("apps/web", "../../convex/a.ts"), ("../home", "../proj/convex/a.ts")],
)
def test_a_file_is_named_from_where_the_user_is(folder: str, shown: str) -> None:
    found = Diagnostic("no-foo", Severity.ERROR, Place("convex/a.ts", Span(0, 1)), "no")
    whole = Report("/w/proj", (found,), sources={"convex/a.ts": Source("convex/a.ts", b"a;")}, folder=folder)
    assert render("concise", whole).startswith(f"{shown}:1:1: error no-foo")
