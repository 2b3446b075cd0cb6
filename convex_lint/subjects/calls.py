"""Calls, and what becomes of what they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.language import ITEM
from convex_lint.link.shapes import bare, dotted
from convex_lint.source import Span
from convex_lint.subjects import drops
from convex_lint.subjects.functions import kinds
from convex_lint.syntax.nodes import Function
from convex_lint.values import ArrayOf, Closure, Method, Promise, Value, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax import nodes


class Call:
    """A call or a construction."""

    def __init__(self, module: Module, node: nodes.Call) -> None:
        self.module = module
        self.node = node

    @property
    def place(self) -> Place:
        """The whole call."""
        return self.module.at(self.node)

    @property
    def value(self) -> Value:
        """What the call gives."""
        return self.module.linked.value(self.node)

    @property
    def callee(self) -> Value:
        """What is called."""
        return present(self.module.linked.value(self.node.callee))

    @property
    def promise(self) -> Promise | None:
        """The promise that the call gives, if it surely gives one."""
        callee = self.callee
        if isinstance(callee, Method) and isinstance(callee.of, ArrayOf) and callee.name in ITEM:
            return None  # `pop()` and its like take out what was made before, and others may wait for it
        value = present(self.value)
        return value if isinstance(value, Promise) else None

    @property
    def dropped(self) -> bool:
        """Whether nothing is done with what the call gives: it is a statement, or kept in a name nobody reads."""
        return drops.is_dropped(self.module, self.node)

    @property
    def voided(self) -> bool:
        """Whether what the call gives is thrown away with `void`."""
        return drops.void_of(self.node) is not None and not drops.is_aside(self.node)

    @property
    def in_action(self) -> bool:
        """Whether the call surely stands in an action, where work that nobody waits for may never be done."""
        return kinds(self.module, self.node.function) == {"action"}

    @property
    def of_convex(self) -> bool:
        """Whether the call, or the call that a chain of `then` starts with, is one of ctx."""
        promise = self.promise
        return promise is not None and promise.made_by.startswith("ctx.")

    @property
    def words(self) -> str:
        """What is called, in the words of a message."""
        promise = self.promise
        if promise is not None and promise.made_by and not isinstance(self.callee, Closure):
            return f"`{promise.made_by}`"
        called = bare(self.node.callee)
        if isinstance(called, Function):
            return "this async function" if called.asynchronous else "this function"
        name = dotted(self.node.callee)
        return f"`{name}`" if name is not None else "this call"

    def awaited(self) -> Edit | None:
        """Return the edit that awaits the call, where the function around it allows that."""
        function = self.node.function
        if function is not None and not function.asynchronous:
            return None
        void = drops.void_of(self.node)
        if void is not None and void.of is not None:
            return self.module.replace(Span(void.start, void.of.start), "await ")
        return self.module.insert(self.node.start, "await ")


class Dropped:
    """A call whose result is thrown away; with `void`, on purpose."""

    def __init__(self, call: Call, *, void: bool) -> None:
        self.call = call
        self.void = void

    @property
    def place(self) -> Place:
        """The whole call."""
        return self.call.place


def find_dropped(module: Module) -> Iterator[Dropped]:
    """Yield the calls of a module whose results are thrown away."""
    for node in drops.find(module):
        if module.whole(node, node.function):
            yield Dropped(Call(module, node), void=drops.void_of(node) is not None)


def find(module: Module) -> Iterator[Call]:
    """Yield the calls of a module."""
    for node in module.summary.code.calls:
        if module.whole(node, node.function):
            yield Call(module, node)
