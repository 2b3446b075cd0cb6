"""Read types as they are written, when they are asked for."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from convex_lint.syntax.nodes import Type
from convex_lint.syntax.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node as TreeNode

_ITEMS = frozenset({"optional_parameter", "required_parameter"})
"""The items of a tuple that have names."""

_WORDS = frozenset({"identifier", "predefined_type", "type_identifier"})

_BEFORE = "type T = "


def start_in(outer: Type, inner: Type) -> int:
    """Return the byte offset in the module of a type that is a part of another one, which was read by itself."""
    return outer.start + inner.start - len(_BEFORE) if inner is not outer else outer.start


def read(reader: Reader, node: TreeNode) -> Type:
    """Return a type node of any kind; one of more than a word is read when it is asked for."""
    start, end = node.start_byte, node.end_byte
    kind = reader.kinds[node.kind_id]
    if kind in _ITEMS:
        named = annotation(reader, node.child_by_field_name("type"))
        return named if named is not None else unknown(reader, node)
    if kind in _WORDS:
        made = Type(start, end, reader.scope, None)
        made.fill("name", reader.slice(start, end))
    elif kind == "type_predicate":
        made = Type(start, end, reader.scope, None)
        made.fill("name", "boolean")
        said = node.child_by_field_name("type")
        if said is not None:
            read(reader, said)  # which keeps what names tables
    elif kind in HANDLERS and not reader.is_apart:
        text = reader.slice(start, end)
        made = Type(start, end, reader.scope, partial(_read, text, reader.plain), text)
        if "Id<" in text or "Doc<" in text:
            reader.tables.append(made)
    else:
        made = Type(start, end, reader.scope, None)
        HANDLERS.get(kind, _other)(reader, node, made)
    return made


def _read(text: str, plain: bool, made: Type) -> None:
    _copy(_parsed(text, plain), made)


def _copy(template: Type, made: Type) -> None:
    """Say of a type what is said of the same text that stands elsewhere."""
    scope = made.scope
    items = tuple(Type(item.start, item.end, scope, partial(_copy, item)) for item in template.items)
    made.fill(template.form, template.name, items, template.names)


@lru_cache(maxsize=8192)
def _parsed(text: str, plain: bool) -> Type:
    """Parse a type by itself: keeping the tree of every module costs more, and most types are written many times."""
    from convex_lint.syntax.grammar import grammar_of, parse  # noqa: PLC0415  it knows of this module

    parser, grammar = grammar_of(plain=plain)
    data = f"{_BEFORE}{text}".encode()
    reader = Reader("", data, grammar)
    reader.is_apart = True
    node = next((alias.child_by_field_name("value") for alias in parse(parser, data).named_children), None)
    made = Type(0, 0, reader.scope, None)
    made.fill("other")
    if node is not None:
        HANDLERS.get(reader.kinds[node.kind_id], _other)(reader, node, made)
    return made


def _other(_reader: Reader, _node: TreeNode, made: Type) -> None:
    made.fill("other")


def annotation(reader: Reader, node: TreeNode | None) -> Type | None:
    """Return the type of a `: type` annotation."""
    child = node.named_child(node.named_child_count - 1) if node is not None and node.named_child_count else None
    return read(reader, child) if child is not None else None


def arguments(reader: Reader, node: TreeNode | None) -> tuple[Type, ...]:
    """Return a list of type arguments."""
    return () if node is None else tuple(read(reader, child) for child in node.named_children)


def parameters(reader: Reader, node: TreeNode) -> dict[str, Type | None]:
    """Return type parameters, each with its default, or else what it extends."""
    found: dict[str, Type | None] = {}
    for child in node.named_children:
        name = child.child_by_field_name("name")
        given = child.child_by_field_name("value") or child.child_by_field_name("constraint")
        if name is not None:
            inner = given.named_children[0] if given is not None and given.named_child_count else None
            found[reader.text(name)] = read(reader, inner) if inner is not None else None
    return found


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
    written = node.child_by_field_name("return_type")
    result = None
    if written is not None:
        result = annotation(reader, written) if written.type == "type_annotation" else read(reader, written)
    names: list[str] = []
    items = [result if result is not None else unknown(reader, node)]
    listed = node.child_by_field_name("parameters")
    for child in listed.named_children if listed is not None else ():
        pattern = child.child_by_field_name("pattern")
        if pattern is not None and pattern.type != "this":
            names.append(reader.text(pattern) + ("?" if child.type == "optional_parameter" else ""))
            items.append(annotation(reader, child.child_by_field_name("type")) or unknown(reader, child))
    made.fill("function", items=tuple(items), names=tuple(names))


def _query(reader: Reader, node: TreeNode, made: Type) -> None:
    child = node.named_children[0] if node.named_child_count else node
    function = child.child_by_field_name("function") if child.type == "instantiation_expression" else None
    made.fill("typeof", reader.text(function or child))


def _word(name: str) -> Callable[[Reader, TreeNode, Type], None]:
    return lambda _reader, _node, made: made.fill("name", name)


def _object(reader: Reader, node: TreeNode, made: Type) -> None:
    names: list[str] = []
    items: list[Type] = []
    for child in node.named_children:
        if child.type == "index_signature" and child.child_by_field_name("index_type") is not None:
            names.append("[]")
            items.append(annotation(reader, child.child_by_field_name("type")) or unknown(reader, child))
            continue
        name = child.child_by_field_name("name")
        if name is None or child.type not in {"property_signature", "method_signature"}:
            continue
        text = reader.text(name).strip("\"'")
        names.append(f"{text}?" if any(part.type == "?" for part in child.children) else text)
        if child.type == "method_signature":
            items.append(_method(reader, child))
        else:
            items.append(annotation(reader, child.child_by_field_name("type")) or unknown(reader, child))
    made.fill("object", items=tuple(items), names=tuple(names))


def _method(reader: Reader, node: TreeNode) -> Type:
    made = unknown(reader, node)
    _function(reader, node, made)
    return made


def unknown(reader: Reader, node: TreeNode) -> Type:
    """Return a type of which nothing is said."""
    made = Type(node.start_byte, node.end_byte, reader.scope, None)
    made.fill("other")
    return made


def _simple(form: str) -> Callable[[Reader, TreeNode, Type], None]:
    return lambda reader, node, made: made.fill(form, items=_items(reader, node))


HANDLERS: dict[str, Callable[[Reader, TreeNode, Type], None]] = {
    "array_type": _simple("array"),
    "conditional_type": _simple("conditional"),
    "function_type": _function,
    "generic_type": _generic,
    "identifier": _named,
    "index_type_query": _simple("keyof"),
    "interface_body": _object,
    "intersection_type": _simple("intersection"),
    "literal_type": _literal,
    "lookup_type": _simple("index"),
    "member_expression": _named,
    "nested_type_identifier": _named,
    "object_type": _object,
    "optional_type": _inner,
    "parenthesized_type": _inner,
    "predefined_type": _named,
    "readonly_type": _inner,
    "template_literal_type": _word("string"),
    "this_type": _word("this"),
    "tuple_type": _simple("tuple"),
    "type_annotation": _inner,
    "type_identifier": _named,
    "type_query": _query,
    "union_type": _union,
}
