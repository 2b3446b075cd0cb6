"""What hooks give: functions that run a function of Convex with what they are called with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import Call, Declare, Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.syntax.nodes import Expression

GIVING = frozenset({"useMutation", "useAction", "useConvexMutation", "useConvexAction"})
"""The hooks that give a function which runs the one that they are told."""


def calls(hook: Call) -> Iterator[Call]:
    """Yield the calls of the function that a hook gives, where that is kept in a constant."""
    made = _updated(hook)
    if isinstance(made.parent, Declare) and len(made.parent.bindings) == 1:
        binding = made.parent.bindings[0]
        if binding.form == "const" and not binding.steps:
            for use in binding.uses:
                call = outermost(use).parent
                if isinstance(call, Call) and call.callee is outermost(use):
                    yield call


def _updated(hook: Call) -> Expression:
    """Return what a hook gives, with the optimistic update that it may be given."""
    made = outermost(hook)
    member = made.parent
    if isinstance(member, Member) and member.of is made and member.name == "withOptimisticUpdate":
        call = outermost(member).parent
        return outermost(call) if isinstance(call, Call) else made
    return made
