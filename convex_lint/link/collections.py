"""What arrays, maps and objects with computed keys give: their methods, their items, and what makes them."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from convex_lint.facts.language import CALLBACKS, ITEM, SAME_ARRAY
from convex_lint.link import primitives
from convex_lint.link.shapes import bare, callback
from convex_lint.syntax.nodes import Array, Call, Member, Spread
from convex_lint.values import (
    PRIMITIVES,
    UNKNOWN,
    ArrayOf,
    Constant,
    Document,
    MapOf,
    Nullable,
    Primitive,
    Promise,
    Query,
    RecordOf,
    Structure,
    Value,
    awaited,
    join,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression

MADE = frozenset({"Array", "Set", "Map", "Array.from", "Object.values", "Object.keys", "Object.entries",
                  "Object.fromEntries"})  # fmt: skip
"""The functions and classes that make a collection."""


_PLACES = 16
"""The items of an array that are known by their places: nobody takes a longer one apart."""


_SORTING = frozenset({"sort", "toSorted"})
"""The methods whose callback receives two items."""

_ADDING = frozenset({"push", "unshift", "add", "set"})
"""The methods that put something into an array, a set or a map."""


def listed(items: Iterable[Value]) -> ArrayOf:
    """Return the array of some items."""
    given = tuple(items)
    return ArrayOf(reduce(join, given) if given else UNKNOWN, given[:_PLACES])


def items_of(of: Value) -> Value:
    """Return what a loop over a collection gives each time."""
    of = present(of)
    if isinstance(of, MapOf):
        return listed((of.key, of.of))
    if isinstance(of, Query):
        return Document(of.table)  # `for await`
    return of.of if isinstance(of, ArrayOf) else UNKNOWN


def item(of: Value, at: int) -> Value:
    """Return the item of an array with a number."""
    of = present(of)
    if not isinstance(of, ArrayOf):
        return UNKNOWN
    return of.items[at] if at < len(of.items) else of.of


def filled(linked: Linked, bound: Binding, of: ArrayOf | MapOf) -> Value:
    """Return the collection that a name holds, with what is put into it wherever the name is used."""
    written = bare(bound.of) if bound.of is not None else None
    added = list(_added(bound))
    parts = written.items if isinstance(written, Array) else written.arguments if isinstance(written, Call) else None
    is_told = isinstance(written, Call) and bool(written.types)
    if not added or is_told or (of.of is UNKNOWN and parts != []):
        return of
    if isinstance(of, MapOf):
        pairs = [[linked.value(argument) for argument in one.arguments[:2]] for one in added if one.arguments[1:]]
        return MapOf(_with(of.key, [pair[0] for pair in pairs]), _with(of.of, [pair[1] for pair in pairs]))
    return ArrayOf(_with(of.of, [_put(linked, item) for one in added for item in one.arguments]))


def _put(linked: Linked, item: Expression) -> Value:
    return items_of(linked.value(item.of)) if isinstance(item, Spread) else linked.value(item)


def _with(of: Value, others: list[Value]) -> Value:
    """Return one of a value and others; where it is known, an unknown one will be like it."""
    if of is UNKNOWN:
        return reduce(join, others) if others else UNKNOWN
    return reduce(join, (one for one in others if one is not UNKNOWN), of)


def _added(bound: Binding) -> Iterator[Call]:
    """Yield the calls that put something into the collection that a name holds."""
    for use in bound.uses:
        member = use.parent
        if isinstance(member, Member) and member.of is use and member.name in _ADDING:
            call = member.parent
            if isinstance(call, Call) and call.callee is member:
                yield call


def array(linked: Linked, of: ArrayOf, name: str, call: Call) -> Value:  # noqa: PLR0911  one case a method
    """Return what a method of an array, or of a set, gives."""
    if name == "flat":
        return ArrayOf(of.of.of if isinstance(of.of, ArrayOf) else of.of)
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
    if name in {"reduce", "reduceRight"}:
        return _reduced(linked, of, call)
    if name == "entries":
        return ArrayOf(listed((Primitive("number"), of.of)))
    found = primitives.method("array", name)
    return found if found is not UNKNOWN else primitives.method("set", name)


def passed(linked: Linked, of: ArrayOf, name: str, call: Call, index: int) -> Value:
    """Return what the callback of a method of an array, or of a set, receives."""
    if name in CALLBACKS and (index == 0 or name in _SORTING):
        return of.of
    if name in {"reduce", "reduceRight"} and index < 2:  # noqa: PLR2004  what is made, then an item
        return of.of if index else _reduced(linked, of, call)
    return Primitive("number") if index == 1 and name in CALLBACKS else UNKNOWN


def _reduced(linked: Linked, of: ArrayOf, call: Call) -> Value:
    """Return what `reduce` gives: what its types say, or its first value where that is a plain one."""
    if call.types:
        return linked.type(call.types[0])
    function = callback(linked, call.arguments[0]) if call.arguments else None
    folded = linked.result(function) if function is not None else UNKNOWN
    if isinstance(folded, Promise):
        return folded
    if len(call.arguments) < 2:  # noqa: PLR2004  the callback, then the first value
        return of.of if call.arguments else UNKNOWN
    first = linked.value(call.arguments[1])
    if isinstance(first, Constant):
        return Primitive(first.form) if first.form in PRIMITIVES else UNKNOWN
    return first if isinstance(first, Primitive | RecordOf | MapOf) else UNKNOWN


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
