"""Read types as they are written, when they are asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from convex_lint.syntax.nodes import Type
from convex_lint.syntax.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node as TreeNode

_WORDS = frozenset({"identifier", "predefined_type", "type_identifier"})


def read(reader: Reader, node: TreeNode) -> Type:
    """Return a type node of any kind; one of more than a word is read when it is asked for."""
    start, end = node.start_byte, node.end_byte
    kind = reader.kinds[node.kind_id]
    if kind in _WORDS:
        made = Type(start, end, reader.scope, None)
        made.fill("name", reader.slice(start, end))
    elif kind in HANDLERS:
        made = Type(start, end, reader.scope, partial(_read, reader.slice(start, end), reader.plain))
    else:
        made = Type(start, end, reader.scope, None)
        made.fill("other")
    return made


def _read(text: str, plain: bool, made: Type) -> None:
    """Parse a type by itself: keeping the tree of every module costs more than that."""
    from convex_lint.syntax.grammar import grammar_of, parse  # noqa: PLC0415  it knows of this module

    parser, grammar = grammar_of(plain=plain)
    data = f"type T = {text}".encode()
    reader = Reader(made.scope.path, data, grammar)
    reader.scope = made.scope
    node = next((alias.child_by_field_name("value") for alias in parse(parser, data).named_children), None)
    handler = reader.types.get(node.kind_id) if node is not None else None
    if handler is not None and node is not None:
        handler(reader, node, made)
    else:
        made.fill("other")


def annotation(reader: Reader, node: TreeNode | None) -> Type | None:
    """Return the type of a `: type` annotation."""
    child = node.named_child(node.named_child_count - 1) if node is not None and node.named_child_count else None
    return read(reader, child) if child is not None else None


def arguments(reader: Reader, node: TreeNode | None) -> tuple[Type, ...]:
    """Return a list of type arguments."""
    return () if node is None else tuple(read(reader, child) for child in node.named_children)


def _items(reader: Reader, node: TreeNode) -> tuple[Type, ...]:
    return tuple(read(reader, child) for child in node.named_children if reader.kinds[child.kind_id] != "comment")


def _named(reader: Reader, node: TreeNode, made: Type) -> None:
    made.fill("name", reader.text(node))


def _generic(reader: Reader, node: TreeNode, made: Type) -> None:
    name = node.child_by_field_name("name")
    items = arguments(reader, node.child_by_field_name("type_arguments"))
    made.fill("name", reader.text(name) if name is not None else "", items)


def _literal(reader: Reader, node: TreeNode, made: Type) -> None:
    child = node.named_children[0] if node.named_child_count else node
    if child.type == "string":
        made.fill("literal", reader.slice(child.start_byte + 1, child.end_byte - 1))
    else:
        made.fill("name", reader.text(node))


def _union(reader: Reader, node: TreeNode, made: Type) -> None:
    items: list[Type] = []
    for item in _items(reader, node):
        items.extend(item.items if item.form == "union" else (item,))
    made.fill("union", items=tuple(items))


def _inner(reader: Reader, node: TreeNode, made: Type) -> None:
    """Read what stands in parentheses, or behind a word that does not count."""
    found = _items(reader, node)
    if not found:
        made.fill("other")
        return
    made.fill(found[0].form, found[0].name, found[0].items, found[0].names)


def _function(reader: Reader, node: TreeNode, made: Type) -> None:
    result = node.child_by_field_name("return_type")
    made.fill("function", items=(read(reader, result),) if result is not None else ())


def _query(reader: Reader, node: TreeNode, made: Type) -> None:
    child = node.named_children[0] if node.named_child_count else node
    made.fill("typeof", reader.text(child))


def _object(reader: Reader, node: TreeNode, made: Type) -> None:
    names: list[str] = []
    items: list[Type] = []
    for child in node.named_children:
        name = child.child_by_field_name("name")
        if name is None or child.type not in {"property_signature", "method_signature"}:
            continue
        text = reader.text(name).strip("\"'")
        names.append(f"{text}?" if any(part.type == "?" for part in child.children) else text)
        if child.type == "method_signature":
            items.append(_method(reader, child))
        else:
            items.append(annotation(reader, child.child_by_field_name("type")) or _other(reader, child))
    made.fill("object", items=tuple(items), names=tuple(names))


def _method(reader: Reader, node: TreeNode) -> Type:
    result = annotation(reader, node.child_by_field_name("return_type"))
    made = _other(reader, node)
    made.fill("function", items=(result,) if result is not None else ())
    return made


def _other(reader: Reader, node: TreeNode) -> Type:
    made = Type(node.start_byte, node.end_byte, reader.scope, None)
    made.fill("other")
    return made


def _simple(form: str) -> Callable[[Reader, TreeNode, Type], None]:
    return lambda reader, node, made: made.fill(form, items=_items(reader, node))


HANDLERS: dict[str, Callable[[Reader, TreeNode, Type], None]] = {
    "array_type": _simple("array"),
    "function_type": _function,
    "generic_type": _generic,
    "identifier": _named,
    "interface_body": _object,
    "intersection_type": _simple("intersection"),
    "literal_type": _literal,
    "lookup_type": _simple("index"),
    "nested_type_identifier": _named,
    "object_type": _object,
    "optional_type": _inner,
    "parenthesized_type": _inner,
    "predefined_type": _named,
    "readonly_type": _inner,
    "tuple_type": _simple("tuple"),
    "type_annotation": _inner,
    "type_identifier": _named,
    "type_query": _query,
    "union_type": _union,
}
