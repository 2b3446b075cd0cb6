"""What the pages are made of that compare the rules with what others say: `docs/coverage.md`, `docs/parity.md`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from convex_lint import peers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from convex_lint.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
LINES = ROOT / "docs" / "coverage.toml"
PARITY = ROOT / "docs" / "parity.toml"

VERDICTS = {
    peers.Verdict.ADOPT: "the same",
    peers.Verdict.ADAPT: "what of it is a fault",
    peers.Verdict.SHARE: "in Convex functions",
    peers.Verdict.OPT_IN: "for those who ask for it",
    peers.Verdict.REJECT: "not here",
}
"""What a verdict is called on the page."""


class Line(NamedTuple):
    """Something that a source asks for, the rules that look after it, and what shows it.

    That is a case of the first rule, or its page, or a file in `fixtures/` in which each of the rules finds something.
    """

    asks: str
    ours: tuple[str, ...]
    case: str | None
    why: str
    file: str | None = None
    theirs: peers.Theirs | None = None


class Source(NamedTuple):
    """A guide, or another linter, with all that it asks for."""

    title: str
    note: str
    lines: tuple[Line, ...]


class Difference(NamedTuple):
    """Something that only one of the two reports, why, and the findings that show it, as the data file writes them."""

    alone: str
    why: str
    only: tuple[str, ...]


class Parity(NamedTuple):
    """A rule of the official plugin beside ours of the same name; `options` are those that ask the same question."""

    rule: str
    theirs: str
    ours: str
    fix: str
    options: Mapping[str, object]
    differences: tuple[Difference, ...]


def parities() -> Iterator[Parity]:
    """Yield the rules of the official plugin, each beside ours."""
    for rule, read in tomllib.loads(PARITY.read_text("utf-8")).items():
        told = (Difference(d["alone"], d["why"], tuple(d.get("only", ()))) for d in read.get("differences", ()))
        yield Parity(rule, read["theirs"], read["ours"], read["fix"], read.get("options", {}), tuple(told))


def sources() -> Iterator[Source]:
    """Yield what the rules are held to: guides, then other linters."""
    for read in tomllib.loads(LINES.read_text("utf-8")).values():
        yield Source(read["title"], read["note"], tuple(_line(line) for line in read["lines"]))
    for peer in (peers.peers()[name] for name in ("eslint", "convex-doctor")):
        rules = (Line(f"`{rule.name}`", rule.ours, rule.case, rule.why, theirs=rule) for rule in peer.rules)
        yield Source(peer.title, "Each of its rules.", tuple(rules))


def _line(read: Mapping[str, Any]) -> Line:
    return Line(read["asks"], tuple(read["ours"]), read.get("case"), read.get("why", ""), read.get("file"))


def shown(line: Line, rules: Mapping[str, Rule]) -> tuple[Rule, str | None] | None:
    """Return the rule that shows a line by a case of its own, or by its page; None while there is no such rule."""
    there = [rules[name] for name in line.ours if name in rules]
    if not there:
        return None
    return there[0], line.case if there[0].name == line.ours[0] else None


def missing(rules: Mapping[str, Rule]) -> list[str]:
    """Return the rules that are spoken of, and that there are not yet."""
    return sorted({name for source in sources() for line in source.lines for name in line.ours} - rules.keys())


def coverage(rules: Mapping[str, Rule]) -> str:
    """Return the text of `docs/coverage.md`."""
    parts = [f"# What the rules cover\n\n{_INTRODUCTION}\n"]
    parts += [
        f"## {source.title}\n\n{source.note}\n\n" + "\n".join(_table(source, rules)) + "\n" for source in sources()
    ]
    absent = ", ".join(f"`{name}`" for name in missing(rules))
    parts += [f"## Not yet\n\nSpoken of above, and not built: {absent}.\n"] if absent else []
    return "\n".join(parts)


_INTRODUCTION = """\
Where the rules come from: each thing that the sources ask for, the rules that look after it, and an example in which
the first of them, or all, find what the source shows. The tests run these examples. Where no rule looks after it, or
only one that has to be turned on by name, the page says why."""


def _table(source: Source, rules: Mapping[str, Rule]) -> Iterator[str]:
    judged = any(line.theirs for line in source.lines)
    yield (
        "| It asks | Reported here | Rules | Shown by | Remarks |"
        if judged
        else "| It asks | Rules | Shown by | Remarks |"
    )
    yield "|---|---|---|---|---|" if judged else "|---|---|---|---|"
    for line in source.lines:
        verdict = [VERDICTS[peers.verdict(line.theirs, rules)]] if line.theirs else []
        names = ", ".join(linked(name, rules) for name in line.ours)
        yield "| " + " | ".join((line.asks, *verdict, names, _example(line, rules), line.why)) + " |"


def linked(name: str, rules: Mapping[str, Rule]) -> str:
    """Return the name of a rule with a link to its page, where there is one."""
    return f"[`{name}`](rules/{name}.md)" if name in rules else f"`{name}` (not yet)"


def _example(line: Line, rules: Mapping[str, Rule]) -> str:
    found = shown(line, rules)
    if found is None:
        return ""
    rule, heading = found
    if line.file is not None:
        return f"[{line.file.rpartition('/')[2]}](../fixtures/{line.file})"
    return f"[{heading}](../fixtures/cases/{rule.name}.md)" if heading else f"[its page](rules/{rule.name}.md#bad)"


def parity(rules: Mapping[str, Rule]) -> str:
    """Return the text of `docs/parity.md`."""
    compared = list(parities())
    head = ["| Rule | Theirs flags | Ours reports | Fix |", "|---|---|---|---|"]
    rows = [f"| {linked(p.rule, rules)} | {p.theirs} | {p.ours} | {p.fix} |" for p in compared]
    parts = [f"# Beside the official plugin\n\n{_BESIDE}\n", "\n".join((*head, *rows)) + "\n"]
    parts += [
        f"## {p.rule}\n\n" + "\n".join(_told(p.differences)) + "\n"
        for p in compared
        if p.differences and p.rule in rules
    ]
    return "\n".join(parts)


_BESIDE = """\
Each rule of `@convex-dev/eslint-plugin` 5.0.0 has a rule of the same name here. The tests run the plugin, with types,
and convex-lint over the projects of `fixtures/` and over the published components of the Convex team, and compare them
finding by finding. What only one of the two reports is listed here with the reason; anything else fails the tests."""


def _told(differences: Iterable[Difference]) -> Iterator[str]:
    for difference in differences:
        yield f"- **Only {difference.alone}.** {difference.why}"
        yield from (f"  - `{path}`: `{code}`" for path, _, code in (e.partition(": ") for e in difference.only))
