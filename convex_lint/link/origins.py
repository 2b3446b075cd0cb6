"""Where a value comes from: what a client sent, who calls, a table, the environment, the clock.

What is made of several values comes from all of them. A function that is called in several places receives what any of
them passes, so that an answer says where a value may come from, and `UNKNOWN` is in it where not all of that is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import parameters
from convex_lint.link.parts import DEPTH, NOWHERE, UNKNOWN, Origin, Origins, Parts, parts, within
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Call
from convex_lint.values import Ctx, Db

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression, Function


def of(linked: Linked, expression: Expression) -> Origins:
    """Return where an expression of the module that is looked at comes from."""
    return _resolved(linked, parts(linked, [(expression, ())], DEPTH), DEPTH)


def _resolved(linked: Linked, found: Parts, depth: int) -> Origins:
    """Put where what is received comes from in its place."""
    origins: set[Origin] = set()
    for part in found:
        if isinstance(part, Origin):
            origins.add(part)
        else:
            origins |= linked.received_origins(part.function, part.index, part.steps, depth)
    return frozenset(origins)


def exported(linked: Linked, path: str, name: str, steps: tuple[str, ...], depth: int) -> Origins:
    """Return where what a module exports under a name comes from."""
    export = linked.summaries[path].exports.get(name)
    if export is None or export.of is None or is_stub(path):
        return UNKNOWN
    return _resolved(linked, parts(linked, [(export.of, steps)], depth), depth)


def received(linked: Linked, function: Function, index: int, steps: tuple[str, ...], depth: int) -> Origins:
    """Return where a part of what a parameter receives comes from."""
    roles = linked.registered_as(function)
    if roles:
        if index != 1:
            return NOWHERE
        is_request = {role.kind for role in roles} == {"httpAction"}
        return within(frozenset({Origin("request" if is_request else "arg")}), steps)
    if isinstance(linked.parameter(function, index), Ctx | Db):
        return NOWHERE
    uses = parameters.uses(linked, function)
    if not uses or depth == 0:
        return UNKNOWN
    found: set[Origin] = set()
    for path, use in uses:
        call = use.parent
        if parameters.hands_on(function, index, use):
            continue
        if not isinstance(call, Call) or call.callee is not use or index >= len(call.arguments):
            found |= UNKNOWN
            continue
        with linked.at(path):
            given = parts(linked, [(call.arguments[index], steps)], depth - 1)
            found |= _resolved(linked, given, depth - 1)
    return frozenset(found)
