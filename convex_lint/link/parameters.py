"""What the parameters of a function receive: by its role, by where it stands, by its type, by its calls."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from convex_lint.link import collections, signatures
from convex_lint.link.shapes import outermost
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Call, Declare, If, Member, Name, Spread, Unary
from convex_lint.validators import as_validator, let_in
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Body,
    Builder,
    Closure,
    Ctx,
    Db,
    FieldBuilder,
    Global,
    MapOf,
    Method,
    Nullable,
    Promise,
    Query,
    Signature,
    Structure,
    Value,
    awaited,
    join,
    present,
)

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.link.registered import Registered
    from convex_lint.syntax.nodes import Binding, Expression, Function, Type

_MANY = 60
"""A helper with more calls than this is not inferred from them: its parameters have types in practice."""


def value(linked: Linked, function: Function, index: int) -> Value:
    """Return what a parameter receives."""
    found = linked.registered_as(function)
    if found and index < 2:  # noqa: PLR2004  ctx and args
        given = [_context_of(linked, one) if index == 0 else _arguments(linked, one) for one in found]
        received = reduce(join, given)
        return received if received is not UNKNOWN else linked.type(function.parameters[index].type)
    if function.parameters[index].rest:
        return UNKNOWN
    declared = linked.type(function.parameters[index].type)
    if isinstance(declared, Structure) and _says_any(function.parameters[index].type):
        declared = _filled(declared, _from_uses(linked, function, index))
    if declared is not UNKNOWN:
        return Nullable(present(declared)) if function.parameters[index].optional else declared
    base = linked.customizes(function) if index == 0 else None
    if base is not None:
        return context(base)
    handed_over = _by_place(linked, function, index)
    if handed_over is not UNKNOWN or isinstance(outermost(function).parent, Call):
        return handed_over
    return _from_uses(linked, function, index)


def _by_place(linked: Linked, function: Expression, index: int) -> Value:
    """Return what a function receives because of where it, or a name for it, is written."""
    written = outermost(function)
    found = _callback(linked, written.parent, written, index) if isinstance(written.parent, Call) else UNKNOWN
    if found is not UNKNOWN:
        return found
    signature = present(signatures.expected(linked, function))
    is_known = isinstance(signature, Signature) and index < len(signature.takes)
    return signature.takes[index] if isinstance(signature, Signature) and is_known else UNKNOWN


def _says_any(written: Type | None) -> bool:
    """Say whether the type of an object leaves something in it open, so that the calls tell more."""
    if written is None:
        return False
    return written.name == "any" or (written.form == "object" and any(_says_any(item) for item in written.items))


def _filled(declared: Value, passed: Value) -> Value:
    """Return what a type says of an object, and what calls pass where it says `any`."""
    if declared is UNKNOWN or isinstance(passed, Ctx | Db):
        return passed
    if not isinstance(declared, Structure) or not isinstance(passed, Structure):
        return declared
    fields = tuple((name, _filled(one, passed.get(name))) for name, one in declared.fields)
    return Structure(fields, declared.open)


def _context_of(linked: Linked, found: Registered) -> Value:
    with linked.at(found.path):
        builder = linked.value(found.call.callee)
    return context(builder if isinstance(builder, Builder) else found.builder)


def context(builder: Builder) -> Ctx:
    """Return the ctx of the functions that a builder makes."""
    kind = "action" if builder.kind == "httpAction" else builder.kind
    return Ctx(frozenset({kind}), builder.adds, builder.open)


def _arguments(linked: Linked, found: Registered) -> Value:
    if found.builder.kind == "httpAction":
        return Body()
    if found.args is None or not found.builder.validates:
        return UNKNOWN
    with linked.at(found.path):
        inner = let_in(as_validator(linked.value(found.args.value)))
    if isinstance(inner, Structure) and found.builder.custom:
        return Structure(inner.fields, open=True)
    return inner


def _callback(linked: Linked, call: Call, written: Expression, index: int) -> Value:  # noqa: PLR0911  one case a callee
    """Return what a callback receives from the call that it is an argument of."""
    callee = linked.value(call.callee)
    at = call.arguments.index(written) if written in call.arguments else None
    match callee:
        case Method(of=Query(), name=name) if index == 0 and name in {"filter", "withIndex", "withSearchIndex"}:
            return FieldBuilder(name)
        case Method(of=ArrayOf() as array, name=name):
            return collections.passed(linked, array, name, call, index)
        case Method(of=MapOf() as found, name="forEach") if index < 2:  # noqa: PLR2004  a value, then its key
            return found.key if index else found.of
        case Method(of=Promise() as promise, name="then") if index == 0:
            return awaited(promise)
        case Global("Array.from") if at == 1 and index == 0:
            return collections.items_of(linked.value(call.arguments[0]))
        case Closure() if at is not None and not is_stub(callee.path):
            return linked.handed(callee.path, callee.ordinal, at, index)
        case _:
            return UNKNOWN


def handed(linked: Linked, function: Function, parameter: int, index: int) -> Value:
    """Return what a function of the project gives, as an argument, to the function that it receives as a parameter."""
    calls = runs(function, parameter)
    if not calls or any(index >= len(call.arguments) for call in calls):
        return UNKNOWN
    if any(isinstance(argument, Spread) for call in calls for argument in call.arguments):
        return UNKNOWN
    return reduce(join, (linked.value(call.arguments[index]) for call in calls))


def runs(function: Function, parameter: int) -> list[Call]:
    """Return the calls of what a function receives as a parameter; none where it does something else with it, too."""
    given = function.parameters[parameter] if parameter < len(function.parameters) else None
    if given is None or given.rest or len(given.pattern) != 1 or given.pattern[0].steps or given.pattern[0].writes:
        return []
    uses = given.pattern[0].uses
    calls = [use.parent for use in uses if isinstance(use.parent, Call) and use.parent.callee is use]
    return calls if len(calls) + sum(isinstance(use.parent, If | Unary) for use in uses) == len(uses) else []


def _from_uses(linked: Linked, function: Function, index: int) -> Value:
    """Join what a function receives wherever it is used, if every use is a call, or hands it to one, that is seen."""
    used = uses(linked, function)
    if not used or len(used) > _MANY:
        return UNKNOWN
    found: Value | None = None
    for path, use in used:
        if hands_on(function, index, use):
            continue
        with linked.at(path):
            passed = _given(linked, use, index)
        found = passed if found is None else join(found, passed)
        if found is UNKNOWN:
            return UNKNOWN
    return found if found is not None else UNKNOWN


def _given(linked: Linked, use: Expression, index: int) -> Value:
    """Return what a function receives where a name for it is used."""
    call = use.parent
    if not isinstance(call, Call) or call.callee is not use:
        return _by_place(linked, use, index)
    if any(isinstance(argument, Spread) for argument in call.arguments) or index >= len(call.arguments):
        return UNKNOWN
    return linked.value(call.arguments[index])


def hands_on(function: Function, index: int, use: Expression) -> bool:
    """Say whether a function that calls itself passes on what it received."""
    call = use.parent
    if not isinstance(call, Call) or call.callee is not use or index >= len(call.arguments):
        return False
    argument = call.arguments[index]
    bound = argument.binding if isinstance(argument, Name) else None
    return bound is not None and bound in function.parameters[index].pattern and not (bound.steps or bound.writes)


def only_called(linked: Linked, function: Function) -> bool:
    """Say whether every use of a function in the project is a call."""
    used = uses(linked, function)
    return used is not None and all(isinstance(use.parent, Call) and use.parent.callee is use for _, use in used)


def uses(linked: Linked, function: Function) -> list[tuple[str, Expression]] | None:
    """Return all uses of a function in the project, each with its module; None where not all are seen."""
    bound = own_binding(function)
    if bound is None:
        return None
    path = function.scope.path
    found: list[tuple[str, Expression]] = [(path, use) for use in bound.uses if use.parent is not None]
    names = linked.summaries[path].exported.get(bound, [])
    if names and linked.is_reexported(path):
        return None
    for name in names:
        found += [(at, use) for at, imported in linked.importers(path, name) for use in imported.uses]
    modules = linked.importers(path, "*") if names else []
    for at, module in modules:
        for use in module.uses:
            if not isinstance(use.parent, Member):
                return None
            if use.parent.name in names:
                found.append((at, use.parent))
    return found


def own_binding(function: Function) -> Binding | None:
    """Return the name that a function is declared under: its own, or the constant that holds it."""
    if function.form == "declaration" and function.name is not None and function.scope.parent is not None:
        return function.scope.parent.find(function.name)
    holder = outermost(function).parent
    if isinstance(holder, Declare) and len(holder.bindings) == 1 and not holder.bindings[0].steps:
        return holder.bindings[0]
    return None
