"""What surely happens a second time in one run of a function: after it happened once, or in the round of a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint import flow

if TYPE_CHECKING:
    from collections.abc import Callable

    from convex_lint.syntax.nodes import Expression, Function


class Twice(NamedTuple):
    """What a piece of code does with something that can be done once.

    `fresh` says that it makes another one, `must` and `may` where it does it, and `once_more` the first place and the
    second one where it is done again. These are the same in a loop.
    """

    fresh: bool = False
    must: Expression | None = None
    may: Expression | None = None
    once_more: tuple[Expression, Expression] | None = None


NEVER = Twice()
FRESH = Twice(fresh=True)


def done(node: Expression) -> Twice:
    """Return that something is done, once."""
    return Twice(must=node, may=node)


def repeated(node: Expression) -> Twice:
    """Return that something is done in each round of a loop."""
    return _loop(done(node))


def find(function: Function, leaf: Callable[[Expression], Twice]) -> tuple[Expression, Expression] | None:
    """Return where something is done again on a way through a function, after where it was surely done before."""
    found = flow.fold(function, flow.Algebra(NEVER, leaf, _seq, _alt, _loop))
    return next((way.once_more for way in found if way is not None and way.once_more is not None), None)


def _seq(before: Twice, after: Twice) -> Twice:
    again = before.once_more or after.once_more
    if after.fresh:
        return after._replace(once_more=again)
    if again is None and before.must is not None and after.may is not None:
        again = (before.must, after.may)
    return Twice(before.fresh, before.must or after.must, before.may or after.may, again)


def _alt(one: Twice, other: Twice) -> Twice:
    must = one.must if other.must is not None else None
    return Twice(one.fresh or other.fresh, must, one.may or other.may, one.once_more or other.once_more)


def _loop(round_: Twice) -> Twice:
    again = round_.must if not round_.fresh else None
    twice = round_.once_more or ((again, again) if again is not None else None)
    return Twice(round_.fresh, None, round_.may, twice)
