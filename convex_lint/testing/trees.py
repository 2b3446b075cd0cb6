"""Just enough of tree-sitter to rewrite an example: parse, walk, replace."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

from convex_lint.pages import CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FUNCTIONS = frozenset(
    {"arrow_function", "function_declaration", "function_expression", "generator_function", "method_definition"}
)

_TYPES = frozenset(
    {
        "ambient_declaration",
        "asserts_annotation",
        "implements_clause",
        "interface_declaration",
        "type_alias_declaration",
        "type_annotation",
        "type_arguments",
        "type_parameters",
        "type_predicate_annotation",
        "type_query",
    }
)


class Change(NamedTuple):
    """Put a text in the place of some bytes."""

    start: int
    end: int
    text: str


def is_code(path: str) -> bool:
    """Say whether a file of an example is a module that someone wrote."""
    return path.rpartition(".")[2] in CODE and "_generated/" not in path and not path.endswith(".d.ts")


@cache
def _parser(*, plain: bool) -> Parser:
    pointer = tree_sitter_typescript.language_typescript() if plain else tree_sitter_typescript.language_tsx()
    return Parser(Language(pointer))


def parse(path: str, text: str) -> Node:
    """Return the root of a module's tree; JavaScript is read as TSX."""
    return _parser(plain=path.endswith((".ts", ".mts", ".cts"))).parse(text.encode()).root_node


def parses(path: str, text: str) -> bool:
    """Say whether a module has no syntax error."""
    return not parse(path, text).has_error


def content(node: Node | None) -> str:
    """Return the text of a node, or nothing for no node."""
    return node.text.decode() if node is not None and node.text is not None else ""


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order of the text."""
    yield node
    for child in node.children:
        yield from walk(child)


def values(node: Node) -> Iterator[Node]:
    """Yield a node and all below it but types."""
    yield node
    children = node.children
    if node.type in {"as_expression", "satisfies_expression"}:
        children = children[:1]
    for child in children:
        if child.type not in _TYPES:
            yield from values(child)


def same(one: Node | None, other: Node | None) -> bool:
    """Say whether two are the same node of a tree."""
    return one is not None and other is not None and one.id == other.id


def is_field(node: Node, *fields: str) -> bool:
    """Say whether a node is one of the named fields of its parent."""
    return node.parent is not None and any(same(node.parent.child_by_field_name(name), node) for name in fields)


def opening(node: Node) -> str:
    """Return the parenthesis to write before a node, with a semicolon where it would continue the line above."""
    statement = node
    while statement.parent is not None and statement.type != "expression_statement":
        if statement.parent.start_byte != node.start_byte:
            return "("
        statement = statement.parent
    before = statement.prev_sibling
    while before is not None and before.type == "comment":
        before = before.prev_sibling
    block = statement.parent is not None and statement.parent.type in {"program", "statement_block", "switch_case"}
    free = before is None or not block or content(before).endswith((";", "{", ":"))
    return "(" if free else ";("


def changed(text: str, changes: Iterable[Change]) -> str:
    """Return a text after changes that do not overlap; those at one place come in the order given."""
    data = text.encode()
    pieces: list[bytes] = []
    at = 0
    for change in sorted(changes, key=lambda change: change[:2]):
        pieces += (data[at : change.start], change.text.encode())
        at = change.end
    return b"".join((*pieces, data[at:])).decode()
