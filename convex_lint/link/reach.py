"""Which registered functions reach which functions of the project, and by which way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.language import CALLBACKS, PROMISE_METHODS
from convex_lint.link import modules
from convex_lint.link.shapes import callback
from convex_lint.syntax.nodes import Call, Function, Member, Name, Spread
from convex_lint.values import Global, Package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.link import Linked
    from convex_lint.link.registered import Registered
    from convex_lint.syntax.nodes import Expression, Node, Parameter

_RUNS_FIRST = CALLBACKS | PROMISE_METHODS | {"reduce", "reduceRight"}
_RANGES = frozenset({"withIndex", "withSearchIndex"})
_RUNS_SECOND = (
    Global("Array.from"),
    Package("convex-helpers", "asyncMap"),
    Package("convex-helpers/server/filter", "filter"),
)


class Step(NamedTuple):
    """One step of a way: the function called, and the call (or the place where the function stands)."""

    function: Function
    at: Node


class Way(NamedTuple):
    """How a registered function reaches a function: the steps from its handler on, none if it is the handler itself."""

    registered: Registered
    steps: tuple[Step, ...]


def callers(linked: Linked) -> Mapping[Function, list[Step]]:
    """Return, for each function, where it is called from: the function around the call, and the call.

    A function that is handed to a call counts where the call surely runs it: an array method, `then`, a range of an
    index, a function of the project that calls its parameter.
    """
    found: dict[Function, list[Step]] = {}
    for summary in linked.summaries.values():
        for call in summary.code.calls:
            if call.function is None:
                continue
            target = modules.callee(linked, call)
            if target is not None:
                found.setdefault(target, []).append(Step(call.function, call))
            for passed in _passed(linked, call):
                found.setdefault(passed, []).append(Step(call.function, call))
    return found


def _passed(linked: Linked, call: Call) -> list[Function]:
    """Return the functions that a call surely runs because it is given them."""
    named = _named(linked, call)
    found = callback(linked, named) if named is not None else None
    run = [] if found is None else [found]
    target = modules.callee(linked, call)
    if target is not None:
        given = zip(call.arguments, target.parameters, strict=False)
        run += [argument for argument, one in given if isinstance(argument, Function) and _is_run(one)]
    return run


def _is_run(parameter: Parameter) -> bool:
    """Say whether a function calls what it is given as a parameter."""
    uses = parameter.pattern[0].uses if parameter.name is not None and parameter.pattern else []
    return any(isinstance(use.parent, Call) and use.parent.callee is use for use in uses)


def _named(linked: Linked, call: Call) -> Expression | None:
    """Return the argument that a call surely runs if it is a function: that of an array method, of `then` and so on."""
    if isinstance(call.callee, Member) and call.callee.name in _RUNS_FIRST and call.arguments:
        return call.arguments[0]
    if call.new and call.arguments and linked.value(call.callee) == Global("Promise"):
        return call.arguments[0]
    if isinstance(call.callee, Member) and call.callee.name in _RANGES and len(call.arguments) > 1:
        return call.arguments[1]
    simple = isinstance(call.callee, Name) or (isinstance(call.callee, Member) and call.callee.name == "from")
    if simple and len(call.arguments) > 1 and linked.value(call.callee) in _RUNS_SECOND:
        return call.arguments[1]
    return None


def run_by(linked: Linked) -> dict[Function, list[Registered]]:
    """Return, for each handler and each function that a custom builder runs first, what it is run by."""
    found: dict[Function, list[Registered]] = {}
    for path in linked.summaries:
        for registered in linked.registered(path):
            if registered.handler is not None:
                found.setdefault(registered.handler, []).append(registered)
            for closure in registered.builder.runs:
                found.setdefault(linked.function(closure), []).append(registered)
    return found


class Reach:
    """The call graph of a workspace, asked backwards."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked
        self._callers: Mapping[Function, list[Step]] | None = None
        self._ways: dict[tuple[Function, int | None], tuple[Way, ...]] = {}
        self._run_by: dict[Function, list[Registered]] | None = None

    def ways_to(self, function: Function, left_out: int | None = None) -> tuple[Way, ...]:
        """Return the shortest way from each registered function that reaches a function, by length, then name.

        `left_out` is the number of a parameter: then only the calls that do not give it count.
        """
        key = (function, left_out)
        if key not in self._ways:
            self._ways[key] = tuple(sorted(self._search(function, left_out), key=_order))
        return self._ways[key]

    def _search(self, function: Function, left_out: int | None) -> list[Way]:
        if self._callers is None:
            self._callers = callers(self._linked)
            self._run_by = run_by(self._linked)
        runs = self._run_by or {}
        found: list[Way] = []
        seen = {function}
        pending: list[tuple[Function, tuple[Step, ...]]] = [(function, ())]
        for at, steps in pending:  # grows while it is walked: a breadth-first search
            first = at is function and left_out is not None
            found.extend(Way(registered, steps) for registered in (() if first else runs.get(at, ())))
            for caller, site in self._callers.get(at, ()):
                if caller not in seen and not (first and _gives(self._linked, site, function, left_out)):
                    seen.add(caller)
                    pending.append((caller, (Step(at, site), *steps)))
        return found


def _gives(linked: Linked, site: Node, function: Function, parameter: int | None) -> bool:
    """Say whether a call may give a parameter; one that only hands the function on may."""
    if not isinstance(site, Call) or parameter is None or modules.callee(linked, site) is not function:
        return True
    return len(site.arguments) > parameter or any(isinstance(argument, Spread) for argument in site.arguments)


def _order(way: Way) -> tuple[int, str, tuple[str, ...]]:
    return (len(way.steps), way.registered.path, way.registered.names)
