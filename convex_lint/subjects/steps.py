"""Calls of what a database query does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.facts.api import CHAINED
from convex_lint.facts.language import PLAIN_METHODS
from convex_lint.facts.queries import INSTEAD, INTERNAL
from convex_lint.link import ends
from convex_lint.link.shapes import bare, outermost
from convex_lint.nearest import nearest
from convex_lint.source import Span
from convex_lint.syntax.nodes import Await, Call, Member, Name
from convex_lint.values import Query, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_BEGINNINGS = CHAINED | {"query", "table"}
"""The methods whose result may be a query, by their names."""

_OWN = ends.STEPS - INTERNAL | {"return", "throw"}
"""The methods that a query has; the last two, of an asynchronous iterator, are seldom called by hand."""


class UnknownStep:
    """A call of a method that queries do not have; `internal` says that Convex has it for itself."""

    def __init__(self, module: Module, member: Member, query: Query) -> None:
        self.name = member.name
        self.place = Place(module.path, Span(member.name_start, member.name_end))
        self.internal = member.name == "limit" or (member.name == "count" and query.started is False)

    @property
    def instead(self) -> str | None:
        """What does with a query what the method would, as a thing to do."""
        if self.name in INSTEAD:
            return INSTEAD[self.name]
        near = nearest(self.name, _OWN)
        return f"use `{near}`" if near is not None else None


def find(module: Module) -> Iterator[UnknownStep]:
    """Yield the calls of a module on what surely is a query, of a method that it does not have."""
    for member in _candidates(module):
        value = present(module.linked.value(member.of))
        if (
            isinstance(value, Query)
            and isinstance(member.parent, Call)
            and module.whole(member, member.parent.function)
        ):
            yield UnknownStep(module, member, value)


def _candidates(module: Module) -> Iterator[Member]:
    """Yield the callees that may be such, told from names and places alone."""
    summary = module.summary
    found: dict[Member, None] = {}
    for call in summary.calls(_BEGINNINGS):
        parent = outermost(call).parent
        if isinstance(parent, Member):
            found[parent] = None
    for call in summary.calls(INSTEAD):
        if isinstance(call.callee, Member) and _may_be_query(call.callee.of):
            found[call.callee] = None
    for member in found:
        if member.name not in _OWN and isinstance(member.parent, Call) and member.parent.callee is member:
            yield member


def _may_be_query(of: Expression) -> bool:
    """Say whether it is worth asking if something is a query: most that has a `map` is an array."""
    of = bare(of)
    held = bare(of.binding.of) if isinstance(of, Name) and of.binding is not None and of.binding.of else of
    if isinstance(held, Await) or not isinstance(held, Call):
        return False
    callee = bare(held.callee)
    return isinstance(callee, Name) or (isinstance(callee, Member) and callee.name not in PLAIN_METHODS)
