"""JSON with comments, and where its values are."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convex_lint.jsonc import JsoncError, parse, plain, position

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, derandomize=True)
@given(VALUES, st.sampled_from([None, 2]))
def test_reads_all_json(value: object, indent: int | None) -> None:
    assert plain(parse(json.dumps(value, indent=indent))) == value


def test_comments_and_trailing_commas() -> None:
    text = '\ufeff// a\r\n{ /* b */ "a": [1, 2,], // c\n "b": "// no comment", }\n/* end */'
    assert plain(parse(text)) == {"a": [1, 2], "b": "// no comment"}


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "expected a value", (1, 1)),
        ("{\n  a: 1 }", "expected a key in double quotes", (2, 3)),
        ('{"a" 1}', "expected `:` after a key", (1, 6)),
        ('{"a": 1 "b": 2}', "expected `,` or `}`", (1, 9)),
        ("[1 2]", "expected `,` or `]`", (1, 4)),
        ("[1", "expected `,` or `]`", (1, 3)),
        ("{} x", "expected the end of the file", (1, 4)),
        ("[\r\n,]", "expected a value", (2, 1)),
        ('["\\x"]', "not a string of JSON", (1, 2)),
        ("[01]", "not a number of JSON", (1, 2)),
        ("[" + "9" * 5000 + "]", "not a number of JSON", (1, 2)),
        ("['a']", "expected a value", (1, 2)),
        ("/* open", "expected a value", (1, 1)),
        ("[" * 20_000, "nested too deeply", (1, 101)),
        ('{"a": 1, "a": 2}', "the key `a` is written twice", (1, 10)),
    ],
)
def test_errors_have_a_place(text: str, message: str, place: tuple[int, int]) -> None:
    with pytest.raises(JsoncError) as caught:
        parse(text, unique=True)
    assert caught.value.message == message
    assert position(text, caught.value.offset) == place


@settings(max_examples=300, derandomize=True)
@given(st.text(alphabet='{}[]",:/*\\ \ntrue1-.e\ufeff', max_size=40))
def test_never_raises_anything_else(text: str) -> None:
    with contextlib.suppress(JsoncError):
        parse(text)
