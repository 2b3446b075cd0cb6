"""Queries that are paginated a second time in one run of a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place, Related
from convex_lint.link import paging
from convex_lint.source import Span
from convex_lint.subjects import twice
from convex_lint.subjects.clock import around
from convex_lint.syntax.nodes import Call, Loop, Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression, Function


class SecondPage:
    """A call that reads a page, itself or in a helper, after another that surely did, or in each round of a loop."""

    def __init__(self, module: Module, first: Expression, second: Expression) -> None:
        self.module = module
        self.place = _place(module, second)
        self.looped = first is second
        self.before = Related(_place(module, first), "the first page is read here")


def find(module: Module) -> Iterator[SecondPage]:
    """Yield the calls of a module that read a second page, one of each function; in a component, not even one works."""
    if module.in_component or not module.linked.may_paginate(module.path):
        return
    calls = dict.fromkeys(paging.of(module.linked, module.path, module.summary.code.calls), False)
    calls |= dict.fromkeys(paging.repeated(module.linked, module.path, calls), True)
    for function in dict.fromkeys(call.function for call in calls):
        found = _twice(function, calls) if function is not None and module.whole(function, function) else None
        if found is not None:
            yield SecondPage(module, *found)


def _twice(function: Function, calls: Mapping[Call, bool]) -> tuple[Expression, Expression] | None:
    def leaf(node: Expression) -> twice.Twice:
        if not isinstance(node, Call) or node not in calls:
            return twice.NEVER
        return twice.repeated(node) if calls[node] else twice.done(node)

    inside = [call for call in calls if call.function is function]
    return twice.find(function, leaf) if len(inside) > 1 or _is_repeated(function, inside[0], calls) else None


def _is_repeated(function: Function, call: Call, calls: Mapping[Call, bool]) -> bool:
    """Say whether a call may be made more than once in a run of a function."""
    outer = around(function.body, call) if function.body is not None else ()
    return calls[call] or any(isinstance(one, Loop) for one in outer)


def _place(module: Module, call: Expression) -> Place:
    if isinstance(call, Call) and isinstance(call.callee, Member):
        return Place(module.path, Span(call.callee.name_start, call.callee.name_end))
    return module.at(call.callee if isinstance(call, Call) else call)
