"""Calls, and what becomes of what they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, dotted
from convex_lint.source import Span
from convex_lint.subjects.functions import kinds
from convex_lint.syntax.nodes import Binary, Cast, Conditional, Declare, Evaluate, Function, Member, Name, Return, Unary
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
        if isinstance(callee, Method) and isinstance(callee.of, ArrayOf):
            return None  # `pop()` and its like take out what was made before, and others may wait for it
        value = present(self.value)
        return value if isinstance(value, Promise) else None

    @property
    def dropped(self) -> bool:
        """Whether nothing is done with what the call gives: it is a statement, or kept in a name nobody reads."""
        return is_dropped(self.module, self.node)

    @property
    def voided(self) -> bool:
        """Whether what the call gives is thrown away with `void`."""
        return _void(self.node) is not None and not _is_aside(self.node)

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
        if isinstance(self.node.callee, Function):
            return "this async function"
        name = dotted(self.node.callee)
        return f"`{name}`" if name is not None else "this call"

    def awaited(self) -> Edit | None:
        """Return the edit that awaits the call, where the function around it allows that."""
        function = self.node.function
        if function is not None and not function.asynchronous:
            return None
        void = _void(self.node)
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


def is_dropped(module: Module, node: nodes.Call) -> bool:
    """Say whether nothing is done with what a call gives."""
    user = _user(node)
    dropped = isinstance(user, Evaluate) or (isinstance(user, Declare) and _is_unread(module, user))
    return dropped and not _is_aside(node)


def _is_aside(node: nodes.Call) -> bool:
    """Say whether it is `kept.catch(…)` or `kept.finally(…)` on a promise in a name that is used elsewhere too."""
    callee = bare(node.callee)
    of = bare(callee.of) if isinstance(callee, Member) and callee.name in {"catch", "finally"} else None
    binding = of.binding if isinstance(of, Name) else None
    return binding is not None and len(binding.uses) > 1


def _is_unread(module: Module, declared: Declare) -> bool:
    exported = module.summary.exported
    return bool(declared.bindings) and all(
        not (binding.writes or binding.steps)
        and binding not in exported
        # A name that is a statement of its own is not read.
        and all(isinstance(use.parent, Evaluate) for use in binding.uses)
        for binding in declared.bindings
    )


def _void(node: nodes.Call) -> Unary | None:
    user = _user(node)
    if not isinstance(user, Unary) or user.operator != "void":
        return None
    # A callback that is one `void` expression throws away as well as a statement does.
    return user if isinstance(_user(user), Evaluate | Return) else None


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


_PASSED_ON = (Evaluate, Declare, Unary, Cast, Binary, Conditional)
"""What a call stands in whose result is thrown away: most calls stand in something else."""


def find_dropped(module: Module) -> Iterator[Dropped]:
    """Yield the calls of a module whose results are thrown away."""
    for node in module.summary.code.calls:
        if node.parent.__class__ not in _PASSED_ON:
            continue
        void = _void(node) is not None
        is_thrown_away = not _is_aside(node) if void else is_dropped(module, node)
        if is_thrown_away and module.whole(node, node.function):
            yield Dropped(Call(module, node), void=void)


def find(module: Module) -> Iterator[Call]:
    """Yield the calls of a module."""
    for node in module.summary.code.calls:
        if module.whole(node, node.function):
            yield Call(module, node)
