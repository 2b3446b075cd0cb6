"""Which tables grow with what users do: to which functions that anyone can call add documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import literal
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Call, Member
from convex_lint.values import Closure, Constant, Db, Method, Query, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked

_ONE = frozenset({"first", "unique"})
_COMPARISONS = frozenset({"eq", "gt", "gte", "lt", "lte"})


def fills(linked: Linked, path: str) -> Iterator[tuple[str, int]]:
    """Yield the tables that functions of a module add documents to, with the ordinals of these functions.

    What is made only where a query that is always the same finds nothing is made once: it is left out.
    """
    summary = linked.summaries[path]
    for call in summary.calls({"insert"}):
        table = literal(linked, call, 0) if call.function is not None else None
        if call.function is None or table is None:
            continue
        callee = present(linked.value(call.callee))
        around = summary.calls_in(call.function)
        if (
            isinstance(callee, Method)
            and isinstance(callee.of, Db)
            and not any(_asks(linked, path, one, table) for one in around)
        ):
            yield table, call.function.ordinal


def _asks(linked: Linked, path: str, call: Call, table: str) -> bool:
    """Say whether a call looks for one document of a table, always for the same one."""
    if not isinstance(call.callee, Member) or call.callee.name not in _ONE:
        return False
    query = present(linked.value(call.callee.of))
    if not isinstance(query, Query) or query.table != table or query.ordered:
        return False
    inside = [one for one in linked.summaries[path].calls(_COMPARISONS) if call.start <= one.start < call.end]
    return all(isinstance(linked.value(one.arguments[-1]), Constant) for one in inside if one.arguments)


def grows(linked: Linked, folder: str, table: str) -> bool:
    """Say whether a function that anyone can call surely adds documents to a table, whenever it is called."""
    for path in linked.summaries:
        if is_stub(path) or linked.schema_folder(path) != folder:
            continue
        for ordinal in sorted(ordinal for of, ordinal in linked.fills(path) if of == table):
            ways = linked.ways(Closure(path, ordinal))
            if any(way.deployed.names and not way.deployed.internal for way in ways):
                return True
    return False
