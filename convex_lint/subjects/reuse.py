"""Queries that are used a second time: a step of a query, and running it, use it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place, Related
from convex_lint.link import ends
from convex_lint.link.shapes import bare, outermost
from convex_lint.source import Span
from convex_lint.subjects import held, twice
from convex_lint.syntax.nodes import Call, Loop, Member, Name
from convex_lint.values import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression, Function


class QueryReuse:
    """A use of a query in a name that is surely used up: by the use before it, or in the round of a loop before."""

    def __init__(self, module: Module, first: Expression, second: Expression) -> None:
        self.module = module
        self.name = second.text if isinstance(second, Name) else ""
        self.place = _place(module, second)
        self.looped = first is second
        self.before = Related(_place(module, first), "it is used up here")


def find(module: Module) -> Iterator[QueryReuse]:
    """Yield the uses of queries in names that are used up, in a function as it runs from its start to its end."""
    for bound in _held(module):
        uses = [use for use in held.uses(bound) if _uses_up(use)]
        value = module.linked.value(bound.uses[0]) if uses else None
        # `ctx.db.query("t")` itself may be used often: each use starts a query of its own.
        if not isinstance(value, Query) or not value.started:
            continue
        for function in dict.fromkeys(use.scope.function for use in uses):
            found = _twice(function, bound, uses) if function and module.whole(function, function) else None
            if found is not None:
                yield QueryReuse(module, *found)


def _held(module: Module) -> Iterator[Binding]:
    """Yield the names that may hold a query, told from names and places alone: not those that are assigned again."""
    found: dict[Binding, None] = {}
    for call in module.summary.calls(ends.STEPS):
        of = bare(call.callee.of) if isinstance(call.callee, Member) else None
        made = of.binding if isinstance(of, Name) else held.plain(outermost(call).parent)
        if made is not None and not (made.writes or made.steps) and isinstance(_first(made), Call):
            found[made] = None
    yield from found


def _first(bound: Binding) -> Expression | None:
    return bare(bound.of) if bound.of is not None else None


def _uses_up(name: Name) -> bool:
    """Say whether a use of a query calls one of its steps, or runs it in a loop."""
    node = outermost(name)
    match node.parent:
        case Member(name=step) as member if step in ends.STEPS and member.of is node:
            call = outermost(member).parent
            return isinstance(call, Call) and call.callee is outermost(member)
        case Loop(form="of", awaits=True) as loop:
            return node in loop.heads
        case _:
            return False


def _twice(function: Function, bound: Binding, uses: list[Name]) -> tuple[Expression, Expression] | None:
    def leaf(node: Expression) -> twice.Twice:
        if node is bound.of:
            return twice.FRESH
        return twice.done(node) if node in uses else twice.NEVER

    return twice.find(function, leaf)


def _place(module: Module, use: Expression) -> Place:
    member = outermost(use).parent
    return (
        Place(module.path, Span(member.name_start, member.name_end)) if isinstance(member, Member) else module.at(use)
    )
