"""Database queries: a chain of calls from `db.query(…)`, or from a name that holds a query, to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.facts.api import CHAINED, TERMINALS
from convex_lint.link.shapes import bare, outermost
from convex_lint.source import Span
from convex_lint.syntax.nodes import Assign, Call, Declare, Member, Name
from convex_lint.values import UNKNOWN, Query, Value, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression

_STEPS = CHAINED | TERMINALS


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


class QueryChain:
    """A chain as it is written, with its steps in the order in which they run."""

    def __init__(self, module: Module, node: Call, steps: list[QueryStep]) -> None:
        self.module = module
        self.node = node
        self.steps = steps
        self.place = module.at(node)

    @property
    def ends(self) -> frozenset[str]:
        """The methods that run the query, here or on the name that holds it."""
        last = self.steps[-1].name
        return frozenset({last}) if last in TERMINALS else frozenset(_ends(self.node))


def _ends(node: Expression) -> Iterator[str]:
    holder = outermost(node).parent
    if isinstance(holder, Declare) and len(holder.bindings) == 1:
        yield from _ends_of(holder.bindings[0])
    elif isinstance(holder, Assign) and isinstance(holder.target, Name):
        binding = holder.target.scope.find(holder.target.text)
        if binding is not None:
            yield from _ends_of(binding)


def _ends_of(binding: Binding) -> Iterator[str]:
    for use in binding.uses:
        node = outermost(use)
        while isinstance(node.parent, Member) and isinstance(node.parent.parent, Call):
            if node.parent.name in TERMINALS:
                yield node.parent.name
            node = outermost(node.parent.parent)


def find(module: Module) -> Iterator[QueryChain]:
    """Yield the chains of a module that are surely database queries."""
    for call in module.summary.code.calls:
        if isinstance(call.callee, Member) and call.callee.name in _STEPS and not _goes_on(call):
            steps, root = _take_apart(module, call)
            if _is_query(module, root) and module.whole(call, call.function):
                yield QueryChain(module, call, steps)


def _goes_on(call: Call) -> bool:
    parent = outermost(call).parent
    return isinstance(parent, Member) and parent.name in _STEPS and isinstance(parent.parent, Call)


def _take_apart(module: Module, call: Call) -> tuple[list[QueryStep], Expression]:
    steps: list[QueryStep] = []
    node: Expression = call
    while isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.name in _STEPS:
        steps.append(QueryStep(module, node, node.callee))
        node = bare(node.callee.of)
    return steps[::-1], node


def _is_query(module: Module, root: Expression) -> bool:
    value: Value = present(module.linked.value(root))
    return value is not UNKNOWN and isinstance(value, Query)
