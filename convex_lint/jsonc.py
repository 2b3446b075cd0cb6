"""JSON with comments and trailing commas, as people write it in configurations, with where each value starts.

The libraries for it lose the places, or cost more to import than the files to read: 60 lines do it.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple, Never

_SPACE = re.compile(r"(?:[ \t\r\n\ufeff]+|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
_SCALAR = re.compile(r'"(?:[^"\\\x00-\x1f]+|\\.)*"|-?[0-9][0-9.eE+-]*|(?:true|false|null)\b')
_DEPTH = 100


class JsoncError(Exception):
    """A text that is not JSONC: what was expected, and at which offset in the text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Node(NamedTuple):
    """A value: a scalar, a list of nodes, or a dict of them.

    `start` is its offset, in characters; `key` is the offset of its key, or `start` outside an object.
    """

    value: str | float | bool | list[Node] | dict[str, Node] | None
    start: int
    key: int


def parse(text: str, *, unique: bool = False) -> Node:
    """Parse a text; `unique` refuses a key written twice. Raises JsoncError."""
    node, at = _value(text, _skip(text, 0), 0, unique=unique)
    at = _skip(text, at)
    if at < len(text):
        _fail("expected the end of the file", at)
    return node


def plain(node: Node) -> object:
    """Return a node as Python values."""
    if isinstance(node.value, dict):
        return {key: plain(member) for key, member in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def position(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, both from 1, of an offset; columns count UTF-16 units, as in our output."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line = before[before.rfind("\n") + 1 :]
    return before.count("\n") + 1, len(line.encode("utf-16-le", "surrogatepass")) // 2 + 1


def _fail(message: str, offset: int) -> Never:
    raise JsoncError(message, offset)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, depth: int, *, unique: bool, key: int | None = None) -> tuple[Node, int]:
    key = at if key is None else key
    first = text[at : at + 1]
    if first and first in "{[":
        if depth >= _DEPTH:
            _fail("nested too deeply", at)
        read = _members if first == "{" else _items
        value, end = read(text, at + 1, depth + 1, unique=unique)
        return Node(value, at, key), end
    scalar, end = _scalar(text, at)
    return Node(scalar, at, key), end


def _scalar(text: str, at: int) -> tuple[str | float | bool | None, int]:
    found = _SCALAR.match(text, at)
    if found is None:
        _fail("expected a value", at)
    try:
        value: str | float | bool | None = json.loads(found[0])
    except ValueError:
        _fail("not a string of JSON" if found[0].startswith('"') else "not a number of JSON", at)
    return value, found.end()


def _items(text: str, at: int, depth: int, *, unique: bool) -> tuple[list[Node], int]:
    items: list[Node] = []
    at = _skip(text, at)
    while text[at : at + 1] != "]":
        node, at = _value(text, at, depth, unique=unique)
        items.append(node)
        at = _comma(text, at, "]")
    return items, at + 1


def _members(text: str, at: int, depth: int, *, unique: bool) -> tuple[dict[str, Node], int]:
    members: dict[str, Node] = {}
    at = _skip(text, at)
    while text[at : at + 1] != "}":
        if text[at : at + 1] != '"':
            _fail("expected a key in double quotes", at)
        start = at
        name, at = _scalar(text, at)
        name = str(name)
        if unique and name in members:
            _fail(f"the key `{name}` is written twice", start)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            _fail("expected `:` after a key", at)
        members[name], at = _value(text, _skip(text, at + 1), depth, unique=unique, key=start)
        at = _comma(text, at, "}")
    return members, at + 1


def _comma(text: str, at: int, end: str) -> int:
    """Step over a comma, which may be left out or follow the last item, to the next item or the end."""
    at = _skip(text, at)
    if text[at : at + 1] == ",":
        return _skip(text, at + 1)
    if text[at : at + 1] != end:
        _fail(f"expected `,` or `{end}`", at)
    return at
