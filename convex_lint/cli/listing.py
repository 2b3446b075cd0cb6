"""`convex-lint rules`: the list of the rules, and which rules of other linters they stand in for."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from convex_lint import peers
from convex_lint.cli.explaining import as_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convex_lint.rule import Rule

_WIDE = 180
"""Columns from which a rule fits in one line."""

_HEADS = {
    peers.Verdict.ADOPT: "Switch these off: convex-lint reports what they report.",
    peers.Verdict.ADAPT: "Switch these off: convex-lint reports what of it is a fault.",
    peers.Verdict.SHARE: "Switch these off in the functions folder, and keep them for the rest of the code.",
    peers.Verdict.OPT_IN: "Switch these off if you turn ours on by name: no preset has it.",
    peers.Verdict.REJECT: "Keep these if you want them: convex-lint has nothing of the kind.",
}
"""What a team can do about the rules of another linter, by what became of them."""


@click.command()
@click.option("--format", "-f", "format_", type=click.Choice(("text", "json")), default="text",
              help="How the list is shown.")  # fmt: skip
@click.option("--replaces", type=click.Choice(peers.NAMES), help="The rules of another linter, and what there is here.")
def rules(*, format_: str, replaces: str | None) -> None:
    """List the rules, and what they stand in for."""
    from convex_lint.check import rules as known  # noqa: PLC0415  not for --help

    every = known()
    if replaces is not None:
        _REPLACED[format_](peers.peers()[replaces], {rule.name: rule for rule in every})
    elif format_ == "json":
        as_json(every)
    else:
        _table(every)


def _table(rules: Sequence[Rule]) -> None:
    from convex_lint.pages import has_fix  # noqa: PLC0415  not for --help

    replaced = peers.replaced(rule.name for rule in rules)
    rows = [
        (rule.name, rule.category, rule.severity, rule.preset, rule.precision, "fix" if has_fix(rule.page) else "-",
         ",".join(replaced[rule.name]) or "-")
        for rule in rules
    ]  # fmt: skip
    narrow = sys.stdout.isatty() and get_terminal_size().columns < _WIDE
    for rule, cells in zip(rules, _aligned(rows), strict=True):
        click.echo(f"{cells.rstrip()}\n    {rule.summary}" if narrow else f"{cells}  {rule.summary}")


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as text with their columns below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows]


def _replaced_text(peer: peers.Peer, rules: dict[str, Rule]) -> None:
    """Print what a team can switch off in a peer, and what it has to keep."""
    click.echo(peer.title)
    for verdict, head in _HEADS.items():
        lines = list(_lines([theirs for theirs in peer.rules if peers.verdict(theirs, rules) == verdict], rules))
        click.echo("\n".join(("", head, "", *lines)) if lines else "", nl=bool(lines))


def _lines(chosen: Sequence[peers.Theirs], rules: dict[str, Rule]) -> Iterator[str]:
    width = max((len(theirs.name) for theirs in chosen), default=0)
    for theirs in chosen:
        ours = ", ".join(_name(rules[name]) for name in theirs.ours if name in rules)
        yield f"  {theirs.name:{width}}  {ours}".rstrip()
        why = theirs.why if ours or not theirs.ours else "no rule yet"
        if why:
            yield f"      {why}"


def _name(rule: Rule) -> str:
    return rule.name if rule.preset == "recommended" else f"{rule.name} ({rule.preset})"


def _replaced_json(peer: peers.Peer, rules: dict[str, Rule]) -> None:
    import json  # noqa: PLC0415  not for every run

    described = [
        {
            "rule": theirs.name,
            "verdict": peers.verdict(theirs, rules),
            "ours": [name for name in theirs.ours if name in rules],
            "why": theirs.why,
        }
        for theirs in peer.rules
    ]
    click.echo(json.dumps(described, indent=2))


_REPLACED = {"text": _replaced_text, "json": _replaced_json}
