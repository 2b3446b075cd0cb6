"""What a function does when it runs, itself and through all that it calls: reads, writes, schedules, requests.

What is handed to a call that is not understood may be used there, so each answer says whether it is complete. A rule
that reports what a function does not do has to see that it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from convex_lint.facts.api import RUNS, TERMINALS, WRITES
from convex_lint.link import modules, signatures
from convex_lint.link.shapes import literal, run_by
from convex_lint.records import record
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Function
from convex_lint.values import (
    Builder,
    Closure,
    Ctx,
    Db,
    Global,
    Id,
    Identity,
    Method,
    Package,
    Query,
    Service,
    Unknown,
    Value,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call


@dataclass(frozen=True, order=True)
class Effect:
    """One thing that is done.

    `kind` is `read` or `write` (of the database, `detail` is the table, or empty), `schedule`, `storage`, `identity`,
    `run` (another function by its reference, `detail` is `runQuery` and so on) or `fetch`.
    """

    kind: str
    detail: str = ""


@record
class Effects:
    """What a function does; where it is not `complete`, it may do more."""

    done: frozenset[Effect] = frozenset()
    complete: bool = True

    def has(self, *kinds: str) -> bool | None:
        """Say whether something of some kinds is done; None where that is not known."""
        if any(effect.kind in kinds for effect in self.done):
            return True
        return False if self.complete else None

    def both(self, other: Effects) -> Effects:
        """Return what is done by two functions."""
        return Effects(self.done | other.done, self.complete and other.complete)


NOTHING = Effects()

_WITH_POWER = (Ctx, Db, Service, Identity)
"""What a function can do something with that is handed it."""


def of(linked: Linked, function: Function) -> Effects:
    """Return what a function of the module that is looked at does, callbacks that it surely runs included."""
    found = NOTHING
    path = function.scope.path
    for call in linked.summaries[path].calls_in(function):
        found = found.both(_own(linked, call))
    for edge in linked.edges(path):
        if edge.caller.ordinal == function.ordinal:
            found = found.both(linked.effects(edge.callee.path, edge.callee.ordinal))
    return found


def _own(linked: Linked, call: Call) -> Effects:
    """Return what a call does that is none of a function of the project."""
    callee = present(linked.value(call.callee))
    done = frozenset(_done(linked, call, callee))
    if done:
        return Effects(done)
    described = _described(linked, callee)
    if described is None and (modules.callee(linked, call) is not None or isinstance(callee, Method | Builder)):
        return NOTHING
    is_handed = any(isinstance(present(linked.value(argument)), _WITH_POWER) for argument in call.arguments)
    # A callback that nothing is known to run may be run.
    if described is not None or isinstance(callee, Unknown | Package):
        known = list(run_by(linked.function(described), call.arguments)) if described is not None else []
        is_handed = is_handed or any(isinstance(one, Function) and one not in known for one in call.arguments)
    return Effects(complete=not (is_handed and not isinstance(callee, Global)))


def _described(linked: Linked, callee: Value) -> Closure | None:
    """Return the function of a package that is called, of which only what it takes and gives is known."""
    found = signatures.callee(linked, callee)
    return found[0] if found is not None and is_stub(found[0].path) else None


def _done(linked: Linked, call: Call, callee: Value) -> Iterator[Effect]:
    match callee:
        case Method(of=Db(), name=name) if name in WRITES:
            yield Effect("write", table_of(linked, call) or "")
        case Method(of=Db(), name="get"):
            yield Effect("read", table_of(linked, call) or "")
        case Method(of=Query(table=table), name=name) if name in TERMINALS:
            yield Effect("read", table or "")
        case Method(of=Service(name="scheduler")):
            yield Effect("schedule")
        case Method(of=Service(name="storage")):
            yield Effect("storage")
        case Method(of=Service(name="auth"), name="getUserIdentity"):
            yield Effect("identity")
        case Method(of=Ctx(), name=name) if name in RUNS:
            yield Effect("run", name)
        case Global(name="fetch"):
            yield Effect("fetch")
        case _:
            pass


def table_of(linked: Linked, call: Call) -> str | None:
    """Return the table that a call of the database is about: it is named, or that of the id."""
    named = literal(linked, call, 0)
    if named is not None:
        return named
    key = present(linked.value(call.arguments[0])) if call.arguments else None
    return key.table if isinstance(key, Id) else None
