"""Read expressions."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from convex_lint.syntax import functions, types
from convex_lint.syntax.nodes import (
    Array,
    Assign,
    Await,
    Binary,
    Call,
    Cast,
    Conditional,
    Index,
    Literal,
    Member,
    Name,
    Object,
    Property,
    Spread,
    Template,
    Unary,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node as TreeNode

    from convex_lint.syntax.nodes import Expression
    from convex_lint.syntax.reader import Reader

_PREFIXED = (Await, Unary, Binary)
_Prefixed = Await | Unary | Binary
_Postfix = Call | Member | Index | Cast
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,8})\}|(\r\n|[\s\S]))")


def _name(reader: Reader, node: TreeNode) -> Name:
    start, end = node.start_byte, node.end_byte
    text = reader.latin[start:end] if reader.ascii else reader.slice(start, end)
    # The same names come again and again: one string for each is less to keep, and its hash is known.
    name = Name(start, end, reader.texts.setdefault(text, text), reader.scope)
    reader.names.append(name)
    return name


def _string(reader: Reader, node: TreeNode) -> Literal:
    start, end = node.start_byte, node.end_byte
    inner = reader.latin[start + 1 : end - 1]
    if "\\" in inner or not (reader.ascii or inner.isascii()):
        inner = unquote(reader.slice(start, end))
    return Literal(start, end, "string", inner)


def unquote(text: str) -> str:
    """Return the value of a string literal."""
    inner = text[1:-1]
    if "\\" not in inner:
        return inner
    # Two escapes may be the halves of one character; half of one is none.
    halves = _ESCAPE.sub(_unescaped, inner).encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "replace")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code is not None:
        number = int(code, 16)
        return chr(number) if number <= sys.maxunicode else ""
    return _ESCAPES.get(found[4], found[4])


def _number(reader: Reader, node: TreeNode) -> Literal:
    start, end = node.start_byte, node.end_byte
    text = reader.latin[start:end].replace("_", "").lower()
    if text.endswith("n"):
        return Literal(start, end, "bigint", text)
    try:
        value = float(int(text, 0)) if text[:2] in {"0x", "0o", "0b"} else float(text)
    except ValueError:
        return Literal(start, end, "number", None)
    return Literal(start, end, "number", value)


def _constant(form: str, value: bool | None) -> Callable[[Reader, TreeNode], Literal]:
    return lambda _reader, node: Literal(node.start_byte, node.end_byte, form, value)


def _template(reader: Reader, node: TreeNode) -> Literal | Template:
    start, end = node.start_byte, node.end_byte
    kinds = reader.kinds
    holes = [child for child in node.named_children if kinds[child.kind_id] == "template_substitution"]
    if not holes:
        return Literal(start, end, "string", unquote(reader.slice(start, end)))
    template = Template(start, end, [], None)
    for hole in holes:
        for child in hole.named_children:
            if kinds[child.kind_id] != "comment":
                item = reader.expression(child)
                item.parent = template
                template.items.append(item)
    return template


def _member(reader: Reader, node: TreeNode) -> Expression:
    of_node = node.named_child(0)
    if of_node is None:
        return reader.other(node)
    handler = reader.expressions.get(of_node.kind_id)
    of = handler(reader, of_node) if handler is not None else reader.other(of_node)
    end = node.end_byte
    dot = of_node.end_byte
    name = reader.latin[dot + 1 : end]
    if reader.latin[dot] != "." or not (name.isascii() and name.isidentifier()):
        return _optional_member(reader, node, of_node, of)
    name = reader.texts.setdefault(name, name)
    start = node.start_byte if reader.kinds[of_node.kind_id] == "parenthesized_expression" else of.start
    member = Member(start, end, of, name, dot + 1, end, False)  # noqa: FBT003  whether it is optional
    of.parent = member
    return _regroup(reader, of_node, of, member) if isinstance(of, _PREFIXED) else member


def _optional_member(reader: Reader, node: TreeNode, of_node: TreeNode, of: Expression) -> Expression:
    """Read a member with more than a dot between: `of?.name`, `of.#name`, a comment, a line break."""
    children = node.children
    start, end = children[-1].start_byte, children[-1].end_byte
    optional = any(reader.kinds[child.kind_id] == "optional_chain" for child in children[1:-1])
    member = Member(node.start_byte, node.end_byte, of, reader.slice(start, end), start, end, optional)
    of.parent = member
    return _regroup(reader, of_node, of, member) if isinstance(of, _PREFIXED) else member


def _subscript(reader: Reader, node: TreeNode) -> Expression:
    of_node, index_node = node.child_by_field_name("object"), node.child_by_field_name("index")
    if of_node is None or index_node is None:
        return reader.other(node)
    of, index = reader.expression(of_node), reader.expression(index_node)
    start, end = node.start_byte, node.end_byte
    found: Member | Index
    if isinstance(index, Literal) and index.form == "string":
        optional = node.child_by_field_name("optional_chain") is not None
        found = Member(start, end, of, str(index.value), index.start, index.end, optional)
    else:
        found = Index(start, end, of, index)
        index.parent = found
    of.parent = found
    return _regroup(reader, of_node, of, found) if isinstance(of, _PREFIXED) else found


def _regroup(reader: Reader, written: TreeNode, of: _Prefixed, found: _Postfix) -> Expression:
    """Put a call or a member inside the `await`, `!` or `+` before it, where it belongs.

    The grammar binds type arguments too tightly: it reads `await f<T>(x)` as `(await f)<T>(x)`. What was really written
    with parentheses has them in the tree.
    """
    if written.type == "parenthesized_expression":
        return found
    prefix, inner = of, _operand(of)
    while isinstance(inner, _PREFIXED) and "(" not in reader.latin[prefix.start : inner.start]:
        prefix.end = found.end
        prefix, inner = inner, _operand(inner)
    if inner is None:
        return found
    prefix.end = found.end
    if isinstance(prefix, Binary):
        prefix.right = found
    else:
        prefix.of = found
    if isinstance(found, Call):
        found.callee = inner
    else:
        found.of = inner
    bracket = reader.latin.find("(", prefix.left.end if isinstance(prefix, Binary) else prefix.start, inner.start)
    found.start = bracket if bracket >= 0 else inner.start
    found.parent = prefix
    inner.parent = found
    return of


def _operand(prefix: _Prefixed) -> Expression | None:
    return prefix.right if isinstance(prefix, Binary) else prefix.of


def _call(reader: Reader, node: TreeNode) -> Expression:
    children = node.named_children
    return _called(reader, node, children[0], children, new=False)


def _new(reader: Reader, node: TreeNode) -> Expression:
    children = [child for child in node.named_children if reader.kinds[child.kind_id] != "comment"]
    if not children:
        return reader.other(node)
    return _called(reader, node, children[0], children, new=True)


def _called(
    reader: Reader, node: TreeNode, callee_node: TreeNode, children: list[TreeNode], *, new: bool
) -> Expression:
    """Read a call from its named children: what is called, then type arguments, arguments and `?.` as they come."""
    handler = reader.expressions.get(callee_node.kind_id)
    callee = handler(reader, callee_node) if handler is not None else reader.other(callee_node)
    is_wrapped = new or reader.kinds[callee_node.kind_id] == "parenthesized_expression"
    start = node.start_byte if is_wrapped else callee.start
    call = Call(start, node.end_byte, callee, [], (), reader.function, new)
    callee.parent = call
    has_arguments = False
    kinds, before = reader.kinds, callee_node.end_byte
    for part in children:
        if part is callee_node:
            continue
        kind = kinds[part.kind_id]
        if kind == "arguments":
            has_arguments = True
            first = part.start_byte
            call.optional = first != before and "?." in reader.latin[before:first]
            reader.calls.append(call)
            _arguments(reader, part, call)
        elif kind == "type_arguments":
            call.types = types.arguments(reader, part)
        elif kind == "template_string":
            return _tagged(reader, node, callee, part)
    if new and not has_arguments:
        reader.calls.append(call)
    return _regroup(reader, callee_node, callee, call) if isinstance(callee, _PREFIXED) else call


def _arguments(reader: Reader, node: TreeNode, call: Call) -> None:
    handlers, arguments = reader.expressions, call.arguments
    for child in node.named_children:
        handler = handlers.get(child.kind_id)
        if handler is not None:
            item = handler(reader, child)
        elif reader.kinds[child.kind_id] == "comment":
            continue
        else:
            item = reader.other(child)
        item.parent = call
        arguments.append(item)


def _tagged(reader: Reader, node: TreeNode, tag: Expression, template_node: TreeNode) -> Template:
    template = _template(reader, template_node)
    items = template.items if isinstance(template, Template) else []
    tagged = Template(node.start_byte, node.end_byte, items, tag)
    for item in (*items, tag):
        item.parent = tagged
    return tagged


def _only_child(reader: Reader, node: TreeNode) -> TreeNode | None:
    first = node.named_child(0)
    if first is None:
        return None
    if reader.kinds[first.kind_id] != "comment":
        return first
    return next((child for child in node.named_children if reader.kinds[child.kind_id] != "comment"), None)


def _await(reader: Reader, node: TreeNode) -> Expression:
    child = _only_child(reader, node)
    if child is None:
        return reader.other(node)
    handler = reader.expressions.get(child.kind_id)
    of = handler(reader, child) if handler is not None else reader.other(child)
    found = Await(node.start_byte, node.end_byte, of)
    of.parent = found
    return found


def _parenthesized(reader: Reader, node: TreeNode) -> Expression:
    child = _only_child(reader, node)
    return reader.other(node) if child is None else reader.expression(child)


def _unary(reader: Reader, node: TreeNode) -> Expression:
    argument = node.child_by_field_name("argument")
    operator = node.child_by_field_name("operator")
    if argument is None or operator is None:
        return reader.other(node)
    of = reader.expression(argument)
    found = Unary(node.start_byte, node.end_byte, operator.type, of)
    of.parent = found
    if node.type == "update_expression" and isinstance(of, Name):
        reader.assigned.append((of, found))
    return found


def _yield(reader: Reader, node: TreeNode) -> Expression:
    child = _only_child(reader, node)
    of = reader.expression(child) if child is not None else None
    found = Unary(node.start_byte, node.end_byte, "yield", of)
    if of is not None:
        of.parent = found
    return found


def _binary(reader: Reader, node: TreeNode) -> Expression:
    children = node.children
    kinds = reader.kinds
    if len(children) != 3:  # noqa: PLR2004  left, operator, right
        children = [child for child in children if kinds[child.kind_id] != "comment"]
        if len(children) != 3:  # noqa: PLR2004
            return reader.other(node)
    left_node, operator, right_node = children
    handlers = reader.expressions
    handler, other = handlers.get(left_node.kind_id), handlers.get(right_node.kind_id)
    left = handler(reader, left_node) if handler is not None else reader.other(left_node)
    right = other(reader, right_node) if other is not None else reader.other(right_node)
    found = Binary(node.start_byte, node.end_byte, kinds[operator.kind_id], left, right)
    left.parent = right.parent = found
    return found


def _ternary(reader: Reader, node: TreeNode) -> Expression:
    parts = [child for child in node.named_children if reader.kinds[child.kind_id] != "comment"]
    if len(parts) != 3:  # noqa: PLR2004  test, yes, no
        return reader.other(node)
    test, yes, no = (reader.expression(part) for part in parts)
    found = Conditional(node.start_byte, node.end_byte, test, yes, no)
    test.parent = yes.parent = no.parent = found
    return found


def _assign(reader: Reader, node: TreeNode) -> Expression:
    left_node, right_node = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left_node is None or right_node is None:
        return reader.other(node)
    left, right = reader.expression(left_node), reader.expression(right_node)
    operator = node.child_by_field_name("operator")
    found = Assign(node.start_byte, node.end_byte, operator.type if operator is not None else "=", left, right)
    left.parent = right.parent = found
    if isinstance(left, Name):
        reader.assigned.append((left, found))
    elif left_node.type in {"object_pattern", "array_pattern"}:
        reader.assigned.extend((name, found) for name in _targets(reader, left_node))
    return found


def _targets(reader: Reader, node: TreeNode) -> list[Name]:
    """Return the names that a destructuring assignment writes."""
    if node.type in {"identifier", "shorthand_property_identifier_pattern"}:
        return [Name(node.start_byte, node.end_byte, reader.text(node), reader.scope)]
    if node.type in {"member_expression", "subscript_expression"}:
        return []
    inner = node.child_by_field_name("left") or node.child_by_field_name("value")
    if inner is not None:
        return _targets(reader, inner)
    return [name for child in node.named_children for name in _targets(reader, child)]


def _cast(reader: Reader, node: TreeNode) -> Expression:
    children = [child for child in node.named_children if reader.kinds[child.kind_id] != "comment"]
    if not children:
        return reader.other(node)
    start, end = node.start_byte, node.end_byte
    if node.type == "non_null_expression":
        of, form, type_ = reader.expression(children[0]), "!", None
    elif node.type == "type_assertion":
        of, form = reader.expression(children[-1]), "as"
        type_ = types.arguments(reader, children[0])[0] if children[0].named_child_count else None
    elif node.type == "instantiation_expression":
        return reader.expression(children[0])
    else:
        of, form = reader.expression(children[0]), "as" if node.type == "as_expression" else "satisfies"
        type_ = types.read(reader, children[1]) if len(children) > 1 else None
        if type_ is None and form == "as":
            form = "const"
    cast = Cast(start, end, of, form, type_)
    of.parent = cast
    return _regroup(reader, children[0], of, cast) if form == "!" and isinstance(of, _PREFIXED) else cast


def _spread(reader: Reader, node: TreeNode) -> Expression:
    child = _only_child(reader, node)
    if child is None:
        return reader.other(node)
    of = reader.expression(child)
    found = Spread(node.start_byte, node.end_byte, of)
    of.parent = found
    return found


def _object(reader: Reader, node: TreeNode) -> Object:
    found = Object(node.start_byte, node.end_byte, [])
    properties = found.properties
    kinds = reader.kinds
    for child in node.named_children:
        entry = _pair(reader, child) if kinds[child.kind_id] == "pair" else entry_of(reader, child)
        if entry is not None:
            entry.parent = found
            properties.append(entry)
    return found


def entry_of(reader: Reader, node: TreeNode) -> Property | Spread | None:
    """Read one entry of an object literal."""
    kind = reader.kinds[node.kind_id]
    value: Expression
    if kind == "pair":
        return _pair(reader, node)
    if kind == "shorthand_property_identifier":
        key_node, value, form = node, _name(reader, node), "shorthand"
    elif kind == "method_definition":
        name_node = node.child_by_field_name("name")
        if name_node is None:
            return None
        key_node, value = name_node, functions.read(reader, node)
        form = "get" if any(reader.kinds[child.kind_id] in {"get", "set"} for child in node.children) else "method"
    elif kind == "spread_element":
        spread = _spread(reader, node)
        return spread if isinstance(spread, Spread) else None
    else:
        return None
    return _property(reader, node, key_node, value, form)


def _pair(reader: Reader, node: TreeNode) -> Property:
    children = node.named_children
    key_node, value_node = children[0], children[-1]
    handler = reader.expressions.get(value_node.kind_id)
    value = handler(reader, value_node) if handler is not None else reader.other(value_node)
    if not (reader.ascii and reader.kinds[key_node.kind_id] == "property_identifier"):
        return _property(reader, node, key_node, value, "pair")
    start, end = key_node.start_byte, key_node.end_byte
    key = reader.latin[start:end]
    key = reader.texts.setdefault(key, key)
    value.parent = found = Property(start, node.end_byte, key, start, end, value, "pair")
    return found


def _property(reader: Reader, node: TreeNode, key_node: TreeNode, value: Expression, form: str) -> Property:
    start, end = key_node.start_byte, key_node.end_byte
    first = start if form == "pair" else node.start_byte
    found = Property(first, node.end_byte, _key(reader, key_node, start, end), start, end, value, form)
    value.parent = found
    return found


def _key(reader: Reader, node: TreeNode, start: int, end: int) -> str | None:
    text = reader.latin[start:end] if reader.ascii else reader.slice(start, end)
    kind = reader.kinds[node.kind_id]
    if kind == "computed_property_name":
        reader.other(node)  # the names in it are used, and the calls are made
        return None
    return unquote(text) if kind == "string" else reader.texts.setdefault(text, text)


def _array(reader: Reader, node: TreeNode) -> Array:
    found = Array(node.start_byte, node.end_byte, [])
    for child in node.named_children:
        if reader.kinds[child.kind_id] != "comment":
            item = reader.expression(child)
            item.parent = found
            found.items.append(item)
    return found


HANDLERS: dict[str, Callable[[Reader, TreeNode], Expression]] = {
    "array": _array,
    "arrow_function": functions.read,
    "as_expression": _cast,
    "assignment_expression": _assign,
    "augmented_assignment_expression": _assign,
    "await_expression": _await,
    "binary_expression": _binary,
    "call_expression": _call,
    "class": functions.read_class,
    "false": _constant("boolean", value=False),
    "function_expression": functions.read,
    "generator_function": functions.read,
    "identifier": _name,
    "import": _name,
    "instantiation_expression": _cast,
    "member_expression": _member,
    "new_expression": _new,
    "non_null_expression": _cast,
    "null": _constant("null", value=None),
    "number": _number,
    "object": _object,
    "parenthesized_expression": _parenthesized,
    "regex": _constant("regex", value=None),
    "satisfies_expression": _cast,
    "sequence_expression": _binary,
    "spread_element": _spread,
    "string": _string,
    "subscript_expression": _subscript,
    "super": _name,
    "template_string": _template,
    "ternary_expression": _ternary,
    "this": _name,
    "true": _constant("boolean", value=True),
    "type_assertion": _cast,
    "unary_expression": _unary,
    "undefined": _constant("undefined", value=None),
    "update_expression": _unary,
    "yield_expression": _yield,
}
