"""What filters look for that an index could find: one that would serve them is not needless where nothing uses it yet.

A filter leaves out documents after they are read: `.filter()` on a query, or on the array that it gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.api import TERMINALS
from convex_lint.link import filters
from convex_lint.link.shapes import bare, literal, outermost
from convex_lint.syntax.nodes import Await, Call, Member, Name
from convex_lint.values import Query, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.link.filters import Filter
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import TableDefinition

_BOUNDS = frozenset({"lt", "lte", "gt", "gte"})

Compared = tuple[str, str]
"""A method and the field that it compares: `("eq", "author")`."""


class Sought(NamedTuple):
    """What a filter looks for in a table, and the range of the index that its query uses, "" where it uses none."""

    table: str
    used: str
    ranged: frozenset[Compared]
    compared: frozenset[Compared]


def of(linked: Linked, path: str) -> Iterator[Sought]:
    """Yield what the filters of a module look for."""
    for call in linked.summaries[path].calls({"filter"}):
        start = _chain(call)[-1]
        query = _query(linked, start)
        if query is not None:  # only the last of several filters in a chain, as that one knows them all
            if _next(call) not in {"filter", "paginate"}:
                given = [filters.read(linked, path, one) for one in _chain(call) if _name(one) == "filter"]
                yield from _sought(linked, path, call, query, given)
            continue
        read = _read(call)
        query = _query(linked, read) if read is not None else None
        if read is not None and query is not None:
            yield from _sought(linked, path, read, query, [filters.read_array(linked, path, call)])


def _sought(linked: Linked, path: str, chain: Call, query: Query, given: list[Filter]) -> Iterator[Sought]:
    used = next((one for one in _chain(chain) if _name(one) == "withIndex"), None)
    named = literal(linked, used, 0) if used is not None else ""
    compared = frozenset((term.method, term.field) for one in given for term in one.terms)
    if query.table is not None and named is not None and compared:
        yield Sought(query.table, named, _range(linked, path, used), compared)


def _range(linked: Linked, path: str, used: Call | None) -> frozenset[Compared]:
    """Return what the range of an index compares."""
    given = used.arguments[1:] if used is not None else []
    calls = linked.summaries[path].calls(_BOUNDS | {"eq"}) if given else []
    inside = (call for call in calls if given[0].start <= call.start and call.end <= given[0].end)
    found = ((_name(call), literal(linked, call, 0)) for call in inside)
    return frozenset((method, field) for method, field in found if field is not None)


def _query(linked: Linked, start: Call) -> Query | None:
    """Return the query that a chain of calls is one of, by its first call."""
    callee = bare(start.callee)
    made = present(linked.value(start))
    if not isinstance(made, Query) and isinstance(callee, Member):
        made = present(linked.value(callee.of))
    return made if isinstance(made, Query) and not made.search else None


def _chain(call: Call) -> list[Call]:
    """Return a call and those before it in its chain, the last one first."""
    found = [call]
    while isinstance(member := bare(found[-1].callee), Member) and isinstance(before := bare(member.of), Call):
        found.append(before)
    return found


def _next(call: Call) -> str:
    """Return the method that is called on what a call gives."""
    member = outermost(call).parent
    return member.name if isinstance(member, Member) else ""


def _read(call: Call) -> Call | None:
    """Return the call that reads the array which is filtered, where that is all that becomes of it, once."""
    member = bare(call.callee)
    array: Expression | None = bare(member.of) if isinstance(member, Member) else None
    bound = array.binding if isinstance(array, Name) else None
    if bound is not None:
        array = bare(bound.of) if bound.of is not None and len(bound.uses) == 1 and not bound.steps else None
    read = bare(array.of) if isinstance(array, Await) else None
    is_once = isinstance(read, Call) and read.function is call.function
    return read if is_once and isinstance(read, Call) and _name(read) in TERMINALS else None


def _name(call: Call) -> str:
    member = bare(call.callee)
    return member.name if isinstance(member, Member) else ""


def wanted(table: TableDefinition, index: str, sought: Sought) -> bool:
    """Say whether an index of a table would serve a filter best, and better than the one that its query uses."""
    compared = sought.ranged | sought.compared
    usable = [one for one in table.indexes if one.form == "index" and one.name and not (one.staged or one.open)]
    best = max(usable, key=lambda one: (len(filters.ranged(one, compared)), -len(one.fields)), default=None)
    if best is None or index not in {best.name} - {sought.used}:
        return False
    fields = {field for _, field in sought.ranged}
    return fields < set(filters.ranged(best, compared))
