"""Errors that functions throw, as their callers see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import catching
from convex_lint.link.shapes import bare, outermost
from convex_lint.subjects.clock import around
from convex_lint.subjects.importing import imported
from convex_lint.syntax.nodes import Literal, Member, Name, Template, Throw, Try
from convex_lint.values import Closure, Global

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Call


class PlainError:
    """A plain `Error` with a message, which is thrown in a function and not kept there."""

    def __init__(self, module: Module, node: Call, closure: Closure) -> None:
        self.module = module
        self.node = node
        self.closure = closure

    @property
    def place(self) -> Place:
        """The class, where the error is made."""
        return self.module.at(self.node.callee)

    def as_convex_error(self) -> tuple[Edit, ...]:
        """Return the edits that throw a `ConvexError`; none where it is not sure how it can be imported."""
        callee = self.node.callee
        if self.module.inside is None and not any(one.startswith("convex/") for one in self.module.summary.specifiers):
            return ()
        found = imported(self.module, "ConvexError", callee.scope) if isinstance(callee, Name) else None
        return (*found.edits, self.module.replace(callee, found.name)) if found is not None else ()


def find(module: Module) -> Iterator[PlainError]:
    """Yield the plain errors with a message that the functions of a module throw."""
    for call in module.summary.calls({"Error"}):
        if not call.new or call.function is None or not _has_message(call):
            continue
        is_plain = not isinstance(call.callee, Member) and module.linked.value(call.callee) == Global("Error")
        if is_plain and isinstance(outermost(call).parent, Throw) and not _is_caught(call):
            yield PlainError(module, call, Closure(module.path, call.function.ordinal))


def _has_message(call: Call) -> bool:
    first = bare(call.arguments[0]) if call.arguments else None
    return isinstance(first, Template) or (isinstance(first, Literal) and first.form == "string")


def _is_caught(call: Call) -> bool:
    body = call.function.body if call.function is not None else None
    outer = around(body, call) if body is not None else ()
    return any(
        isinstance(one, Try) and catching.keeps(one) and one.body.start <= call.start < one.body.end for one in outer
    )
