"""What arrays, maps and objects with computed keys give: their methods, their items, and what makes them."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from convex_lint.facts.language import ITEM, SAME_ARRAY
from convex_lint.link import primitives
from convex_lint.link.shapes import callback
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    MapOf,
    Nullable,
    Primitive,
    RecordOf,
    Structure,
    Value,
    awaited,
    join,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call

MADE = frozenset({"Array", "Set", "Map", "Array.from", "Object.values", "Object.keys", "Object.entries",
                  "Object.fromEntries"})  # fmt: skip
"""The functions and classes that make a collection."""


_PLACES = 16
"""The items of an array that are known by their places: nobody takes a longer one apart."""


def listed(items: Iterable[Value]) -> ArrayOf:
    """Return the array of some items."""
    given = tuple(items)
    return ArrayOf(reduce(join, given) if given else UNKNOWN, given[:_PLACES])


def items_of(of: Value) -> Value:
    """Return what a loop over a collection gives each time."""
    of = present(of)
    if isinstance(of, MapOf):
        return listed((of.key, of.of))
    return of.of if isinstance(of, ArrayOf) else UNKNOWN


def item(of: Value, at: int) -> Value:
    """Return the item of an array with a number."""
    of = present(of)
    if not isinstance(of, ArrayOf):
        return UNKNOWN
    return of.items[at] if at < len(of.items) else of.of


def array(linked: Linked, of: ArrayOf, name: str, call: Call) -> Value:
    """Return what a method of an array, or of a set, gives."""
    if name in SAME_ARRAY:
        return ArrayOf(of.of)
    if name in ITEM:
        return Nullable(of.of)
    if name in {"map", "flatMap"} and call.arguments:
        function = callback(linked, call.arguments[0])
        made = linked.result(function) if function is not None else UNKNOWN
        return ArrayOf(items_of(made) if name == "flatMap" else made)
    if name == "values":
        return ArrayOf(of.of)
    if name == "entries":
        return ArrayOf(listed((Primitive("number"), of.of)))
    found = primitives.method("array", name)
    return found if found is not UNKNOWN else primitives.method("set", name)


def mapping(of: MapOf, name: str) -> Value:
    """Return what a method of a map gives."""
    match name:
        case "get":
            return of.of if of.of is UNKNOWN else Nullable(present(of.of))
        case "keys":
            return ArrayOf(of.key)
        case "values":
            return ArrayOf(of.of)
        case "entries":
            return ArrayOf(items_of(of))
        case _:
            return primitives.method("map", name)


def made(linked: Linked, name: str, call: Call) -> Value:  # noqa: PLR0911  one case a name
    """Return what a call of one of `MADE` gives."""
    first = present(linked.value(call.arguments[0])) if call.arguments else UNKNOWN
    match name:
        case "Array" | "Set":
            return ArrayOf(linked.type(call.types[0]) if call.types else items_of(first))
        case "Map" if len(call.types) > 1:
            return MapOf(linked.type(call.types[0]), linked.type(call.types[1]))
        case "Map":
            pair = items_of(first)
            return MapOf(item(pair, 0), item(pair, 1))
        case "Array.from" if len(call.arguments) > 1:
            function = callback(linked, call.arguments[1])
            return ArrayOf(linked.result(function) if function is not None else UNKNOWN)
        case "Array.from":
            return ArrayOf(items_of(first))
        case "Object.values":
            return ArrayOf(_held(first))
        case "Object.keys":
            return ArrayOf(Primitive("string"))
        case "Object.entries":
            return ArrayOf(listed((Primitive("string"), _held(first))))
        case _:
            return RecordOf(item(items_of(first), 1))


def _held(of: Value) -> Value:
    """Return what an object holds under each of its keys."""
    if isinstance(of, ArrayOf | RecordOf):
        return of.of
    is_whole = isinstance(of, Structure) and of.fields and not of.open
    return reduce(join, (one for _, one in of.fields)) if is_whole and isinstance(of, Structure) else UNKNOWN


def combined(name: str, first: Value) -> Value:
    """Return what a static method of Promise makes of the promises that it is given."""
    if name == "Promise.resolve":
        return awaited(first)
    if not isinstance(first, ArrayOf):
        return UNKNOWN
    if name == "Promise.all":
        return ArrayOf(awaited(first.of), tuple(awaited(one) for one in first.items))
    if name == "Promise.allSettled":
        return ArrayOf(_settled(first.of), tuple(_settled(one) for one in first.items))
    return awaited(first.of) if name in {"Promise.race", "Promise.any"} else UNKNOWN


def _settled(of: Value) -> Structure:
    return Structure((("status", Primitive("string")), ("value", awaited(of))), open=True)
