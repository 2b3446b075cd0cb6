"""How a run by somebody who is not logged in goes on, and how runs follow one another."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from convex_lint.link.access.seen import Seen, either
from convex_lint.link.shapes import outermost
from convex_lint.records import record
from convex_lint.syntax.nodes import Await, Evaluate, Return

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call


class State(IntEnum):
    """How far the caller has come."""

    COMES = 0
    """Surely here, and nothing was done yet."""
    DID = 1
    """Surely here, and something was done."""
    PERHAPS = 2
    """Perhaps here: something that is not understood may have refused."""


_SURE = frozenset({State.COMES, State.DID})

Step = tuple[str, int, int]
"""A call: its module, the ordinal of the function that it stands in, and its number there."""


@record
class Done:
    """What is done: `kind` and `detail` are much as in `effects.Effect`, `steps` the calls that lead to it."""

    kind: str
    detail: str = ""
    steps: tuple[Step, ...] = ()


@record
class Run:
    """How a function, or a part of it, goes on that is run by such a caller: not at all where there are no `ends`.

    `gives` is what is returned, `done` the first thing that is done, and `asks` says that it is asked who calls.
    """

    ends: frozenset[State] = frozenset({State.COMES})
    gives: Seen | None = None
    done: Done | None = None
    asks: bool = False

    @property
    def comes(self) -> bool:
        """Whether the caller surely comes to the end."""
        return bool(self.ends & _SURE)

    @property
    def refuses(self) -> bool:
        """Whether the caller may be kept from the end on some way."""
        return State.PERHAPS in self.ends or not self.ends

    @property
    def lets(self) -> Done | None:
        """What anyone can have done."""
        return self.done if State.DID in self.ends else None


SAME = Run()
ASKS = Run(asks=True)
STOPS = Run(frozenset())
PERHAPS = Run(frozenset({State.PERHAPS}))


def seq(before: Run, after: Run) -> Run:
    """Return the run of one part behind another."""
    if before is SAME or after is SAME:
        return after if before is SAME else before
    ends = frozenset(max(one, other) for one in before.ends for other in after.ends)
    gives = after.gives if before.comes or after.gives is None else Seen.DOUBT if before.ends else None
    done = before.done or (after.done if before.comes else None)
    return Run(ends, gives, done, before.asks or after.asks)


def alt(one: Run, other: Run) -> Run:
    """Return the run of one of two parts."""
    if one is other:
        return one
    kinds = [way.gives for way in (one, other) if way.gives is not None]
    gives = either(kinds) if kinds else None
    done = one.lets or other.lets or one.done or other.done
    return Run(one.ends | other.ends, gives, done, one.asks or other.asks)


def loop(once: Run) -> Run:
    """Return any number of runs of a part.

    Whoever may not come through one round may have had none, but what follows is often about the same things.
    """
    return alt(SAME, once) if once.comes else Run(PERHAPS.ends, asks=once.asks)


def led(linked: Linked, call: Call, ran: Run) -> Run:
    """Return the run of a function, seen from a call that leads to it."""
    if ran.done is None:
        return Run(ran.ends, asks=ran.asks)
    done = Done(ran.done.kind, ran.done.detail, (*step_of(linked, call), *ran.done.steps))
    return Run(ran.ends, None, done, ran.asks)


def step_of(linked: Linked, call: Call) -> tuple[Step, ...]:
    """Return where a call is, in symbols."""
    function = call.function
    if function is None:
        return ()
    path = function.scope.path
    return ((path, function.ordinal, linked.summaries[path].calls_in(function).index(call)),)


def waited_for(call: Call, ran: Run) -> Run:
    """Return how it goes on beside a promise: one that refuses does so where it is waited for, perhaps elsewhere."""
    holder = outermost(call).parent
    if ran.comes or isinstance(holder, Await | Return):
        return ran
    return Run(SAME.ends if isinstance(holder, Evaluate) else PERHAPS.ends, asks=ran.asks)
