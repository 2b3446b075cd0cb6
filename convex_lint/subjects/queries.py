"""Database queries: a chain of calls from `db.query(…)`, or from a name that holds a query, to its end."""

from __future__ import annotations

from functools import cached_property, reduce
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.facts.api import TERMINALS
from convex_lint.facts.language import PLAIN_METHODS
from convex_lint.facts.queries import FIRST
from convex_lint.link import ends, filters, growth
from convex_lint.link.filters import Filter
from convex_lint.link.shapes import bare, outermost
from convex_lint.source import Span
from convex_lint.subjects import adding, narrowing, orders, reads, sweeps
from convex_lint.subjects.functions import ways
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Array, Await, Call, Literal, Member, Name, Object, Template
from convex_lint.values import UNKNOWN, Constant, Query, Value, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit
    from convex_lint.link.filters import IndexRange
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.reads import Read
    from convex_lint.syntax.nodes import Expression


class QueryStep:
    """One call of a chain; `before` is the query that it is called on."""

    def __init__(self, module: Module, call: Call, member: Member) -> None:
        self.call = call
        self.name = member.name
        self.place = Place(module.path, Span(member.name_start, member.name_end))
        self._module = module
        self._of = member.of

    @cached_property
    def before(self) -> Query | None:
        """The query that the step is called on, if it surely is one."""
        value = present(self._module.linked.value(self._of))
        return value if isinstance(value, Query) else None

    @property
    def compared(self) -> Filter:
        """What a `.filter()` compares; `Schema.serving` tells which index would serve it."""
        return filters.read(self._module.linked, self._module.path, self.call)

    @property
    def number(self) -> float | None:
        """The number that it is given, where that is known."""
        given = self._module.linked.value(self.call.arguments[0]) if self.call.arguments else None
        value = given.value if isinstance(given, Constant) and given.form == "number" else None
        return value if isinstance(value, int | float) else None

    @property
    def late(self) -> str | None:
        """Why its query surely does not have it any more: `index`, `started`, `search` or `ordered`."""
        before = self.before
        return orders.late(before, self.name) if before is not None else None

    @property
    def wrong(self) -> tuple[str, Place] | None:
        """What it is given that makes it fail (see `orders.Wrong`), and where that is."""
        found = orders.wrong(self._module.linked, self.call, self.name) if self.before is not None else None
        if found is None:
            return None
        return found.what, self.place if found.argument is None else self._module.at(found.argument)


class QueryChain:
    """A chain as it is written, with its steps in the order in which they run."""

    def __init__(self, module: Module, node: Call, steps: list[QueryStep]) -> None:
        self.module = module
        self.node = node
        self.steps = steps
        self.place = module.at(node)

    @property
    def filters(self) -> list[QueryStep]:
        """The calls of `.filter()` on what surely is a query."""
        return [step for step in self.steps if step.name == "filter" and step.before is not None]

    @property
    def compared(self) -> Filter:
        """What all filters of the chain compare together."""
        return reduce(Filter.both, (step.compared for step in self.filters), Filter())

    @property
    def scans(self) -> bool:
        """Whether its first filter is on a query that surely reads all of a table with indexes, not page by page."""
        query = self.filters[0].before if self.filters else None
        ends = self.ends
        if query is None or query.index is None or query.ranged is not False or (query.table or "").startswith("_"):
            return False
        return ends is not None and len(ends) > 0 and "paginate" not in ends

    def is_ordered(self, found: IndexRange) -> bool:
        """Say whether the chain chooses the order of its documents, and gets another one with a range of an index."""
        return not found.keeps_order and any(step.name in {"withIndex", "order"} for step in self.steps)

    @property
    def reads(self) -> list[Read]:
        """What is read of the array that its last step gives; one of nothing that is known where that is not seen."""
        return reads.of(self.module, self.steps[-1].call)

    def first_of_all(self) -> tuple[Edit, ...]:
        """Return the edits that read one document with `first`, where all are read and only the first is taken."""
        return reads.first(self.module, self.steps[-1].call)

    @property
    def found(self) -> Query | None:
        """The query that it runs with `collect` or `for await`, or that it is; None where that is not known."""
        value = self.steps[-1].before if self.steps[-1].name in TERMINALS else self.module.linked.value(self.node)
        return value if isinstance(value, Query) else None

    @property
    def is_streamed(self) -> bool:
        """Whether `for await` runs it, as it is written or by the name that holds it."""
        return self.steps[-1].name not in TERMINALS and self.ends == frozenset({"for await"})

    @property
    def conflicts(self) -> bool:
        """Whether a mutation comes to it, which has to run again when another one writes what it has read."""
        return any(way.deployed.kind == "mutation" for way in ways(self.module, self.node.function))

    @property
    def reruns(self) -> bool:
        """Whether a query comes to it that a client can subscribe to."""
        found = ways(self.module, self.node.function)
        return any(way.deployed.kind == "query" and not way.deployed.internal for way in found)

    @property
    def written(self) -> str | None:
        """What writes for each document that it gives, in the words of a message; None where nothing surely does."""
        return sweeps.written(self.module, self.node)

    @property
    def is_swept(self) -> bool:
        """Whether its function goes through all documents of the table and deletes some of them."""
        table, function = self.found.table if self.found is not None else None, self.node.function
        return (
            table is not None
            and function is not None
            and (growth.sweeps(self.module.linked, self.module.path, function, table))
        )

    @property
    def may_stop(self) -> bool:
        """Whether the query may be done before it has read everything, as it wants some documents only."""
        ends = self.ends
        return ends is None or ends <= _STOPPING

    @property
    def ends(self) -> frozenset[str] | None:
        """The methods that may run the query, wherever it goes from here; None where not all of them are seen."""
        last = self.steps[-1].name
        if last in TERMINALS:
            return frozenset({last})
        found = ends.of(self.module.linked, self.node)
        return found.methods if found.seen else None

    def first(self, step: QueryStep) -> tuple[Edit, ...]:
        """Return the edits that put a step first in its chain; none where the chain would then fail at another."""
        names = [one.name for one in self.steps]
        others = [name for name in names if name in FIRST or (name == "order" and step.name == "withSearchIndex")]
        of_first, callee = self.steps[0].call.callee, step.call.callee
        if (
            step.late != "started"
            or len(others) > 1
            or not isinstance(of_first, Member)
            or not isinstance(callee, Member)
        ):
            return ()
        return narrowing.moved(self.module, of_first.of, callee.of, step.call)

    def using(self, found: IndexRange) -> tuple[Edit, ...]:
        """Return the edits that put a range of an index in the place of the only filter; none where that is not sure.

        The range has to take all of the filter, and to give the documents in the same order.
        """
        filters = self.filters
        used = [step.call for step in self.steps if step.name == "withIndex"]
        is_plain = all(step.name in {"filter", "order", "withIndex", *TERMINALS} for step in self.steps)
        if len(filters) != 1 or not is_plain or found.rest or not found.keeps_order:
            return ()
        if used:
            return narrowing.ranged(self.module, used[0], filters[0].call, found)
        return narrowing.edits(self.module, self.steps[0].call, filters[0].call, found)

    def indexing(self) -> tuple[Edit, ...]:
        """Return the edits that add the index which the only filter wants, and use it; none where that is not sure."""
        compared, query = self.compared, self.found
        range_ = filters.served(compared.wanted, compared)
        used = self.using(range_) if range_.terms else ()
        index = adding.added(self.module, query.table, range_.index) if used and query and query.table else ()
        return (*index, *used) if index else ()


_STOPPING = frozenset({"first", "take", "next", "paginate", "for await"})
"""The methods that read until they have what they want."""

_NO_QUERY = (Array, Await, Literal, Object, Template)
"""What is surely no query: a query that is awaited has been run."""


@once
def find(module: Module) -> Iterator[QueryChain]:
    """Yield the chains of a module that are surely database queries."""
    for call in module.summary.calls(ends.STEPS):
        if isinstance(call.callee, Member) and not _goes_on(call):
            steps, root = _take_apart(module, call)
            if _may_be_query(root) and _is_query(module, root) and module.whole(call, call.function):
                yield QueryChain(module, call, steps)


def _goes_on(call: Call) -> bool:
    parent = outermost(call).parent
    return isinstance(parent, Member) and parent.name in ends.STEPS and isinstance(parent.parent, Call)


def _take_apart(module: Module, call: Call) -> tuple[list[QueryStep], Expression]:
    steps: list[QueryStep] = []
    node: Expression = call
    while isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.name in ends.STEPS:
        steps.append(QueryStep(module, node, node.callee))
        node = bare(node.callee.of)
    return steps[::-1], node


def _may_be_query(root: Expression) -> bool:
    """Say whether it is worth asking if a chain starts with a query: one with `filter` is mostly of an array."""
    if isinstance(root, Call) and isinstance(root.callee, Member):
        return root.callee.name not in PLAIN_METHODS
    held = bare(root.binding.of) if isinstance(root, Name) and root.binding is not None and root.binding.of else root
    is_first = not (isinstance(root, Name) and root.binding is not None and root.binding.writes)
    return not (is_first and isinstance(held, _NO_QUERY))


def _is_query(module: Module, root: Expression) -> bool:
    value: Value = present(module.linked.value(root))
    return value is not UNKNOWN and isinstance(value, Query)
