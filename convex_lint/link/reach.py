"""Which registered functions reach which functions of the project, and by which way: all in symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.language import CALLBACKS, PROMISE_METHODS
from convex_lint.link import catching, modules, signatures
from convex_lint.link.relations import Listed
from convex_lint.link.shapes import bare, callback, run_by
from convex_lint.syntax.nodes import (
    Call,
    Cast,
    Class,
    Conditional,
    Function,
    Literal,
    Member,
    Name,
    Object,
    Property,
    Spread,
)
from convex_lint.values import Closure, Global

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convex_lint.link import Linked
    from convex_lint.link.registered import Deployed
    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Expression

_RUNS_FIRST = CALLBACKS | PROMISE_METHODS | {"reduce", "reduceRight"}
_RANGES = frozenset({"withIndex", "withSearchIndex"})


Given = tuple[str, ...] | bool
"""What a call surely gives for a parameter: an object with these keys only, something (True), or nothing (False)."""


class Edge(NamedTuple):
    """A call by which one function runs another: the `nth` call that stands in the caller.

    `given` are the arguments, or None where the function is handed on, or they are not seen. `inside` says that the
    function is written in its caller, as a callback is, `kept` that its errors may go no further than the caller.
    """

    callee: Closure
    caller: Closure
    nth: int
    given: tuple[Given, ...] | None
    inside: bool
    kept: bool


class Guard(NamedTuple):
    """A parameter that stands in for something where it is given, or a field of it: `at ?? Date.now()`."""

    owner: Closure
    parameter: int
    key: str | None

    def holds(self, edge: Edge) -> bool:
        """Say whether a call may give it; one that only hands the function on may."""
        if edge.given is None:
            return True
        given = edge.given[self.parameter] if self.parameter < len(edge.given) else False
        return given if isinstance(given, bool) else self.key is None or self.key in given


class Way(NamedTuple):
    """How a deployed function reaches a function: the calls from its handler on, none if it is the handler itself."""

    deployed: Deployed
    steps: tuple[Edge, ...]


def edges(linked: Linked, summary: Summary) -> Iterator[Edge]:
    """Yield the calls that a module makes of functions of the project.

    A function that is handed to a call counts where the call surely runs it: an array method, `then`, a range of an
    index, a function of the project that calls its parameter.
    """
    targets = {call: closure for closure, call in linked.part(summary.path).uses}
    runners = _runners(linked, summary)
    blocks = catching.kept(summary, linked.text(summary.path))
    numbers: dict[Function, int] = {}
    for call in summary.code.calls:
        function = call.function
        if function is None:
            continue
        nth = numbers[function] = numbers.get(function, -1) + 1
        target, named = targets.get(call), runners.get(call)
        if target is None and named is None and _is_of_member(call.callee):
            continue
        callees = (target,) if target is not None else _callees(linked, call)
        target = callees[0] if len(callees) == 1 else None
        passed = _passed(linked, call, target, named) if target is not None or named is not None else ()
        if callees or passed:
            caller = Closure(summary.path, function.ordinal)
            kept = catching.is_kept(call, blocks)
            given = None if Spread in [one.__class__ for one in call.arguments] else _given(call)
            for callee in callees:
                yield Edge(callee, caller, nth, given, _inside(summary, callee, function), kept)
            for callee in passed:
                yield Edge(callee, caller, nth, None, _inside(summary, callee, function), kept)


def _is_of_member(callee: Expression) -> bool:
    """Say whether a call is one of those that go to nothing of the project, as most do: `ctx.db.get(…)`."""
    of = callee.of if isinstance(callee, Member) else None
    return isinstance(of, Member) and not (isinstance(of.of, Name) and of.of.text == "this")


def _given(call: Call) -> tuple[Given, ...]:
    return tuple([_seen(argument) for argument in call.arguments])


def _seen(argument: Expression) -> Given:
    argument = bare(argument) if isinstance(argument, Cast) else argument
    if isinstance(argument, Literal):
        return argument.form != "undefined"
    if not isinstance(argument, Object):
        return True
    keys: list[str] = []
    for entry in argument.properties:
        if not isinstance(entry, Property) or entry.key is None:
            return True
        if _seen(entry.value) is not False:
            keys.append(entry.key)
    return tuple(keys)


def _callees(linked: Linked, call: Call) -> Sequence[Closure]:
    """Return the functions that a call may go to which is no call of a single name: methods, a choice of two."""
    callee = call.callee
    if isinstance(callee, Member):
        found = signatures.callee(linked, linked.value(callee)) if _is_of_class(linked, callee.of) else None
        return (found[0],) if found is not None else ()
    binding = callee.binding if isinstance(callee, Name) else None
    chosen = bare(binding.of) if binding is not None and binding.of is not None and not binding.steps else None
    if not isinstance(chosen, Conditional):
        return ()
    closures = (modules.static_closure(linked, branch) for branch in (chosen.yes, chosen.no))
    return [closure for closure in closures if closure is not None]


def _is_of_class(linked: Linked, of: Expression) -> bool:
    """Say whether it is worth asking if something is a class, or an object of one: few calls are of these."""
    of = bare(of)
    if isinstance(of, Member):
        return isinstance(of.of, Name) and of.of.text == "this"
    if isinstance(of, Call):
        return _makes_own(of) or modules.callee(linked, of) is not None
    binding = of.binding if isinstance(of, Name) else None
    if binding is None or not isinstance(of, Name):
        return False
    held = bare(binding.of) if binding.of is not None else None
    if binding.form == "import":
        return "_generated/" not in binding.specifier and linked.resolve(binding.specifier, of.scope.path) is not None
    return isinstance(held, Class) or (isinstance(held, Call) and _makes_own(held))


def _makes_own(call: Call) -> bool:
    """Say whether a call makes an object of a class with a name of its own: not a `Map`, nor another global."""
    callee = bare(call.callee)
    return call.new and not (isinstance(callee, Name) and callee.binding is None)


def _inside(summary: Summary, callee: Closure, caller: Function) -> bool:
    return callee.path == summary.path and summary.code.functions[callee.ordinal].inside is caller


def _passed(linked: Linked, call: Call, target: Closure | None, named: Expression | None) -> Sequence[Closure]:
    """Return the functions that a call surely runs because it is given them."""
    found = callback(linked, named) if named is not None else None
    run = [] if found is None else [Closure(found.scope.path, found.ordinal)]
    if target is not None and True in [_may_be_function(argument) for argument in call.arguments]:
        given = run_by(linked.function(target), call.arguments)
        handed = (modules.static_closure(linked, argument) for argument in given)
        run += [closure for closure in handed if closure is not None]
    return run


def _may_be_function(argument: Expression) -> bool:
    if not isinstance(argument, Name):
        return isinstance(argument, Function)
    binding = argument.binding
    if binding is None:
        return False
    return binding.form == "import" or (isinstance(binding.of, Function) and binding.form != "param")


def _runners(linked: Linked, summary: Summary) -> dict[Call, Expression]:
    """Return the calls that run an argument if it is a function, with it: array methods, `then` and so on."""
    found = {
        call: call.arguments[0]
        for call in summary.calls(_RUNS_FIRST)
        if isinstance(call.callee, Member) and call.arguments
    }
    for call in summary.calls(_RANGES):
        if isinstance(call.callee, Member) and len(call.arguments) > 1:
            found[call] = call.arguments[1]
    for call in summary.calls(("from",)):
        if len(call.arguments) > 1 and linked.value(call.callee) == Global("Array.from"):
            found[call] = call.arguments[1]
    for call in summary.calls(("Promise",)):
        if call.new and call.arguments and linked.value(call.callee) == Global("Promise"):
            found[call] = call.arguments[0]
    return found


class Graph:
    """The call graph of a workspace, asked backwards."""

    __slots__ = ("_callers", "_deployed", "_edges", "_runs", "_ways", "is_built")

    def __init__(self) -> None:
        self._edges: dict[str, tuple[Edge, ...]] = {}
        self._deployed: dict[str, tuple[Deployed, ...]] = {}
        self._callers: Listed[Closure, Edge] = Listed()
        self._runs: Listed[Closure, Deployed] = Listed()
        self._ways: dict[tuple[Closure, Guard | None, bool], tuple[Way, ...]] = {}
        self.is_built = False

    def ways(self, linked: Linked, function: Closure, guard: Guard | None, *, thrown: bool) -> tuple[Way, ...]:
        """Return the shortest way from each deployed function that reaches a function, by length, then name."""
        if not self.is_built:
            self.build(linked)
        key = (function, guard, thrown)
        if key not in self._ways:
            self._ways[key] = tuple(sorted(self._search(*key), key=_order))
        return self._ways[key]

    def build(self, linked: Linked) -> bool:
        """Bring the graph up to date; say whether it is another one now."""
        self.is_built = True
        changed = False
        for path in linked.backend():
            edges_, deployed = linked.edges(path), linked.deployed(path)
            old_edges, old_deployed = self._edges.get(path, ()), self._deployed.get(path, ())
            if edges_ != old_edges:
                self._callers.replace(path, ((one.callee, one) for one in old_edges), ((o.callee, o) for o in edges_))
            if deployed != old_deployed:
                self._runs.replace(path, _run_by(old_deployed), _run_by(deployed))
            changed = changed or edges_ != old_edges or deployed != old_deployed
            self._edges[path], self._deployed[path] = edges_, deployed
        if changed:
            self._ways.clear()
        return changed

    def _search(self, function: Closure, guard: Guard | None, thrown: bool) -> list[Way]:  # noqa: FBT001  parts of a key
        found: list[Way] = []
        seen = {function}
        pending: list[tuple[Closure, tuple[Edge, ...]]] = [(function, ())]
        for at, steps in pending:  # grows while it is walked: a breadth-first search
            guarding = guard if guard is not None and at == guard.owner else None
            # Whoever calls a deployed function from outside may give it.
            found.extend(Way(deployed, steps) for _, deployed in (() if guarding else self._runs.get(at)))
            for _, edge in self._callers.get(at):
                is_way = not (thrown and edge.kept) and not (guarding is not None and guarding.holds(edge))
                if edge.caller not in seen and is_way:
                    seen.add(edge.caller)
                    pending.append((edge.caller, (edge, *steps)))
        return found


def _run_by(deployed: tuple[Deployed, ...]) -> Iterator[tuple[Closure, Deployed]]:
    """Yield each handler, and each function that a custom builder runs first, with what it is run by."""
    for one in deployed:
        for closure in one.runs:
            yield closure, one


def _order(way: Way) -> tuple[int, str, tuple[str, ...]]:
    return (len(way.steps), way.deployed.path, way.deployed.names)
