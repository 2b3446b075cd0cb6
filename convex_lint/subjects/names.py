"""The names that code gives to tables, indexes and fields: Convex takes some of them only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.facts.packages import TIEBREAKERS
from convex_lint.facts.schema import IDENTIFIER, LET_THROUGH, LONGEST_NAME, RESERVED_INDEXES
from convex_lint.link import tables
from convex_lint.link.shapes import bare
from convex_lint.source import Span
from convex_lint.subjects import defined
from convex_lint.syntax.nodes import Object, Property
from convex_lint.values import Package, SchemaDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.defined import Index
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_SCHEMAS = frozenset({"defineSchema", "defineEntSchema"})
_OBJECTS = frozenset({"object", *tables.MAKERS})
_EDGES = re.compile(r"^[^A-Za-z]+|[^A-Za-z0-9]+$")
_NO_WORD = re.compile(r"[^A-Za-z0-9_]+")


class SchemaName:
    """A name that code gives to a table, an index or a field (the `form`); a field may be one of a table."""

    def __init__(
        self, form: str, text: str, place: Place, *, index: Index | None = None, of_table: bool = False
    ) -> None:
        self.form = form
        self.text = text
        self.place = place
        self._index = index
        self._of_table = of_table

    @property
    def is_identifier(self) -> bool:
        """Whether it has only what such names may have."""
        return IDENTIFIER.fullmatch(self.text) is not None

    @property
    def is_reserved(self) -> bool:
        """Whether it is one that Convex keeps for itself; the fields of other objects than documents are free."""
        is_private = self.text.startswith("_")
        if self.form == "index":
            return self.text in RESERVED_INDEXES or (is_private and not self.text.startswith(LET_THROUGH))
        return is_private and (self.form == "table" or (self._of_table and self.text not in TIEBREAKERS))

    @property
    def earlier(self) -> Place | None:
        """Where the table was given an index of the same name before."""
        for other in self._index.siblings if self._index is not None else ():
            if other == self._index:
                return None
            if other.definition.name == self.text:
                return other.place
        return None

    @property
    def legal(self) -> str | None:
        """A name that is like it, and that Convex takes."""
        made = _NO_WORD.sub("_", _EDGES.sub("", self.text))[:LONGEST_NAME]
        return made if made != self.text and IDENTIFIER.fullmatch(made) else None


def find(module: Module) -> Iterator[SchemaName]:
    """Yield the names of tables and indexes, and those of fields that are not like the others."""
    for index in defined.find(module):
        if index.definition.name is not None:
            yield SchemaName("index", index.definition.name, index.place, index=index)
    for call in module.summary.calls(_SCHEMAS):
        if call.arguments and isinstance(module.linked.value(call), SchemaDefinition):
            for entry in _entries(call.arguments[0]):
                yield SchemaName("table", entry.key or "", _place(module, entry))
    seen: set[Property] = set()
    for call in module.summary.calls(_OBJECTS):
        odd = [entry for one in call.arguments for entry in _entries(one) if not _is_plain(entry.key or "")]
        callee = module.linked.value(call.callee) if odd else None
        if isinstance(callee, Package) and (callee.name == "v.object" or callee.name in tables.MAKERS):
            for entry in odd:
                if entry in seen:
                    continue
                seen.add(entry)
                place = _place(module, entry)
                yield SchemaName("field", entry.key or "", place, of_table=callee.name != "v.object")


def _is_plain(key: str) -> bool:
    return not key.startswith("_") and IDENTIFIER.fullmatch(key) is not None


def _entries(given: Expression) -> list[Property]:
    """Return the properties that are written in an argument, or in the constant that it is the name of."""
    written = bare(tables.held(given))
    properties = written.properties if isinstance(written, Object) else []
    return [entry for entry in properties if isinstance(entry, Property) and entry.key is not None]


def _place(module: Module, entry: Property) -> Place:
    return Place(module.path, Span(entry.key_start, entry.key_end))
