"""Filters on what a query has read already: `.filter()` behind an index range, and that of the array that it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.link import filters
from convex_lint.link.filters import Filter, Term
from convex_lint.link.shapes import outermost
from convex_lint.source import Span
from convex_lint.subjects import adding, narrowing, queries
from convex_lint.subjects.clock import around
from convex_lint.subjects.indexes import IndexUse
from convex_lint.syntax.nodes import Await, Call, Declare, Loop, Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit
    from convex_lint.link.filters import IndexRange
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.queries import QueryChain
    from convex_lint.subjects.schema import Schema
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Query


class LateFilter:
    """A filter that leaves out documents after they are read; `on_array` says that it is one of the array.

    `table` is that of the query.
    """

    def __init__(self, chain: QueryChain, call: Call, member: Member, query: Query, *, on_array: bool) -> None:
        self.module = chain.module
        self.chain = chain
        self.table = query.table or ""
        self.on_array = on_array
        self.place = Place(chain.module.path, Span(member.name_start, member.name_end))
        self._call = call
        self._query = query
        self._use = next((step.call for step in chain.steps if step.name == "withIndex"), None)

    @property
    def compared(self) -> Filter:
        """What it compares."""
        if not self.on_array:
            return self.chain.compared
        return filters.read_array(self.module.linked, self.module.path, self._call)

    @property
    def range(self) -> tuple[Term, ...] | None:
        """What the range of the index compares; None where that is not seen."""
        if self._use is None:
            return () if self._query.index == "" else None
        found = IndexUse(self.module, self._use, "withIndex", self.table).ranges
        if len(self._use.arguments) == 1:
            return ()
        if len(found) != 1 or any(step.field is None or step.value is None for step in found[0].steps):
            return None
        return tuple(Term(one.method, one.field or "", one.value) for one in found[0].steps if one.value is not None)

    def served(self, schema: Schema) -> IndexRange | None:
        """Return how another index of the table serves the range and more of the filter, or None where none does."""
        ranged = self.range
        compared = self.compared
        if ranged is None or not compared.terms:
            return None
        both = Filter((*ranged, *compared.terms), compared.whole)
        found = schema.serving(self.module, self.table, both, self._query.index)
        if found is None or found.index.name in {self._query.index, "by_id"}:
            return None
        fields, before = {term.field for term in found.terms}, {term.field for term in ranged}
        return found if before < fields else None

    def unindexed(self, schema: Schema) -> Filter | None:
        """Return what it compares up to the id of another document that no index of the table starts with.

        The range of the query comes first, as it would in an index for both.
        """
        ranged, table = self.range, schema.table(self.module, self.table)
        if not self.on_array or ranged is None or table is None or table.open:
            return None
        for at, term in enumerate(self.compared.terms):
            held = table.validator.field(term.field)
            led = any(one.open or term.field in {*one.fields[:1], *one.filters} for one in table.indexes)
            if held is not None and held.kind == "id" and not led:
                return Filter((*ranged, self.compared.terms[at]))
        return None

    def indexing(self, compared: Filter) -> tuple[Edit, ...]:
        """Return the edit that adds the index which some of what it compares wants; none where that is not sure."""
        return adding.added(self.module, self.table, compared.wanted)

    def using(self, found: IndexRange) -> tuple[Edit, ...]:
        """Return the edits that use the other index instead of the filter; none where that is not sure."""
        is_only = not self.on_array and len(self.chain.filters) == 1 and found.keeps_order and not found.rest
        return narrowing.widened(self.module, self._use, self._call, found) if is_only and self._use else ()


def _array_filter(chain: QueryChain) -> tuple[Call, Member] | None:
    """Return the filter that is all that becomes of the documents that a chain gives."""
    awaited = outermost(chain.node).parent
    if not isinstance(awaited, Await) or chain.steps[-1].name != "collect":
        return None
    node: Expression = outermost(awaited)
    holder = node.parent
    if isinstance(holder, Declare) and len(holder.bindings) == 1:
        binding = holder.bindings[0]
        if binding.form != "const" or binding.steps or len(binding.uses) != 1:
            return None
        node = outermost(binding.uses[0])
    member = node.parent
    call = member.parent if isinstance(member, Member) and member.name == "filter" else None
    if not isinstance(call, Call) or not isinstance(member, Member) or call.callee is not member:
        return None
    return None if _is_repeated(chain.steps[-1].call, call) else (call, member)


def _is_repeated(read: Call, call: Call) -> bool:
    """Say whether a call may run many times for what was read once: then one query of all is less than many of some."""
    body = read.function.body if read.function is not None else None
    if body is None or call.function is not read.function:
        return call.function is not read.function
    bodies = [one.body for one in around(body, call) if isinstance(one, Loop)]
    return any(one.start <= call.start < one.end and not one.start <= read.start < one.end for one in bodies)


def find(module: Module) -> Iterator[LateFilter]:
    """Yield the filters of a module that come after a query has read."""
    for chain in queries.find(module):
        first = chain.filters[0] if chain.filters else None
        query = first.before if first is not None else None
        if first is not None and query is not None and isinstance(first.call.callee, Member):
            if query.table and query.ranged and not query.search:
                yield LateFilter(chain, first.call, first.call.callee, query, on_array=False)
            continue
        found = _array_filter(chain)
        query = chain.steps[-1].before if found is not None else None
        if found is not None and query is not None and query.table and not query.search:
            yield LateFilter(chain, *found, query, on_array=True)
