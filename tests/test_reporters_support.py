"""Disallow reading the clock in a query.

The answer of a query is kept until what it read changes, and the clock is not watched.

## Bad

```ts
const now = Date.now();
            ~~~~~~~~~~ a query must not read the clock
```
"""
# The docstring is the page of the rules below.

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from convex_lint.diagnostics import (
    Category,
    Diagnostic,
    Edit,
    Finding,
    Fix,
    Place,
    Precision,
    Related,
    Safety,
    Severity,
)
from convex_lint.report import Report, Suppressed
from convex_lint.rule import Preset, rule
from convex_lint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "https://github.com/convex-lint/convex-lint/blob/main/docs/rules/no-date-now-in-query.md"
OWN_WORDS = ("syntax-error", "unreadable-file", "rule-crashed", "unused-suppression", "unknown-rule")

AWKWARD = {
    "emoji": ("const s = '🎉é漢'; «Date.now()»", (1, 19, 1, 29), (23, 33)),
    "tab": ("\t\t«Date.now()»;", (1, 3, 1, 13), (2, 12)),
    "crlf": ("a;\r\n«Date.now()»;\r\n", (2, 1, 2, 11), (4, 14)),
    "lone cr": ("a;\r«Date.now()»;\r", (2, 1, 2, 11), (3, 13)),
    "byte order mark": ("\ufeff«Date.now()»;", (1, 1, 1, 11), (3, 13)),
    "empty file": ("«»", (1, 1, 1, 1), (0, 0)),
    "end of file": ("a;\n«»", (2, 1, 2, 1), (3, 3)),
    "two lines": ("«a;\nb»;", (1, 1, 2, 2), (0, 4)),
}


@rule("no-date-now-in-query", Category.PERFORMANCE, Severity.WARNING, preset=Preset.RECOMMENDED, each=object)
def clock(_: object) -> Iterator[Finding]:
    """Stand for a rule that ran."""
    yield from ()


@rule(
    "require-auth",
    Category.SECURITY,
    Severity.ERROR,
    preset=Preset.STRICT,
    each=object,
    precision=Precision.LIKELY,
)
def auth(_: object) -> Iterator[Finding]:
    """Stand for a rule about security."""
    yield from ()


@rule("prefer-plain-names", Category.STYLE, Severity.WARNING, preset=Preset.OPT_IN, each=object)
def names(_: object) -> Iterator[Finding]:
    """Stand for a rule about taste."""
    yield from ()


def read(path: str, marked: str) -> tuple[Source, Place]:
    """Return a file and the place that is marked with « and » in it."""
    before, code, after = (part.encode() for part in re.split("[«»]", marked))
    return Source(path, before + code + after), Place(path, Span(len(before), len(before + code)))


def said(place: Place, message: str = "a query must not read the clock", **rest: Any) -> Diagnostic:
    """Return a diagnostic of the rule about the clock, or one with other parts."""
    return replace(Diagnostic(clock.name, Severity.WARNING, place, message), **rest)


def report(*diagnostics: Diagnostic, sources: tuple[Source, ...] = (), **rest: Any) -> Report:
    """Return the report of a run of the rules above over 52 files."""
    found = tuple(sorted(diagnostics, key=lambda diagnostic: diagnostic.order))
    known = {source.path: source for source in sources}
    return replace(Report("/w", found, sources=known, rules=(clock, names, auth), checked=52, read=60), **rest)


def clock_report() -> Report:
    """Return a report with one of everything."""
    query, place = read("convex/a.ts", "\tconst 漢 = «Date.now()»;\r\n")
    helper, there = read("convex/b,c.ts", "export const t = () => «Date.now()»;\n")
    fix = Fix("use the argument", Safety.SAFE, (Edit("convex/a.ts", place.span or Span(0, 0), "now"),))
    related = (Related(there, "the clock is read here"), Related(Place("convex/schema.ts"), "the tables"))
    return report(
        said(place, help="take the time as an argument", fix=fix, related=related),
        said(Place("convex/schema.ts"), "100%: no\ntables", severity=Severity.ERROR),
        sources=(query, helper),
    )


def everything() -> Report:
    """Return a report with all that any format can be asked to show."""
    emoji, there = read("app/[id]/convex/my file.ts", "const s = '🎉'; «f()»;\r\nb;\r\nc;\r\n")
    empty, nowhere = read("convex/empty.ts", "«»")
    unsafe = Fix("call g", Safety.UNSAFE, (Edit(there.path, there.span or Span(0, 0), "g()"),))
    found = clock_report()
    more = (
        said(there, "`a[0](1)` is called", rule=auth.name, severity=Severity.ERROR, fix=unsafe),
        said(nowhere, "the file is empty", rule=names.name),
        *(Diagnostic(word, Severity.ERROR, Place("convex/%.ts"), f"{word} of a kind") for word in OWN_WORDS),
    )
    sources = (*found.sources.values(), emoji, empty)
    silenced = (Suppressed(said(there, "silenced"), "it is wanted"), Suppressed(said(there, "too"), None))
    return report(*found.diagnostics, *more, sources=sources, suppressed=silenced, notices=("two configurations",))
