"""What becomes of strings, numbers and booleans."""

from __future__ import annotations

import pytest

from convex_lint.values import UNKNOWN, ArrayOf, Constant, Id, Nullable, Primitive, Value
from tests.asking import value_of

STRING, NUMBER, BOOLEAN = Primitive("string"), Primitive("number"), Primitive("boolean")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("text.trim().toLowerCase()", STRING),
        ('"a".toUpperCase()', STRING),
        ("text.length", NUMBER),
        ('text.split(",")', ArrayOf(STRING)),
        ('text.split(",")[0]', STRING),
        ("text.at(0)", Nullable(STRING)),
        ("text.startsWith(text)", BOOLEAN),
        ("id.slice(1)", STRING),
        ("text.madeUp()", UNKNOWN),
        ("count.toFixed(2)", STRING),
        ("count.trim()", UNKNOWN),
        ("big.toString()", STRING),
        ("texts.join()", STRING),
        ("texts.includes(text)", BOOLEAN),
        ("texts.indexOf(text)", NUMBER),
        ("new Set(texts).has(text)", BOOLEAN),
        ("`a${count}`", STRING),
        ("tag`a${count}`", UNKNOWN),
        ("text + count", STRING),
        ("count + count", NUMBER),
        ("count * 2 - 1", NUMBER),
        ("big + 1n", Primitive("bigint")),
        ("any + count", UNKNOWN),
        ("any + text", STRING),
        ("-count", NUMBER),
        ("-1", Constant("number", -1)),
        ("-big", Primitive("bigint")),
        ("2 - 1", Constant("number", 1)),
        ("24 * 60 * 60 + 5", Constant("number", 86405)),
        ("count * 60", NUMBER),
        ("6 / 2", NUMBER),
        ('"a" + 1', STRING),
        ("!any", BOOLEAN),
        ("typeof any", STRING),
        ("any === text", BOOLEAN),
        ("text ?? any", UNKNOWN),
        ("maybe ?? text", STRING),
        ("Number(any)", NUMBER),
        ("new Number(any)", UNKNOWN),
        ("Math.max(count, 1)", NUMBER),
        ("Date.now()", NUMBER),
        ("String(any)", STRING),
        ("JSON.stringify(any)", STRING),
        ("Boolean(any)", BOOLEAN),
        ("Array.isArray(any)", BOOLEAN),
        ("text as Id<'users'>", Id("users")),
    ],
)
def test_what_becomes_of_a_primitive(expression: str, value: Value) -> None:
    before = """
    import { any, tag } from "elsewhere";
    declare const text: string, count: number, big: bigint, texts: string[], id: Id<"users">, maybe: string | null;
    """
    assert value_of(expression, before) == value
