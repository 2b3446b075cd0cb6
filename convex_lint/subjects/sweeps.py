"""Loops over what a query gives, in which the same run writes for each document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.facts.api import WRITES
from convex_lint.link import modules
from convex_lint.link.shapes import dotted, outermost
from convex_lint.syntax.nodes import Await, Call, Declare, Function, Loop, Member
from convex_lint.values import Db, Method, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression, Statement

_EACH = frozenset({"map", "forEach", "flatMap"})


def written(module: Module, chain: Call) -> str | None:
    """Say what writes for each document that a chain gives, in the words of a message; None where nothing surely does.

    A loop that may end before it is through is none, and one that writes for some of the documents only is none either.
    """
    for part in _parts(module, chain):
        inside = [call for call in module.summary.code.calls if part.start <= call.start < part.end]
        named = ((call, _writes(module, call)) for call in inside)
        writes: dict[object, str] = {call: words for call, words in named if words is not None}
        test = writes.__contains__
        if writes and (flow.always(part, test) if isinstance(part, Function) else flow.each_round(part, test)):
            return next(iter(writes.values()))
    return None


def _writes(module: Module, call: Call) -> str | None:
    """Return what is called, if it surely writes: the database, or a function of the module that does."""
    if _is_write(module, call):
        return f"ctx.db.{call.callee.name}" if isinstance(call.callee, Member) else None
    closure = modules.callee(module.linked, call)
    if closure is None or closure.path != module.path:
        return None
    function = module.linked.function(closure)
    writes = flow.always(function, lambda node: isinstance(node, Call) and _is_write(module, node))
    return dotted(call.callee) if writes else None


def _is_write(module: Module, call: Call) -> bool:
    if not isinstance(call.callee, Member) or call.callee.name not in WRITES:
        return False
    callee = present(module.linked.value(call.callee))
    return isinstance(callee, Method) and isinstance(callee.of, Db) and callee.of.writer


def _parts(module: Module, chain: Call) -> Iterator[Statement | Function]:
    """Yield the bodies of the loops over what a chain gives, and the callbacks that run for each of it."""
    given = outermost(chain)
    if isinstance(given.parent, Await):
        given = outermost(given.parent)
    if not isinstance(given.parent, Declare):
        yield from _each(given)
        return
    bindings = given.parent.bindings
    if len(bindings) == 1 and not (bindings[0].steps or bindings[0].writes or bindings[0] in module.summary.exported):
        for use in bindings[0].uses:
            yield from _each(outermost(use))


def _each(given: Expression) -> Iterator[Statement | Function]:
    match given.parent:
        case Loop(form="of", body=body) as loop if given in loop.heads:
            ends = flow.outcome(body)
            if ends.breaks is None and ends.returns is None:
                yield body
        case Member(name=name, parent=Call(arguments=[Function() as callback, *_])) if name in _EACH:
            yield callback
        case _:
            pass
