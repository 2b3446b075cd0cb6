"""Read statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.syntax import functions, modules, patterns, types
from convex_lint.syntax.nodes import (
    EACH,
    UNKNOWN_STEP,
    Block,
    Declare,
    Evaluate,
    If,
    Jump,
    Literal,
    Loop,
    Return,
    Scope,
    Switch,
    Throw,
    Try,
    TypeDeclaration,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tree_sitter import Node as TreeNode

    from convex_lint.syntax.nodes import Expression, Statement, Type
    from convex_lint.syntax.reader import Reader


def read_all(reader: Reader, nodes: Iterable[TreeNode]) -> list[Statement]:
    """Read statements in order, leaving out those that do nothing at run time."""
    handlers = reader.statements
    read: list[Statement] = []
    for node in nodes:
        handler = handlers.get(node.kind_id)
        found = handler(reader, node) if handler is not None else None
        if found is not None:
            read.append(found)
    return read


def _block(reader: Reader, node: TreeNode) -> Block:
    outer = reader.scope
    reader.scope = Scope(outer, reader.function)
    items = read_all(reader, node.named_children)
    reader.scope = outer
    return Block(node.start_byte, node.end_byte, items)


def _first(reader: Reader, node: TreeNode) -> Expression | None:
    """Read the only expression that a statement has."""
    for child in node.named_children:
        handler = reader.expressions.get(child.kind_id)
        if handler is not None:
            return handler(reader, child)
        if reader.kinds[child.kind_id] != "comment":
            return reader.other(child)
    return None


def _expression_statement(reader: Reader, node: TreeNode) -> Statement | None:
    of = _first(reader, node)
    if of is None:
        return None
    found = Evaluate(node.start_byte, node.end_byte, of, reader.function)
    of.parent = found
    reader.evaluates.append(found)
    return found


def _declaration(reader: Reader, node: TreeNode) -> Statement | None:
    first, *children = node.children
    form = reader.kinds[first.kind_id]
    found: list[Statement] = [
        _declarator(reader, child, form) for child in children if reader.kinds[child.kind_id] == "variable_declarator"
    ]
    if not found:
        return None
    return found[0] if len(found) == 1 else Block(node.start_byte, node.end_byte, found)


def _declarator(reader: Reader, node: TreeNode, form: str) -> Declare:
    kinds = reader.kinds
    name, *children = node.named_children
    is_plain = kinds[name.kind_id] == "identifier"
    scope = reader.function_scope() if form == "var" else None
    bindings = patterns.declare(reader, name, form, scope)
    value: Expression | None = None
    type_: Type | None = None
    for child in children:
        kind = kinds[child.kind_id]
        if kind == "type_annotation":
            type_ = types.annotation(reader, child)
        elif kind != "comment":
            handler = reader.expressions.get(child.kind_id)
            value = handler(reader, child) if handler is not None else reader.other(child)
    for binding in bindings:
        if binding.of is not None and value is not None:
            binding.writes.append(value)  # a `var` that is declared again
            continue
        binding.of = value
        if is_plain:
            binding.type = type_
    found = Declare(node.start_byte, node.end_byte, form, tuple(bindings), value)
    if value is not None:
        value.parent = found
    return found


def _function(reader: Reader, node: TreeNode) -> Statement | None:
    function = functions.read(reader, node)
    if function.name is not None and (function.body is not None or function.name not in reader.scope.names):
        name = node.child_by_field_name("name")
        start, end = (name.start_byte, name.end_byte) if name is not None else (node.start_byte, node.end_byte)
        reader.declare(function.name, "function", start, end).of = function
    return None


def _class(reader: Reader, node: TreeNode) -> Statement | None:
    found = functions.read_class(reader, node)
    if found.name is not None:
        reader.declare(found.name, "class", found.start, found.end).of = found
    return None


def _interface(reader: Reader, node: TreeNode) -> Statement | None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None:
        return None
    extends: tuple[Type, ...] = ()
    for child in node.named_children:
        if child.type == "extends_type_clause":
            extends = tuple(types.read(reader, item) for item in child.named_children)
    _declare_type(reader, node, reader.text(name), extends, types.read(reader, body))
    return None


def _alias(reader: Reader, node: TreeNode) -> Statement | None:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is not None and value is not None:
        _declare_type(reader, node, reader.text(name), (), types.read(reader, value))
    return None


def _declare_type(reader: Reader, node: TreeNode, name: str, extends: tuple[Type, ...], type_: Type) -> None:
    listed = node.child_by_field_name("type_parameters")
    parameters = types.parameters(reader, listed) if listed is not None else {}
    defaults = tuple(parameters.values())
    reader.scope.types[name] = TypeDeclaration(name, type_, extends, tuple(parameters), defaults)


def _enum(reader: Reader, node: TreeNode) -> Statement | None:
    name = node.child_by_field_name("name")
    if name is not None:
        reader.declare(reader.text(name), "enum", name.start_byte, name.end_byte)
    return None


def _inside(reader: Reader, node: TreeNode) -> Statement | None:
    """Read what stands inside a `declare` or a label."""
    return Block(node.start_byte, node.end_byte, read_all(reader, node.named_children))


def _expression(reader: Reader, node: TreeNode | None) -> Expression:
    if node is None:
        return Literal(0, 0, "undefined", None)
    return reader.expression(node)


def _required(reader: Reader, node: TreeNode | None) -> Statement:
    found = reader.statement(node) if node is not None else None
    return found if found is not None else Block(0, 0, [])


def _if(reader: Reader, node: TreeNode) -> If:
    test = _expression(reader, node.child_by_field_name("condition"))
    yes = _required(reader, node.child_by_field_name("consequence"))
    clause = node.child_by_field_name("alternative")
    no = _required(reader, clause.named_children[-1]) if clause is not None and clause.named_child_count else None
    found = If(node.start_byte, node.end_byte, test, yes, no)
    test.parent = found
    return found


def _while(reader: Reader, node: TreeNode) -> Loop:
    test = _expression(reader, node.child_by_field_name("condition"))
    body = _required(reader, node.child_by_field_name("body"))
    form = "do" if node.type == "do_statement" else "while"
    return _loop(node, form, [test], body)


def _loop(node: TreeNode, form: str, heads: list[Expression], body: Statement, *, awaits: bool = False) -> Loop:
    found = Loop(node.start_byte, node.end_byte, form, heads, body, awaits)
    for head in heads:
        head.parent = found
    return found


def _for(reader: Reader, node: TreeNode) -> Statement:
    outer = reader.scope
    reader.scope = Scope(outer, reader.function)
    initializer = node.child_by_field_name("initializer")
    first = reader.statement(initializer) if initializer is not None else None
    heads = [
        reader.expression(part.named_children[0] if part.type == "expression_statement" else part)
        for field in ("condition", "increment")
        if (part := node.child_by_field_name(field)) is not None and part.type != "empty_statement"
    ]
    body = _required(reader, node.child_by_field_name("body"))
    reader.scope = outer
    loop = _loop(node, "for", heads, body)
    return loop if first is None else Block(node.start_byte, node.end_byte, [first, loop])


def _for_in(reader: Reader, node: TreeNode) -> Loop:
    outer = reader.scope
    subject = _expression(reader, node.child_by_field_name("right"))
    reader.scope = Scope(outer, reader.function)
    kind, left = node.child_by_field_name("kind"), node.child_by_field_name("left")
    operator = node.child_by_field_name("operator")
    form = operator.type if operator is not None else "in"
    if kind is not None and left is not None:
        for binding in patterns.declare(reader, left, kind.type):
            binding.of = subject
            binding.steps = (EACH if form == "of" else UNKNOWN_STEP, *binding.steps)
    elif left is not None:
        target = reader.expression(left)
        reader.assigned.extend((name, target) for name in reader.names[-1:] if name is target)
    body = _required(reader, node.child_by_field_name("body"))
    reader.scope = outer
    awaits = any(child.type == "await" for child in node.children)
    return _loop(node, form, [subject], body, awaits=awaits)


def _switch(reader: Reader, node: TreeNode) -> Switch:
    of = _expression(reader, node.child_by_field_name("value"))
    outer = reader.scope
    reader.scope = Scope(outer, reader.function)
    cases: list[tuple[Expression | None, Block]] = []
    body = node.child_by_field_name("body")
    for case in body.named_children if body is not None else ():
        if case.type not in {"switch_case", "switch_default"}:
            continue
        value = case.child_by_field_name("value")
        test = reader.expression(value) if value is not None else None
        items = read_all(reader, case.children_by_field_name("body"))
        cases.append((test, Block(case.start_byte, case.end_byte, items)))
    reader.scope = outer
    found = Switch(node.start_byte, node.end_byte, of, cases)
    of.parent = found
    return found


def _try(reader: Reader, node: TreeNode) -> Try:
    body = _as_block(_required(reader, node.child_by_field_name("body")))
    handler: Block | None = None
    clause = node.child_by_field_name("handler")
    if clause is not None:
        outer = reader.scope
        reader.scope = Scope(outer, reader.function)
        parameter = clause.child_by_field_name("parameter")
        if parameter is not None:
            patterns.declare(reader, parameter, "catch")
        handler = _as_block(_required(reader, clause.child_by_field_name("body")))
        reader.scope = outer
    final = node.child_by_field_name("finalizer")
    last = _as_block(_required(reader, final.child_by_field_name("body"))) if final is not None else None
    return Try(node.start_byte, node.end_byte, body, handler, last)


def _as_block(statement: Statement) -> Block:
    return statement if isinstance(statement, Block) else Block(statement.start, statement.end, [statement])


def _return(reader: Reader, node: TreeNode) -> Return:
    of = _first(reader, node)
    found = Return(node.start_byte, node.end_byte, of, reader.function)
    if of is not None:
        of.parent = found
    if reader.function is not None:
        reader.function.returns.append(found)
    return found


def _throw(reader: Reader, node: TreeNode) -> Throw:
    of = _first(reader, node)
    found = Throw(node.start_byte, node.end_byte, of)
    if of is not None:
        of.parent = found
    return found


def _jump(_reader: Reader, node: TreeNode) -> Jump:
    form = "label" if node.named_child_count else node.children[0].type
    return Jump(node.start_byte, node.end_byte, form)


def _labeled(reader: Reader, node: TreeNode) -> Statement | None:
    body = node.child_by_field_name("body")
    return reader.statement(body) if body is not None else None


def _else(reader: Reader, node: TreeNode) -> Statement | None:
    return reader.statement(node.named_children[-1]) if node.named_child_count else None


HANDLERS: dict[str, Callable[[Reader, TreeNode], Statement | None]] = {
    "abstract_class_declaration": _class,
    "ambient_declaration": _inside,
    "break_statement": _jump,
    "class_declaration": _class,
    "continue_statement": _jump,
    "do_statement": _while,
    "else_clause": _else,
    "enum_declaration": _enum,
    "export_statement": modules.read_export,
    "expression_statement": _expression_statement,
    "for_in_statement": _for_in,
    "for_statement": _for,
    "function_declaration": _function,
    "function_signature": _function,
    "generator_function_declaration": _function,
    "if_statement": _if,
    "import_statement": modules.read_import,
    "interface_declaration": _interface,
    "labeled_statement": _labeled,
    "lexical_declaration": _declaration,
    "return_statement": _return,
    "statement_block": _block,
    "switch_statement": _switch,
    "throw_statement": _throw,
    "try_statement": _try,
    "type_alias_declaration": _alias,
    "variable_declaration": _declaration,
    "while_statement": _while,
}
