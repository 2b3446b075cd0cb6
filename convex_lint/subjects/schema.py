"""The schema, as rules see it: what the project says of its tables, and the places where they are written.

`Schema` is a fact about the whole project, which a rule names with `given=`; `Table` and `Index` are subjects, which a
rule is asked about one by one, in the module where they stand.

A question about a table has three answers. `Schema.table` gives the table; or None where a schema that is understood as
a whole has no such table; or a table that is `open`, with a validator of which nothing is known, where that cannot be
told. A rule that reports what is not there has to see that nothing is `open`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.facts.packages import BUILT_IN_INDEXES, TIEBREAKERS
from convex_lint.link import growth, tables
from convex_lint.link.filters import served
from convex_lint.link.shapes import bare, outermost
from convex_lint.source import Span
from convex_lint.subjects.defined import find as find_indexes
from convex_lint.subjects.defined import names_of
from convex_lint.syntax.nodes import Call, Declare, Member, Object, Property
from convex_lint.validators import as_validator
from convex_lint.values import IndexDefinition, Package, TableDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from convex_lint.link import Linked
    from convex_lint.link.filters import Filter, IndexRange
    from convex_lint.subjects.defined import Index
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Validator

_OBJECTS = (Package("convex/values", "v.object"), Package("convex/values", "v.union"))

_BUILT_IN = tuple(IndexDefinition("index", name, fields) for name, fields in BUILT_IN_INDEXES.items())


class Schema:
    """The schema of the project that a module belongs to: what it says is asked with the module."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked

    def tables(self, module: Module) -> Mapping[str, TableDefinition]:
        """Return the tables that are seen, by name; these are all if the schema `is_whole`."""
        folder = self._linked.schema_folder(module.path)
        return dict(self._linked.schema(folder).tables) if folder is not None else {}

    def is_whole(self, module: Module) -> bool:
        """Say whether all tables of the schema are seen."""
        folder = self._linked.schema_folder(module.path)
        return folder is not None and not self._linked.schema(folder).open

    def validates(self, module: Module) -> bool:
        """Say whether Convex surely holds documents to the schema."""
        folder = self._linked.schema_folder(module.path)
        return folder is not None and self._linked.schema(folder).validates

    def grows(self, module: Module, table: str) -> bool:
        """Say whether a function that anyone can call surely adds documents to a table."""
        folder = self._linked.schema_folder(module.path)
        return folder is not None and growth.grows(self._linked, folder, table)

    def table(self, module: Module, name: str) -> TableDefinition | None:
        """Return a table, system tables too; None where there surely is none, an open one where that is not known."""
        folder = self._linked.schema_folder(module.path)
        return self._linked.table(folder, name) if folder is not None else tables.UNKNOWN_TABLE

    def index(self, module: Module, table: str, name: str, form: str = "index") -> IndexDefinition | None:
        """Return an index of a table by its name; None where there surely is none, an open one where it is not known.

        `form` is `index` (those that every table has are found, too), `search` or `vector`.
        """
        found = self.table(module, table)
        if found is None:
            return None
        unseen = IndexDefinition(form, name, open=True)
        known = [*found.indexes, *_BUILT_IN]
        if any(one.name is None for one in known):
            return unseen
        fits = (one for one in known if one.name == name and one.form == form)
        return next(fits, unseen if found.open else None)

    def index_names(self, module: Module, table: str, form: str = "index") -> tuple[str, ...]:
        """Return the names of the indexes of a table that are seen and not staged, the built-in ones last."""
        found = self.table(module, table)
        known = [*(found.indexes if found is not None else ()), *(_BUILT_IN if form == "index" else ())]
        return tuple(one.name for one in known if one.form == form and one.name is not None and not one.staged)

    def serving(self, module: Module, table: str, compared: Filter, used: str | None = "") -> IndexRange | None:
        """Return how the index of a table that serves a filter best does so, or None where there is none.

        It starts with fields that the filter compares with one value, or with one that it bounds. Where nothing is
        compared but `_creationTime`, that is the built-in index `by_creation_time`. `used` is the index that the query
        uses so far, empty for none, and None where it is not known.
        """
        found = self.table(module, table)
        if found is None:
            return None
        usable = [one for one in found.indexes if one.form == "index" and one.name and not (one.staged or one.open)]
        known = self.index(module, table, used) if used else None
        order = TIEBREAKERS if used == "" else known.ordered if known is not None and not known.open else ()
        ranges = [served(one, compared, order) for one in (*usable, *_BUILT_IN)]
        best = max(ranges, key=lambda one: (len({term.field for term in one.terms}), -len(one.index.fields)))
        return best if best.terms else None


class Field:
    """A field of a table, where it is written in the call that makes the table."""

    def __init__(self, module: Module, entry: Property) -> None:
        self.name = entry.key or ""
        self.place = Place(module.path, Span(entry.key_start, entry.key_end))
        self.value_place = module.at(entry.value)
        self.validator = as_validator(module.linked.value(entry.value))


class Table:
    """A call that makes a table: `defineTable(…)`, or `Table(…)` of convex-helpers."""

    def __init__(self, module: Module, node: Call) -> None:
        self.module = module
        self.node = node
        self.made = tables.made(module.linked, node)
        self._callee = module.linked.value(node.callee)

    @property
    def place(self) -> Place:
        """What is called."""
        return self.module.at(self.node.callee)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables of the schema that the call makes; none where it is not seen in it."""
        return names_of(self.module, self.made)

    @property
    def name(self) -> str | None:
        """The name of the table, where it is one table of the schema."""
        return self.names[0] if len(self.names) == 1 else None

    @property
    def is_named(self) -> bool:
        """Whether code has the name of the table, as far as is seen; also true of one that packages know of."""
        found = self.name
        folder = self.module.linked.schema_folder(self.module.path)
        is_plain = isinstance(self._callee, Package) and self._callee.specifier == "convex/server"
        if found is None or folder is None or not is_plain:
            return True
        return self.module.linked.is_named(folder, found, self.module.path)

    @cached_property
    def definition(self) -> TableDefinition:
        """What the code says of the table, all its indexes included."""
        found = self.name
        folder = self.module.linked.schema_folder(self.module.path)
        table = self.module.linked.table(folder, found) if found is not None and folder is not None else None
        return table if table is not None else self._chain()

    def _chain(self) -> TableDefinition:
        """Return the table that the chain of calls behind this one gives, or the name that holds it."""
        node = outermost(self.node)
        while isinstance(node.parent, Member) and isinstance(node.parent.parent, Call):
            node = outermost(node.parent.parent)
        holder = node.parent
        linked = self.module.linked
        is_held = isinstance(holder, Declare) and len(holder.bindings) == 1 and not holder.bindings[0].steps
        value = (
            linked.binding(holder.bindings[0], self.module.path)
            if is_held and isinstance(holder, Declare)
            else linked.value(node)
        )
        return value if isinstance(value, TableDefinition) else tables.UNKNOWN_TABLE

    @property
    def validator(self) -> Validator:
        """The validator of the documents, without the fields that Convex adds."""
        return self.definition.validator

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that are written in the call itself, in all objects of a union; those of spreads are not."""
        given = self.node.arguments[1:] if isinstance(self._callee, Package) and self._callee.name == "Table" else []
        written = given or self.node.arguments
        return tuple(_fields(self.module, written[0])) if written else ()

    @property
    def indexes(self) -> tuple[Index, ...]:
        """The calls in the same module that add an index to the table, in the order of the text."""
        return tuple(index for index in find_indexes(self.module) if index.made == self.made)


def _fields(module: Module, written: Expression) -> Iterator[Field]:
    written = bare(written)
    if isinstance(written, Object):
        for entry in written.properties:
            if isinstance(entry, Property) and entry.key is not None:
                yield Field(module, entry)
    elif isinstance(written, Call) and module.linked.value(written.callee) in _OBJECTS:
        for argument in written.arguments:
            yield from _fields(module, argument)


def find_tables(module: Module) -> Iterator[Table]:
    """Yield the calls of a module that make tables."""
    for call in module.summary.calls(tables.MAKERS):
        callee = module.linked.value(call.callee)
        if isinstance(callee, Package) and callee.name in tables.MAKERS and module.whole(call, call.function):
            yield Table(module, call)
