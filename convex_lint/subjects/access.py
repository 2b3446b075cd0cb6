"""What anyone can have done by a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Pointer

if TYPE_CHECKING:
    from convex_lint.link.access import Done

_OF = {"write": "writes to {}", "read": "reads {}", "service": "calls {}"}
_DOES = {
    "runAfter": "schedules a function",
    "runAt": "schedules a function",
    "cancel": "cancels a scheduled function",
    "fetch": "calls another server",
    "component": "changes something in a component",
    "runMutation": "runs a mutation of a component",
    "runAction": "runs an action of a component",
    "generateUploadUrl": "lets files be stored",
    "store": "stores a file",
    "delete": "deletes a file",
}


class Opening:
    """What anyone can have done by a function; `asks` says that the function does ask who calls, to no effect."""

    def __init__(self, done: Done | None, *, asks: bool = False) -> None:
        self.asks = asks
        self._done = done

    @property
    def does(self) -> str:
        """What is done, in the words of a message: ``writes to `users` ``; empty where nothing is."""
        if self._done is None:
            return ""
        kind, detail = self._done.kind, self._done.detail
        words = _OF.get(kind)
        if words is not None:
            return words.format(f"`{detail}`" if detail else "the database")
        return _DOES[detail if kind in {"run", "schedule", "storage"} else kind]

    @property
    def related(self) -> tuple[Pointer, ...]:
        """The calls that lead to it, as places that explain a finding."""
        if self._done is None:
            return ()
        steps = self._done.steps
        words = ["this is called first", *["and then this"] * len(steps)][: len(steps) - 1]
        said = zip(steps, (*words, f"it {self.does} here"), strict=True)
        return tuple(Pointer(*step, message) for step, message in said)

    def of(self, name: str) -> tuple[Pointer, ...]:
        """Return the call that does it, as a place that says what anyone can have done by the function of a name."""
        if self._done is None:
            return ()
        return (Pointer(*self._done.steps[-1], f"`{name}` {self.does} here"),)
