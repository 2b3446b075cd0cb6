"""What Convex refuses is found, and what it takes is not called an error: the same programs, linted and run."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from convex_lint import engine, registry
from convex_lint.diagnostics import Severity
from convex_lint.rule import Level
from convex_lint.workspace import Project
from tests.differential import behaviour, declarations, held, real
from tests.npm import DECLARATIONS, needed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from convex_lint.diagnostics import Diagnostic
    from tests.differential.program import Program

FAMILIES: dict[str, Callable[[], Iterator[Program]]] = {
    "crons": declarations.crons,
    "routes": declarations.routes,
    "schemas": declarations.schemas,
    "validators": declarations.validators,
    "chains": behaviour.chains,
    "reuses": behaviour.reuses,
    "held": held.programs,
    "ranges": behaviour.ranges,
    "delays": behaviour.delays,
    "documents": behaviour.documents,
}
RULES: dict[str, frozenset[str]] = {
    "chains": frozenset(
        {"no-invalid-query-method", "no-unexecuted-query", "valid-index-name", "valid-query-chain-order"}
    ),
    "crons": frozenset({"valid-cron"}),
    "delays": frozenset({"valid-scheduler-delay"}),
    "documents": frozenset({"no-misused-promise", "no-unsupported-value"}),
    "ranges": frozenset({"valid-index-name", "valid-index-range"}),
    "reuses": frozenset({"no-multiple-paginate", "no-query-reuse", "valid-query-chain-order"}),
    "routes": frozenset({"http-default-export", "valid-http-route"}),
    "schemas": frozenset(
        {
            "no-duplicate-indexes",
            "no-invalid-validator",
            "no-unknown-table",
            "valid-index-fields",
            "valid-schema-names",
            "valid-schema-shape",
        }
    ),
    "validators": frozenset({"no-invalid-validator", "no-unknown-table", "valid-schema-names"}),
}
"""The rules that speak of the programs of a family."""

LOSING = frozenset({"no-floating-promises", "no-unexecuted-query"})
"""The rules that report what does not fail, and does not what it was written for."""

UNTOLD: dict[str, dict[str, tuple[str, ...]]] = {
    "what the callback gives is not what it was given, or was used before": {
        "ranges": (
            '(q) => { q.eq("a", "x"); return q; })',
            "(q) => undefined)",
            "(q) => [q])",
        ),
    },
    "the keys of an object within a document, which the schema tells": {
        "documents": ("{ x: { $x: 1 } }", "const x = { $x: 1 }", "{ x: { 'ä': 1 } }", "const x = { 'ä': 1 }")
    },
    "an array in a constant": {"documents": ("const x = [undefined]", "const x = [new Date()]")},
    "a bigint that is too big": {"documents": ("10n ** 20n", "2n ** 63n")},
    "a global that is not there": {"documents": ("[globalThis.nope]",)},
    "what a date is": {"delays": ("new Date('nope')", ".toISOString()")},
    "an array literal that an item is taken of": {"validators": ("[shared][0]",)},
}
"""The programs that are refused and of which no rule speaks yet, by why, and what stands in one of each family."""

VERSION = tuple(map(int, DECLARATIONS["convex"].version.split(".")))


@cache
def programs(family: str) -> tuple[Program, ...]:
    return tuple(FAMILIES[family]())


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str | None]]:
    """Return for each family why each of its programs is refused, None for those that are not."""
    needed("convex")
    every = [program for family in FAMILIES for program in programs(family)]
    said = iter(real.said(every, tmp_path_factory.mktemp("programs")))
    return {family: [next(said) for _ in programs(family)] for family in FAMILIES}


def findings(program: Program, names: frozenset[str]) -> tuple[Diagnostic, ...]:
    """Return what some rules find in a program."""
    rules = [rule for rule in registry.builtin() if rule.name in names]
    levels = {rule.name: Level(rule.severity, rule.options() if rule.options is not None else None) for rule in rules}
    workspace = engine.of_texts({f"convex/{name}.ts": text for name, text in program.files.items()})
    workspace = replace(workspace, projects=(Project("convex", VERSION),))
    return engine.lint(workspace, rules, lambda _path: levels).diagnostics


@pytest.mark.parametrize("family", [family for family in FAMILIES if family != "held"])
def test_there_are_programs_that_are_taken_and_programs_that_are_refused(
    family: str, refusals: dict[str, list[str | None]]
) -> None:
    taken = sum(one is None for one in refusals[family])
    assert taken > 40
    assert len(refusals[family]) - taken > 40


@pytest.mark.parametrize("family", RULES)
def test_what_is_refused_is_found_and_what_is_taken_is_no_error(
    family: str, refusals: dict[str, list[str | None]]
) -> None:
    wrong: list[str] = []
    missed: list[tuple[str, str]] = []
    for program, refusal in zip(programs(family), refusals[family], strict=True):
        found = findings(program, RULES[family])
        errors = [one for one in found if one.severity is Severity.ERROR]
        if refusal is None and errors:
            wrong.append(f"taken, but {errors[0].rule} says {errors[0].message}: {program.text}")
        if refusal is not None and not found and not program.hides:
            missed.append((refusal, program.text))
    untold = {fragment for of in UNTOLD.values() for fragment in of.get(family, ())}
    wrong += [f"not found ({why}): {text}" for why, text in missed if not any(one in text for one in untold)]
    wrong += [f"found: {one}" for one in untold if not any(one in text for _, text in missed)]
    assert wrong == []


@pytest.mark.parametrize("family", FAMILIES)
def test_no_rule_at_all_calls_what_is_taken_an_error(family: str, refusals: dict[str, list[str | None]]) -> None:
    names = frozenset(rule.name for rule in registry.builtin()) - LOSING
    wrong = [
        f"{one.rule} says {one.message}: {program.text}"
        for program, refusal in zip(programs(family), refusals[family], strict=True)
        if refusal is None
        for one in findings(program, names)
        if one.severity is Severity.ERROR
    ]
    assert wrong == []


def test_all_that_is_held_in_names_branches_and_helpers_is_taken(refusals: dict[str, list[str | None]]) -> None:
    assert [one for one in zip(programs("held"), refusals["held"], strict=True) if one[1] is not None] == []
