"""Read imports and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.syntax import functions
from convex_lint.syntax.nodes import Block, Declare, Export, Import, Name

if TYPE_CHECKING:
    from tree_sitter import Node as TreeNode

    from convex_lint.syntax.nodes import Binding, Statement
    from convex_lint.syntax.reader import Reader


def _specifier(reader: Reader, node: TreeNode | None) -> tuple[str, int, int]:
    if node is None:
        return "", 0, 0
    return reader.text(node)[1:-1], node.start_byte, node.end_byte


def _has(node: TreeNode, token: str) -> bool:
    return any(child.type == token for child in node.children)


def read_import(reader: Reader, node: TreeNode) -> Statement | None:
    """Read an import declaration; it declares its names in the module's scope."""
    specifier, start, end = _specifier(reader, node.child_by_field_name("source"))
    clause = next((child for child in node.named_children if child.type == "import_clause"), None)
    form = "import" if clause is not None else "bare"
    found = Import(specifier, start, end, form, _has(node, "type"))
    for child in clause.named_children if clause is not None else ():
        _clause(reader, child, found)
    required = next((child for child in node.named_children if child.type == "import_require_clause"), None)
    if required is not None:
        found.specifier, found.start, found.end = _specifier(reader, required.child_by_field_name("source"))
        found.form = "import"
        _bind(reader, found, required.named_children[0], "*", type_only=False)
    reader.imports.append(found)
    return None


def _clause(reader: Reader, node: TreeNode, found: Import) -> None:
    if node.type == "identifier":
        _bind(reader, found, node, "default", type_only=False)
    elif node.type == "namespace_import":
        for child in node.named_children:
            _bind(reader, found, child, "*", type_only=False)
    elif node.type == "named_imports":
        for child in node.named_children:
            name = child.child_by_field_name("name")
            if name is not None:
                local = child.child_by_field_name("alias") or name
                _bind(reader, found, local, reader.text(name).strip("\"'"), type_only=_has(child, "type"))


def _bind(reader: Reader, found: Import, local: TreeNode, imported: str, *, type_only: bool) -> None:
    binding = reader.declare(reader.text(local), "import", local.start_byte, local.end_byte, reader.program)
    binding.specifier = found.specifier
    binding.imported = imported
    binding.type_only = type_only or found.type_only
    found.bindings.append(binding)


def read_export(reader: Reader, node: TreeNode) -> Statement | None:
    """Read an export declaration of any form; what it declares is read as any other statement."""
    source = node.child_by_field_name("source")
    if source is not None:
        _reexport(reader, node, source)
        return None
    declaration = node.child_by_field_name("declaration")
    if declaration is not None:
        return _declaration(reader, node, declaration)
    value = node.child_by_field_name("value")
    if value is not None:
        of = reader.expression(value)
        reader.exports.append(Export("default", of.start, of.end, of))
        return None
    for clause in node.named_children:
        if clause.type == "export_clause":
            _clause_exports(reader, clause, type_only=_has(node, "type"))
    return None


def _declaration(reader: Reader, node: TreeNode, declaration: TreeNode) -> Statement | None:
    default = _has(node, "default")
    if declaration.type == "ambient_declaration" and declaration.named_child_count:
        declaration = declaration.named_children[0]  # `export declare …`
    if default and declaration.child_by_field_name("name") is None:
        of = functions.read(reader, declaration) if "function" in declaration.type else reader.other(declaration)
        reader.exports.append(Export("default", of.start, of.end, of))
        return None
    statement = reader.statement(declaration)
    for binding in _declared(reader, declaration, statement):
        name = Name(binding.start, binding.end, binding.name, reader.scope)
        reader.exports.append(Export("default" if default else binding.name, binding.start, binding.end, name))
    return statement


def _declared(reader: Reader, declaration: TreeNode, statement: Statement | None) -> tuple[Binding, ...]:
    name = declaration.child_by_field_name("name")
    if name is not None:
        binding = reader.scope.names.get(reader.text(name))
        return (binding,) if binding is not None else ()
    return bindings_of(statement)


def bindings_of(statement: Statement | None) -> tuple[Binding, ...]:
    """Return the bindings that a declaration makes."""
    if isinstance(statement, Declare):
        return statement.bindings
    if isinstance(statement, Block):
        return tuple(binding for item in statement.items for binding in bindings_of(item))
    return ()


def _clause_exports(reader: Reader, clause: TreeNode, *, type_only: bool) -> None:
    for child in clause.named_children:
        name = child.child_by_field_name("name")
        if name is None:
            continue
        alias = child.child_by_field_name("alias") or name
        of = Name(name.start_byte, name.end_byte, reader.text(name), reader.scope)
        reader.names.append(of)
        export = Export(reader.text(alias).strip("\"'"), alias.start_byte, alias.end_byte, of)
        export.type_only = type_only or _has(child, "type")
        reader.exports.append(export)


def _reexport(reader: Reader, node: TreeNode, source: TreeNode) -> None:
    specifier, start, end = _specifier(reader, source)
    type_only = _has(node, "type")
    reader.imports.append(Import(specifier, start, end, "export", type_only))
    clauses = [child for child in node.named_children if child.type in {"export_clause", "namespace_export"}]
    if not clauses:
        _add_reexport(reader, "*", "*", specifier, (node.start_byte, node.end_byte), type_only=type_only)
    for clause in clauses:
        if clause.type == "namespace_export":
            name = reader.text(clause.named_children[0])
            _add_reexport(reader, name, "*", specifier, (clause.start_byte, clause.end_byte), type_only=type_only)
            continue
        for child in clause.named_children:
            name_node = child.child_by_field_name("name")
            if name_node is not None:
                alias = child.child_by_field_name("alias") or name_node
                only = type_only or _has(child, "type")
                span = (alias.start_byte, alias.end_byte)
                _add_reexport(reader, reader.text(alias), reader.text(name_node), specifier, span, type_only=only)


def _add_reexport(  # noqa: PLR0913  the parts of the export
    reader: Reader, name: str, imported: str, specifier: str, span: tuple[int, int], *, type_only: bool
) -> None:
    export = Export(name, span[0], span[1], None)
    export.specifier, export.imported, export.type_only = specifier, imported, type_only
    reader.exports.append(export)
