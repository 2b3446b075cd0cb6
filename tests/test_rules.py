"""Every built-in rule keeps to its page, its cases, and the form that rules have."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convex_lint import pages, registry
from convex_lint.engine import lint_texts
from convex_lint.rule import Preset
from convex_lint.testing import (
    VARIANTS,
    check_cases,
    check_page,
    code_lines,
    message_problems,
    overlaps,
    page_problems,
    with_preludes,
)
from convex_lint.testing.checks import options_of
from convex_lint.testing.fuzz import no_crash

if TYPE_CHECKING:
    from convex_lint.pages import Example
    from convex_lint.rule import Rule

RULES = registry.builtin()
CASES = Path(__file__).parent.parent / "fixtures" / "cases"
MOST_LINES = 60

TOGETHER: frozenset[frozenset[str]] = frozenset(
    {
        frozenset({"args-mismatch", "function-visibility-mismatch"}),
        frozenset({"component-require-validators", "require-args-validator"}),
        frozenset({"component-require-validators", "require-returns-validator"}),
        frozenset({"function-kind-mismatch", "no-public-function-reference"}),
        frozenset({"no-collect-in-query", "no-unbounded-collect"}),
        frozenset({"no-duplicate-indexes", "no-unused-index"}),
        frozenset({"no-query-reuse", "no-unbounded-collect"}),
        frozenset({"no-old-registered-function-syntax", "require-access-control"}),
        frozenset({"no-raw-builder", "require-access-control"}),
        frozenset({"require-access-control", "require-args-validator"}),
    }
)
"""The pairs of rules that may find something at the same place, each because they say different things."""


def examples(rule: Rule) -> list[Example]:
    """Return the examples of a rule's page and of its cases."""
    path = CASES / f"{rule.name}.md"
    texts = [rule.page, *([path.read_text("utf-8")] if path.exists() else [])]
    return [example for text in texts for example in pages.parse(text, rule.name).examples]


@pytest.fixture(params=RULES, ids=lambda rule: rule.name)
def rule(request: pytest.FixtureRequest) -> Rule:
    """Each rule in turn."""
    found: Rule = request.param
    return found


def test_a_rule_does_as_its_page_draws(rule: Rule) -> None:
    check_page(rule)


def test_a_rule_does_as_its_cases_draw(rule: Rule) -> None:
    path = CASES / f"{rule.name}.md"
    if path.exists():
        check_cases(rule, path)


def test_a_page_has_the_form_of_pages(rule: Rule) -> None:
    assert list(page_problems(rule)) == []


def test_messages_have_the_form_of_messages(rule: Rule) -> None:
    said = {
        words
        for example in examples(rule)
        for found in lint_texts(with_preludes(example.texts), [rule], options_of(rule, example))
        if found.rule == rule.name
        for words in (found.message, found.help, *(related.message for related in found.related))
        if words is not None
    }
    assert {words: problems for words in said if (problems := list(message_problems(words)))} == {}


def test_a_rule_is_alone_in_a_file_of_its_name_and_short(rule: Rule) -> None:
    module = sys.modules[rule.check.__module__]
    assert module.__name__.rpartition(".")[2] == rule.name.replace("-", "_")
    assert code_lines(Path(module.__file__ or "").read_text("utf-8")) <= MOST_LINES


def test_damaged_code_crashes_no_rule(rule: Rule) -> None:
    for example in examples(rule)[:3]:
        no_crash(rule, with_preludes(example.texts), options=options_of(rule, example), examples=10)


def test_two_rules_never_report_one_fault(rule: Rule) -> None:
    # What is opt-in says what its user wants said, whatever is said beside it.
    others = [other for other in RULES if other.preset is not Preset.OPT_IN]
    together = [overlaps(rule, example, others, lint_texts) for example in examples(rule)]
    assert set().union(*together) <= TOGETHER


def test_no_two_rules_answer_to_one_name() -> None:
    names = Counter(name for rule in RULES for name in {rule.name, *rule.aliases})
    assert [name for name, count in names.items() if count > 1] == []
    assert not any(name.startswith(registry.PLUGIN) for name in names)


def test_every_file_of_cases_is_that_of_a_rule() -> None:
    names = {rule.name for rule in RULES}
    assert [path.name for path in sorted(CASES.glob("*")) if path.stem not in names or path.suffix != ".md"] == []


def test_the_pairs_that_may_report_together_are_rules() -> None:
    assert {name for pair in TOGETHER for name in pair} <= {rule.name for rule in RULES}


def test_every_variant_says_something_of_some_example() -> None:
    """A variant that nothing is rewritten by would test nothing."""
    files = [with_preludes(example.texts) for rule in RULES for example in examples(rule)]
    idle = [name for name, rewrite in VARIANTS.items() if not any(rewrite(texts) for texts in files)]
    assert idle == []
