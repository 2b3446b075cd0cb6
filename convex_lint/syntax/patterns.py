"""Read the patterns that declare names: identifiers, objects, arrays, defaults and rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.syntax.nodes import REST, UNKNOWN_STEP

if TYPE_CHECKING:
    from tree_sitter import Node as TreeNode

    from convex_lint.syntax.nodes import Binding, Expression, Scope
    from convex_lint.syntax.reader import Reader

Steps = tuple[str | int, ...]


def declare(reader: Reader, node: TreeNode, form: str, scope: Scope | None = None) -> list[Binding]:
    """Declare every name of a pattern; each binding has the steps from the whole value to its own."""
    if reader.kinds[node.kind_id] == "identifier":
        binding = reader.declare(reader.text(node), form, node.start_byte, node.end_byte, scope)
        binding.steps = ()
        binding.default = None
        return [binding]
    found: list[Binding] = []
    _walk(reader, node, form, scope, (), None, found)
    return found


def _walk(  # noqa: PLR0913, PLR0917  a recursion over the pattern with what is known so far
    reader: Reader,
    node: TreeNode,
    form: str,
    scope: Scope | None,
    steps: Steps,
    default: Expression | None,
    found: list[Binding],
) -> None:
    kind = reader.kinds[node.kind_id]
    if kind in {"identifier", "shorthand_property_identifier_pattern"}:
        binding = reader.declare(reader.text(node), form, node.start_byte, node.end_byte, scope)
        binding.steps = steps
        binding.default = default
        found.append(binding)
    elif kind == "object_pattern":
        for child in node.named_children:
            _property(reader, child, form, scope, steps, found)
    elif kind == "array_pattern":
        _items(reader, node, form, scope, steps, found)
    elif kind in {"assignment_pattern", "object_assignment_pattern"}:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        value = reader.expression(right) if right is not None else None
        if left is not None:
            _walk(reader, left, form, scope, steps, value, found)
    elif kind == "rest_pattern" and node.named_child_count:
        _walk(reader, node.named_children[0], form, scope, (*steps, REST), None, found)


def _property(  # noqa: PLR0913, PLR0917  as above
    reader: Reader, node: TreeNode, form: str, scope: Scope | None, steps: Steps, found: list[Binding]
) -> None:
    kind = reader.kinds[node.kind_id]
    if kind == "shorthand_property_identifier_pattern":
        _walk(reader, node, form, scope, (*steps, reader.text(node)), None, found)
    elif kind == "object_assignment_pattern":
        left = node.child_by_field_name("left")
        if left is not None:
            name: str | int = reader.text(left) if reader.kinds[left.kind_id].startswith("shorthand") else UNKNOWN_STEP
            _walk(reader, node, form, scope, (*steps, name), None, found)
    elif kind == "pair_pattern":
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        if key is not None and value is not None:
            _walk(reader, value, form, scope, (*steps, _key(reader, key)), None, found)
    else:
        _walk(reader, node, form, scope, steps, None, found)


def _key(reader: Reader, node: TreeNode) -> str:
    if node.type == "property_identifier":
        return reader.text(node)
    if node.type == "computed_property_name":
        reader.other(node)  # the names in it are used, and the calls are made
    return reader.text(node).strip("\"'") if node.type == "string" else UNKNOWN_STEP


def _items(  # noqa: PLR0913, PLR0917  as above
    reader: Reader, node: TreeNode, form: str, scope: Scope | None, steps: Steps, found: list[Binding]
) -> None:
    index = 0
    for child in node.children:
        if child.type == ",":
            index += 1
        elif child.type == "rest_pattern":
            _walk(reader, child, form, scope, steps, None, found)
        elif child.is_named and child.type != "comment":
            _walk(reader, child, form, scope, (*steps, index), None, found)
