"""The form that rules, pages and messages have."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING

from convex_lint import pages
from convex_lint.testing.checks import options_of
from convex_lint.testing.prelude import with_preludes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.pages import Example
    from convex_lint.rule import Rule
    from convex_lint.testing.checks import Lint

_BLANK = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


def message_problems(message: str) -> Iterator[str]:
    """Say what is wrong with the form of a message or of a help text."""
    if not re.match(r"[a-z0-9`\"']", message):
        yield "it does not start in lower case"
    if message.endswith(".") and not message.endswith("…"):
        yield "it ends with a full stop"
    if re.search(r"\s{2}|\n|\t|^\s|\s$", message):
        yield "it has blanks that are not one space between words"
    if message.count("`") % 2:
        yield "a backtick is not closed"


def page_problems(rule: Rule) -> Iterator[str]:
    """Say what a rule's page lacks: a summary, bad and good examples under their headings, a source."""
    page = pages.parse(rule.page, rule.name)
    summary = page.text.split("\n", 1)[0]
    if not summary.endswith(".") or len(summary) > 100:  # noqa: PLR2004  the width of a line of the table of rules
        yield "the first line is not one sentence of at most 100 characters"
    if "https://" not in page.text:
        yield "no source is cited"
    for section, faulty in (("Bad", True), ("Good", False)):
        examples = [example for example in page.examples if example.section == section]
        if not examples:
            yield f"there is no example under `## {section}`"
        for example in examples:
            if any(file.notes for file in example.files.values()) is not faulty:
                yield f"line {example.line}: this example is under the wrong heading"


def code_lines(text: str) -> int:
    """Count the lines of a rule's module that hold code: no page, no comments, no blank lines."""
    first = ast.parse(text).body[0]
    page = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = (first.end_lineno or 0) if page else 0
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _BLANK and token.start[0] > start:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines)


def overlaps(rule: Rule, example: Example, others: Iterable[Rule], lint: Lint) -> set[frozenset[str]]:
    """Return the pairs of rules that find something at the very same place of an example."""
    texts = with_preludes(example.texts)
    rest = [other for other in others if other.name != rule.name]
    found: list[Diagnostic] = [*lint(texts, [rule], options_of(rule, example)), *lint(texts, rest)]
    ours = {rule.name, *(other.name for other in rest)}
    places: dict[object, set[str]] = {}
    for diagnostic in found:
        if diagnostic.rule in ours:
            places.setdefault(diagnostic.place, set()).add(diagnostic.rule)
    return {frozenset((a, b)) for rules in places.values() for a in rules for b in rules if a != b}
