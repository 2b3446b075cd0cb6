"""Functions and classes that are only declared, as those of packages are in stubs: what calls give, and take.

What a type parameter stands for is found in what a call is given (see `inference`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.link import classes, typed
from convex_lint.link.inference import Search, match
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import (
    Array,
    Binary,
    Call,
    Cast,
    Class,
    Conditional,
    Declare,
    Object,
    Property,
    Spread,
)
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    ClassOf,
    Closure,
    Instance,
    Method,
    RecordOf,
    Signature,
    Structure,
    Value,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression, Function


class Given(NamedTuple):
    """What a call gives to a declared function that has type parameters: the object it is called on, and the rest."""

    receiver: Value = UNKNOWN
    types: tuple[Value, ...] = ()
    arguments: tuple[Value, ...] = ()


NOTHING = Given()

_FAR = 16
"""Classes above one another that are looked at: one that extends itself has no end."""


def callee(linked: Linked, value: Value) -> tuple[Closure, Value] | None:
    """Return the function that something is, and the object that it is a method of; None for what is no function."""
    if isinstance(value, Closure):
        return value, UNKNOWN
    if isinstance(value, Method) and isinstance(value.of, Instance):
        method = linked.member(value.of.of, value.name, value.of.given)
        return (method, value.of) if isinstance(method, Closure) else None
    return None


def result(linked: Linked, called: Closure, call: Call, receiver: Value = UNKNOWN) -> Value:
    """Return what a call of a declared function gives."""
    given = _given(linked, linked.function(called), call, receiver)
    if given == NOTHING:
        return linked.given(called.path, called.ordinal)
    return linked.applied(called.path, called.ordinal, given)


def made(linked: Linked, of: ClassOf, call: Call) -> Instance:
    """Return the object that a construction of a declared class gives."""
    constructor = linked.member(of, "constructor")
    if not isinstance(constructor, Closure):
        return Instance(of)
    given = _given(linked, linked.function(constructor), call, UNKNOWN)
    if given == NOTHING:
        return Instance(of)
    made_ = linked.applied(constructor.path, constructor.ordinal, given)
    return made_ if isinstance(made_, Instance) else Instance(of)


def _given(linked: Linked, function: Function, call: Call, receiver: Value) -> Given:
    """Return what a call gives to a function, as far as that can change what it returns."""
    of_class = class_of(function)
    is_generic = bool(function.scope.types) or (of_class is not None and bool(of_class.generics))
    if not is_generic:
        return NOTHING
    types = tuple(linked.type(item) for item in call.types)
    return Given(receiver, types, _arguments(linked, call))


def _arguments(linked: Linked, call: Call) -> tuple[Value, ...]:
    found: list[Value] = []
    for argument in call.arguments:
        if isinstance(argument, Spread):
            break
        found.append(linked.value(argument))
    return tuple(found)


def class_of(function: Function) -> Class | None:
    """Return the class that a function is a method of."""
    holder = function.parent
    return holder.parent if isinstance(holder, Property) and isinstance(holder.parent, Class) else None


def applied(linked: Linked, function: Function, given: Given) -> Value:
    """Return what a declared function gives that is called with `given`; a constructor, the object."""
    of_class = class_of(function)
    known = _known(linked, function, given, results=True)
    if of_class is not None and function.name == "constructor":
        return Instance(classes.class_of(of_class), tuple(known.get(name, UNKNOWN) for name in of_class.generics))
    return typed.known(linked, function.result, known) if function.result is not None else UNKNOWN


def takes(linked: Linked, function: Function, given: Given, index: int) -> Value:
    """Return what a declared function says that it takes as an argument."""
    if not function.parameters:
        return UNKNOWN
    parameter = function.parameters[min(index, len(function.parameters) - 1)]
    if parameter.type is None or (index >= len(function.parameters) and not parameter.rest):
        return UNKNOWN
    known = _known(linked, function, given, results=False)
    found = typed.known(linked, parameter.type, known)
    if parameter.rest:
        return found.of if isinstance(found, ArrayOf) else UNKNOWN
    return found


def _known(linked: Linked, function: Function, given: Given, *, results: bool) -> Mapping[str, Value]:
    """Return what the type parameters stand for of a function, and of the class whose method it is."""
    of_class = class_of(function)
    names = tuple(function.scope.types)
    known: dict[str, Value] = {}
    if of_class is not None:
        own = _as_one_of(linked, given.receiver, classes.class_of(of_class))
        known |= {"this": given.receiver, **dict(zip(of_class.generics, own.given, strict=False))}
        if function.name == "constructor":
            names = of_class.generics
    known |= dict(zip(names, given.types, strict=False))
    search = Search(linked, frozenset(names) - known.keys(), {}, results)
    for parameter, argument in zip(function.parameters, given.arguments, strict=False):
        if parameter.type is not None and not parameter.rest:
            match(search, parameter.type, argument)
    return {**known, **search.found}


def _as_one_of(linked: Linked, receiver: Value, of: ClassOf) -> Instance:
    """Return an object as one of the class that the method is of which is called on it."""
    found: Value | None = present(receiver)
    for _ in range(_FAR):
        if not isinstance(found, Instance):
            break
        if found.of == of:
            return found
        found = linked.base(found.of, found.given)
    return Instance(of)


def expected(linked: Linked, node: Expression) -> Value:  # noqa: PLR0911  one case a place
    """Return what the place where an expression is written is declared to take."""
    parent = node.parent
    match parent:
        case Cast():
            written = linked.type(parent.type) if parent.form != "!" else UNKNOWN
            return written if written is not UNKNOWN else expected(linked, parent)
        case Call() if node in parent.arguments:
            return argument(linked, parent, parent.arguments.index(node))
        case Property(key=str() as key, parent=Object() as whole):
            return _part(expected(linked, whole), key)
        case Array():
            whole_ = present(expected(linked, parent))
            return whole_.of if isinstance(whole_, ArrayOf) else UNKNOWN
        case Conditional() if node is not parent.test:
            return expected(linked, parent)
        case Binary(operator="||" | "??"):
            return expected(linked, parent)
        case Declare(bindings=(bound,)) if not bound.steps:
            return linked.type(bound.type)
        case _:
            return UNKNOWN


def argument(linked: Linked, call: Call, index: int) -> Value:
    """Return what a call is declared to take as an argument."""
    if any(isinstance(one, Spread) for one in call.arguments[: index + 1]):
        return UNKNOWN
    value = present(linked.value(call.callee))
    if isinstance(value, Signature):
        return value.takes[index] if index < len(value.takes) else UNKNOWN
    if isinstance(value, ClassOf) and call.new and is_stub(value.path):
        value = linked.member(value, "constructor")
    found = callee(linked, value)
    if found is None:
        return UNKNOWN
    closure, receiver = found
    given = _given(linked, linked.function(closure), call, receiver)
    return linked.takes(closure.path, closure.ordinal, given, index)


def _part(whole: Value, key: str) -> Value:
    whole = present(whole)
    if isinstance(whole, RecordOf):
        return whole.of
    return whole.get(key) if isinstance(whole, Structure) else UNKNOWN
