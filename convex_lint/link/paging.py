"""Which calls of a function read a page of a query: in one run, Convex allows one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.facts.api import RUNS
from convex_lint.facts.language import CALLBACKS
from convex_lint.link import modules
from convex_lint.syntax.nodes import Call, Member, Name
from convex_lint.values import Ctx, Db, Method, Query, Reference, Unknown, present

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from convex_lint.link import Linked
    from convex_lint.link.reach import Edge
    from convex_lint.link.registered import Deployed
    from convex_lint.syntax.nodes import Expression, Function

MANY = 2
"""More pages than a function may read in one run, however many."""

_FORMS = frozenset({"import", "function", "const"})
"""The forms of names that a helper has."""


def direct(linked: Linked, path: str) -> list[Call]:
    """Return the calls of a module that may read a page, told from their names."""
    return [call for call in linked.summaries[path].calls(("paginate",)) if isinstance(call.callee, Member)]


def may(linked: Linked, path: str) -> bool:
    """Say whether a module may read a page, itself or by a function that it imports."""
    if linked.has_pages(path):
        return True
    targets = [linked.resolve(found.specifier, path) for found in linked.summaries[path].code.imports]
    return any(linked.has_pages(target) for target in targets if target is not None)


def of(linked: Linked, path: str, inside: Iterable[Call]) -> Iterator[Call]:
    """Yield those of some calls of the module that is looked at that surely read a page, themselves or by a helper."""
    pages = set(direct(linked, path))
    for call in inside:
        callee = call.callee
        if call in pages:
            value = present(linked.value(callee))
            if isinstance(value, Method) and isinstance(value.of, Query):
                yield call
        elif not modules.is_of_values(call) and _is_helper(callee):
            closure = modules.callee(linked, call)
            if closure is not None and linked.paginates(closure.path, closure.ordinal):
                yield call


def repeated(linked: Linked, path: str, found: Mapping[Call, object]) -> Iterator[Call]:
    """Yield the calls of the module that is looked at that run a callback for each item, which surely reads a page.

    `found` are the calls that read one.
    """
    for function in dict.fromkeys(call.function for call in found):
        call = function.parent if function is not None else None
        is_each = isinstance(call, Call) and isinstance(call.callee, Member) and call.callee.name in CALLBACKS
        if function is None or not isinstance(call, Call) or not is_each or function not in call.arguments:
            continue
        if linked.paginates(path, function.ordinal):
            yield call


def _is_helper(callee: Expression) -> bool:
    """Say, from names alone, whether what is called may be a function of the project."""
    of_ = callee.of if isinstance(callee, Member) else callee
    binding = of_.binding if isinstance(of_, Name) else None
    return binding is not None and binding.form in _FORMS and not binding.steps


def surely(linked: Linked, function: Function) -> bool:
    """Say whether a function of the module that is looked at reads a page, however it ends as it should."""
    path = function.scope.path
    inside = linked.summaries[path].calls_in(function)
    found = frozenset[object](of(linked, path, inside))
    return bool(found) and flow.always(function, lambda node: node in found)


def most(linked: Linked, function: Function, *, joined: bool) -> int:
    """Return how many pages a run of a function of the module that is looked at may read, up to `MANY`.

    Those count, where functions are `joined` as helpers that it runs by their references, that these read themselves.
    """
    path = function.scope.path
    inside = linked.summaries[path].calls_in(function)
    edges: dict[Expression, list[Edge]] = {}
    for edge in linked.edges(path):
        if edge.caller.ordinal == function.ordinal:
            edges.setdefault(inside[edge.nth], []).append(edge)

    def leaf(node: Expression) -> int:
        return _read_by(linked, node, edges.get(node, []), joined=joined) if isinstance(node, Call) else 0

    algebra = flow.Algebra(0, leaf, lambda one, other: min(one + other, MANY), max, lambda once: once and MANY)
    return flow.ways_out(function, algebra) or 0


def most_in(linked: Linked, deployed: Deployed, *, joined: bool = False) -> int:
    """Return how many pages a run of a deployed function may read, in the same way."""
    return min(sum(linked.pages(one.path, one.ordinal, joined) for one in deployed.runs), MANY)


def _read_by(linked: Linked, call: Call, edges: Iterable[Edge], *, joined: bool) -> int:
    match present(linked.value(call.callee)):
        case Method(of=Query(), name=name):
            return int(name == "paginate")
        case Method(of=Ctx(), name=name) if name in RUNS:
            reference = linked.value(call.arguments[0]) if joined and call.arguments else None
            target = linked.target(reference) if isinstance(reference, Reference) else None
            return most_in(linked, target) if target is not None else 0
        case Unknown() if not edges:
            given = [present(linked.value(argument)) for argument in call.arguments]
            return int(any(isinstance(one, Ctx | Db | Query) for one in given))
        case _:
            is_repeated = isinstance(call.callee, Member) and call.callee.name in CALLBACKS
            read = sum(linked.pages(edge.callee.path, edge.callee.ordinal, joined) for edge in edges)
            return MANY if read and is_repeated else read
