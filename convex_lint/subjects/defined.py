"""The calls that add an index to a table, and the fields that they name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from convex_lint.facts.api import TABLE_INDEXES
from convex_lint.facts.schema import (
    FEWEST_DIMENSIONS,
    IDENTIFIER,
    MOST_DIMENSIONS,
    MOST_FIELDS,
    MOST_INDEXES,
    NEEDED,
    OPTIONS,
)
from convex_lint.link import tables
from convex_lint.link.shapes import bare, outermost, property_of
from convex_lint.link.uses import Need
from convex_lint.nearest import meant
from convex_lint.source import Span
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Array, Call, Declare, Literal, Member, Name, Object, Property, Spread
from convex_lint.validators import at_path, can_hold, can_hold_vector, field_names
from convex_lint.values import Constant, Method, TableDefinition, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression
    from convex_lint.values import IndexDefinition, Validator

_CHAINED = frozenset({*TABLE_INDEXES, *tables.TABLE_METHODS})
"""The methods of a table that give the table."""


class IndexField:
    """A field that an index names. `role` is the option that names it: `fields`, `searchField` or `filterFields`."""

    def __init__(self, index: Index, role: str, text: str, node: Expression) -> None:
        self.role = role
        self.text = text
        self.place = index.module.at(node)
        self._index = index
        self._node = node

    @property
    def parts(self) -> tuple[str, ...]:
        """The names on the way to the field, through objects: dots at the ends do not count."""
        return tuple(self.text.strip(".").split("."))

    @property
    def is_name(self) -> bool:
        """Whether Convex takes it for the name of a field."""
        return all(IDENTIFIER.fullmatch(part) for part in self.parts)

    @property
    def is_reserved(self) -> bool:
        """Whether it is one that Convex adds, or could add."""
        return any(part.startswith("_") for part in self.parts)

    @property
    def exists(self) -> bool | None:
        """Whether a document of the table may have the field; None where that is not known."""
        return can_hold(self._index.validator, self.parts)

    @property
    def holds_vector(self) -> bool | None:
        """Whether the field may hold a vector; None where that is not known."""
        return can_hold_vector(self._index.validator, self.parts)

    @property
    def kinds(self) -> frozenset[str] | None:
        """The kinds of the validators that the field may have; None where they are not all known."""
        return at_path(self._index.validator, self.parts)

    def renamed(self, text: str) -> Edit | None:
        """Return the edit that names another field, where the name is written here and that is the only one near it."""
        node = self._node
        if not isinstance(node, Literal) or meant(self.text, self._index.field_names) != text:
            return None
        quote = self._index.module.text(node)[0]
        return self._index.module.replace(node, f"{quote}{text}{quote}")


class Index:
    """A call that adds an index to a table: `.index(…)`, `.searchIndex(…)`, `.vectorIndex(…)`."""

    def __init__(self, module: Module, node: Call, member: Member, before: TableDefinition) -> None:
        self.module = module
        self.node = node
        self.made = before.made
        self.validator: Validator = before.validator
        self._before = before
        self._member = member

    @property
    def place(self) -> Place:
        """The name that the index is given, or the method where it is given none."""
        first = self.node.arguments[0] if self.node.arguments else None
        return self.module.at(first if first is not None else self.node)

    @property
    def fields_place(self) -> Place:
        """The fields, or the options, that the index is given."""
        return self.module.at(self.node.arguments[1] if len(self.node.arguments) > 1 else self.node)

    @cached_property
    def definition(self) -> IndexDefinition:
        """What the call says of the index."""
        return tables.index_of(self.module.linked, TABLE_INDEXES[self._member.name], self.node)

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables of the schema that the index is one of; none where it is not seen in it."""
        return names_of(self.module, self.made)

    @property
    def table(self) -> str | None:
        """The table that the index is one of, where it is one table of the schema."""
        return self.tables[0] if len(self.tables) == 1 else None

    @property
    def is_validated(self) -> bool:
        """Whether the index is one of a table whose documents Convex holds to the schema."""
        folder = self.module.linked.schema_folder(self.module.path)
        return bool(self.tables) and folder is not None and self.module.linked.schema(folder).validates

    @property
    def need(self) -> Need:
        """What the project needs the index for, as far as is seen."""
        folder = self.module.linked.schema_folder(self.module.path)
        name, table = self.definition.name, self.table
        if folder is None or name is None or table is None:
            return Need.ORDER
        return self.module.linked.index_need(folder, table, name)

    def removed(self) -> tuple[Edit, ...]:
        """Return the edit that takes the call out of its chain; none where a comment would go with it."""
        call = Span(self._member.of.end, self.node.end)
        text = self.module.text(call)
        return (self.module.replace(call, ""),) if "//" not in text and "/*" not in text else ()

    def equals(self, other: Index) -> bool:
        """Whether another index of the table surely is the same one to Convex, under another name."""
        one, two = self.definition, other.definition
        if one.open or two.open or one.form != two.form or one.name == two.name:
            return False
        if one.form == "vector":
            return one.fields == two.fields and one.dimensions == two.dimensions is not None
        return one.fields == two.fields and frozenset(one.filters) == frozenset(two.filters)

    def starts(self, other: Index) -> bool:
        """Whether another index of the table surely has all fields of this one first, and more."""
        one, two = self.definition, other.definition
        is_known = one.form == two.form == "index" and not (one.open or two.open or one.staged or two.staged)
        if not is_known or one.name == two.name or len(one.fields) >= len(two.fields):
            return False
        return one.fields == two.fields[: len(one.fields)] != ()

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields of the documents that are known, those of all members of a union."""
        return field_names(self.validator)

    @property
    def is_one_too_many(self) -> bool:
        """Whether the table surely has as many indexes as it may have before this one."""
        return len(self._before.indexes) >= MOST_INDEXES and self.siblings[MOST_INDEXES : MOST_INDEXES + 1] == (self,)

    @property
    def lacks(self) -> tuple[str, ...]:
        """The options that the index needs and is surely not given."""
        given = self._options
        if given is None or not all(isinstance(one, Property) and one.key is not None for one in given.properties):
            return ()
        return tuple(name for name in NEEDED[self.definition.form] if property_of(given, name) is None)

    @property
    def is_empty(self) -> bool:
        """Whether it surely has no field."""
        found = self.definition
        return found.form == "index" and not (found.fields or found.open or self.lacks)

    @property
    def has_too_many_fields(self) -> bool:
        """Whether it surely has more fields, or filter fields, than it may have."""
        return len(self.definition.fields) > MOST_FIELDS or len(frozenset(self.definition.filters)) > MOST_FIELDS

    @property
    def has_bad_dimensions(self) -> bool:
        """Whether its vectors surely have fewer or more dimensions than they may have."""
        found = self.definition.dimensions
        return found is not None and not FEWEST_DIMENSIONS <= found <= MOST_DIMENSIONS

    def option(self, name: str) -> Place:
        """Return the place of an option, or of all that the index is given."""
        entry = property_of(self._options, name) if self._options is not None else None
        return self.module.at(entry.value) if entry is not None else self.fields_place

    @property
    def _options(self) -> Object | None:
        given = bare(self.node.arguments[1]) if len(self.node.arguments) > 1 else None
        return given if isinstance(given, Object) else None

    @property
    def written(self) -> tuple[IndexField, ...]:
        """The fields that the call names, in the order of the options, as far as they are seen."""
        given = self._options
        if given is None:
            listed = self.node.arguments[1:2] if self.definition.form == "index" else []
            return tuple(field for one in listed for field in self._named("fields", one))
        found: list[IndexField] = []
        for role in OPTIONS[self.definition.form]:
            entry = property_of(given, role)
            if entry is not None:
                found.extend(self._named(role, entry.value))
        return tuple(found)

    def _named(self, role: str, written: Expression) -> Iterator[IndexField]:
        written = tables.held(written)
        for item in written.items if isinstance(written, Array) else [written]:
            value = self.module.linked.value(item) if not isinstance(item, Spread) else None
            if isinstance(value, Constant) and isinstance(value.value, str):
                yield IndexField(self, role, value.value, bare(item))

    def __eq__(self, other: object) -> bool:
        """Say whether another one is the same call."""
        return isinstance(other, Index) and other.node is self.node

    def __hash__(self) -> int:
        """Return the hash of the call."""
        return hash(self.node)

    @cached_property
    def siblings(self) -> tuple[Index, ...]:
        """The calls in the same module that surely add an index to the same table, this one too, in their order."""
        root = _root(self.node)
        held = root.binding if isinstance(root, Name) else _holder(root)
        key = (_on_the_same, self.node.function, root if held is None else held)
        known: tuple[Index, ...] | None = self.module.found.get(key)
        if known is None or self not in known:
            found = (_index(self.module, call) for call in _on_the_same(self.node))
            known = self.module.found[key] = tuple(index for index in found if index is not None)
        return known


def _on_the_same(call: Call) -> list[Call]:
    """Return the calls of the methods of the table that a call is one of a method of."""
    root = _root(call)
    held = root.binding if isinstance(root, Name) else _holder(root)
    if held is None:
        return list(_chain(root))
    if held.form != "const" or held.steps or held.of is None:
        return [call]
    starts: list[Expression] = [_root(held.of), *held.uses]
    found = [one for start in starts for one in _chain(start)]
    return [one for one in found if one.function is call.function]


def _root(node: Expression) -> Expression:
    """Return what a chain of calls starts with: the call that makes a table, or a name."""
    node = bare(node)
    while isinstance(node, Call) and isinstance(member := bare(node.callee), Member) and member.name in _CHAINED:
        node = bare(member.of)
    return node


def _chain(root: Expression) -> Iterator[Call]:
    """Yield the calls behind an expression, `root.one().two()`, in their order."""
    node = outermost(root)
    while isinstance(member := node.parent, Member) and member.of is node:
        member_ = outermost(member)
        call = member_.parent
        if not isinstance(call, Call) or call.callee is not member_:
            return
        yield call
        node = outermost(call)


def _holder(root: Expression) -> Binding | None:
    """Return the name that holds what a chain of calls gives."""
    last = root
    for call in _chain(root):
        last = call
    parent = outermost(last).parent
    is_held = isinstance(parent, Declare) and len(parent.bindings) == 1
    return parent.bindings[0] if isinstance(parent, Declare) and is_held else None


def names_of(module: Module, made: tuple[str, int] | None) -> tuple[str, ...]:
    """Return the names of the tables of the schema that a call makes."""
    folder = module.linked.schema_folder(module.path) if made is not None else None
    if folder is None:
        return ()
    return tuple(name for name, table in module.linked.schema(folder).tables if table.made == made)


def _index(module: Module, call: Call) -> Index | None:
    member = bare(call.callee)
    if not isinstance(member, Member) or member.name not in TABLE_INDEXES:
        return None
    callee = present(module.linked.value(member))
    if not isinstance(callee, Method) or not isinstance(callee.of, TableDefinition):
        return None
    return Index(module, call, member, callee.of) if module.whole(call, call.function) else None


@once
def find(module: Module) -> Iterator[Index]:
    """Yield the calls of a module that add an index to a table."""
    for call in module.summary.calls(TABLE_INDEXES):
        index = _index(module, call)
        if index is not None:
            yield index
