"""The default format, for people: each finding with its code, and what to do about it."""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from convex_lint.reporters import statistics
from convex_lint.reporters.cells import one_line
from convex_lint.reporters.frame import INDENT, frame
from convex_lint.reporters.places import region_of, shown, where
from convex_lint.reporters.style import paint, rule_word, severity_word
from convex_lint.reporters.words import fixable, help_of, outcome, rules_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from convex_lint.diagnostics import Diagnostic, Related
    from convex_lint.report import Report
    from convex_lint.reporters.options import Options
    from convex_lint.rule import Rule

BULK = 5
"""More findings than this of one rule in one file are not all drawn."""
DRAWN = 2
"""How many of them are."""
MANY = 50
"""After more findings than this, a table says where they come from."""


def render(report: Report, options: Options) -> str:
    """Return every finding with its code, file by file, then the outcome; one line for a clean run."""
    rules = rules_by_name(report)
    blocks: list[str] = []
    for path, found in groupby(report.diagnostics, key=lambda diagnostic: diagnostic.place.path):
        blocks += _file(report, path, list(found), rules, options)
    if len(report.diagnostics) > MANY:
        blocks.append(statistics.table(report, options))
    blocks.append(paint(outcome(report), "bold", options) + "\n")
    if len(report.diagnostics) > MANY:
        blocks.append(_hint(report, rules))
    return "\n".join(blocks)


def _file(
    report: Report, path: str, found: list[Diagnostic], rules: Mapping[str, Rule], options: Options
) -> Iterable[str]:
    """Draw the findings of a file, and list those of a bulk rule that were left out."""
    bulk = {name for name, number in Counter(d.rule for d in found).items() if number > BULK}
    drawn: Counter[str] = Counter()
    rest: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        drawn[diagnostic.rule] += 1
        if diagnostic.rule in bulk and drawn[diagnostic.rule] > DRAWN:
            rest.setdefault(diagnostic.rule, []).append(diagnostic)
        else:
            yield _finding(report, diagnostic, rules, options)
    for name, left in rest.items():
        yield _list(report, path, name, left, options)


def _finding(report: Report, diagnostic: Diagnostic, rules: Mapping[str, Rule], options: Options) -> str:
    rule = rules.get(diagnostic.rule)
    place = paint(where(report, diagnostic.place), "bold", options)
    name = rule_word(diagnostic.rule, rule.url if rule else None, options)
    lines = [
        f"{place}: {severity_word(diagnostic.severity, options)}: {one_line(diagnostic.message)} [{name}]",
        *_code(report, diagnostic, options),
    ]
    if advice := help_of(diagnostic):
        lines.append(f"{INDENT}{paint('help:', 'help', options)} {one_line(advice)}")
    for related in diagnostic.related:
        lines += _related(report, diagnostic, related, options)
    if mark := fixable(diagnostic):
        lines.append(f"{INDENT}{paint(mark, 'help', options)}")
    return "".join(f"{line}\n" for line in lines)


def _code(report: Report, diagnostic: Diagnostic, options: Options) -> list[str]:
    source, span = report.sources.get(diagnostic.place.path), diagnostic.place.span
    if source is None or span is None:
        return []
    return frame(source, span, diagnostic.severity.value, options)


def _related(report: Report, diagnostic: Diagnostic, related: Related, options: Options) -> list[str]:
    """Name a related place; the code of another file is shown too, for it is not in sight."""
    line = f"{INDENT}{where(report, related.place)}: {one_line(related.message)}"
    source, span = report.sources.get(related.place.path), related.place.span
    if source is None or span is None or related.place.path == diagnostic.place.path:
        return [line]
    return [line, *(INDENT + row for row in frame(source, span, "rule", options, context=0))]


def _list(report: Report, path: str, name: str, left: list[Diagnostic], options: Options) -> str:
    regions = (region_of(report, diagnostic.place) for diagnostic in left)
    numbers = list(dict.fromkeys(str(found.line) for found in regions if found))
    text = f"{shown(report, path)}: {len(left):,} more of {name}"
    if numbers:
        text += f", at line{'s' * (len(numbers) > 1)} {', '.join(numbers)}"
    return textwrap.fill(text, max(options.width, 40), subsequent_indent=INDENT) + "\n"


def _hint(report: Report, rules: Mapping[str, Rule]) -> str:
    """Say how to go on after a first run, with the most frequent rule as the example."""
    counts = Counter(diagnostic.rule for diagnostic in report.diagnostics if diagnostic.rule in rules)
    if not counts:
        return ""
    name = min(counts, key=lambda rule: (-counts[rule], rule))
    return (
        "What to do next:\n"
        f"{INDENT}convex-lint rule {name}   explains a rule\n"
        f"{INDENT}convex-lint --statistics   prints only the counts\n"
        f'{INDENT}{{"rules": {{"{name}": "off"}}}} in convex-lint.json   switches a rule off\n'
    )
