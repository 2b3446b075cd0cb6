"""What names are to a caller who is not logged in: what they hold, receive, or take out of something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.access import is_secret
from convex_lint.facts.context import ANYWHERE
from convex_lint.link.access import expressions, rights
from convex_lint.link.access.seen import CONTROL, UNSURE, Seen, Visit
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import Array, Assign, Await, Call, Evaluate, Function
from convex_lint.values import Global, Reference, Unknown

if TYPE_CHECKING:
    from convex_lint.syntax.nodes import Binding, Expression, Name


def of(visit: Visit, name: Name) -> Seen:
    """Return what a name is to the caller."""
    binding = name.binding
    if binding is None:
        return Seen.OPEN
    if binding.form == "import":
        return _imported(visit, name)
    found = visit.known.get(binding)
    if found is None:
        visit.known[binding] = Seen.OPEN
        found = visit.known[binding] = _bound(visit, binding, name)
    return found


def _imported(visit: Visit, name: Name) -> Seen:
    """Return what an import is: what is made of the environment elsewhere is known to few."""
    if not isinstance(visit.linked.value(name), Unknown):
        return Seen.OPEN
    kinds = visit.linked.origin_kinds(name)
    return Seen.SETTING if not kinds or kinds & {"env", "unknown"} else Seen.OPEN


def _bound(visit: Visit, binding: Binding, name: Name) -> Seen:
    if binding.form == "param" and isinstance(binding.of, Function):
        return _taken(_parameter(visit, binding, binding.of, name), binding)
    if binding.form in {"function", "class", "enum", "catch"} or (binding.of is None and not binding.writes):
        return Seen.OPEN
    written = [one.value if isinstance(one, Assign) else one for one in binding.writes]
    if not written and binding.of is not None:
        return _taken(_part(visit, binding, binding.of), binding)
    kinds = {expressions.of(visit, one) for one in (*([binding.of] if binding.of is not None else []), *written)}
    if kinds == {Seen.NOTHING}:
        return Seen.NOTHING
    # Which of them it is may hang on a condition that asks who calls.
    return Seen.OPEN if kinds.isdisjoint({Seen.DOUBT, Seen.SECRET}) and not _looks(visit, name) else Seen.DOUBT


def _looks(visit: Visit, name: Name) -> bool:
    """Say whether the function that a name stands in has a condition on who calls."""
    function = name.scope.function
    calls = visit.linked.summaries[name.scope.path].calls_in(function)
    used = (one for one in calls if not isinstance(one.parent, Await) or not isinstance(one.parent.parent, Evaluate))
    return any(expressions.of(visit, one) in UNSURE for one in used)


def _part(visit: Visit, binding: Binding, held_: Expression) -> Seen:
    """Return what the part of its value is that a name takes: of `await Promise.all([a, b])`, one of these."""
    of_ = bare(held_.of) if isinstance(held_, Await) else bare(held_)
    if isinstance(of_, Call) and of_.arguments and visit.linked.value(of_.callee) == Global("Promise.all"):
        of_ = bare(of_.arguments[0])
    step = binding.steps[0] if len(binding.steps) == 1 else None
    if isinstance(of_, Array) and isinstance(step, int) and step < len(of_.items):
        return expressions.of(visit, of_.items[step])
    found = expressions.of(visit, held_)
    return Seen.DOUBT if binding.steps and found is Seen.NOTHING else found


def _taken(found: Seen, binding: Binding) -> Seen:
    """Return what is taken out of something; what has the name of a secret is one."""
    named = str(binding.steps[-1]) if binding.steps else binding.name
    is_sent = binding.form == "param" or bool(binding.steps)
    return Seen.SECRET if found is Seen.OPEN and is_sent and is_secret(named) else found


def _parameter(visit: Visit, binding: Binding, function: Function, name: Name) -> Seen:
    given = visit.given.get(function)
    if given is not None:
        found = given[binding.parameter] if binding.parameter < len(given) else Seen.OPEN
        if isinstance(found, Reference):
            return Seen.OPEN
        if found is Seen.CONTROL and binding.steps and binding.steps[0] not in ANYWHERE:
            # It is what a builder has put on ctx.
            return Seen.OPEN if rights.is_user(visit, name) else Seen.DOUBT
        return Seen.DOUBT if binding.steps and found is Seen.NOTHING else found
    around = function.inside
    while around is not None:
        if around in visit.given:
            return Seen.OPEN  # an item of something, which is asked itself
        around = around.inside
    linked = visit.linked
    if isinstance(linked.parameter(function, binding.parameter), CONTROL) or linked.registered_as(function):
        return Seen.OPEN
    return Seen.DOUBT
