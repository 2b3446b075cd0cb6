"""Which deployed functions reach a function: the call graph, in names and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Pointer
from convex_lint.values import Closure

if TYPE_CHECKING:
    from convex_lint.link import Linked, reach
    from convex_lint.subjects.functions import Function
    from convex_lint.subjects.host import HostCall


class Way:
    """How a deployed function reaches a function.

    `kind` is that of the deployed function, `name` its path as in a reference (`messages.list`). `calls` are the calls
    on the way, from the handler on: none where the function is the handler itself, or a callback in it.
    """

    def __init__(self, way: reach.Way) -> None:
        self.kind = way.deployed.kind
        self.internal = way.deployed.internal
        self.name = way.deployed.name
        self.path = way.deployed.path
        self.calls = tuple(edge for edge in way.steps if not edge.inside)

    @property
    def related(self) -> tuple[Pointer, ...]:
        """The calls on the way, as places that explain a finding."""
        return tuple(
            Pointer(
                edge.caller.path,
                edge.caller.ordinal,
                edge.nth,
                f"`{self.name}` comes here first" if at == 0 else "and then here",
            )
            for at, edge in enumerate(self.calls)
        )


class Reach:
    """The call graph of the workspace, asked backwards."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked

    def queries(self, function: Function, guard: reach.Guard | None = None) -> list[Way]:
        """Return the shortest way from each deployed query that reaches a function, the public ones first.

        With a `guard`, only the calls that do not give it count.
        """
        node = function.node
        return self._ways(Closure(node.scope.path, node.ordinal), frozenset({"query"}), guard)

    def transactions(self, call: HostCall) -> list[Way]:
        """Return the shortest way from each deployed query or mutation that surely fails at a call of the host.

        In a function that others call, too, only what surely runs counts: a condition may ask who calls.
        """
        if call.closure is None:
            return []
        ways = self._ways(call.closure, frozenset({"query", "mutation"}))
        return [way for way in ways if not way.calls or call.certain]

    def told(self, closure: Closure) -> list[Way]:
        """Return the shortest way on which what a function throws goes on to each function that clients can call.

        What the code of another package throws is its own affair.
        """
        ways = self._ways(closure, frozenset({"query", "mutation", "action"}), thrown=True)
        return [way for way in ways if not way.internal and self._is_of_app(way.path, closure.path)]

    def _is_of_app(self, deployed: str, path: str) -> bool:
        project = self._linked.project_of(deployed)
        return project is not None and project.is_beside(path) and not self._linked.in_component(deployed)

    def _ways(
        self, to: Closure, kinds: frozenset[str], guard: reach.Guard | None = None, *, thrown: bool = False
    ) -> list[Way]:
        every = self._linked.ways(to, guard, thrown=thrown)
        found = (way for way in every if way.deployed.kind in kinds and way.deployed.names)
        return sorted(map(Way, found), key=lambda way: (bool(way.calls), way.internal, len(way.calls), way.name))
