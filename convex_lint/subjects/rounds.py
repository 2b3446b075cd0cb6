"""Loops in which functions are run by their references, for each item of an array."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.diagnostics import Related
from convex_lint.facts.language import PROMISE_MAKERS
from convex_lint.link.shapes import outermost
from convex_lint.subjects import delays, references, sizes
from convex_lint.subjects.clock import around
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Await, Call, Function, Loop, Member, Try
from convex_lint.values import Global, Method, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.references import ReferenceUse
    from convex_lint.syntax.nodes import Expression, Statement

_METHODS = frozenset({"ctx.runQuery", "ctx.runMutation"})
_EACH = frozenset({"map", "forEach", "flatMap"})


class RunLoop:
    """A loop over an array, or a callback for each of its items, that runs or schedules functions.

    `uses` are the references of one round, in the order of the text.
    """

    def __init__(self, module: Module, part: Statement | Function, subject: Expression) -> None:
        self.module = module
        self.uses: list[ReferenceUse] = []
        self._part = part
        self._subject = subject

    @property
    def place(self) -> Place:
        """What runs the first function of a round."""
        return self.module.at(self.uses[0].call.callee)

    @property
    def related(self) -> tuple[Related, ...]:
        """What runs the others."""
        return tuple(Related(self.module.at(use.call.callee), "and so does this") for use in self.uses[1:])

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of ctx that the loop runs with; none where that is not known."""
        return self.uses[0].kinds

    @property
    def is_long(self) -> bool:
        """Whether there may be any number of rounds: what is looped over is not written in the code."""
        return not sizes.is_written(self.module, self._subject)

    @property
    def is_cut(self) -> bool:
        """Whether what is looped over is surely cut to a size, or is looked at whether it is not too much."""
        return sizes.is_bounded(self.module, self._subject) or sizes.is_looked_at(self._subject)

    def starts_together(self, use: ReferenceUse) -> bool:
        """Say whether a function is run in its round, or surely right after the loop, not each at a time of its own."""
        return use.by == "run" or delays.is_soon(self.module, use.call)

    @property
    def is_slow(self) -> bool:
        """Whether an action runs queries or mutations one by one that one function surely could do together.

        Nothing else is waited for in a round, another action neither, no round decides whether there is another one or
        catches what fails, and what it gives to a function of the project is one item, not a batch of them.
        """
        runs = {use.words for use in self.uses if use.by == "run"}
        if self.kinds != {"action"} or not runs or not runs <= _METHODS or not self.is_long:
            return False
        plain = all(use.target is not None and not use.limited and not self._is_tried(use) for use in self.uses)
        return plain and not (self._may_end or self._waits or any(use.takes_many for use in self.uses))

    @property
    def _may_end(self) -> bool:
        if isinstance(self._part, Function):
            return False
        ends = flow.outcome(self._part)
        return ends.breaks is not None or ends.returns is not None

    @property
    def _waits(self) -> bool:
        """Whether something else is waited for in a round."""
        runs = {use.call for use in self.uses}
        return any(
            call not in runs and isinstance(outermost(call).parent, Await) and not self._is_own(call)
            for call in self.module.summary.code.calls
            if self._part.start <= call.start < self._part.end
        )

    def _is_own(self, call: Call) -> bool:
        """Say whether a call waits for the runs of the round, or schedules, which a transaction can do as well."""
        match self.module.linked.value(call.callee):
            case Global(name=name):
                return name in PROMISE_MAKERS
            case Method(of=Service(name="scheduler")):
                return True
            case _:
                return False

    def _is_tried(self, use: ReferenceUse) -> bool:
        parent = outermost(use.call).parent
        if isinstance(parent, Member) and parent.name in {"catch", "then"}:
            return True
        body = self._part.body if isinstance(self._part, Function) else self._part
        outer = around(body, use.call) if body is not None else ()
        return any(isinstance(one, Try) and one.body.start <= use.call.start < one.body.end for one in outer)


@once
def find(module: Module) -> Iterator[RunLoop]:
    """Yield the innermost loops over arrays in which functions are run or scheduled."""
    loops: dict[Statement | Function, RunLoop] = {}
    for use in references.find(module):
        if use.by in {"run", "scheduler"} and use.call.function is not None:
            found = _round(use.call, use.call.function)
            if found is not None:
                loops.setdefault(found[0], RunLoop(module, *found)).uses.append(use)
    yield from loops.values()


def _round(call: Call, function: Function) -> tuple[Statement | Function, Expression] | None:
    """Return the innermost loop over an array that a call stands in: what runs in each round, and the array."""
    inside = around(function.body, call) if function.body is not None else ()
    loops = [one for one in inside if isinstance(one, Loop) and one.body.start <= call.start < one.body.end]
    if loops:
        innermost = loops[-1]
        plain = innermost.form == "of" and not innermost.awaits
        return (innermost.body, innermost.heads[-1]) if plain else None
    taker = outermost(function).parent
    if isinstance(taker, Call) and taker.arguments[:1] == [function] and isinstance(taker.callee, Member):
        return (function, taker.callee.of) if taker.callee.name in _EACH else None
    return None
