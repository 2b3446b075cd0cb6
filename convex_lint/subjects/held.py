"""Names that hold one value from the start, and the further names that they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import Declare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.syntax.nodes import Binding, Name, Node


def plain(parent: Node | None) -> Binding | None:
    """Return the one name that a declaration gives its whole value to, if it is never assigned again."""
    bindings = parent.bindings if isinstance(parent, Declare) else ()
    bound = bindings[0] if len(bindings) == 1 else None
    return bound if bound is not None and not (bound.steps or bound.writes) else None


def uses(bound: Binding) -> Iterator[Name]:
    """Yield the uses of a name, and of the names that stand for the same, in the place of the uses that make these."""
    seen = {bound}
    left = [bound]
    while left:
        for use in left.pop().uses:
            further = plain(outermost(use).parent)
            if further is None:
                yield use
            elif further not in seen:
                seen.add(further)
                left.append(further)
