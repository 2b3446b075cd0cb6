"""Which conditions on the environment turn something on that is off as a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.access import is_needed
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import Binary, Call, Member, Name, Unary

if TYPE_CHECKING:
    from convex_lint.syntax.nodes import Expression


def settings(test: Expression, depth: int = 4) -> set[str]:
    """Return the variables of the environment that an expression is made of, "" for what is not seen."""
    test = bare(test)
    found: set[str] = set()
    match test:
        case Member():
            found = {test.name} if isinstance(bare(test.of), Member) else settings(test.of, depth)
        case Name(binding=binding) if binding is not None and binding.of is not None and depth and not binding.writes:
            found = {str(binding.steps[-1])} if binding.steps else settings(binding.of, depth - 1)
        case Unary(of=inner) if inner is not None:
            found = settings(inner, depth)
        case Binary():
            found = settings(test.left, depth) | settings(test.right, depth)
        case Call():
            parts = [test.callee.of] if isinstance(test.callee, Member) else test.arguments
            found = set[str]().union(*(settings(one, depth) for one in parts))
        case _:
            pass
    return found


def turned_on(test: Expression, *, outcome: bool) -> bool:
    """Say whether a condition has a switch of the environment on, or may have: one that is no key and no address.

    What a deployment needs is there; a switch is off where nobody has turned it on.
    """
    names = settings(test)
    if names and all(is_needed(name) for name in names):
        return False
    test = bare(test)
    while isinstance(test, Unary) and test.operator == "!" and test.of is not None:
        test, outcome = bare(test.of), not outcome
    return outcome or not isinstance(test, Member)
