"""What calls give to a caller who is not logged in, and what they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.access import COUNTERS, TRIGGERS, VERIFIERS, VERIFIES, tells_secret
from convex_lint.facts.api import RUNS, TERMINALS
from convex_lint.facts.language import COMPUTING
from convex_lint.link.access import callees, expressions, lookups, rights
from convex_lint.link.access.seen import CONTROL, HANDLER, UNSURE, Given, Seen, Visit, mixed
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import Call, Literal, Member, Object, Property, Spread, Template
from convex_lint.values import Closure, Ctx, Db, Global, Method, Package, Query, Reference, Service, Unknown, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.syntax.nodes import Expression


_COMPARES = frozenset(
    {"includes", "has", "startsWith", "endsWith", "localeCompare", "equals", "verify", "indexOf", "test"}
)


def call(visit: Visit, call_: Call) -> Seen:  # noqa: C901, PLR0911, PLR0912  one case a callee
    """Return what a call gives."""
    linked = visit.linked
    if callees.is_trusted(visit, call_):
        return Seen.DOUBT
    if callees.is_source(visit, call_):
        return Seen.SOMETHING if visit.asked.user else Seen.NOTHING
    found = callees.called(visit, call_)
    if found is not None:
        return linked.anyone(found.path, found.ordinal, given(visit, call_), visit.asked).gives or Seen.DOUBT
    match callees.callee_of(visit, call_):
        case Method(of=Ctx(), name=name) if name in RUNS:
            target = callees.run_target(visit, call_)
            if target is None or target.handler is None:
                return Seen.OPEN if callees.is_hidden(visit, call_) else Seen.DOUBT
            handler = target.handler
            return linked.anyone(handler.path, handler.ordinal, sent(visit, call_), visit.asked).gives or Seen.DOUBT
        case Method(of=Db(), name="get"):
            key = expressions.of(visit, call_.arguments[-1]) if call_.arguments else Seen.OPEN
            return Seen.DOUBT if key is Seen.SECRET else key if key is not Seen.SETTING else Seen.OPEN
        case Method(of=Query(), name=name) if name in TERMINALS:
            return lookups.looked_up(visit, call_, name)
        case Method(of=Ctx() | Db() | Service() | Query()):
            return Seen.OPEN
        case Global(name=name) if name.startswith("crypto.subtle"):
            return Seen.DOUBT
        case Global(name="fetch") if any(_holds_secret(visit, argument) for argument in call_.arguments):
            return Seen.DOUBT  # the server that is asked may refuse it
        case Global(name="Boolean" | "String") if call_.arguments:
            return expressions.of(visit, call_.arguments[0])
        case Global(name=name) if not name.startswith("process.env."):
            return mixed(_arguments(visit, call_))
        case _:
            return _strange(visit, call_)


def _holds_secret(visit: Visit, written: Expression) -> bool:
    """Say whether what is written out has something in it that few know: a header, a part of an address."""
    match bare(written):
        case Object(properties=entries):
            inner = [one.value if isinstance(one, Property) else one.of for one in entries]
            return any(_holds_secret(visit, one) for one in inner)
        case Template(items=items):
            return any(_holds_secret(visit, one) for one in items)
        case other:
            return expressions.of(visit, other) is Seen.SECRET


def _strange(visit: Visit, call_: Call) -> Seen:
    """Return what a call gives of a method of any object, of a package, or of what is not known."""
    kinds = [*_arguments(visit, call_)]
    callee = bare(call_.callee)
    whole = expressions.of(visit, callee.of) if isinstance(callee, Member) else Seen.OPEN
    kinds.append(whole)
    if isinstance(callee, Member) and callee.name in _COMPARES and {Seen.SECRET, Seen.SETTING} & set(kinds):
        return Seen.DOUBT
    if isinstance(callee, Member) and callee.name in _COMPARES and rights.picks(visit, (callee.of, *call_.arguments)):
        return Seen.DOUBT
    if doubts(visit, call_):
        return Seen.DOUBT
    if isinstance(callee, Member) and callee.name == "get" and _is_of_secret(call_):
        return Seen.SECRET
    if callees.package_of(visit.linked, call_) in COUNTERS:
        return Seen.OPEN
    return Seen.SETTING if whole is Seen.SETTING else mixed(kinds)


def _is_of_secret(call_: Call) -> bool:
    """Say whether what is got by its name is known to few, as the header `Authorization` is."""
    key = bare(call_.arguments[0]) if call_.arguments else None
    return isinstance(key, Literal) and key.form == "string" and tells_secret(str(key.value))


def doubts(visit: Visit, call_: Call) -> bool:
    """Say whether a call that is not understood may tell who calls, or whether the caller knows a secret."""
    linked, callee = visit.linked, callees.callee_of(visit, call_)
    if isinstance(callee, Global) and callee.name.split(".", 1)[0] in COMPUTING:
        return False
    if handed(visit, call_):
        specifier = callees.package_of(linked, call_)
        if specifier == TRIGGERS and any(isinstance(bare(one), Object) for one in call_.arguments):
            return True  # what is put on ctx besides may be asked for by a trigger, which may refuse
        return specifier is None or not callees.is_blind(specifier)
    if isinstance(callee, Package) and (callee.specifier.startswith(VERIFIERS) or callee.name.endswith(VERIFIES)):
        return True
    is_foreign = isinstance(callee, Unknown | Package | Closure)
    return is_foreign and bool({Seen.SECRET, *UNSURE} & {*_arguments(visit, call_)})


def handed(visit: Visit, call_: Call) -> bool:
    """Say whether a call is given what it could ask who calls with, or is one of a ctx itself."""
    callee = bare(call_.callee)
    is_own = isinstance(callee, Member) and expressions.of(visit, callee.of) is Seen.CONTROL
    return is_own or any(_is_control(visit, argument) for argument in call_.arguments)


def _is_control(visit: Visit, argument: Expression) -> bool:
    argument = bare(argument)
    if isinstance(argument, Object):
        values = (one.value if isinstance(one, Property) else one.of for one in argument.properties)
        return any(_is_control(visit, one) for one in values)
    argument = argument.of if isinstance(argument, Spread) else argument
    return isinstance(present(visit.linked.value(argument)), CONTROL) or expressions.of(visit, argument) is Seen.CONTROL


def given(visit: Visit, call_: Call) -> Given:
    """Return what a call gives to a function, up to the last argument that is not open."""
    kinds = [_handed(visit, argument) for argument in call_.arguments]
    while kinds and kinds[-1] is Seen.OPEN:
        kinds.pop()
    return tuple(kinds)


def _handed(visit: Visit, argument: Expression) -> Seen | Reference:
    """Return what an argument is; what is written out is open."""
    value = visit.linked.value(argument)
    if isinstance(value, Reference) and value.path:
        return value
    found = expressions.part(visit, argument)
    return Seen.CONTROL if found is not Seen.NOTHING and _is_control(visit, argument) else found


def sent(visit: Visit, call_: Call) -> Given:
    """Return what a handler is given that is run by its reference: ctx, and the arguments."""
    kind = expressions.of(visit, call_.arguments[1]) if len(call_.arguments) > 1 else Seen.OPEN
    return (Seen.CONTROL, kind) if kind in UNSURE else HANDLER


def _arguments(visit: Visit, call_: Call) -> Iterator[Seen]:
    yield from (expressions.part(visit, argument) for argument in call_.arguments)
