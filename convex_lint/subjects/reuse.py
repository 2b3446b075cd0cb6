"""Queries that are used a second time: a step of a query, and running it, use it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place, Related
from convex_lint.link import ends
from convex_lint.link.shapes import bare, outermost
from convex_lint.source import Span
from convex_lint.subjects import twice
from convex_lint.syntax.nodes import Await, Call, Loop, Member, Name
from convex_lint.values import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression, Function


class QueryReuse:
    """A use of a query in a name that is surely used up: by the use before it, or in the round of a loop before."""

    def __init__(self, module: Module, name: str, first: Expression, second: Expression) -> None:
        self.module = module
        self.name = name
        self.place = _place(module, second)
        self.looped = first is second
        self.before = Related(_place(module, first), "it is used up here")


def find(module: Module) -> Iterator[QueryReuse]:
    """Yield the uses of queries in names that are used up, in a function as it runs from its start to its end."""
    for binding in _held(module):
        value = module.linked.value(binding.uses[0])
        # `ctx.db.query("t")` itself may be used often: each use starts a query of its own.
        if not isinstance(value, Query) or not value.started:
            continue
        for function in dict.fromkeys(use.scope.function for use in binding.uses if _uses_up(use)):
            found = _twice(function, binding) if function is not None and module.whole(function, function) else None
            if found is not None:
                yield QueryReuse(module, binding.name, *found)


def _held(module: Module) -> Iterator[Binding]:
    """Yield the names that may hold a query, told from names and places alone: not those that are assigned again."""
    found: dict[Binding, None] = {}
    for call in module.summary.calls(ends.STEPS):
        of = bare(call.callee.of) if isinstance(call.callee, Member) else None
        binding = of.binding if isinstance(of, Name) else None
        if binding is not None and not (binding.writes or binding.steps) and binding.of is not None:
            found[binding] = None
    for binding in found:
        held = bare(binding.of) if binding.of is not None else None
        if isinstance(held, Call) and not isinstance(held, Await):
            yield binding


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


def _twice(function: Function, binding: Binding) -> tuple[Expression, Expression] | None:
    def leaf(node: Expression) -> twice.Twice:
        if node is binding.of:
            return twice.FRESH
        is_use = isinstance(node, Name) and node.binding is binding and _uses_up(node)
        return twice.done(node) if is_use else twice.NEVER

    return twice.find(function, leaf)


def _place(module: Module, use: Expression) -> Place:
    member = outermost(use).parent
    return (
        Place(module.path, Span(member.name_start, member.name_end)) if isinstance(member, Member) else module.at(use)
    )
