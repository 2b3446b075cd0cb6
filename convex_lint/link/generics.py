"""The types that TypeScript knows itself: words for primitives, arrays, promises, what is made of other types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.language import BODIES
from convex_lint.link import typed
from convex_lint.values import (
    NULL,
    UNDEFINED,
    UNKNOWN,
    ArrayOf,
    Body,
    ClassOf,
    Closure,
    Constant,
    Ctx,
    Instance,
    MapOf,
    Method,
    Primitive,
    Promise,
    RecordOf,
    Registration,
    Signature,
    Structure,
    Value,
    maybe,
    present,
)

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.link.typed import Reading
    from convex_lint.syntax.nodes import Type

_WORDS: dict[str, Value] = {
    "null": NULL,
    "undefined": UNDEFINED,
    "void": UNDEFINED,
    "string": Primitive("string"),
    "number": Primitive("number"),
    "boolean": Primitive("boolean"),
    "bigint": Primitive("bigint"),
    "ArrayBuffer": Primitive("bytes"),
    "true": Constant("boolean", value=True),
    "false": Constant("boolean", value=False),
    **dict.fromkeys(BODIES, Body()),
}

ITERABLES = frozenset({
    "Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "IterableIterator", "ArrayLike",
})  # fmt: skip
"""The generic types of what is an array here."""

_SAME = frozenset({"Readonly", "Required", "Expand", "Pick", "Omit", "Partial", "Exclude", "Extract", "NoInfer"})
"""The types that are made from an object and are much the same."""


def builtin(reading: Reading, written: Type) -> Value:
    """Return what a value of a type is that no module declares."""
    if not written.items:
        word = _WORDS.get(written.name)
        return word if word is not None else _number(written.name)
    return named(reading, written.name, written.items)


def _number(text: str) -> Value:
    if not text.lstrip("-")[:1].isdecimal():
        return UNKNOWN
    try:
        return Constant("number", float(text))
    except ValueError:
        return Primitive("bigint" if text.endswith("n") else "number")


def named(reading: Reading, name: str, items: tuple[Type, ...]) -> Value:
    """Return what a value of a generic type of TypeScript is."""
    first = typed.of(reading, items[0])
    if name in {"Promise", "PromiseLike"}:
        return Promise(first)
    if name in ITERABLES:
        return ArrayOf(first)
    if name in {"Record", "Map", "ReadonlyMap"} and len(items) > 1:
        second = typed.of(reading, items[1])
        return _record(reading, items[0], second) if name == "Record" else MapOf(first, second)
    if name in _SAME:
        return _same(reading, name, first, items)
    return _of_value(reading, name, first)


def _record(reading: Reading, key: Type, of: Value) -> Value:
    names = keys(reading, key)
    return Structure(tuple((name, of) for name in sorted(names))) if names else RecordOf(of)


def _of_value(reading: Reading, name: str, of: Value) -> Value:
    match name:
        case "Awaited":
            return of.of if isinstance(of, Promise) else of
        case "NonNullable":
            return present(of)
        case "ReturnType":
            return result_of(reading.linked, of)
        case "InstanceType":
            return Instance(of) if isinstance(of, ClassOf) else UNKNOWN
        case "Parameters":
            return ArrayOf(UNKNOWN)
        case _:
            return UNKNOWN


def result_of(linked: Linked, of: Value) -> Value:
    """Return what calling a function gives."""
    match of:
        case Closure():
            return linked.given(of.path, of.ordinal)
        case Registration(handler=Closure() as handler):
            return linked.given(handler.path, handler.ordinal)
        case Signature():
            return of.of
        case Method(of=Instance() as inner, name=name):
            return result_of(linked, linked.member(inner.of, name, inner.given))
        case _:
            return UNKNOWN


def parameter(reading: Reading, whole: Type, index: Type) -> Value | None:
    """Return what `Parameters<F>[n]` is, or None for another type."""
    is_one = whole.form == "name" and whole.name == "Parameters" and len(whole.items) == 1
    if not is_one or index.form != "name" or not index.name.isdecimal():
        return None
    at = int(index.name)
    match typed.of(reading, whole.items[0]):
        case Closure() as closure:
            count = len(reading.linked.function(closure).parameters)
            return reading.linked.received(closure.path, closure.ordinal, at) if at < count else UNKNOWN
        case Signature() as signature:
            return signature.takes[at] if at < len(signature.takes) else UNKNOWN
        case _:
            return UNKNOWN


def keys(reading: Reading, written: Type) -> frozenset[str] | None:
    """Return the strings that a type allows, or None where these are not known."""
    if written.form == "literal":
        return frozenset({written.name})
    if written.form == "union":
        parts = [keys(reading, item) for item in written.items]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    if written.form == "name" and not written.items:
        given = reading.known.get(written.name)
        if given is not None:
            return frozenset({str(given.value)}) if _is_text(given) and isinstance(given, Constant) else None
        declaration = written.scope.find_type(written.name)
        if declaration is not None and reading.depth:
            return keys(reading._replace(depth=reading.depth - 1), declaration.type)
    return None


def _is_text(value: Value) -> bool:
    return isinstance(value, Constant) and value.form == "string"


def _same(reading: Reading, name: str, of: Value, items: tuple[Type, ...]) -> Value:
    """Return what is left of an object, or of a union; what is left out of a context is not used by who type-checks."""
    if name in {"Exclude", "Extract"}:
        second = typed.of(reading, items[1]) if len(items) > 1 else UNKNOWN
        return present(of) if name == "Exclude" and second in {NULL, UNDEFINED} else of
    if name not in {"Pick", "Omit", "Partial", "Required"} or isinstance(of, Ctx):
        return of
    found = typed.fields_of(reading.linked, of)
    if found is None:
        return of
    if name in {"Partial", "Required"}:
        change = maybe if name == "Partial" else present
        return Structure(tuple((key, change(one)) for key, one in found.fields), found.open)
    chosen = keys(reading, items[1]) if len(items) > 1 else None
    if chosen is None:
        return Structure(found.fields if name == "Omit" else (), open=True)
    is_picked = name == "Pick"
    return Structure(tuple((key, one) for key, one in found.fields if (key in chosen) == is_picked), found.open)
