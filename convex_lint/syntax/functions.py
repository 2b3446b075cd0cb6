"""Read functions and classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.syntax import patterns, types
from convex_lint.syntax.nodes import Block, Class, Function, Parameter, Property, Return, Scope, TypeDeclaration

if TYPE_CHECKING:
    from tree_sitter import Node as TreeNode

    from convex_lint.syntax.nodes import Expression, Statement, Type
    from convex_lint.syntax.reader import Reader

_FORMS = {
    "arrow_function": "arrow",
    "method_definition": "method",
    "abstract_method_signature": "method",
    "function_declaration": "declaration",
    "generator_function_declaration": "declaration",
    "function_signature": "overload",
    "method_signature": "overload",
}

_METHODS = frozenset({"method_definition", "method_signature", "abstract_method_signature"})

_RESULTS = frozenset({"type_annotation", "asserts_annotation", "type_predicate_annotation"})


def read(reader: Reader, node: TreeNode) -> Function:  # noqa: C901  one case a part
    """Read a function of any form, with its own scope."""
    outer_scope, outer_function = reader.scope, reader.function
    kinds = reader.kinds
    children = [(kinds[child.kind_id], child) for child in node.children]
    form = _FORMS.get(kinds[node.kind_id], "expression")
    name_node = node.child_by_field_name("name") if form != "arrow" else None
    scope = Scope(outer_scope, None)
    function = Function(
        node.start_byte,
        node.end_byte,
        reader.text(name_node) if name_node is not None else None,
        form,
        scope,
        outer_function,
        len(reader.functions),
    )
    scope.function = function
    reader.functions.append(function)
    function.broken = node.has_error
    reader.scope, reader.function = scope, function
    if form == "expression" and function.name is not None:
        reader.declare(function.name, "function", function.start, function.end).of = function
    for kind, child in children:
        if kind == "async":
            function.asynchronous = True
        elif kind == "*":
            function.generator = True
        elif kind == "formal_parameters":
            _parameters(reader, child, function)
        elif kind == "type_parameters":
            _type_parameters(reader, child, scope)
        elif kind in _RESULTS:
            function.result = types.annotation(reader, child)
    if form == "arrow":
        single = node.child_by_field_name("parameter")
        if single is not None:
            _parameter(reader, single, single, function)
        _body(reader, children[-1][1], function)
    elif children and children[-1][0] == "statement_block":
        _block(reader, children[-1][1], function)
    reader.scope, reader.function = outer_scope, outer_function
    return function


def _type_parameters(reader: Reader, node: TreeNode, scope: Scope) -> None:
    for name, bound in types.parameters(reader, node).items():
        type_ = bound if bound is not None else types.unknown(reader, node)
        scope.types[name] = TypeDeclaration(name, type_, bounds=True)


def _parameters(reader: Reader, node: TreeNode, function: Function) -> None:
    for child in node.named_children:
        if reader.kinds[child.kind_id] in {"required_parameter", "optional_parameter"}:
            pattern = child.child_by_field_name("pattern")
            if pattern is not None and pattern.type != "this":
                _parameter(reader, child, pattern, function)


def _parameter(reader: Reader, node: TreeNode, pattern: TreeNode, function: Function) -> None:
    kinds = reader.kinds
    kind = kinds[pattern.kind_id]
    rest = kind == "rest_pattern"
    inner = pattern.named_children[0] if rest and pattern.named_child_count else pattern
    is_plain = (kinds[inner.kind_id] if rest else kind) == "identifier"
    bindings = patterns.declare(reader, inner, "param")
    type_: Type | None = None
    default: Expression | None = None
    is_field = False
    if inner is not node:
        for child in node.children:
            part = kinds[child.kind_id]
            if part == "type_annotation":
                type_ = types.annotation(reader, child)
            elif part in {"accessibility_modifier", "readonly"}:
                is_field = True
        value = node.child_by_field_name("value")
        default = reader.expression(value) if value is not None else None
    parameter = Parameter(
        node.start_byte,
        node.end_byte,
        reader.text(inner) if is_plain else None,
        type_,
        default,
        rest,
        kinds[node.kind_id] == "optional_parameter",
    )
    for binding in bindings:
        binding.of = function
        binding.parameter = len(function.parameters)
        if is_plain:
            binding.type = type_
            binding.default = default
    parameter.pattern = tuple(bindings)
    parameter.field = is_field
    function.parameters.append(parameter)


def _body(reader: Reader, node: TreeNode, function: Function) -> None:
    if reader.kinds[node.kind_id] == "statement_block":
        _block(reader, node, function)
        return
    function.concise = True
    of = reader.expression(node)
    result = Return(of.start, of.end, of, function)
    of.parent = result
    function.returns.append(result)
    function.body = Block(node.start_byte, node.end_byte, [result])


def _block(reader: Reader, node: TreeNode, function: Function) -> None:
    # The body shares the scope of the parameters: a name declared in both is no valid program.
    handlers = reader.statements
    items: list[Statement] = []
    for child in node.named_children:
        handler = handlers.get(child.kind_id)
        found = handler(reader, child) if handler is not None else None
        if found is not None:
            items.append(found)
    function.body = Block(node.start_byte, node.end_byte, items)


def read_class(reader: Reader, node: TreeNode) -> Class:
    """Read a class; static blocks and decorators are left out."""
    name_node = node.child_by_field_name("name")
    name = reader.text(name_node) if name_node is not None else None
    found = Class(node.start_byte, node.end_byte, name, reader.scope, len(reader.classes))
    reader.classes.append(found)
    for child in node.named_children:
        if child.type == "type_parameters":
            found.generics = tuple(types.parameters(reader, child))
        elif child.type == "class_heritage":
            _extends(reader, child, found)
        elif child.type == "class_body":
            for item in child.named_children:
                _read_member(reader, item, found)
    return found


def _read_member(reader: Reader, node: TreeNode, found: Class) -> None:
    member = _member(reader, node)
    if member is not None:
        member.parent = found
        found.members.append(member)
        if any(child.type == "static" for child in node.children) and node.type == "public_field_definition":
            found.statics.add(member.key or "")
    name, written = node.child_by_field_name("name"), node.child_by_field_name("type")
    if node.type == "public_field_definition" and name is not None and written is not None:
        type_ = types.annotation(reader, written)
        if type_ is not None:
            found.types[reader.text(name)] = type_


def _extends(reader: Reader, node: TreeNode, found: Class) -> None:
    for clause in node.named_children:
        value = clause.child_by_field_name("value") if clause.type == "extends_clause" else None
        if value is not None:
            found.extends = reader.expression(value)
            found.arguments = types.arguments(reader, clause.child_by_field_name("type_arguments"))


def _member(reader: Reader, node: TreeNode) -> Property | None:
    if node.type == "class_static_block":
        body = node.child_by_field_name("body")
        if body is not None:
            reader.statement(body)
        return None
    name = node.child_by_field_name("name")
    if name is None:
        return None
    value: Expression
    if node.type in _METHODS:
        value, form = read(reader, node), _form(node)
    elif node.type == "public_field_definition":
        field = node.child_by_field_name("value")
        if field is None:
            return None
        value, form = reader.expression(field), "pair"
    else:
        return None
    key = reader.text(name)
    found = Property(node.start_byte, node.end_byte, key, name.start_byte, name.end_byte, value, form)
    value.parent = found
    return found


def _form(node: TreeNode) -> str:
    return next((child.type for child in node.children if child.type in {"get", "set"}), "method")
