"""How answers are found, kept and forgotten, whatever they are about."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from convex_lint.link.shards import Bits, Held, Shard, Shards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

K = TypeVar("K")
L = TypeVar("L")
T = TypeVar("T")

Question = tuple[object, ...]
"""A question that one module asks about another: its name, then what it is about."""

UNSURE = float("nan")
"""In the place of an answer that hangs on the order of the questions, or that there is none of: it equals nothing."""

EVERYTHING = -1
"""The footing of an answer that any change may alter."""

_NOTHING = sys.maxsize
"""An answer leans on no question that is still open."""

_PATIENCE = 20_000
"""Answers within one question after which circular ones are kept all the same, so that every question ends."""

_DEEP = 300
"""Questions within one another after which an answer is not looked for: nobody writes what leads that far."""


class Open:
    """In the place of an answer that is being looked for: how deep in others the question was asked."""

    __slots__ = ("depth",)

    def __init__(self, depth: int) -> None:
        self.depth = depth


_OPEN = [Open(depth) for depth in range(_DEEP + 1)]


class Answers:
    """The answers that are known, and the questions that are being answered.

    `here` is the shard of the module whose code is looked at. `footing` are the bits of all that was looked at since it
    was last set to 0 (see `shards`).
    """

    __slots__ = ("_depth", "_leans", "_shards", "_steps", "footing", "here", "of")

    def __init__(self, bits: Bits) -> None:
        self.here = Shard("", 0)
        self.footing = 0
        self._shards = Shards(bits)
        self.of = self._shards.of
        self._depth = 0
        self._leans = _NOTHING
        self._steps = 0

    def forget(self, texts: Iterable[str], changed: int) -> None:
        """Forget all that was read in some modules, and every answer whose footing has changed."""
        self._shards.forget(texts, changed)

    def local(self, known: dict[K, Any], key: K, of: L, compute: Callable[[L, K], T]) -> T:
        """Answer a question about the code of the module that is looked at; one that cannot run into itself."""
        leans, self._leans = self._leans, _NOTHING
        outer, self.footing = self.footing, self.here.text
        made = compute(of, key)
        if self._leans == _NOTHING:
            if self.footing == self.here.text:
                known[key] = made
            else:
                self._shards.hold(known, key, made, self.footing)
        if leans < self._leans:  # noqa: PLR1730  a call of `min` costs more
            self._leans = leans
        self.footing |= outer
        return made

    def answer(self, shard: Shard, known: dict[Any, Any], key: object, circular: T, compute: Callable[[], T]) -> T:
        """Answer a question about a module once.

        A question that runs into itself is answered with `circular`. What was computed with that answer on the way is
        not kept, since it would be another if it had been asked first: so the order of the questions changes nothing.
        """
        found = known.get(key)
        if found is not None:
            if found.__class__ is Held:
                self.footing |= found.footing
                return found.answer  # type: ignore[no-any-return]
            if found.__class__ is Open:
                self._leans = min(self._leans, found.depth)
                return circular
            self.footing |= shard.text
            return found  # type: ignore[no-any-return]
        depth = self._depth
        if depth > _DEEP:
            self._leans = 0
            return circular
        known[key] = _OPEN[depth]
        self._depth = depth + 1
        here, self.here = self.here, shard
        outer, self.footing = self.footing, shard.text
        leans, self._leans = self._leans, _NOTHING
        try:
            made = compute()
        except BaseException:
            del known[key]
            raise
        finally:
            self._depth = depth
            self.here = here
        self._steps = self._steps + 1 if depth else 0
        if self._leans >= depth or self._steps > _PATIENCE:
            self._keep(shard, known, key, made)
            self._leans = leans
        else:
            del known[key]
            self._leans = min(leans, self._leans)
        self.footing |= outer
        return made

    def _keep(self, shard: Shard, known: dict[Any, Any], key: object, made: object) -> None:
        if self.footing == shard.text and made is not None:
            known[key] = made
        else:
            self._shards.hold(known, key, made, self.footing)

    def told(self, question: Question, answer: T, shard: Shard | None = None) -> T:
        """Keep what the module that is looked at is told about others; not what it is told about its own `shard`."""
        if self.here is not shard:
            self.here.asked[question] = answer if self._leans == _NOTHING else UNSURE
        return answer

    def told_by(self, shard: Shard, question: Question, answer: T) -> T:
        """Keep what a module is told about others, whichever one is looked at."""
        shard.asked[question] = answer if self._leans == _NOTHING else UNSURE
        return answer

    @contextmanager
    def at(self, path: str) -> Iterator[None]:
        """Look at code of a module."""
        outer, self.here = self.here, self._shards.of(path)
        self.footing |= self.here.text
        try:
            yield
        finally:
            self.here = outer

    @contextmanager
    def apart(self) -> Iterator[Callable[[], int]]:
        """Have answers rest on nothing that was looked at before; what is given tells what they rest on."""
        outer, self.footing = self.footing, 0
        try:
            yield lambda: self.footing
        finally:
            self.footing |= outer

    @contextmanager
    def nowhere(self) -> Iterator[None]:
        """Ask on behalf of no module."""
        outer, self.here = self.here, Shard("", 0)
        try:
            yield
        finally:
            self.here = outer

    def give_up(self) -> None:
        """Go on after a question that was broken off: nothing is known of what it would have rested on."""
        self.footing = EVERYTHING
        self._leans = _NOTHING
        self._steps = 0
        self.here.asked["unsure",] = UNSURE
