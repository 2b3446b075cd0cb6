"""Database queries: a chain of calls from `db.query(…)`, or from a name that holds a query, to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.facts.api import TERMINALS
from convex_lint.facts.language import PLAIN_METHODS
from convex_lint.link import ends
from convex_lint.link.shapes import bare, outermost
from convex_lint.source import Span
from convex_lint.subjects import filters
from convex_lint.syntax.nodes import Array, Await, Call, Literal, Member, Name, Object, Template
from convex_lint.values import UNKNOWN, Query, Value, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.filters import Filter
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression


class QueryStep:
    """One call of a chain; `before` is the query that it is called on."""

    def __init__(self, module: Module, call: Call, member: Member) -> None:
        self.call = call
        self.name = member.name
        self.place = Place(module.path, Span(member.name_start, member.name_end))
        self._module = module
        self._of = member.of

    @property
    def before(self) -> Query | None:
        """The query that the step is called on, if it surely is one."""
        value = present(self._module.linked.value(self._of))
        return value if isinstance(value, Query) else None

    @property
    def compared(self) -> Filter:
        """What a `.filter()` compares; `Schema.serving` tells which index would serve it."""
        return filters.read(self._module, self.call)


class QueryChain:
    """A chain as it is written, with its steps in the order in which they run."""

    def __init__(self, module: Module, node: Call, steps: list[QueryStep]) -> None:
        self.module = module
        self.node = node
        self.steps = steps
        self.place = module.at(node)

    @property
    def ends(self) -> frozenset[str] | None:
        """The methods that may run the query, wherever it goes from here; None where not all of them are seen."""
        last = self.steps[-1].name
        if last in TERMINALS:
            return frozenset({last})
        found = ends.of(self.module.linked, self.node)
        return found.methods if found.seen else None


_NO_QUERY = (Array, Await, Literal, Object, Template)
"""What is surely no query: a query that is awaited has been run."""


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
