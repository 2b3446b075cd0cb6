"""Asynchronous callbacks of array methods, and whether anyone waits for the promises that they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.language import PREDICATES, PROMISE_MAKERS
from convex_lint.link.shapes import callback
from convex_lint.subjects import combining, drops
from convex_lint.syntax import nodes
from convex_lint.syntax.nodes import (
    EACH,
    Array,
    Assign,
    Await,
    Call,
    Declare,
    Index,
    Loop,
    Member,
    Name,
    Spread,
)
from convex_lint.values import ArrayOf, Closure, Global, Method, Promise, Unknown, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression, Function, Node

_MAPS = frozenset({"map", "flatMap"})
_DEEP = 3
"""How many functions one in the other are looked into for someone who waits."""

_RUNNERS = PREDICATES | _MAPS | {"forEach"}


class AsyncCallback:
    """A call that runs an asynchronous callback for each item, and does not wait; `method` is what runs it."""

    def __init__(self, module: Module, node: Call, method: str) -> None:
        self.module = module
        self.node = node
        self.method = method

    @property
    def place(self) -> Place:
        """The whole call."""
        return self.module.at(self.node)

    def combined(self) -> tuple[Edit, ...]:
        """Return the edits that wait for all promises; none where that is not possible, or not sure."""
        return combining.edits(self.module, self.node)


def find(module: Module) -> Iterator[AsyncCallback]:
    """Yield the calls of array methods whose callback surely gives a promise that is not waited for."""
    for call in module.summary.calls(_RUNNERS):
        if isinstance(call.callee, Member) and call.arguments:
            function = callback(module.linked, call.arguments[0])
            if function is not None and _is_lost(module, call, call.callee.name, function):
                yield AsyncCallback(module, call, call.callee.name)


def _is_lost(module: Module, call: Call, method: str, function: Function) -> bool:
    if function.generator or not module.whole(call, call.function):
        return False
    if not module.linked.may_give(function.scope.path, function.ordinal):
        return False
    made = module.linked.result(function)
    # What may be missing is a condition that makes sense: `promises.filter((one) => one)`.
    if not isinstance(made if method in PREDICATES else present(made), Promise):
        return False
    if method not in PREDICATES and drops.is_dropped(module, call, many=True):
        return True  # whatever has a `forEach` or a `map`: as a statement, nobody waits for what it gives
    callee = present(module.linked.value(call.callee))
    of_array = isinstance(callee, Method) and isinstance(callee.of, ArrayOf)
    return of_array and (method not in _MAPS or _goes_in_vain(module, call))


def _goes_in_vain(module: Module, call: Call) -> bool:
    """Say whether an array of promises goes where nobody will wait for them, but for one promise or for values."""
    parent = drops.carried(call).parent
    if isinstance(parent, nodes.Return) and parent.function is not None:
        return _is_given_in_vain(module, parent.function)
    return _is_awaited_in_vain(module, call)


def _is_awaited_in_vain(module: Module, call: Call) -> bool:
    """Say whether an array of promises is awaited as if it were one promise, and nobody waits for them later."""
    given = drops.carried(call)
    match given.parent:
        case Await() as waiting:
            return not _is_waited_later(module, waiting, None)
        case Array(parent=Call() as combined) as several if _combines(module, combined, several):
            whole = drops.carried(combined).parent
            return isinstance(whole, Await) and not _is_waited_later(module, whole, several.items.index(given))
        case _:
            return False


def _is_given_in_vain(module: Module, function: Function) -> bool:
    """Say whether an array of promises that a function returns goes to a client, or is awaited as if it were one."""
    if function in module.sending:
        return True
    binding = function.scope.find(function.name) if function.name is not None else None
    if binding is None or binding.of is not function or binding in module.summary.exported or not binding.uses:
        return False
    return all(isinstance(use.parent, Call) and _is_given_on(module, use.parent) for use in binding.uses)


def _is_given_on(module: Module, call: Call) -> bool:
    """Say whether an array of promises that a call gives is awaited as if it were one, or goes to a client."""
    parent = drops.carried(call).parent
    if isinstance(parent, nodes.Return):
        return parent.function in module.sending
    return _is_awaited_in_vain(module, call)


def _combines(module: Module, call: Node | None, argument: Expression) -> bool:
    """Say whether a call is `Promise.all` or one of its like, of an argument."""
    if not isinstance(call, Call) or call.new or argument not in call.arguments:
        return False
    callee = module.linked.value(call.callee)
    return isinstance(callee, Global) and callee.name in PROMISE_MAKERS


def _is_waited_later(module: Module, node: Expression, item: int | None) -> bool:
    """Say whether someone may wait for the promises in an array, or in one item of it."""
    node = drops.carried(node)
    match node.parent:
        case Declare(bindings=bindings):
            kept = [one for one in bindings if item is None or not one.steps or one.steps[0] == item]
            return any(_is_waited(module, use) for one in kept for use in one.uses)
        case Assign(target=Name() as target):
            bound = target.scope.find(target.text)
            return bound is None or any(_is_waited(module, use) for use in bound.uses)
        case Assign():
            return True
        case _:
            return _is_waited(module, node)


def _is_waited(module: Module, use: Expression, deep: int = 0) -> bool:
    """Say whether someone may wait for the promises that an expression gives: silence where that is not seen."""
    node = drops.carried(use)
    match node.parent:
        case Loop(form="of") as loop:
            return loop.awaits or any(_is_awaited_item(name, node) for name in module.summary.code.names)
        case Call() as call if node in call.arguments:
            return _may_wait(module, call, node, deep)
        case Spread(parent=Array(parent=Call() as call) as several):
            return _combines(module, call, several)
        case Index() as index:
            return isinstance(drops.carried(index).parent, Await)
        case Member(parent=Call() as call):
            return _gives_promises(module, call) and _is_waited(module, call, deep)
        case _:
            return deep > 0  # what a function is given it may hand on


def _gives_promises(module: Module, call: Call) -> bool:
    made = present(module.linked.value(call))
    return isinstance(made, ArrayOf) and isinstance(present(made.of), Promise | Unknown)


def _is_awaited_item(name: Name, subject: Expression) -> bool:
    if not isinstance(name.parent, Await):
        return False
    bound: Binding | None = name.scope.find(name.text)
    return bound is not None and bound.of is subject and bound.steps[:1] == (EACH,)


def _may_wait(module: Module, call: Call, given: Expression, deep: int) -> bool:
    """Say whether a call may wait for the promises that it is given: a combinator, or a function that is not seen."""
    callee = present(module.linked.value(call.callee))
    match callee:
        case Global():
            return callee.name in PROMISE_MAKERS
        case Closure(path=module.path) if deep < _DEEP:
            function = module.linked.function(callee)
            at = call.arguments.index(given)
            parameter = function.parameters[at] if at < len(function.parameters) else None
            if parameter is None or parameter.rest or any(one.steps or one.writes for one in parameter.pattern):
                return True
            return any(_is_waited(module, use, deep + 1) for one in parameter.pattern for use in one.uses)
        case Method():
            return isinstance(callee.of, Unknown | Promise)
        case _:
            return True
