"""Functions whose type TypeScript cannot tell, because they return what another function of the project gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.language import PROMISE_MAKERS
from convex_lint.link.shapes import outermost
from convex_lint.subjects import given, references
from convex_lint.syntax.nodes import (
    Array,
    Await,
    Binary,
    Call,
    Cast,
    Conditional,
    Declare,
    Index,
    Member,
    Name,
    Object,
    Property,
    Return,
    Spread,
    Template,
    Unary,
)
from convex_lint.values import Global

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.link.registered import Registered
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.references import ReferenceUse
    from convex_lint.syntax.nodes import Binding, Expression, Function, Node

_TYPED = (".ts", ".tsx", ".mts", ".cts")
_ROOTS = frozenset({"api", "internal"})
_BY = frozenset({"run", "scheduler"})
_INFERRED = frozenset({"every", "filter", "find", "findLast", "flatMap", "map", "reduce", "then"})
"""The methods whose type is inferred from their callback, or chosen among several by it (`lib.es5.d.ts` and later)."""

_WITHIN = (Array, Await, Binary, Call, Cast, Conditional, Index, Member, Object, Property, Spread, Template, Unary)
"""What an expression stands in whose type is made of its own."""


class Circular:
    """A function that returns what another one gives that it refers to, with no type written down on the way.

    The type of a reference is made of the types of all functions, and so the type of this one is made of itself, unless
    the generated code has them written out.
    """

    def __init__(self, use: ReferenceUse, made: Registered) -> None:
        self.module = use.module
        self.name = made.names[0]
        self.spelt = use.spelt
        self._use = use

    @property
    def place(self) -> Place:
        """The reference."""
        return self._use.place


def find(module: Module) -> Iterator[Circular]:
    """Yield the functions of a module whose type is made of itself, once each."""
    project = module.linked.project_of(module.path)
    if not module.path.endswith(_TYPED) or (project is not None and project.static_api):
        return
    made = given.handlers(module)
    seen: set[Function | None] = set()
    for use in references.find(module) if made else ():
        handler = use.call.function
        if use.by not in _BY or handler in seen or handler not in made:
            continue
        if _is_open(made[handler]) and _is_typed(use.node) and _is_returned(module, use.call, set()):
            seen.add(handler)
            yield Circular(use, made[handler])


def _is_open(made: Registered) -> bool:
    """Say whether no type is written down for a function, its result or its ctx."""
    handler, holder = made.handler, outermost(made.call).parent
    is_declared = isinstance(holder, Declare) and any(bound.type is not None for bound in holder.bindings)
    if handler is None or handler.result is not None or is_declared or made.kind == "httpAction":
        return False
    return not any(one.type is not None for one in handler.parameters[:1])


def _is_typed(reference: Expression) -> bool:
    """Say whether a reference is taken from the generated code as it is."""
    if isinstance(reference.parent, Cast):
        return False
    node: Node = reference
    while isinstance(node, Member):
        node = node.of
    bound = node.binding if isinstance(node, Name) else None
    return bound is not None and bound.form == "import" and bound.imported in _ROOTS


def _is_returned(module: Module, of: Expression, seen: set[Binding]) -> bool:
    """Say whether the type of an expression is a part of what its handler returns.

    That of a call has not to be made of what the call is given, but for what waits for promises, and for `map` and its
    like.
    """
    inner: Node = of
    node = of.parent
    while isinstance(node, _WITHIN):
        if isinstance(node, Cast) and node.form == "as":
            return False
        if isinstance(node, Call) and inner in node.arguments and not _passes(module, node):
            return False
        inner, node = node, node.parent
    if isinstance(node, Return) and node.function is not None:
        return node.function in module.sending or _is_inferred(module, node.function, seen)
    if not isinstance(node, Declare) or any(bound.type is not None for bound in node.bindings):
        return False
    new = [bound for bound in node.bindings if bound not in seen]
    seen.update(new)
    return any(_is_returned(module, use, seen) for bound in new for use in bound.uses)


def _passes(module: Module, call: Call) -> bool:
    """Say whether a call gives what it is given: `Promise.all(…)`."""
    callee = module.linked.value(call.callee)
    return isinstance(callee, Global) and callee.name in PROMISE_MAKERS


def _is_inferred(module: Module, function: Function, seen: set[Binding]) -> bool:
    """Say whether what a function in a handler returns is a part of what the handler does: `map` gives it."""
    call = outermost(function).parent
    callee = call.callee if isinstance(call, Call) and function in call.arguments else None
    is_callback = isinstance(callee, Member) and callee.name in _INFERRED and function.result is None
    return is_callback and isinstance(call, Call) and _is_returned(module, call, seen)
