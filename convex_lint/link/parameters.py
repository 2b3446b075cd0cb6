"""What the parameters of a function receive: by its role, by where it stands, by its type, by its calls."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from convex_lint.facts.language import CALLBACKS
from convex_lint.link import packages
from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import Call, Declare, Member, Name, Spread
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Builder,
    Ctx,
    FieldBuilder,
    Method,
    Nullable,
    Package,
    Promise,
    Query,
    Structure,
    Value,
    awaited,
    join,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.link.registered import Registered
    from convex_lint.syntax.nodes import Binding, Expression, Function

_MANY = 60
"""A helper with more calls than this is not inferred from them: its parameters have types in practice."""


def value(linked: Linked, function: Function, index: int) -> Value:
    """Return what a parameter receives."""
    found = linked.registered_as(function)
    if found and index < 2:  # noqa: PLR2004  ctx and args
        given = [_context_of(linked, one) if index == 0 else _arguments(linked, one) for one in found]
        return reduce(join, given)
    if function.parameters[index].rest:
        return UNKNOWN
    declared = linked.type(function.parameters[index].type)
    if declared is not UNKNOWN:
        return Nullable(present(declared)) if function.parameters[index].optional else declared
    base = linked.customizes(function) if index == 0 else None
    if base is not None:
        return context(base)
    site = outermost(function).parent
    if isinstance(site, Call):
        return _callback(linked, site, index)
    return _from_calls(linked, function, index)


def _context_of(linked: Linked, found: Registered) -> Value:
    with linked.at(found.path):
        builder = linked.value(found.call.callee)
    return context(builder if isinstance(builder, Builder) else found.builder)


def context(builder: Builder) -> Ctx:
    """Return the ctx of the functions that a builder makes."""
    kind = "action" if builder.kind == "httpAction" else builder.kind
    return Ctx(frozenset({kind}), builder.adds, builder.custom)


def _arguments(linked: Linked, found: Registered) -> Value:
    if found.args is None or not found.builder.validates:
        return UNKNOWN
    with linked.at(found.path):
        inner = packages.fields(linked.value(found.args.value))
    if isinstance(inner, Structure) and found.builder.custom:
        return Structure(inner.fields, open=True)
    return inner


def _callback(linked: Linked, call: Call, index: int) -> Value:
    """Return what a callback receives from the call that it is an argument of."""
    callee = linked.value(call.callee)
    first = call.arguments[0] if call.arguments else None
    match callee:
        case Method(of=Query(), name=name) if index == 0 and name in {"filter", "withIndex", "withSearchIndex"}:
            return FieldBuilder(name)
        case Method(of=ArrayOf() as array, name=name) if name in CALLBACKS and index == 0:
            return array.of
        case Method(of=Promise() as promise, name="then") if index == 0:
            return awaited(promise)
        case Package(specifier="convex-helpers", name="asyncMap") if index == 0 and first is not None:
            listed = awaited(linked.value(first))
            return listed.of if isinstance(listed, ArrayOf) else UNKNOWN
        case _:
            return UNKNOWN


def _from_calls(linked: Linked, function: Function, index: int) -> Value:
    """Join what all calls pass, where every use of the function is a call that is seen."""
    if not only_called(linked, function):
        return UNKNOWN
    calls = linked.calls_of(function)
    if not calls or len(calls) > _MANY:
        return UNKNOWN
    found: Value | None = None
    for path, call in calls:
        if any(isinstance(argument, Spread) for argument in call.arguments) or index >= len(call.arguments):
            return UNKNOWN
        if _hands_on(function, index, call.arguments[index]):
            continue
        with linked.at(path):
            passed = linked.value(call.arguments[index])
        found = passed if found is None else join(found, passed)
        if found is UNKNOWN:
            return UNKNOWN
    return found if found is not None else UNKNOWN


def _hands_on(function: Function, index: int, argument: Expression) -> bool:
    """Say whether a function that calls itself passes on what it received."""
    bound = argument.scope.find(argument.text) if isinstance(argument, Name) else None
    return bound is not None and bound in function.parameters[index].pattern and not (bound.steps or bound.writes)


def only_called(linked: Linked, function: Function) -> bool:
    """Say whether every use of a function in the project is a call."""
    bound = own_binding(function)
    if bound is None:
        return False
    if not all(_is_called(use) or use.parent is None for use in bound.uses):
        return False
    summary = linked.summaries[function.scope.path]
    if not summary.exported.get(bound):
        return True
    path = function.scope.path
    return not linked.is_reexported(path) and all(
        _is_called(use) for name in summary.exported[bound] for use in _uses_elsewhere(linked, path, name)
    )


def _uses_elsewhere(linked: Linked, path: str, name: str) -> Iterator[Expression]:
    """Yield the uses of an export in other modules: those of its name, and those as a member of the whole module."""
    for _, imported in linked.importers(path, name):
        yield from imported.uses
    for _, module in linked.importers(path, "*"):
        for use in module.uses:
            if not isinstance(use.parent, Member):
                yield use
            elif use.parent.name == name:
                yield use.parent


def _is_called(use: Expression) -> bool:
    return isinstance(use.parent, Call) and use.parent.callee is use


def own_binding(function: Function) -> Binding | None:
    """Return the name that a function is declared under: its own, or the constant that holds it."""
    if function.form == "declaration" and function.name is not None and function.scope.parent is not None:
        return function.scope.parent.find(function.name)
    holder = outermost(function).parent
    if isinstance(holder, Declare) and len(holder.bindings) == 1 and not holder.bindings[0].steps:
        return holder.bindings[0]
    return None
