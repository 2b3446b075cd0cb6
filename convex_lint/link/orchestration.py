"""Actions that do nothing that a mutation could not do: they run queries and mutations, and compute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.facts.language import COMPUTING
from convex_lint.link import modules
from convex_lint.stubs import is_stub
from convex_lint.values import (
    ArrayOf,
    Constant,
    Ctx,
    Document,
    Global,
    Id,
    MapOf,
    Method,
    Package,
    Primitive,
    Service,
    Validator,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call, Expression, Function

_RUNS = frozenset({"runQuery", "runMutation"})
_MANY = 1_000
"""Runs on one way through a function, of which some are in a loop."""


def only_runs(linked: Linked, function: Function) -> bool:
    """Say whether a function of the module that is looked at surely runs queries and mutations, and else computes.

    One that runs them in a loop may do so to keep within the limits of a transaction.
    """
    path = function.scope.path
    calls = list(_calls(linked, function))
    runs: frozenset[Expression] = frozenset(call for call in calls if _is_run(linked, call))
    if linked.summaries[path].node or not runs or any(call.function is not function for call in calls if call in runs):
        return False
    if not all(call in runs or _computes(linked, call) for call in calls):
        return False
    counting = flow.Algebra(0, lambda node: int(node in runs), int.__add__, max, lambda each: each * _MANY)
    counted = flow.ways_out(function, counting)
    return counted is not None and 0 < counted < _MANY and flow.always(function, lambda node: node in runs)


def computes(linked: Linked, function: Function) -> bool:
    """Say whether a function of the module that is looked at surely does nothing but compute."""
    return all(_computes(linked, call) for call in _calls(linked, function))


def _calls(linked: Linked, function: Function) -> Iterator[Call]:
    """Yield the calls in a function and in those inside it."""
    for call in linked.summaries[function.scope.path].code.calls:
        inside = call.function
        while inside is not None and inside is not function:
            inside = inside.inside
        if inside is function:
            yield call


def _is_run(linked: Linked, call: Call) -> bool:
    callee = present(linked.value(call.callee))
    return isinstance(callee, Method) and isinstance(callee.of, Ctx) and callee.name in _RUNS


def _computes(linked: Linked, call: Call) -> bool:
    callee = present(linked.value(call.callee))
    match callee:
        case Method(of=Service(name="auth" | "scheduler")):
            return True
        case Method(of=Primitive() | Constant() | Id() | ArrayOf() | MapOf() | Document() | Validator()):
            return True
        case Global(name=name):
            return name.split(".", 1)[0] in COMPUTING
        case Package(specifier="convex/values"):
            return True
    closure = modules.callee(linked, call)
    return closure is not None and not is_stub(closure.path) and linked.computes(closure.path, closure.ordinal)
