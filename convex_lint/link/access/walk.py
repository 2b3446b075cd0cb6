"""The run of a function by somebody who is not logged in, statement by statement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.facts.api import RUNS
from convex_lint.facts.language import CALLBACKS, PROMISE_METHODS
from convex_lint.link.access import callees, doings, expressions, results, switches
from convex_lint.link.access.runs import (
    ASKS,
    PERHAPS,
    SAME,
    STOPS,
    Done,
    Run,
    State,
    alt,
    led,
    loop,
    seq,
    step_of,
    waited_for,
)
from convex_lint.link.access.seen import HANDLER, UNSURE, Asked, Given, Seen, Visit
from convex_lint.link.shapes import bare, run_by
from convex_lint.stubs import is_stub, specifier_of
from convex_lint.syntax.nodes import Binary, Call, Function, Literal, Loop, Member, Name, Switch
from convex_lint.values import Constant, Ctx, Db, Global, Id, Method, Primitive, Query, Service, Unknown, present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convex_lint.link import Linked
    from convex_lint.link.registered import Deployed
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Closure


_RUNNERS = CALLBACKS | PROMISE_METHODS | {"reduce", "from"}
"""The methods that run a function that they are given."""


_HEADED = frozenset({Loop, Switch})


def of(linked: Linked, function: Function, given: Given, asked: Asked) -> Run:
    """Return how a function of the module that is looked at is run by somebody who is not logged in."""
    return _run(Visit(linked, asked, {}, {}, {}), function, given)


def of_all(linked: Linked, runs: tuple[Closure, ...], asked: Asked, *, opaque: bool = False) -> Run:
    """Return how functions are run one after the other, each with what anyone can send; others first if `opaque`."""
    found = PERHAPS if opaque else SAME
    for closure in runs:
        found = seq(found, linked.anyone(closure.path, closure.ordinal, HANDLER, asked))
    return found


def _run(visit: Visit, function: Function, given: Given) -> Run:
    if is_stub(function.scope.path):
        return SAME if callees.is_blind(specifier_of(function.scope.path)) else PERHAPS
    if function.body is None or function.generator:
        return PERHAPS
    visit.given[function] = given
    found = flow.fold(function, _algebra(visit))
    falls = seq(found.falls, Run(gives=Seen.NOTHING)) if found.falls is not None else None
    ways = [way for way in (falls, found.returns) if way is not None]
    ran = alt(ways[0], ways[-1]) if ways else STOPS
    is_told = ran.asks and ran.gives is Seen.OPEN and not visit.asked.user  # all users are told the same
    if is_told and any(expressions.is_written_out(one.of) for one in function.returns):
        return replace(ran, gives=Seen.DOUBT)  # who calls decides which of them is given: `{ ok: false }`
    return ran


def _algebra(visit: Visit) -> flow.Algebra[Run]:
    return flow.Algebra(
        SAME,
        lambda leaf: _leaf(visit, leaf),
        seq,
        alt,
        loop,
        lambda test, outcome: _test(visit, test, outcome=outcome),
        lambda returned: Run(gives=expressions.of(visit, returned.of) if returned.of is not None else Seen.NOTHING),
        lambda run: not run.comes,
    )


def _test(visit: Visit, test: Expression, *, outcome: bool) -> Run:
    """Return how it goes on where a condition turned out so."""
    found = expressions.of(visit, test)
    test = bare(test)
    if found is Seen.OPEN and isinstance(test, Member | Name) and isinstance(visit.linked.value(test), Id):
        return SAME if outcome else STOPS  # a field that is always there, and no empty text
    if found is Seen.SETTING and isinstance(test, Binary) and test.operator in {"&&", "||"}:
        sides = [_test(visit, side, outcome=outcome) for side in (test.left, test.right)]
        return seq(*sides) if outcome == (test.operator == "&&") else alt(*sides)
    match found:
        case Seen.NOTHING | Seen.SOMETHING:
            went = SAME if isinstance(test, Literal) else ASKS
            return went if outcome == (found is Seen.SOMETHING) else STOPS
        case Seen.DOUBT:
            return PERHAPS
        case Seen.SETTING:
            return PERHAPS if switches.turned_on(test, outcome=outcome) else SAME
        case _:
            return SAME


def _leaf(visit: Visit, leaf: Expression) -> Run:
    found = SAME
    if isinstance(leaf, Call):
        found = _call(visit, leaf)
    elif isinstance(leaf, Member):
        return STOPS if not leaf.optional and _is_nobody(visit, leaf.of) else SAME
    if leaf.parent.__class__ in _HEADED and expressions.of(visit, leaf) in UNSURE:
        return seq(found, PERHAPS)
    return found


def _is_nobody(visit: Visit, of_: Expression) -> bool:
    """Say whether something is null because nobody is logged in, so that none of its members can be read."""
    binding = of_.binding if isinstance(of_, Name) else None
    if isinstance(of_, Member) or (isinstance(of_, Name) and (binding is None or binding.form in {"import", "param"})):
        return False  # as in most cases: `ctx.db.get`, `args.name`
    if expressions.of(visit, of_) is not Seen.NOTHING:
        return False
    return not isinstance(present(visit.linked.value(of_)), Constant | Primitive)


def _call(visit: Visit, call: Call) -> Run:
    linked = visit.linked
    if callees.is_trusted(visit, call):
        return Run(STOPS.ends, asks=True)
    if callees.refuses(visit, call):
        return Run(SAME.ends if visit.asked.user else STOPS.ends, asks=True)
    if callees.is_source(visit, call):
        return ASKS
    own = callees.called(visit, call)
    if own is not None:
        target = linked.function(own)
        ran = led(linked, call, linked.anyone(own.path, own.ordinal, results.given(visit, call), visit.asked))
        ran = waited_for(call, ran) if target.asynchronous else ran
        return seq(ran, _callbacks(visit, list(run_by(target, call.arguments)), Seen.OPEN))
    return seq(_other(visit, call), _given_functions(visit, call))


def _other(visit: Visit, call: Call) -> Run:
    """Return how a call goes that is none of a function of the project."""
    callee = callees.callee_of(visit, call)
    effect = doings.of(visit, call)
    if effect is not None:
        return Run(frozenset({State.DID}), done=Done(*effect, steps=step_of(visit.linked, call)))
    if isinstance(callee, Method) and isinstance(callee.of, Ctx) and callee.name in RUNS:
        return _run_by_reference(visit, call)
    if isinstance(callee, Method) and isinstance(callee.of, Ctx | Db | Service | Query):
        return SAME
    return PERHAPS if results.doubts(visit, call) else SAME


def _run_by_reference(visit: Visit, call: Call) -> Run:
    """Return how a function goes that is run by its reference, as whoever runs the one that asks."""
    target = callees.run_target(visit, call)
    if target is None or target.handler is None:
        return SAME if callees.is_hidden(visit, call) else PERHAPS
    handler = target.handler
    ran = visit.linked.anyone(handler.path, handler.ordinal, results.sent(visit, call), visit.asked)
    found = led(visit.linked, call, seq(_before(visit.linked, target, visit.asked), ran))
    return waited_for(call, found)


def _before(linked: Linked, target: Deployed, asked: Asked) -> Run:
    """Return how what runs before the handler of a function goes."""
    runs = tuple(closure for closure in target.runs if closure != target.handler)
    return of_all(linked, runs, asked, opaque=target.opaque)


def _given_functions(visit: Visit, call: Call) -> Run:
    """Return how the functions go that a call is given which is none of a function of the project."""
    functions = [one for one in call.arguments if isinstance(one, Function)]
    if not functions:
        return SAME
    callee = bare(call.callee)
    found = present(visit.linked.value(callee))
    if isinstance(found, Method) and isinstance(found.of, Query):
        return SAME
    named = callee.name if isinstance(callee, Member) else ""
    specifier = callees.package_of(visit.linked, call)
    is_blind = specifier is not None and callees.is_blind(specifier)
    if is_blind or named in _RUNNERS or isinstance(found, Global):
        return _callbacks(
            visit, functions, expressions.of(visit, callee.of) if isinstance(callee, Member) else Seen.OPEN
        )
    return PERHAPS if isinstance(found, Unknown) else SAME


def _callbacks(visit: Visit, functions: Sequence[Expression], of_: Seen) -> Run:
    """Return how functions go that are run any number of times, with items of something."""
    found = SAME
    for one in functions:
        if isinstance(one, Function):
            kind = Seen.DOUBT if of_ in {Seen.DOUBT, Seen.NOTHING} else Seen.OPEN
            ran = _run(visit, one, (kind,) if kind is Seen.DOUBT else ())
            inner = Run(ran.ends, None, ran.done, ran.asks)
            found = seq(found, loop(seq(PERHAPS, inner) if kind is Seen.DOUBT else inner))
    return found
