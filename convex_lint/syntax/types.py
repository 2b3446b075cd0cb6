"""Read types as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.syntax.nodes import Type

if TYPE_CHECKING:
    from tree_sitter import Node as TreeNode

    from convex_lint.syntax.reader import Reader


def read(reader: Reader, node: TreeNode) -> Type:
    """Read a type node of any kind."""
    handler = reader.types.get(node.kind_id)
    return handler(reader, node) if handler is not None else _type(reader, node, "other")


def annotation(reader: Reader, node: TreeNode | None) -> Type | None:
    """Read the type of a `: type` annotation."""
    if node is None or not node.named_child_count:
        return None
    return read(reader, node.named_children[-1])


def arguments(reader: Reader, node: TreeNode | None) -> tuple[Type, ...]:
    """Read a list of type arguments."""
    return () if node is None else tuple(read(reader, child) for child in node.named_children)


def _type(  # noqa: PLR0913, PLR0917  a type is its parts
    reader: Reader,
    node: TreeNode,
    form: str,
    name: str = "",
    items: tuple[Type, ...] = (),
    names: tuple[str, ...] = (),
) -> Type:
    return Type(node.start_byte, node.end_byte, form, reader.scope, name, items, names)


def _items(reader: Reader, node: TreeNode) -> tuple[Type, ...]:
    return tuple(read(reader, child) for child in node.named_children if child.type != "comment")


def _named(reader: Reader, node: TreeNode) -> Type:
    return _type(reader, node, "name", reader.text(node))


def _generic(reader: Reader, node: TreeNode) -> Type:
    name = node.child_by_field_name("name")
    items = arguments(reader, node.child_by_field_name("type_arguments"))
    return _type(reader, node, "name", reader.text(name) if name is not None else "", items)


def _literal(reader: Reader, node: TreeNode) -> Type:
    child = node.named_children[0] if node.named_child_count else node
    if child.type == "string":
        return _type(reader, node, "literal", reader.slice(child.start_byte + 1, child.end_byte - 1))
    return _type(reader, node, "name", reader.text(node))


def _union(reader: Reader, node: TreeNode) -> Type:
    items: list[Type] = []
    for item in _items(reader, node):
        items.extend(item.items if item.form == "union" else (item,))
    return _type(reader, node, "union", items=tuple(items))


def _inner(reader: Reader, node: TreeNode) -> Type:
    found = _items(reader, node)
    return found[0] if found else _type(reader, node, "other")


def _function(reader: Reader, node: TreeNode) -> Type:
    result = node.child_by_field_name("return_type")
    return _type(reader, node, "function", items=(read(reader, result),) if result is not None else ())


def _query(reader: Reader, node: TreeNode) -> Type:
    child = node.named_children[0] if node.named_child_count else node
    return _type(reader, node, "typeof", reader.text(child))


def _object(reader: Reader, node: TreeNode) -> Type:
    names: list[str] = []
    items: list[Type] = []
    for child in node.named_children:
        name = child.child_by_field_name("name")
        if name is None or child.type not in {"property_signature", "method_signature"}:
            continue
        text = reader.text(name).strip("\"'")
        names.append(f"{text}?" if any(part.type == "?" for part in child.children) else text)
        if child.type == "method_signature":
            result = annotation(reader, child.child_by_field_name("return_type"))
            items.append(_type(reader, child, "function", items=(result,) if result is not None else ()))
        else:
            items.append(annotation(reader, child.child_by_field_name("type")) or _type(reader, child, "other"))
    return _type(reader, node, "object", items=tuple(items), names=tuple(names))


def _simple(form: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return lambda reader, node: _type(reader, node, form, items=_items(reader, node))


HANDLERS = {
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
