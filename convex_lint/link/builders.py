"""Builders made from other builders, as the stubs of packages describe them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import adds_index
from convex_lint.stubs import is_stub
from convex_lint.values import Builder, Closure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.summary import Summary


def customized(linked: Linked, summary: Summary) -> Iterator[tuple[Closure, Builder]]:
    """Yield the functions that customize a builder in a module, each with the builder that it customizes."""
    for call in summary.calls_in(None):
        if len(call.arguments) > 1 and not adds_index(call):
            callee = linked.value(call.callee)
            base = linked.value(call.arguments[0]) if isinstance(callee, Closure) and is_stub(callee.path) else None
            made = linked.value(call) if isinstance(base, Builder) else None
            if isinstance(base, Builder) and isinstance(made, Builder):
                yield from ((closure, base) for closure in made.runs[len(base.runs) :])
