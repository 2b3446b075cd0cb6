"""The rules beside what others ask for: every line has its rule and a case that fires, or says why not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from convex_lint import pages, peers, registry
from convex_lint.engine import lint_texts
from convex_lint.testing import with_preludes
from convex_lint.testing.checks import options_of
from scripts.compared import Line, missing, shown, sources
from tests.command import run

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = FIXTURES / "cases"
RULES = {rule.name: rule for rule in registry.builtin()}
LINES = [line for source in sources() for line in source.lines]


def test_no_rule_is_promised_anew() -> None:
    assert list(missing(RULES)) == []


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.asks)
def test_a_line_has_a_rule_or_a_reason(line: Line) -> None:
    assert line.ours or line.why
    assert len(set(line.ours)) == len(line.ours)


@pytest.mark.parametrize("line", [e for e in LINES if shown(e, RULES) and not e.file], ids=lambda line: line.asks)
def test_the_case_of_a_line_fires(line: Line) -> None:
    found = shown(line, RULES)
    assert found is not None
    rule, heading = found
    text = (CASES / f"{rule.name}.md").read_text("utf-8") if heading else rule.page
    examples = [e for e in pages.parse(text, rule.name).examples if e.section == (heading or "Bad")]
    assert examples, f"`{rule.name}` has no example under `{heading or 'Bad'}`"
    assert any(
        finding.rule == rule.name
        for example in examples
        for finding in lint_texts(with_preludes(example.texts), [rule], options_of(rule, example))
    )


@cache
def found_in(project: str, rules: frozenset[str]) -> set[tuple[str, str]]:
    """Return what rules find in a project of `fixtures/`: the file, as seen from there, and the rule."""
    chosen = [word for rule in sorted(rules) for word in ("--select", rule)]
    ran = run("check", "-f", "json", *chosen, cwd=FIXTURES / project)
    # Paths are seen from the top of the repository.
    return {(path.removeprefix("fixtures/"), rule) for path, rule in ran.found}


@pytest.mark.parametrize("line", [line for line in LINES if line.file], ids=lambda line: line.asks)
def test_each_rule_of_a_line_finds_what_the_source_shows(line: Line) -> None:
    named = frozenset(name for other in LINES if other.file for name in other.ours if name in RULES)
    found = found_in(str(line.file).partition("/")[0], named)
    assert [name for name in line.ours if name in RULES and (line.file, name) not in found] == []


THEIRS = [rule for peer in peers.peers().values() for rule in peer.rules]


@pytest.mark.parametrize("theirs", THEIRS, ids=lambda rule: rule.name)
def test_a_verdict_has_its_rules_and_its_reason(theirs: peers.Theirs) -> None:
    assert bool(theirs.ours) == (theirs.verdict != peers.Verdict.REJECT)
    assert theirs.why or theirs.verdict == peers.Verdict.ADOPT


def test_a_plugin_that_runs_in_two_linters_has_the_same_rules_in_both() -> None:
    eslint, oxlint = peers.peers()["eslint"].rules, peers.peers()["oxlint"].rules
    assert [rule.ours for rule in eslint] == [rule.ours for rule in oxlint]
    assert "typescript/no-floating-promises" in {rule.name for rule in oxlint}
