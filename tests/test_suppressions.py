"""What comments silence, what they do not, and what is said of the comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from convex_lint import fixes
from convex_lint.diagnostics import Diagnostic, Place, Safety, Severity
from convex_lint.source import Comment, Source, Span
from convex_lint.suppressions import Outcome, apply, disable

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = {"a": "a", "b": "b", "old-b": "b", "no-floating-promises": "no-floating-promises"}
RAN = frozenset(NAMES.values())
COMMENT = re.compile(rb"//[^\r\n]*|/\*.*?\*/", re.DOTALL)


def comments(source: Source) -> list[Comment]:
    spans = [Span(*match.span()) for match in COMMENT.finditer(source.data)]
    return [Comment(span, source.text(span)) for span in spans]


def finding(path: str, span: Span | None, rule: str) -> Diagnostic:
    return Diagnostic(rule, Severity.ERROR, Place(path, span), f"found {rule}")


def findings(source: Source) -> list[Diagnostic]:
    """Every `A` or `B` of the text is found by the rule `a` or `b`."""
    matches = re.finditer(rb"\b[AB]\b", source.data)
    return [finding(source.path, Span(*match.span()), match[0].decode().lower()) for match in matches]


def run(
    text: str,
    *more: Diagnostic,
    ran: frozenset[str] = RAN,
    partial: bool = False,
    path: str = "x.ts",
) -> Outcome:
    source = Source(path, text.encode())
    found = [*findings(source), *more]
    return apply(found, {path: source}, lambda _: comments(source), lambda _: ran, NAMES, partial=partial)


def kept(outcome: Outcome) -> list[str]:
    return [diagnostic.rule for diagnostic in outcome.kept]


def repaired(text: str, path: str = "x.ts") -> str:
    """Apply the fixes of the comments until they settle."""

    def lint(sources: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
        source = sources[path]
        return apply(findings(source), sources, lambda _: comments(source), lambda _: RAN, NAMES).kept

    return fixes.settle(lint, {path: Source(path, text.encode())}, {Safety.SAFE}).sources[path].data.decode()


@pytest.mark.parametrize(
    "text",
    [
        "// convex-lint-disable-next-line a\nA",
        "/* convex-lint-disable-next-line a */\nA",
        "/*\n * convex-lint-disable-next-line\n * a\n */\nA",
        "// convex-lint-disable-next-line\nA",
        "// convex-lint-disable-next-line b, a -- why\nA B",
        "// convex-lint-disable-next-line old-b\nB",
        "// convex-lint-disable-next-line @convex-dev/a\nA",
        "// convex-lint-disable-next-line a\n// convex-lint-disable-next-line b\n\n// prose\nA B",
        "// convex-lint-disable-next-line a\n  {/* prose */}\n  <A/>",
        "A // convex-lint-disable-line a",
        "/* convex-lint-disable-line a */ A",
        "{/* convex-lint-disable-next-line a */}\n<A/>",
        "/* convex-lint-disable a */ A\nA /* convex-lint-enable a */",
        "// convex-lint-disable\nA\nB",
        "/* convex-lint-disable a, b */ A B /* convex-lint-enable */",
        "// eslint-disable-next-line @convex-dev/a\nA",
        "// eslint-disable-next-line no-console, @convex-dev/a -- why\nA",
        "/* eslint-disable @convex-dev/a */\nA",
        "A // oxlint-disable-line @convex-dev/a",
        "// convex-lint-disable-next-line a\r\nA\r\n",
        "// convex-lint-disable-next-line a because the reason has no dashes\nA",
    ],
)
def test_silenced(text: str) -> None:
    outcome = run(text)
    assert kept(outcome) == []
    assert outcome.suppressed


@pytest.mark.parametrize(
    ("text", "still"),
    [
        ("// convex-lint-disable-next-line a\nx\nA", ["unused-suppression", "a"]),
        ("/* convex-lint-disable a */ A /* convex-lint-enable a */ A", ["a"]),
        ("A /* convex-lint-disable a */ A", ["a"]),
        ("/* convex-lint-disable */ A B /* convex-lint-enable a */ A B", ["a"]),
        ("// convex-lint-disable-next-line a\nB", ["unused-suppression", "b"]),
        ("// eslint-disable-next-line\nA", ["a"]),
        ("/* eslint-disable */\nA", ["a"]),
        ("// eslint-disable-next-line a\nA", ["a"]),
        ("/* eslint-disable @convex-dev/a */ A /* eslint-enable */ A", ["a"]),
        ("/* eslint-disable @convex-dev/a */ A /* oxlint-enable */ A", []),
        ("// not convex-lint-disable-next-line a\nA", ["a"]),
        ("// convex-lint-disabled a\nA", ["a"]),
        ('"convex-lint-disable-next-line a"\nA', ["a"]),
        ("// eslint-disable-next-line @convex-dev/a\nx", []),
    ],
)
def test_not_silenced(text: str, still: list[str]) -> None:
    assert kept(run(text)) == still


@pytest.mark.parametrize("rule", ["syntax-error", "unreadable-file", "rule-crashed"])
def test_loud_diagnostics_cannot_be_silenced(rule: str) -> None:
    outcome = run("/* convex-lint-disable */\nA", finding("x.ts", None, rule), finding("x.ts", Span(26, 27), rule))
    assert kept(outcome) == [rule, rule]


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("/* convex-lint-disable a */\nx", True),
        ('#!/usr/bin/env node\n// prose\n"use node";\n\n/* convex-lint-disable a */\nx', True),
        ("x\n/* convex-lint-disable a */\n", False),
        ("/* convex-lint-disable a */\nx\n/* convex-lint-enable a */", False),
        ("// convex-lint-disable-next-line a\nx", False),
    ],
)
def test_whole_file_findings_need_a_disable_at_the_top(text: str, silent: bool) -> None:  # noqa: FBT001
    outcome = run(text, finding("x.ts", None, "a"))
    assert ("a" not in kept(outcome)) is silent


def test_justification_is_that_of_the_nearest_comment_with_one() -> None:
    text = "/* convex-lint-disable a -- far */\n// convex-lint-disable-next-line a --- near, and\nA"
    assert [silenced.justification for silenced in run(text).suppressed] == ["near, and"]
    assert [silenced.justification for silenced in run("A // convex-lint-disable-line").suppressed] == [None]


def test_findings_of_files_without_comments_pass_in_order() -> None:
    sources = {path: Source(path, b"A B") for path in ("y.ts", "x.ts")}
    found = [diagnostic for source in sources.values() for diagnostic in findings(source)]
    outcome = apply(found, sources, lambda _: pytest.fail("no comment is asked for"), lambda _: RAN, NAMES)
    assert [(item.place.path, item.rule) for item in outcome.kept] == [
        ("x.ts", "a"),
        ("x.ts", "b"),
        ("y.ts", "a"),
        ("y.ts", "b"),
    ]


def test_unused_is_judged_only_by_what_ran() -> None:
    text = "// convex-lint-disable-next-line a\nx"
    assert kept(run(text)) == ["unused-suppression"]
    assert kept(run(text, ran=frozenset({"b"}))) == []
    assert kept(run(text, ran=frozenset())) == []
    assert kept(run("// convex-lint-disable-next-line\nx", partial=True)) == []
    assert kept(run("// convex-lint-disable-next-line\nx")) == ["unused-suppression"]
    assert kept(run(text, finding("x.ts", None, "syntax-error"))) == ["syntax-error"]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("// convex-lint-disable-next-line a\nx", ["this comment silences nothing"]),
        ("// convex-lint-disable-next-line a, b\nA", ["`b` in this comment silences nothing"]),
        ("x /* convex-lint-enable a */", ["this comment ends nothing"]),
        (
            "// convex-lint-disable-next-line no-floating-promise\nx",
            ["there is no rule `no-floating-promise`"],
        ),
        ("// convex-lint-disable-next-line syntax-error\nx", ["`syntax-error` cannot be silenced"]),
        ("// convex-lint-disable-next-line a, zzzzzz\nA", ["there is no rule `zzzzzz`"]),
    ],
)
def test_what_is_said_of_comments(text: str, messages: list[str]) -> None:
    outcome = run(text)
    assert [item.message for item in outcome.kept if item.rule not in {"a", "b"}] == messages
    assert all(item.severity is Severity.WARNING for item in outcome.kept)


def test_an_unknown_name_gets_the_nearest_one() -> None:
    (said,) = run("// convex-lint-disable-next-line no-floatin-promises\nx").kept
    assert said.rule == "unknown-rule"
    assert said.help == "did you mean `no-floating-promises`?"
    assert said.place.span == Span(33, 52)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x\n  // convex-lint-disable-next-line a\ny\n", "x\ny\n"),
        ("x\r\n  // convex-lint-disable-next-line a\r\ny\r\n", "x\r\ny\r\n"),
        ("x // convex-lint-disable-line a -- why\ny", "x\ny"),
        ("/* convex-lint-disable-line a */ x", "x"),
        ("f(/* convex-lint-disable-line a */ x)", "f(x)"),
        ("return/* convex-lint-disable-line a */x", "return x"),
        ("return /*\nconvex-lint-disable-line a */ x", "return \nx"),
        ("/*\n convex-lint-disable-next-line\n a */\nx", "x"),
        ("\ufeff// convex-lint-disable-next-line a\nx", "\ufeffx"),
        ("// convex-lint-disable-next-line a, b -- why\nA", "// convex-lint-disable-next-line a -- why\nA"),
        ("// convex-lint-disable-next-line b, a -- why\nA", "// convex-lint-disable-next-line a -- why\nA"),
        ("/* convex-lint-disable a */\nx\n/* convex-lint-enable a */\ny", "x\ny"),
        ("// convex-lint-disable-next-line old-b, no-floating-promises, a\nA", "// convex-lint-disable-next-line a\nA"),
    ],
)
def test_unused_comments_are_removed(before: str, after: str) -> None:
    assert repaired(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a>\n  {/* convex-lint-disable-next-line a */}\n  <x/>", "<a>\n  <x/>"),
        ("f = () =>\n  {/* convex-lint-disable-line a */}\nx", "f = () =>\n  {}\nx"),
    ],
)
def test_braces_of_jsx_comments_are_removed_with_them(before: str, after: str) -> None:
    assert repaired(before, "x.tsx") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x\n\tA", "x\n\t// convex-lint-disable-next-line a\n\tA"),
        ("x\r\n  A\r\n", "x\r\n  // convex-lint-disable-next-line a\r\n  A\r\n"),
        ("\ufeffA", "\ufeff// convex-lint-disable-next-line a\nA"),
        (
            "// convex-lint-disable-next-line b -- why\nA B",
            "// convex-lint-disable-next-line b, a -- why\nA B",
        ),
        ("A B // convex-lint-disable-line b", "A B // convex-lint-disable-line b, a"),
        (
            "// eslint-disable-next-line no-console\nA",
            "// eslint-disable-next-line no-console\n// convex-lint-disable-next-line a\nA",
        ),
    ],
)
def test_disable_for_a_line(before: str, after: str) -> None:
    source = Source("x.ts", before.encode())
    fix = disable(source, "a", source.data.index(b"A"), comments(source))
    changed = fixes.apply({"x.ts": source}, [fix]).sources["x.ts"].data.decode()
    assert changed == after
    assert kept(run(changed)) == []


def test_disable_between_jsx_tags() -> None:
    source = Source("x.tsx", b"<x>\n  <A/>\n</x>")
    fix = disable(source, "a", 7, [], jsx=True)
    assert fix.edits[0].text == "  {/* convex-lint-disable-next-line a */}\n"
    assert fix.title == "disable `a` for this line"
