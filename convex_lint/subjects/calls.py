"""Calls, and what becomes of what they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import WRITES
from convex_lint.link import modules
from convex_lint.subjects.functions import kinds
from convex_lint.syntax.nodes import Binary, Cast, Conditional, Declare, Evaluate, Unary
from convex_lint.values import Db, Method, Promise, Service, Value, present

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
        value = present(self.value)
        return value if isinstance(value, Promise) else None

    @property
    def dropped(self) -> bool:
        """Whether nothing is done with what the call gives: it is a statement, or kept in a name nobody reads."""
        user = _user(self.node)
        return isinstance(user, Evaluate) or (isinstance(user, Declare) and self._is_unread(user))

    def _is_unread(self, declared: Declare) -> bool:
        exported = self.module.summary.exported
        return bool(declared.bindings) and all(
            not (binding.uses or binding.writes or binding.steps) and binding not in exported
            for binding in declared.bindings
        )

    @property
    def voided(self) -> bool:
        """Whether what the call gives is thrown away with `void`."""
        user = _user(self.node)
        return isinstance(user, Unary) and user.operator == "void" and isinstance(_user(user), Evaluate)

    @property
    def writes_or_schedules(self) -> bool:
        """Whether the call is a database write, or schedules a function."""
        match self.callee:
            case Method(of=Db(), name=name):
                return name in WRITES
            case Method(of=Service(name="scheduler")):
                return True
            case _:
                return False

    @property
    def transactional(self) -> bool:
        """Whether the call surely stands in a query or a mutation."""
        found = kinds(self.module, self.node.function)
        return bool(found) and "action" not in found

    @property
    def words(self) -> str:
        """What is called, in the words of a message."""
        promise = self.promise
        if promise is not None and promise.made_by:
            return promise.made_by
        function = modules.callee(self.module.linked, self.node)
        if function is not None and function.name is not None:
            return function.name
        return self.module.text(self.node.callee).split("\n", 1)[0]

    def awaited(self) -> Edit | None:
        """Return the edit that awaits the call, where the function around it allows that."""
        function = self.node.function
        if function is not None and not function.asynchronous:
            return None
        user = _user(self.node)
        start = user.start if isinstance(user, Unary) else self.node.start
        return self.module.insert(start, "await ")


def _user(node: nodes.Expression) -> nodes.Node | None:
    """Return what uses the value of an expression, past casts, commas and branches that hand it on."""
    while True:
        parent = node.parent
        match parent:
            case Cast():
                node = parent
            case Binary(operator=",") if parent.left is node:
                return Evaluate(parent.start, parent.end, parent, None)
            case Binary(operator="," | "&&" | "||" | "??") if parent.right is node:
                node = parent
            case Conditional() if parent.test is not node:
                node = parent
            case _:
                return parent


def find(module: Module) -> Iterator[Call]:
    """Yield the calls of a module."""
    for node in module.summary.code.calls:
        if module.whole(node, node.function):
            yield Call(module, node)
