"""An index that is added to a table, where the table is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import TABLE_INDEXES
from convex_lint.facts.schema import MOST_INDEXES
from convex_lint.link import tables
from convex_lint.link.shapes import outermost
from convex_lint.source import Span
from convex_lint.subjects.module import Module
from convex_lint.syntax.nodes import Call, Member
from convex_lint.validators import can_hold
from convex_lint.values import Package

if TYPE_CHECKING:
    from convex_lint.diagnostics import Edit
    from convex_lint.values import IndexDefinition, TableDefinition

_CHAINED = frozenset({*TABLE_INDEXES, *tables.TABLE_METHODS})
_DEFINE = Package("convex/server", "defineTable")


def added(module: Module, name: str, index: IndexDefinition) -> tuple[Edit, ...]:
    """Return the edit that adds an index to a table of the schema; none where that is not sure, or not possible."""
    linked = module.linked
    folder = linked.schema_folder(module.path)
    known = dict(linked.schema(folder).tables) if folder is not None else {}
    found = known.get(name)
    is_own = found is not None and [one.made for one in known.values()].count(found.made) == 1
    if found is None or found.made is None or not is_own or not _fits(found, index):
        return ()
    path, number = found.made
    linked.text(path)  # whatever is said of places in another module is said anew when that changes
    other = Module(linked, linked.summaries[path])
    call = other.summary.calls(tables.MAKERS)[number]
    with linked.at(path):
        is_plain = linked.value(call.callee) == _DEFINE and other.whole(call, call.function)
    return (_behind(other, call, index),) if is_plain else ()


def _fits(table: TableDefinition, index: IndexDefinition) -> bool:
    """Say whether a table surely has the fields of an index, and no other index of its name."""
    names = {one.name for one in table.indexes}
    has_room = len(table.indexes) < MOST_INDEXES and not table.open and not names & {None, index.name}
    return has_room and all(can_hold(table.validator, tuple(field.split("."))) for field in index.fields)


def _behind(module: Module, made: Call, index: IndexDefinition) -> Edit:
    """Return the edit that adds the index behind all others, on a line of its own where the last one has it."""
    last, blank = made, ""
    while True:
        member = outermost(last).parent
        call = outermost(member).parent if isinstance(member, Member) and member.name in _CHAINED else None
        if not isinstance(call, Call) or not isinstance(member, Member):
            break
        _, line, indent = module.text(Span(member.of.end, member.name_start)).removesuffix(".").rpartition("\n")
        last, blank = call, f"{line}{indent}" if not indent.strip() else ""
    fields = ", ".join(module.quoted(field) for field in index.fields)
    return module.insert(last.end, f"{blank}.index({module.quoted(index.name or '')}, [{fields}])")
