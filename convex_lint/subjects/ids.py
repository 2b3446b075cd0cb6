"""Places where an id is given that surely is of another table than the one that is wanted there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, literal, outermost
from convex_lint.subjects import documents, fields, indexes, references
from convex_lint.subjects.fitting import strange_ids, strange_table
from convex_lint.subjects.schema import Schema
from convex_lint.syntax.nodes import Call
from convex_lint.validators import document, members
from convex_lint.values import FieldBuilder, Method, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.fields import FieldUse
    from convex_lint.subjects.indexes import IndexUse
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.references import ReferenceUse
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Validator


class StrangeId:
    """An id of the table `given`, where only ids of the tables `wanted` fit.

    `by` says what wants it: `method` (one that names the table), `field` (one that is written), `argument` or
    `comparison`. `what` is that in the words of a message.
    """

    def __init__(  # noqa: PLR0913, PLR0917  a place is its parts
        self, module: Module, place: Place, given: str, wanted: tuple[str, ...], by: str, what: str
    ) -> None:
        self.module = module
        self.place = place
        self.given = given
        self.wanted = wanted
        self.by = by
        self.what = what


def find(module: Module) -> Iterator[StrangeId]:
    """Yield the ids of a module that surely are of another table than is wanted."""
    schema = Schema(module.linked)
    for call in documents.find(module):
        named, table = call.named, call.table
        is_there = named is not None and schema.table(module, named) is not None
        if named is not None and table is not None and named != table and is_there:
            place = module.at(bare(call.id))
            yield StrangeId(module, place, table, (named,), "method", f"`db.{call.method}` of `{named}`")
    for use in fields.find(module):
        yield from _compared(module, use, schema) if use.method == "field" else _written(module, use, schema)
    for used in indexes.find(module):
        yield from _ranged(module, used, schema)
    for reference in references.find(module):
        yield from _given(module, reference)


def _written(module: Module, use: FieldUse, schema: Schema) -> Iterator[StrangeId]:
    wanted, given = _documents(module, use.table, schema), use.document
    if wanted is not None and given is not None and schema.validates(module):
        for one in strange_ids(module, given, wanted, partial=use.method == "patch"):
            yield StrangeId(module, one.place, one.wanted, one.names, "field", f"`{one.path}` of `{use.table}`")


def _given(module: Module, use: ReferenceUse) -> Iterator[StrangeId]:
    for one in use.strange_ids:
        yield StrangeId(module, one.place, one.wanted, one.names, "argument", f"`{one.path}` of `{use.spelt}`")


def _ranged(module: Module, use: IndexUse, schema: Schema) -> Iterator[StrangeId]:
    steps = (*(step for found in use.ranges for step in found.steps), *use.filtered_by)
    for step in dict.fromkeys(steps):
        if step.field is not None and step.value is not None and step.method == "eq":
            yield from _comparison(module, use.table, step.field, step.value, schema)


def _compared(module: Module, use: FieldUse, schema: Schema) -> Iterator[StrangeId]:
    """Yield the id that `q.eq(q.field("author"), id)` compares a field with."""
    node = outermost(use.call)
    call, field = node.parent, literal(module.linked, use.call, 0)
    if not isinstance(call, Call) or node not in call.arguments or field is None or len(call.arguments) != 2:  # noqa: PLR2004  what is compared
        return
    match present(module.linked.value(call.callee)):
        case Method(of=FieldBuilder(), name="eq" | "neq"):
            other = call.arguments[1 - call.arguments.index(node)]
            yield from _comparison(module, use.table, field, other, schema)
        case _:
            pass


def _comparison(
    module: Module, table: str | None, field: str, value: Expression, schema: Schema
) -> Iterator[StrangeId]:
    wanted = _documents(module, table, schema)
    options = _at(wanted, field) if wanted is not None else ()
    strange = strange_table(module.linked.value(value), options)
    if strange is not None and schema.validates(module):
        names, given = strange
        yield StrangeId(module, module.at(bare(value)), given, names, "comparison", f"`{field}` of `{table}`")


def _documents(module: Module, table: str | None, schema: Schema) -> Validator | None:
    found = schema.table(module, table) if table is not None else None
    return document(table, found.validator) if found is not None else None


def _at(wanted: Validator, path: str) -> tuple[Validator, ...]:
    """Return what a field of documents may be, in every form that they may have; none where that is not seen."""
    first, _, rest = path.partition(".")
    found: list[Validator] = []
    for one in members(wanted):
        field = one.field(first)
        if one.kind != "object" or (field is None and one.open):
            return ()
        if field is not None:
            found += _at(field, rest) if rest else members(field)
    return tuple(found)
