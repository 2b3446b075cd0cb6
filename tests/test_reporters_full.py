"""The default format: code frames, grouping, and what a first run ends with."""

from __future__ import annotations

import re
import time

import pytest

from convex_lint.diagnostics import Diagnostic, Edit, Fix, Place, Related, Safety, Severity
from convex_lint.reporters import Options, render
from convex_lint.reporters.cells import cells
from convex_lint.source import Source, Span
from tests.test_reporters_support import URL, clock_report, read, report, said


def drawn(marked: str, width: int = 100) -> list[str]:
    """Return the frame of a marked text, without the line above it and the outcome below."""
    source, place = read("convex/a.ts", marked)
    return render("full", report(said(place), sources=(source,)), Options(width=width)).splitlines()[1:-2]


def test_a_finding_with_everything() -> None:
    assert render("full", clock_report()) == (
        "convex/a.ts:1:12: warning: a query must not read the clock [no-date-now-in-query]\n"
        "  1 |     const 漢 = Date.now();\n"
        "    |                ~~~~~~~~~~\n"
        "  2 |\n"
        "  help: take the time as an argument\n"
        "  convex/b,c.ts:1:24: the clock is read here\n"
        "    1 | export const t = () => Date.now();\n"
        "      |                        ~~~~~~~~~~\n"
        "  convex/schema.ts: the tables\n"
        "  fixable with --fix\n"
        "\n"
        "convex/schema.ts: error: 100%: no tables [no-date-now-in-query]\n"
        "\n"
        "1 error, 1 warning in 2 of 52 files; 1 fixable with --fix\n"
    )


def test_colour_and_links_add_nothing_but_themselves() -> None:
    text = render("full", clock_report(), Options(color=True, hyperlinks=True))
    assert f"[\x1b]8;;{URL}\x1b\\\x1b[36mno-date-now-in-query\x1b[0m\x1b]8;;\x1b\\]" in text
    assert "\x1b[1;33m~~~~~~~~~~\x1b[0m" in text
    assert re.sub(r"\x1b\[[\d;]*m|\x1b\]8;;.*?\x1b\\", "", text) == render("full", clock_report())


def test_one_line_of_context_on_each_side_and_numbers_of_one_width() -> None:
    code = "".join(f"line{number};\n" for number in range(1, 9)) + "a;\n«b»;\nc;\nd;\n"
    assert drawn(code) == ["   9 | a;", "  10 | b;", "     | ~", "  11 | c;"]


@pytest.mark.parametrize(
    ("marked", "frame"),
    [
        ("const s = '🎉é漢'; «f()»;", ["  1 | const s = '🎉é漢'; f();", "    |                    ~~~"]),
        ("e\u0301 = «'🎉漢'»;", ["  1 | e\u0301 = '🎉漢';", "    |     ~~~~~~"]),
        ("a\t«b\tc»;", ["  1 | a    b    c;", "    |      ~~~~~~"]),
        ("a;\r\n«b»;\r\n", ["  1 | a;", "  2 | b;", "    | ~", "  3 |"]),
        ("a;\r«b»;", ["  1 | a;", "  2 | b;", "    | ~"]),
        ("\ufeff«a»;", ["  1 | a;", "    | ~"]),
        ("«»", ["  1 |", "    | ~"]),
        ("a;\n«»", ["  1 | a;", "  2 |", "    | ~"]),
        ("x«(\n  y\n)»;", ["  1 | x(", "    |  ~", "  2 |   y"]),
        ("a«\n»b", ["  1 | a", "    |  ~", "  2 | b"]),
        ("«a\x1b[0mb\u202e»;", ["  1 | a␛[0mb\ufffd;", "    | ~~~~~~~"]),
    ],
    ids=["emoji", "combining", "tab", "crlf", "cr", "bom", "empty", "end", "lines", "newline", "control"],
)
def test_the_underline_is_under_the_span(marked: str, frame: list[str]) -> None:
    assert drawn(marked) == frame


def test_a_place_behind_the_end_of_the_file_is_its_end() -> None:
    text = render("full", report(said(Place("a.ts", Span(90, 99))), sources=(Source("a.ts", b"a;\n"),)))
    assert text.startswith("a.ts:2:1: warning: ")


@pytest.mark.parametrize("filler", ["x;", "漢🎉"])
def test_a_wide_line_is_cut_to_what_is_near_the_span(filler: str) -> None:
    code, under = drawn(f"before;\n{filler * 40_000}«Date.now()»;{filler * 40_000}\nafter;", width=60)
    before, after = code.split("Date.now()")
    assert (before[:7], after[:1], after[-1:]) == ("  2 | …", ";", "…")
    assert under == "    |".ljust(cells(before)) + "~~~~~~~~~~"
    assert 56 <= cells(code) <= 60


def test_a_deeply_indented_line_is_cut_too() -> None:
    assert drawn("\t" * 40_000 + "«f()»;", width=40) == ["  1 | …" + " " * 14 + "f();", "    | " + " " * 15 + "~~~"]


def test_a_span_wider_than_the_terminal_is_cut() -> None:
    code, under = drawn(f"«{'x' * 300}»", width=60)
    assert (code, under) == (f"  1 | {'x' * 36}…", f"    | {'~' * 37}")


def test_a_line_that_is_wide_only_behind_the_span_keeps_its_context() -> None:
    assert drawn(f"a;\n«b»;{'x' * 90}\n{'c' * 90}", width=40) == [
        "  1 | a;",
        f"  2 | b;{'x' * 31}…",
        "    | ~",
        f"  3 | {'c' * 33}…",
    ]


def test_what_the_linter_says_itself_comes_with_its_advice() -> None:
    found = Diagnostic("unused-suppression", Severity.WARNING, Place("a.ts"), "`x` reports nothing here")
    assert render("full", report(found)).splitlines()[:2] == [
        "a.ts: warning: `x` reports nothing here [unused-suppression]",
        "  help: delete the comment",
    ]


def test_a_related_place_in_the_same_file_is_named_but_not_drawn() -> None:
    source, place = read("a.ts", "a;\n«b»;")
    found = said(place, related=(Related(Place("a.ts", Span(0, 1)), "set here"),))
    text = render("full", report(found, sources=(source,)))
    assert "    | ~\n  a.ts:1:1: set here\n\n1 warning" in text


def lines(path: str, count: int, rule: str = "no-date-now-in-query") -> tuple[Source, list[Diagnostic]]:
    """Return a file of as many lines, with a fixable finding on each."""
    spans = [Span(3 * at, 3 * at + 1) for at in range(count)]
    fixes = [Fix("x", Safety.SAFE, (Edit(path, span, ""),)) for span in spans]
    found = [said(Place(path, span), rule=rule, fix=fix) for span, fix in zip(spans, fixes, strict=True)]
    return Source(path, b"a;\n" * count), found


def test_few_findings_of_a_rule_are_all_drawn() -> None:
    source, found = lines("a.ts", 5)
    assert render("full", report(*found, sources=(source,))).count("~") == 5


def test_many_findings_of_a_rule_in_a_file_are_grouped_at_its_end() -> None:
    source, found = lines("convex/a.ts", 9)
    last = Diagnostic("require-auth", Severity.ERROR, Place("convex/a.ts", Span(25, 26)), "no check")
    other, (alone,) = lines("convex/b.ts", 1)
    text = render("full", report(*found, last, alone, sources=(source, other)), Options(width=60))
    assert re.findall(r"^convex.*", text, re.MULTILINE) == [
        "convex/a.ts:1:1: warning: a query must not read the clock [no-date-now-in-query]",
        "convex/a.ts:2:1: warning: a query must not read the clock [no-date-now-in-query]",
        "convex/a.ts:9:2: error: no check [require-auth]",
        "convex/a.ts: 7 more of no-date-now-in-query, at lines 3, 4,",
        "convex/b.ts:1:1: warning: a query must not read the clock [no-date-now-in-query]",
    ]
    assert "at lines 3, 4,\n  5, 6, 7, 8, 9\n\nconvex/b.ts" in text


def test_whole_file_findings_of_a_bulk_rule_have_no_lines() -> None:
    found = [said(Place("a.ts"), str(number)) for number in range(6)]
    assert "\na.ts: 4 more of no-date-now-in-query\n" in render("full", report(*found))


def test_a_first_run_with_many_findings_says_where_they_come_from_and_how_to_go_on() -> None:
    source, found = lines("a.ts", 1_200)
    crash = Diagnostic("rule-crashed", Severity.ERROR, Place("a.ts"), "`x` failed")
    assert render("full", report(*found, crash, sources=(source,))).endswith(
        "1,200  warning  no-date-now-in-query (fixable: 1,200 with --fix)\n"
        "    1  error    rule-crashed\n"
        "\n"
        "1 error, 1,200 warnings in 1 of 52 files; 1,200 fixable with --fix\n"
        "\n"
        "What to do next:\n"
        "  convex-lint rule no-date-now-in-query   explains a rule\n"
        "  convex-lint --statistics   prints only the counts\n"
        '  {"rules": {"no-date-now-in-query": "off"}} in convex-lint.json   switches a rule off\n'
    )


def test_fifty_findings_need_no_table() -> None:
    source, found = lines("a.ts", 50)
    assert render("full", report(*found, sources=(source,))).endswith(
        ", 34, 35, 36, 37, 38, 39, 40, 41,\n"
        "  42, 43, 44, 45, 46, 47, 48, 49, 50\n"
        "\n"
        "50 warnings in 1 of 52 files; 50 fixable with --fix\n"
    )


@pytest.mark.parametrize("name", ["full", "concise"])
def test_1500_findings_take_no_time_that_is_felt(name: str) -> None:
    files = [lines(f"f{number}.ts", 30, f"rule-{number % 7}") for number in range(50)]
    everything = report(*(each for _, found in files for each in found), sources=tuple(source for source, _ in files))
    start = time.perf_counter()
    render(name, everything)
    # Some 10 ms on a quiet machine; quadratic work would take seconds.
    assert time.perf_counter() - start < 0.5


def test_findings_in_one_line_of_megabytes_take_no_time_that_is_felt() -> None:
    source = Source("bundle.js", b"Date.now();" * 400_000)
    found = [said(Place("bundle.js", Span(at, at + 10)), rule=f"rule-{at}") for at in range(0, 2_200_000, 22_000)]
    start = time.perf_counter()
    render("full", report(*found, sources=(source,)))
    assert time.perf_counter() - start < 2
