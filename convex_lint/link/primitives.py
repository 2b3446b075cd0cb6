"""What becomes of strings, numbers and booleans: their methods, operators, and the functions that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.primitives import ARITHMETIC, FUNCTIONS, METHODS, OPERATORS, PARTS
from convex_lint.values import UNKNOWN, ArrayOf, Constant, FileUrl, Id, Method, Nullable, Primitive, Value, present

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

STRING, NUMBER, BOOLEAN = Primitive("string"), Primitive("number"), Primitive("boolean")

_GIVEN: dict[str, Value] = {
    "string": STRING,
    "number": NUMBER,
    "boolean": BOOLEAN,
    "bigint": Primitive("bigint"),
    "bytes": Primitive("bytes"),
    "strings": ArrayOf(STRING),
    "string?": Nullable(STRING),
    "number?": Nullable(NUMBER),
    "strings?": Nullable(ArrayOf(STRING)),
}

_COMPUTED: dict[tuple[str, int], Callable[..., float]] = {
    ("-", 1): lambda one: -one,
    ("+", 2): lambda one, other: one + other,
    ("-", 2): lambda one, other: one - other,
    ("*", 2): lambda one, other: one * other,
}
"""What operators give, of how many numbers that are known; the others are not computed here."""


def form(of: Value) -> str:
    """Return the form of a primitive or a constant, and of an id or a link, which are strings; empty for the rest."""
    if isinstance(of, Primitive | Constant):
        return of.form
    return "string" if isinstance(of, Id | FileUrl) else ""


def member(of: Value, name: str) -> Value:
    """Return a member of a primitive."""
    if name in {"length", "byteLength"}:
        return NUMBER
    return Method(of, name) if name in METHODS.get(form(of), ()) else UNKNOWN


def method(of: str, name: str) -> Value:
    """Return what a method gives that always gives the same kind of primitive; `of` is what it is a method of."""
    given = METHODS.get(of, {}).get(name)
    return _GIVEN[given] if given is not None else UNKNOWN


def part(name: str) -> Value:
    """Return a plain part of a `Request`, `Response`, `Blob` or `File`."""
    return _GIVEN[PARTS[name]] if name in PARTS else UNKNOWN


def made(name: str) -> Value:
    """Return what a global function gives."""
    return _GIVEN[FUNCTIONS[name]] if name in FUNCTIONS else UNKNOWN


def operated(operator: str, on: Iterable[Value]) -> Value:
    """Return what an operator gives."""
    if operator in OPERATORS:
        return _GIVEN[OPERATORS[operator]]
    if operator not in ARITHMETIC:
        return UNKNOWN
    given = [present(one) for one in on]
    numbers = [float(one.value or 0) for one in given if isinstance(one, Constant) and one.form == "number"]
    if len(numbers) == len(given) and (operator, len(numbers)) in _COMPUTED:
        return Constant("number", _COMPUTED[operator, len(numbers)](*numbers))
    forms = {form(one) for one in given}
    if operator == "+" and "string" in forms:
        return STRING
    return Primitive(*forms) if forms in ({"number"}, {"bigint"}) else UNKNOWN
