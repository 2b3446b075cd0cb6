"""`@convex-dev/eslint-plugin` and convex-lint find the same, but for what is told in `docs/parity.toml`."""

from __future__ import annotations

import os
from collections import Counter
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

import pytest

from convex_lint import peers, registry
from scripts.compared import Difference, parities
from tests.npm import UnavailableError
from tests.parity.both import Both, Found, ask_both, differences

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILT = {rule.name for rule in registry.builtin()}
PARITIES = {parity.rule: parity for parity in parities() if parity.rule in BUILT}
SIDES = ("theirs", "ours")


@cache
def both() -> Both:
    """Return what both find, or skip the running test where the plugin cannot be had."""
    try:
        return ask_both({name: ["warn", p.options] if p.options else "warn" for name, p in PARITIES.items()})
    except UnavailableError as error:
        if os.environ.get("CONVEX_LINT_REQUIRE_NPM") == "1":
            raise
        pytest.skip(f"the plugin: {error}")


def alone(side: str) -> Iterator[Found]:
    """Yield the findings that only one side has."""
    return (found for found in differences(both())[SIDES.index(side)] if found.rule in PARITIES)


def told(side: str) -> Iterator[tuple[str, Difference, str]]:
    """Yield what is told of the findings of one side, rule by rule, entry by entry."""
    for rule, parity in PARITIES.items():
        for difference in parity.differences:
            if difference.alone == side:
                yield from ((rule, difference, entry) for entry in difference.only)


def is_told(found: Found, rule: str, entry: str) -> bool:
    """Say whether an entry is about a finding: its only wildcard is `*`."""
    return found.rule == rule and fnmatchcase(
        f"{found.path}: {found.text}", entry.replace("[", "[[]").replace("?", "[?]")
    )


def test_every_rule_of_the_plugin_is_spoken_of() -> None:
    names = {parity.rule for parity in parities()}
    assert set(both().rules) == names
    assert {f"@convex-dev/{name}" for name in names} <= {theirs.name for theirs in peers.peers()["eslint"].rules}


@pytest.mark.parametrize("side", SIDES)
def test_a_finding_that_only_one_has_is_explained(side: str) -> None:
    entries = [(rule, entry) for rule, _, entry in told(side)]
    unexplained = [
        f"{found.rule}: {found.path}:{found.first}: {found.text}"
        for found in alone(side)
        if not any(is_told(found, rule, entry) for rule, entry in entries)
    ]
    assert not unexplained, "say why in `docs/parity.toml`, or mend the rule"


@pytest.mark.parametrize("side", SIDES)
def test_an_explanation_is_of_a_finding(side: str) -> None:
    findings = list(alone(side))
    assert [entry for rule, _, entry in told(side) if not any(is_told(found, rule, entry) for found in findings)] == []


def test_the_projects_ask_every_rule_that_is_compared() -> None:
    shared = Counter(found.rule for found in both().theirs)
    assert all(shared[rule] for rule in PARITIES)
