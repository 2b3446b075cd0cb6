"""Tables and schemas as code makes them: `defineTable`, its chain of indexes, `defineSchema`.

Read in the npm packages `convex` 1.48.0 (`server/schema.ts`), `convex-helpers` 0.1.135 (`server.js`) and `convex-ents`
0.20.0 (`schema.d.ts`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint.facts.api import TABLE_INDEXES
from convex_lint.link.shapes import bare, literal, outermost, property_of
from convex_lint.link.validators import argument
from convex_lint.syntax.nodes import Array, Call, Member, Name, Object, Spread
from convex_lint.validators import NOT_KNOWN, document, extend, system_fields
from convex_lint.values import (
    UNKNOWN,
    Constant,
    IndexDefinition,
    Method,
    SchemaDefinition,
    Structure,
    TableDefinition,
    Validator,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression

MAKERS = frozenset({"defineTable", "Table", "defineEnt", "defineEntFromTable"})
"""The functions that make a table."""

TABLE_METHODS = frozenset({"staged", "field", "edge", "edges", "deletion"})
"""The methods of a table that give the table, too; all but the first are of convex-ents."""

UNKNOWN_TABLE = TableDefinition(replace(NOT_KNOWN, open=True), open=True)
"""A table of which nothing is known but that it is there."""


def defined(linked: Linked, call: Call) -> TableDefinition:
    """Return the table that `defineTable` makes."""
    return TableDefinition(_documents(argument(linked, call, 0)), made=made(linked, call))


def ent(linked: Linked, call: Call) -> TableDefinition:
    """Return the table that `defineEnt` makes: its edges, and those of others, add fields and indexes."""
    fields = _documents(argument(linked, call, 0))
    return TableDefinition(replace(fields, open=True), open=True, made=made(linked, call))


def _documents(given: Validator) -> Validator:
    return given if given.kind else replace(NOT_KNOWN, open=True)


def made(linked: Linked, call: Call) -> tuple[str, int] | None:
    """Return which call of its module it is that makes a table."""
    calls = linked.summaries[linked.here].calls(MAKERS) if linked.here in linked.summaries else []
    return (linked.here, calls.index(call)) if call in calls else None


def helper(linked: Linked, call: Call) -> Structure:
    """Return what `Table(name, fields)` of convex-helpers gives."""
    name, fields = literal(linked, call, 0), argument(linked, call, 1)
    whole, system = document(name, fields), system_fields(name)
    parts: dict[str, Value] = {
        "name": Constant("string", name) if name is not None else UNKNOWN,
        "table": TableDefinition(_documents(fields), made=made(linked, call)),
        "doc": whole,
        "withoutSystemFields": _fields(fields),
        "withSystemFields": _fields(whole),
        "systemFields": _fields(system),
        "_id": Validator("id", table=name),
    }
    return Structure(tuple(parts.items()))


def _fields(validator: Validator) -> Structure:
    return Structure(validator.fields, validator.open or validator.kind != "object")


def schema(linked: Linked, call: Call, *, more: bool = False) -> SchemaDefinition:
    """Return the schema that `defineSchema` makes; with `more`, it adds tables of its own."""
    given = linked.value(call.arguments[0]) if call.arguments else UNKNOWN
    options = linked.value(call.arguments[1]) if len(call.arguments) > 1 else Structure(())
    if not isinstance(given, Structure):
        return SchemaDefinition(open=True, validates=_is_on(options, "schemaValidation"))
    tables = tuple((name, _table(value)) for name, value in given.fields)
    return SchemaDefinition(
        tables,
        given.open or more,
        _is_on(options, "schemaValidation"),
        _is_on(options, "strictTableNameTypes"),
    )


def _table(value: Value) -> TableDefinition:
    return value if isinstance(value, TableDefinition) else UNKNOWN_TABLE


def _is_on(options: Value, name: str) -> bool:
    """Say whether an option that is on by default surely is."""
    if not isinstance(options, Structure):
        return False
    return options.get(name) == Constant("boolean", value=True) if options.has(name) else not options.open


def member(of: TableDefinition, name: str) -> Value:
    """Return a member of a table."""
    if name == "validator":
        return of.validator
    return Method(of, name) if name in TABLE_INDEXES or name in TABLE_METHODS else UNKNOWN


def schema_member(of: SchemaDefinition, name: str) -> Value:
    """Return a member of a schema."""
    if name == "tables":
        return Structure(of.tables, of.open)
    return Method(of, name) if name in {"doc", "id"} else UNKNOWN


def schema_method(linked: Linked, of: SchemaDefinition, name: str, call: Call) -> Value:
    """Return what a method of a schema gives."""
    table = literal(linked, call, 0)
    return Validator("id", table=table) if name == "id" else documents_of(of, table)


def documents_of(of: SchemaDefinition, name: str | None) -> Validator:
    """Return the validator of the whole documents of a table of a schema."""
    table = of.table(name) if name is not None else None
    return document(name, table.validator) if table is not None else NOT_KNOWN


def method(linked: Linked, of: TableDefinition, name: str, call: Call) -> TableDefinition:
    """Return the table that a method of a table gives: the same one, with more to it."""
    if name in TABLE_INDEXES:
        index = index_of(linked, TABLE_INDEXES[name], call)
        return of if index in of.indexes else replace(of, indexes=(*of.indexes, index))
    if name == "staged":
        given = linked.value(call.arguments[0]) if call.arguments else UNKNOWN
        new = argument(linked, call, 0)
        return replace(of, staged=new if isinstance(given, Validator) else extend(of.validator, new))
    if name == "field":
        return _ent_field(linked, of, call)
    return of


def _ent_field(linked: Linked, of: TableDefinition, call: Call) -> TableDefinition:
    name = literal(linked, call, 0)
    if name is None:
        return of
    fields = extend(of.validator, Validator("object", fields=((name, argument(linked, call, 1)),)))
    return replace(of, validator=fields)


def index_of(linked: Linked, form: str, call: Call) -> IndexDefinition:
    """Return the index that a call adds to a table."""
    name = literal(linked, call, 0)
    given = bare(call.arguments[1]) if len(call.arguments) > 1 else None
    if isinstance(given, Object):
        return _configured(linked, form, name, given)
    fields, whole = strings(linked, given)
    return IndexDefinition(form, name, fields, open=not whole)


def _configured(linked: Linked, form: str, name: str | None, config: Object) -> IndexDefinition:
    options = linked.value(config)
    known = options if isinstance(options, Structure) else Structure((), open=True)
    fields, whole = strings(linked, _property(config, "fields")) if form == "index" else _one(known, f"{form}Field")
    filters, filtered = strings(linked, _property(config, "filterFields")) if form != "index" else ((), True)
    if not known.has("filterFields") and not known.open:
        filtered = True
    dimensions = known.get("dimensions")
    return IndexDefinition(
        form,
        name,
        fields,
        filters,
        int(dimensions.value) if isinstance(dimensions, Constant) and isinstance(dimensions.value, float) else None,
        staged=known.get("staged") == Constant("boolean", value=True),
        open=known.open or not (whole and filtered),
    )


def _property(config: Object, name: str) -> Expression | None:
    entry = property_of(config, name)
    return entry.value if entry is not None else None


def _one(options: Structure, name: str) -> tuple[tuple[str, ...], bool]:
    value = options.get(name)
    is_known = isinstance(value, Constant) and isinstance(value.value, str)
    return ((str(value.value),), True) if is_known and isinstance(value, Constant) else ((), False)


def held(written: Expression) -> Expression:
    """Return an expression without casts, or what a constant holds that it is a name of."""
    written = bare(written)
    if isinstance(written, Name):
        binding = written.scope.find(written.text)
        is_plain = binding is not None and binding.form == "const" and not binding.steps
        return bare(binding.of) if binding is not None and is_plain and binding.of is not None else written
    return written


def strings(linked: Linked, written: Expression | None) -> tuple[tuple[str, ...], bool]:
    """Return the strings of an array, as far as they are known, and whether these are all."""
    written = held(written) if written is not None else None
    if not isinstance(written, Array):
        return (), False
    found: list[str] = []
    for item in written.items:
        value = linked.value(item) if not isinstance(item, Spread) else UNKNOWN
        if not isinstance(value, Constant) or not isinstance(value.value, str):
            return tuple(found), False
        found.append(value.value)
    return tuple(found), True


def added(found: Value, names: AbstractSet[str | None]) -> Structure | None:
    """Return the tables of an object to which others are assigned, perhaps under a condition; None for other objects.

    `names` are those of the members that are assigned, None for one that may be any.
    """
    if not isinstance(found, Structure) or not any(isinstance(value, TableDefinition) for _, value in found.fields):
        return None
    kept = () if None in names else tuple(field for field in found.fields if field[0] not in names)
    return Structure(kept, open=True)


def changed(linked: Linked, bound: Binding, found: TableDefinition) -> TableDefinition:
    """Return the table that a name holds, with the indexes that are added to it wherever the name is used."""
    for use in bound.uses:
        node: Expression = outermost(use)
        while isinstance(node.parent, Member) and isinstance(node.parent.parent, Call):
            name, call = node.parent.name, node.parent.parent
            if call.callee is not node.parent or (name not in TABLE_INDEXES and name not in TABLE_METHODS):
                break
            found = method(linked, found, name, call) if call.function is None else replace(found, open=True)
            node = outermost(call)
    return found
