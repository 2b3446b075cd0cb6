"""What is known about each module, and what of it falls when modules change.

Every answer has its **footing**, a set of bits: three for each module that it rests on. When modules change, exactly
the answers whose footing holds a changed bit are forgotten. All others are what they would be if they were asked again,
as nothing that they were made from is another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.syntax.nodes import Binding, Expression


class Held:
    """An answer that rests on more than the text of its own module."""

    __slots__ = ("answer", "footing")

    def __init__(self, answer: Any, footing: int) -> None:
        self.answer = answer
        self.footing = footing


class Shard:
    """The answers about one module: each dictionary has answers, or `Held` ones, by what was asked about.

    `text` is the bit of its text, `roles` of what registers its functions and builds on them, `users` of who calls
    its functions and imports its exports. `asked` are the questions that code of the module asked about others, each
    with the answer that it got last.
    """

    __slots__ = (
        "asked",
        "bindings",
        "exports",
        "parameters",
        "path",
        "rest",
        "results",
        "roles",
        "text",
        "users",
        "values",
    )

    def __init__(self, path: str, text: int) -> None:
        self.path = path
        self.text = text
        self.roles = text << 1
        self.users = text << 2
        self.values: dict[Expression, Any] = {}
        self.bindings: dict[Binding, Any] = {}
        self.parameters: dict[tuple[int, int], Any] = {}
        self.results: dict[int, Any] = {}
        self.exports: dict[str, Any] = {}
        self.rest: dict[object, Any] = {}
        self.asked: dict[tuple[object, ...], object] = {}


GRAPH = 1
"""The bit of the call graph as a whole."""


class Bits:
    """The bits of each module; those of a path stay the same as long as this lives."""

    __slots__ = ("_texts",)

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}

    def text(self, path: str) -> int:
        """Return the bit of the text of a module; the two above it are those of its roles and users."""
        found = self._texts.get(path)
        if found is None:
            found = self._texts[path] = GRAPH << (3 * len(self._texts) + 1)
        return found


class Shards:
    """The shards of all modules."""

    __slots__ = ("_held", "_shards", "bits")

    def __init__(self, bits: Bits) -> None:
        self.bits = bits
        self._shards: dict[str, Shard] = {}
        self._held: dict[int, tuple[int, list[tuple[dict[Any, Any], object]]]] = {}

    def of(self, path: str) -> Shard:
        """Return the shard of a module, new if need be."""
        found = self._shards.get(path)
        if found is None:
            found = self._shards[path] = Shard(path, self.bits.text(path))
        return found

    def hold(self, known: dict[Any, Any], key: object, answer: object, footing: int) -> None:
        """Keep an answer that rests on other modules than its own."""
        held = self._held.get(footing)
        if held is None:
            held = self._held[footing] = (footing, [])
        known[key] = Held(answer, held[0])  # equal footings are one number, of some hundred bits
        held[1].append((known, key))

    def forget(self, texts: Iterable[str], changed: int) -> None:
        """Forget all that was read in some modules, and every answer whose footing has changed."""
        for path in texts:
            self._shards.pop(path, None)
        for footing in [footing for footing in self._held if footing & changed]:
            for known, key in self._held.pop(footing)[1]:
                known.pop(key, None)
