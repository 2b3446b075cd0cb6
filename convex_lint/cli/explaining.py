"""`convex-lint rule`: the page of a rule, and what is known about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from convex_lint.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from convex_lint.rule import Rule


@click.command()
@click.argument("name", required=False)
@click.option("--all", "all_", is_flag=True, help="Every rule.")
@click.option("--format", "-f", "format_", type=click.Choice(("text", "markdown", "json")), default="text",
              help="How the page is shown.")  # fmt: skip
def rule(*, name: str | None, all_: bool, format_: str) -> None:
    """Explain a rule: what it finds, why, what to do instead."""
    from convex_lint.check import rules as known  # noqa: PLC0415  not for --help

    if all_ == (name is not None):
        raise click.UsageError("name one rule, or give --all")
    every = known()
    _PAGES[format_](every if name is None else (_named(every, name),))


def _named(rules: Sequence[Rule], name: str) -> Rule:
    from convex_lint import registry  # noqa: PLC0415  not for --help

    known = registry.by_name(rules)
    found = known.get(registry.bare(name))
    if found is None:
        near = nearest(registry.bare(name), known)
        hint = f"; did you mean `{near}`?" if near is not None else "; `convex-lint rules` lists them"
        raise click.UsageError(f"no rule is called `{name}`{hint}")
    return found


def _page_text(rules: Sequence[Rule]) -> None:
    if not sys.stdout.isatty():
        _page_markdown(rules)
        return
    from rich.console import Console  # noqa: PLC0415  40 ms, and only a terminal needs it
    from rich.markdown import Markdown  # noqa: PLC0415

    for each in rules:
        # Colours of the terminal's own theme, without a background that it may not have.
        Console().print(Markdown(_markdown(each), code_theme="ansi_light"))


def _page_markdown(rules: Sequence[Rule]) -> None:
    click.echo("\n".join(_markdown(rule) for rule in rules), nl=False)


def _markdown(rule: Rule) -> str:
    from convex_lint.pages import parse, render  # noqa: PLC0415  not for --help

    page = render(parse(rule.page, rule.name))
    return f"# {rule.name}\n\n*{rule.category}, {rule.severity}, in `{rule.preset}`*\n\n{page}"


def as_json(rules: Sequence[Rule]) -> None:
    """Print what is known about some rules, their pages too."""
    import json  # noqa: PLC0415  not for every run

    from convex_lint import peers  # noqa: PLC0415  likewise

    replaced = peers.replaced(rule.name for rule in rules)
    click.echo(json.dumps([_described(rule, replaced[rule.name]) for rule in rules], indent=2))


def _described(rule: Rule, replaces: Mapping[str, Sequence[str]]) -> dict[str, object]:
    from convex_lint.pages import has_fix  # noqa: PLC0415  not for --help

    return {
        "name": rule.name,
        "category": rule.category,
        "severity": rule.severity,
        "preset": rule.preset,
        "precision": rule.precision,
        "fix": has_fix(rule.page),
        "aliases": list(rule.aliases),
        "replaces": replaces,
        "summary": rule.summary,
        "page": rule.page,
        "url": rule.url,
    }


_PAGES: dict[str, Callable[[Sequence[Rule]], None]] = {
    "text": _page_text,
    "markdown": _page_markdown,
    "json": as_json,
}
