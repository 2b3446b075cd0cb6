"""How all promises that a callback gives are waited for: `await Promise.all(items.map(…))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, outermost
from convex_lint.source import Span
from convex_lint.subjects import sent
from convex_lint.syntax.nodes import Array, Await, Call, Evaluate, Member, Name, Return
from convex_lint.values import ArrayOf, present

if TYPE_CHECKING:
    from convex_lint.diagnostics import Edit
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_GIVES_ARRAY = frozenset({"concat", "filter", "flat", "flatMap", "map", "slice"})
"""The methods that arrays have, and that give another one."""


def edits(module: Module, call: Call) -> tuple[Edit, ...]:
    """Return the edits that wait for all promises of a call; none where that is not possible, or not sure."""
    member, wait = call.callee, _wait(call)
    if wait is None or not isinstance(member, Member) or member.optional or not _is_array(module, member.of):
        return ()
    name = Span(member.name_start, member.name_end)
    maps = (module.replace(name, "map"),) if member.name == "forEach" else ()
    return (module.insert(call.start, f"{wait}Promise.all("), *maps, module.insert(call.end, ")"))


def _wait(call: Call) -> str | None:
    """Return what has to stand before `Promise.all`, as what becomes of the call wants it; None where it cannot be."""
    name, parent = call.callee.name if isinstance(call.callee, Member) else "", outermost(call).parent
    if name == "map" and isinstance(parent, Await | Return):
        return ""
    is_asynchronous = call.function is not None and call.function.asynchronous
    return "await " if name in {"forEach", "map"} and isinstance(parent, Evaluate) and is_asynchronous else None


def _is_array(module: Module, expression: Expression) -> bool:
    """Say whether an expression surely is an array, which has a `map`, and no set."""
    inner = bare(expression)
    held = inner.binding if isinstance(inner, Name) else None
    if held is not None and held.form == "const" and held.of is not None and not held.steps:
        return _is_array(module, held.of)
    if not isinstance(present(module.linked.value(inner)), ArrayOf):
        return False
    if isinstance(inner, Call):
        return isinstance(inner.callee, Member) and inner.callee.name in _GIVES_ARRAY
    argument = sent.of(module, inner)
    return isinstance(inner, Array | Await) or (argument is not None and argument.validator.kind == "array")
