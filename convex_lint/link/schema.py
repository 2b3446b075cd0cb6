"""The schema of a project: its tables, and what a field of a document is."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint.link import tables
from convex_lint.link.exports import system_tables
from convex_lint.link.tables import UNKNOWN_TABLE
from convex_lint.syntax.nodes import Call, Object, Property
from convex_lint.validators import document, let_in, property_of
from convex_lint.values import UNKNOWN, Id, Package, Primitive, SchemaDefinition, Structure, TableDefinition, Value
from convex_lint.workspace import SUFFIXES

if TYPE_CHECKING:
    from convex_lint.link import Linked

_DEFINE = Package("convex/server", "defineSchema")

UNKNOWN_SCHEMA = SchemaDefinition(open=True, validates=False, strict=False)
"""The schema of which nothing is known."""


def path(linked: Linked, folder: str) -> str | None:
    """Return the module that holds the schema of a functions folder."""
    paths = (posixpath.normpath(f"{folder}/schema{suffix}") for suffix in SUFFIXES)
    return next((one for one in paths if one in linked.summaries), None)


def folder(linked: Linked, of: str) -> str | None:
    """Return the functions folder whose documents a module handles: its own, or the only one that has a schema."""
    project = linked.project_of(of)
    if project is not None:
        return project.folder
    folders = [one.folder for one in linked.workspace.projects if path(linked, one.folder) is not None]
    return folders[0] if len(folders) == 1 else None


def definition(linked: Linked, module: str) -> SchemaDefinition:
    """Return the schema that a module exports by default."""
    found = linked.export(module, "default")
    return found if isinstance(found, SchemaDefinition) else UNKNOWN_SCHEMA


def table(linked: Linked, module: str | None, folder: str, name: str) -> TableDefinition | None:
    """Return a table of a schema, or None for one that is surely not in it."""
    own = system_tables().get(name)
    if own is not None:
        return own
    found = _written(linked, module, name) if module is not None else None
    if found is None:
        schema = linked.schema(folder)
        found = schema.table(name)
        if found is None:
            return UNKNOWN_TABLE if schema.open or name.startswith("_") else None
    return replace(found, made=None)  # which call it is is another one where a table is written before it


def _written(linked: Linked, module: str, name: str) -> TableDefinition | None:
    """Return a table that stands in the schema itself, without looking at the others: there may be hundreds."""
    summary = linked.summaries[module]
    export = summary.exports.get("default")
    call = tables.held(export.of) if export is not None and export.of is not None else None
    if not isinstance(call, Call) or not call.arguments or linked.value(call.callee) != _DEFINE:
        return None
    given = tables.held(call.arguments[0])
    last = given.properties[::-1] if isinstance(given, Object) else []
    for entry in last:
        if not isinstance(entry, Property) or entry.key is None:
            return None
        if entry.key == name:
            found = linked.value(entry.value)
            return found if isinstance(found, TableDefinition) else None
    return None


def field(of: TableDefinition | None, table_name: str, name: str) -> Value:
    """Return what a field of a document of a table holds."""
    found = property_of(document(table_name, of.validator), name) if of is not None else None
    return found if found is not None else UNKNOWN


def fields(of: TableDefinition | None, table_name: str | None) -> Structure:
    """Return the fields of the documents of a table, open where they are not all known, or not all have them."""
    found = let_in(document(table_name, of.validator)) if of is not None else UNKNOWN
    if isinstance(found, Structure):
        return found
    return Structure((("_id", Id(table_name)), ("_creationTime", Primitive("number"))), open=True)


def built_in(table_name: str | None, name: str) -> Value:
    """Return what a field holds that every document has."""
    if name == "_id":
        return Id(table_name)
    return Primitive("number") if name == "_creationTime" else UNKNOWN
