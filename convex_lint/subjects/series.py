"""Functions that an action runs one right after the other, each in a transaction of its own."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, cast, get_args

from convex_lint import flow
from convex_lint.diagnostics import Related
from convex_lint.link.shapes import bare, outermost
from convex_lint.subjects import references, rounds
from convex_lint.subjects.clock import around
from convex_lint.syntax.nodes import Await, Binary, Call, Conditional, Expression, If, Loop, Return, Switch, Try

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.references import ReferenceUse
    from convex_lint.syntax.nodes import Function, Statement

_LOGICAL = frozenset({"&&", "||", "??"})
_LASTING = ("write", "schedule", "storage", "run")
_METHODS = frozenset({"ctx.runQuery", "ctx.runMutation"})


class RunSeries:
    """Queries, or mutations, that an action runs with nothing else waited for between them; `uses` are in order."""

    def __init__(self, module: Module, uses: list[ReferenceUse]) -> None:
        self.module = module
        self.uses = uses

    @property
    def place(self) -> Place:
        """What runs the second one."""
        return self.module.at(self.uses[1].call.callee)

    @property
    def writes(self) -> bool:
        """Whether they are mutations."""
        return self.uses[0].words == "ctx.runMutation"

    @property
    def leaves(self) -> bool:
        """Whether the first one surely does something that stays done; a mutation may look, and nothing more."""
        target, effects = self.uses[0].target, self.module.linked.effects
        runs = target.runs if target is not None else ()
        return self.writes and any(effects(one.path, one.ordinal).has(*_LASTING) for one in runs)

    @property
    def related(self) -> tuple[Related, ...]:
        """What runs the others."""
        first, _, *others = [self.module.at(use.call.callee) for use in self.uses]
        return (Related(first, "the first one"), *(Related(one, "and another one") for one in others))


class _Row(NamedTuple):
    """What a piece of code runs: what may come first or last, and what may follow on what.

    `clear` says that nothing is waited for on any way through it.
    """

    first: frozenset[Call] = frozenset()
    last: frozenset[Call] = frozenset()
    pairs: frozenset[tuple[Call, Call]] = frozenset()
    clear: bool = True


_NOTHING = _Row()
_OTHER = _Row(clear=False)


def _seq(before: _Row, after: _Row) -> _Row:
    if before is _NOTHING or after is _NOTHING:
        return after if before is _NOTHING else before
    return _Row(
        before.first | (after.first if before.clear else frozenset()),
        after.last | (before.last if after.clear else frozenset()),
        before.pairs | after.pairs | {(one, other) for one in before.last for other in after.first},
        before.clear and after.clear,
    )


def _alt(one: _Row, other: _Row) -> _Row:
    return _Row(one.first | other.first, one.last | other.last, one.pairs | other.pairs, one.clear and other.clear)


def find(module: Module) -> Iterator[RunSeries]:
    """Yield the series in the functions of a module that are not of the rounds of a loop, which is one by itself."""
    looped = {use.call for loop in rounds.find(module) if loop.is_slow for use in loop.uses}
    uses: dict[Function, dict[Call, ReferenceUse]] = {}
    for use in references.find(module):
        function = use.call.function
        if use.words in _METHODS and function is not None and use.call not in looped and not _is_in_turns(use.call):
            uses.setdefault(function, {})[use.call] = use
    for function, inside in uses.items():
        if len(inside) > 1 and all(use.kinds == {"action"} for use in inside.values()):
            yield from (RunSeries(module, one) for one in _series(function, inside))


def _series(function: Function, uses: Mapping[Call, ReferenceUse]) -> Iterator[list[ReferenceUse]]:
    """Yield the longest series of functions of one kind, in the order of the text."""
    follows = {
        one: other
        for one, other in sorted(_pairs(function, uses), key=lambda pair: (pair[0].start, -pair[1].start))
        if _go_together(uses[one], uses[other]) and one.start < other.start
    }
    seen: set[Call] = set()
    for call in follows:
        found = [call]
        while found[-1] in follows:
            found.append(follows[found[-1]])
        if seen.isdisjoint(found):
            yield [uses[one] for one in found]
        seen.update(found)


def _pairs(function: Function, uses: Mapping[Call, ReferenceUse]) -> frozenset[tuple[Call, Call]]:
    """Return what may be run right after what in a function."""

    def leaf(node: Expression) -> _Row:
        if isinstance(node, Call) and node in uses:
            is_awaited = isinstance(outermost(node).parent, Await | Return)
            return _Row(frozenset({node}), frozenset({node}), clear=False) if is_awaited else _OTHER
        return _OTHER if isinstance(node, Await) and bare(node.of) not in uses else _NOTHING

    algebra = flow.Algebra(_NOTHING, leaf, _seq, _alt, lambda once: _Row(pairs=once.pairs, clear=False))
    found = flow.fold(function, algebra)
    return frozenset[tuple[Call, Call]]().union(*(way.pairs for way in found if way is not None))


def _go_together(one: ReferenceUse, other: ReferenceUse) -> bool:
    """Say whether one transaction could do what two functions do one after the other.

    Where each of them has a condition of its own, these may well exclude each other.
    """
    if one.words != other.words or one.target is None or other.target is None or one.limited or other.limited:
        return False
    mine, theirs = [*_steps(one.call)], [*_steps(other.call)]
    while mine and theirs and mine[0] == theirs[0]:
        mine, theirs = mine[1:], theirs[1:]
    return not (mine and theirs) and not any(step.tried for step in (*mine, *theirs))


class _Step(NamedTuple):
    """A part of the code that is not run on every way: a branch, or (`tried`) a block of a `try` statement."""

    part: Statement | Expression
    tried: bool


def _steps(call: Call) -> Iterator[_Step]:
    """Yield the parts of its function that a call stands in and that are not run on every way, the outermost first."""
    body = call.function.body if call.function is not None else None
    for statement, part in pairwise(around(body, call) if body is not None else ()):
        if isinstance(statement, If | Loop | Switch | Try):
            yield _Step(part, isinstance(statement, Try))
    branches: list[Expression] = []
    node: Expression = call
    while isinstance(node.parent, get_args(Expression)):
        parent = cast("Expression", node.parent)
        is_second = isinstance(parent, Binary) and parent.operator in _LOGICAL and parent.right is node
        if is_second or (isinstance(parent, Conditional) and parent.test is not node):
            branches.append(node)
        node = parent
    yield from (_Step(branch, tried=False) for branch in reversed(branches))


def _is_in_turns(call: Call) -> bool:
    """Say whether a call stands in a loop that is not one over an array: such a one goes from page to page."""
    body = call.function.body if call.function is not None else None
    outer = around(body, call) if body is not None else ()
    return any(isinstance(one, Loop) and (one.form != "of" or one.awaits) for one in outer)
