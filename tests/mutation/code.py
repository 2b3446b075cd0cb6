"""What the mutators ask of a tree: a parser, walks and small questions of syntax, none of them the model's."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FUNCTIONS = frozenset(
    {
        "arrow_function",
        "function_declaration",
        "function_expression",
        "generator_function",
        "generator_function_declaration",
        "method_definition",
    }
)
WRAPPERS = frozenset({"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"})
"""What stands around an expression and does not change its value."""

_BLOCKS = frozenset({"program", "statement_block", "switch_case", "switch_default"})


class Change(NamedTuple):
    """Put a text in the place of some bytes."""

    start: int
    end: int
    text: bytes


def changed(data: bytes, changes: Iterable[Change]) -> bytes:
    """Return a text after changes that do not overlap."""
    pieces: list[bytes] = []
    at = 0
    for change in sorted(set(changes)):
        pieces += (data[at : change.start], change.text)
        at = change.end
    return b"".join((*pieces, data[at:]))


def origin(changes: Iterable[Change], offset: int) -> tuple[int, bool]:
    """Return where an offset in a changed text was before, and whether it is in what was put in there."""
    moved = 0
    for change in sorted(set(changes)):
        start = change.start + moved
        if offset < start:
            break
        if offset < start + len(change.text):
            return change.start, True
        moved += len(change.text) - (change.end - change.start)
    return offset - moved, False


@cache
def _parser(*, plain: bool) -> Parser:
    pointer = tree_sitter_typescript.language_typescript() if plain else tree_sitter_typescript.language_tsx()
    return Parser(Language(pointer))


def parse(path: str, data: bytes) -> Node:
    """Return the root of a module's tree; JavaScript is read as TSX."""
    return _parser(plain=path.endswith((".ts", ".mts", ".cts"))).parse(data).root_node


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all named nodes below it, in the order of the text."""
    pending = [node]
    while pending:
        one = pending.pop()
        yield one
        pending.extend(reversed(one.named_children))


def own(node: Node) -> Iterator[Node]:
    """Yield what is below a node, without what stands in functions in it."""
    pending = list(reversed(node.named_children))
    while pending:
        one = pending.pop()
        yield one
        if one.type not in FUNCTIONS:
            pending.extend(reversed(one.named_children))


def text(node: Node | None) -> str:
    """Return the text of a node, or nothing for no node."""
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""


def child(node: Node | None, *fields: str) -> Node | None:
    """Return the child that a chain of fields leads to."""
    for field in fields:
        node = node.child_by_field_name(field) if node is not None else None
    return node


def bare(node: Node | None) -> Node | None:
    """Return an expression without what is wrapped around it."""
    while node is not None and node.type in WRAPPERS:
        node = node.named_children[0] if node.named_children else None
    return node


def outermost(node: Node) -> Node:
    """Return an expression with all that is wrapped around it."""
    while node.parent is not None and node.parent.type in WRAPPERS and node.parent.named_children[0] == node:
        node = node.parent
    return node


def is_field(node: Node, *fields: str) -> bool:
    """Say whether a node is one of the named fields of its parent."""
    return any(child(node.parent, field) == node for field in fields)


def arguments(call: Node | None) -> list[Node]:
    """Return the arguments of a call."""
    given = child(call, "arguments")
    return [one for one in given.named_children if one.type != "comment"] if given is not None else []


def in_block(statement: Node) -> bool:
    """Say whether another statement may stand beside this one."""
    return statement.parent is not None and statement.parent.type in _BLOCKS


def is_async(function: Node) -> bool:
    """Say whether a function is written with `async`."""
    return any(one.type == "async" for one in function.children)


def spelt(node: Node | None) -> str:
    """Return how an expression is spelt, in a line, with what is called but not what is given to it."""
    node = bare(node)
    if node is None:
        return ""
    if node.type in {"call_expression", "new_expression"}:
        called = child(node, "function") or child(node, "constructor")
        return f"{'new ' if node.type == 'new_expression' else ''}{spelt(called)}()"
    if node.type == "member_expression":
        return f"{spelt(child(node, 'object'))}.{text(child(node, 'property'))}"
    if node.type in {"identifier", "this", "super"}:
        return text(node)
    if node.type == "await_expression":
        return f"(await {spelt(node.named_children[0])})"
    return f"<{node.type}>" if node.type != "ternary_expression" else "? :"


def short(data: bytes) -> str:
    """Return the beginning of a piece of code, in a line."""
    return re.sub(r"\s+", " ", data.decode("utf-8", "replace")).strip()[:120]
