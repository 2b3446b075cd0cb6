"""Validators as code makes them: the calls of `v`, and the members of a validator.

Read in the npm package `convex` 1.48.0: `values/validator.d.ts`, `values/validators.d.ts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import literal
from convex_lint.syntax.nodes import Spread
from convex_lint.validators import (
    NOT_KNOWN,
    NULL_VALIDATOR,
    as_validator,
    extend,
    objects,
    omit,
    optional,
    partial,
    pick,
    union,
)
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Constant,
    Method,
    Structure,
    Validator,
    Value,
)

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call

SIMPLE = {
    "null": "null",
    "number": "float64",
    "float64": "float64",
    "bigint": "int64",
    "int64": "int64",
    "commitTs": "commitTs",
    "function": "function",
    "boolean": "boolean",
    "string": "string",
    "bytes": "bytes",
    "any": "any",
}
"""The functions of `v` whose arguments say nothing of the values, and the kind of the validators that they make.

What `v.function` (`convex` 1.49) is given is for the type checker alone.
"""

FUNCTIONS = (*SIMPLE, "id", "literal", "optional", "array", "record", "object", "nullable", "union")
"""The functions of `v`."""

METHODS = frozenset({"optional", "omit", "pick", "partial", "extend"})
"""The methods of a validator that make another one."""


def made(linked: Linked, name: str, call: Call) -> Validator:  # noqa: PLR0911  one case a function
    """Return what a call of a function of `v` makes."""
    if name in SIMPLE:
        return Validator(SIMPLE[name])
    first = argument(linked, call, 0)
    match name:
        case "id":
            return Validator("id", table=literal(linked, call, 0))
        case "literal":
            return Validator("literal", literal=_constant(linked, call))
        case "optional":
            return optional(first)
        case "array":
            return Validator("array", items=(first,))
        case "record":
            return Validator("record", items=(first, argument(linked, call, 1)))
        case "object":
            return first if first.kind == "object" else objects({}, more=True)
        case "nullable":
            return union((first, NULL_VALIDATOR))
        case "union":
            return _union(linked, call)
        case _:
            return NOT_KNOWN


def argument(linked: Linked, call: Call, index: int) -> Validator:
    """Return the validator that an argument is, or is an object of validators for."""
    if index >= len(call.arguments) or any(isinstance(one, Spread) for one in call.arguments[: index + 1]):
        return NOT_KNOWN
    return as_validator(linked.value(call.arguments[index]))


def _constant(linked: Linked, call: Call) -> Constant | None:
    value = linked.value(call.arguments[0]) if call.arguments else UNKNOWN
    return value if isinstance(value, Constant) else None


def _union(linked: Linked, call: Call) -> Validator:
    items: list[Validator] = []
    more = False
    for argument in call.arguments:
        if not isinstance(argument, Spread):
            items.append(as_validator(linked.value(argument)))
            continue
        more = True  # how many there are is not known
        found = linked.value(argument.of)
        if isinstance(found, ArrayOf) and isinstance(found.of, Validator):
            items.append(found.of)
    return union(items, more=more)


def member(of: Validator, name: str) -> Value:  # noqa: C901, PLR0911, PLR0912  one case a member
    """Return a member of a validator."""
    if name in METHODS:
        return Method(of, name)
    match of.kind, name:
        case "", _:
            return UNKNOWN
        case kind, "kind":
            return Constant("string", kind)
        case _, "isOptional":
            return Constant("string", "optional" if of.optional else "required")
        case "object", "fields":
            return Structure(of.fields, of.open)
        case "array", "element":
            return of.items[0]
        case "record", "key":
            return of.items[0]
        case "record", "value":
            return of.items[1]
        case "union", "members" if len(set(of.items)) == 1 and not of.open:
            return ArrayOf(of.items[0])
        case "union", "members":
            return ArrayOf(NOT_KNOWN)
        case "id", "tableName" if of.table is not None:
            return Constant("string", of.table)
        case "literal", "value" if of.literal is not None:
            return of.literal
        case _:
            return UNKNOWN


def method(linked: Linked, of: Validator, name: str, call: Call) -> Value:
    """Return what a method of a validator gives."""
    match name:
        case "optional":
            return optional(of)
        case "partial":
            return partial(of)
        case "pick":
            return pick(of, _names(linked, call))
        case "omit":
            return omit(of, _names(linked, call))
        case "extend":
            return extend(of, argument(linked, call, 0))
        case _:
            return UNKNOWN


def _names(linked: Linked, call: Call) -> list[str] | None:
    """Return the strings that the arguments of a call are; None where not all of them are known."""
    found = [literal(linked, call, at) for at in range(len(call.arguments))]
    names = [name for name in found if name is not None]
    return names if len(names) == len(found) else None
