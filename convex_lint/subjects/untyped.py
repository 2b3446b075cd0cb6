"""Ctx, and its database, where the code throws their types away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.parameters import own_binding
from convex_lint.values import Ctx, Db, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Function, Type

_NAMES = {"query": "QueryCtx", "mutation": "MutationCtx", "action": "ActionCtx"}


class Untyped:
    """A parameter that surely is ctx, or a database, and is declared as `any`.

    `of` is what it is, in the words of a message, and `type` the type of Convex that says so; None where a builder of
    the project adds something to it.
    """

    def __init__(self, module: Module, function: Function, written: Type, value: Ctx | Db) -> None:
        self.module = module
        self._function = function
        self.of = "ctx" if isinstance(value, Ctx) else "the database"
        self.type = _type_of(value)
        self._written = written

    @property
    def inferred(self) -> bool:
        """Whether the compiler knows the type without being told, as the function is written where it is registered."""
        is_named = own_binding(self._function) is not None
        return not is_named and bool(self.module.linked.registered_as(self._function))

    @property
    def place(self) -> Place:
        """The `any`."""
        return self.module.at(self._written)


def _type_of(value: Ctx | Db) -> str | None:
    """Return the type of what is received: that of a query is enough for all that it has in common with a mutation."""
    if isinstance(value, Db):
        return "DatabaseWriter" if value.writer else "DatabaseReader"
    if value.extra or value.open:
        return None
    kinds = [kind for kind in _NAMES if kind in value.kinds]
    if kinds == ["query", "mutation"]:
        return "QueryCtx"
    return " | ".join(_NAMES[kind] for kind in kinds) or None


def find(module: Module) -> Iterator[Untyped]:
    """Yield the parameters of a module that surely are ctx, or a database, and are declared as `any`."""
    for function in module.summary.code.functions:
        for index, parameter in enumerate(function.parameters):
            written = parameter.type
            if written is None or not written.mentions("any") or (written.form, written.name) != ("name", "any"):
                continue
            value = present(module.linked.parameter(function, index))
            if isinstance(value, Ctx | Db) and module.whole(function, function):
                yield Untyped(module, function, written, value)
