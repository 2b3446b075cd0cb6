"""Which deployed functions reach a function: the call graph, in names and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place, Related
from convex_lint.link import reach
from convex_lint.source import Span
from convex_lint.syntax.nodes import Call

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.subjects.functions import Function


class Way:
    """How a deployed function reaches a function.

    `kind` is that of the deployed function, `name` its path as in a reference (`messages.list`). `calls` are the calls
    on the way, from the handler on: none where the function is the handler itself, or a callback in it.
    """

    def __init__(self, linked: Linked, way: reach.Way) -> None:
        self.kind = way.registered.kind
        self.internal = way.registered.internal
        self.name = linked.function_path(way.registered)
        self.calls = tuple(
            step.at for step in way.steps if isinstance(step.at, Call) and step.function.inside is not step.at.function
        )

    @property
    def related(self) -> tuple[Related, ...]:
        """The calls on the way, as places that explain a finding."""
        return tuple(
            Related(
                Place(call.function.scope.path, Span(call.start, call.end)),
                f"`{self.name}` comes here first" if at == 0 else "and then here",
            )
            for at, call in enumerate(self.calls)
            if call.function is not None
        )


class Reach:
    """The call graph of the workspace, asked backwards."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked
        self._reach = reach.Reach(linked)

    def queries(self, function: Function, left_out: int | None = None) -> list[Way]:
        """Return the shortest way from each deployed query that reaches a function, the public ones first.

        `left_out` is the number of a parameter: then only the calls that do not give it count.
        """
        ways = [
            Way(self._linked, way)
            for way in self._reach.ways_to(function.node, left_out)
            if way.registered.kind == "query" and way.registered.names
        ]
        return sorted(ways, key=lambda way: (bool(way.calls), way.internal, len(way.calls), way.name))
