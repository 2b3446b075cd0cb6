"""Where a database query goes that an expression gives, and which methods run it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.api import CHAINED, TERMINALS
from convex_lint.link import modules, parameters
from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import Assign, Call, Conditional, Declare, Function, Loop, Member, Name, Return

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression

STEPS = CHAINED | TERMINALS
"""The methods of a query."""


class Ends(NamedTuple):
    """The methods that may run a query; `seen` says whether every way that it goes was seen."""

    seen: bool
    methods: frozenset[str] = frozenset()


NOWHERE = Ends(seen=True)
UNSEEN = Ends(seen=False)


def of(linked: Linked, node: Expression) -> Ends:
    """Return what runs the query that an expression of the module that asks is."""
    return _follow(linked, node, set())


def of_result(linked: Linked, function: Function) -> Ends:
    """Return what runs the query that a function returns."""
    if not parameters.only_called(linked, function):
        return UNSEEN
    found = []
    for path, call in linked.calls_of(function):
        with linked.at(path):
            found.append(_follow(linked, call, set()))
    return _all(found)


def of_parameter(linked: Linked, function: Function, index: int) -> Ends:
    """Return what runs the query that a function is given."""
    if function.body is None:
        return UNSEEN
    names = function.parameters[index].pattern if index < len(function.parameters) else ()
    return _follow_name(linked, names[0], set()) if len(names) == 1 and not names[0].steps else UNSEEN


def _all(found: Iterable[Ends]) -> Ends:
    methods: frozenset[str] = frozenset()
    for one in found:
        if not one.seen:
            return UNSEEN
        methods |= one.methods
    return Ends(seen=True, methods=methods)


def _follow(linked: Linked, node: Expression, seen: set[Binding]) -> Ends:  # noqa: PLR0911  a case each
    node = outermost(node)
    parent = node.parent
    match parent:
        case Member(parent=Call() as call, name=name) if name in STEPS:
            return Ends(seen=True, methods=frozenset({name})) if name in TERMINALS else _follow(linked, call, seen)
        case Declare(bindings=(binding,)) if not binding.steps:
            return _follow_name(linked, binding, seen)
        case Assign(operator="=", target=Name() as target):
            bound = target.binding
            return _follow_name(linked, bound, seen) if bound is not None else UNSEEN
        case Conditional() if parent.test is not node:
            return _follow(linked, parent, seen)
        case Return(function=Function() as function):
            return linked.result_ends(function.scope.path, function.ordinal)
        case Call() if node in parent.arguments:
            callee = modules.callee(linked, parent)
            if callee is None:
                return UNSEEN
            return linked.parameter_ends(callee.path, callee.ordinal, parent.arguments.index(node))
        case Loop(form="of", awaits=True):
            return Ends(seen=True, methods=frozenset({"for await"}))
        case _:
            return UNSEEN


def _follow_name(linked: Linked, binding: Binding, seen: set[Binding]) -> Ends:
    if binding in seen:
        return NOWHERE
    seen.add(binding)
    return _all([_follow(linked, use, seen) for use in binding.uses])
