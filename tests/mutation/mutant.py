"""A mutant: a fault planted in code, and where which rules are to find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.mutation.code import Change

CLOCK = frozenset({"no-date-now-in-query"})
FILTER = frozenset({"no-filter-in-query"})
LOST = frozenset({"no-floating-promises", "no-misused-promise", "no-unawaited-async-callback"})
REFERENCE = frozenset({"no-public-function-reference"})
ARGS = frozenset({"require-args-validator"})

KINDS = {
    "await-statement": LOST,
    "await-condition": LOST,
    "await-member": LOST,
    "promise-all": LOST,
    "for-each": LOST,
    "public-reference": REFERENCE,
    "no-args": ARGS,
    "filter": FILTER,
    "filter-all": FILTER,
    "clock": CLOCK,
}
"""The kinds of mutants, and the rules of which any may find one."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: `changes` plant it; it is found by a finding that starts in `start` to `end` of the text before.

    `what` says in a word or two what was mutated, to group those that were missed.
    """

    kind: str
    path: str
    changes: tuple[Change, ...]
    start: int
    end: int
    what: str
