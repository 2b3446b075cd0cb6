"""What becomes of what a call gives: whether anyone does anything with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import (
    Array,
    Assign,
    Await,
    Binary,
    Call,
    Cast,
    Conditional,
    Declare,
    Evaluate,
    Member,
    Name,
    Return,
    Unary,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression, Node

_PUSHES = frozenset({"push", "unshift"})


def is_dropped(module: Module, node: Call, *, many: bool = False) -> bool:
    """Say whether nothing is done with what a call gives: it is a statement, or kept where nobody reads it.

    `many` says that it is an array, which nobody reads either who asks for its length only.
    """
    return is_lost(module, node, many=many) and not is_aside(node)


def is_lost(module: Module, node: Expression, *, many: bool = False) -> bool:  # noqa: PLR0911  one case a place
    """Say whether nothing is done with what an expression is: it is a statement, or kept where nobody reads it."""
    given = _gathered(node)
    many = many or isinstance(given, Array)
    match given.parent:
        case Evaluate():
            return True
        case Binary(operator=",", left=left):
            return left is given
        case Declare(bindings=bindings):
            return bool(bindings) and all(
                not (one.writes or one.steps) and _is_unread(module, one, many=many) for one in bindings
            )
        case Assign(operator="=", target=Name(binding=binding)) as kept if binding is not None:
            return isinstance(carried(kept).parent, Evaluate) and _is_unread(module, binding, many=many)
        case Await() as waiting:
            return isinstance(given, Array) and is_lost(module, waiting, many=True)
        case Call(callee=Member(of=Name(binding=binding), name=name)) as push if name in _PUSHES:
            in_vain = binding is not None and given in push.arguments and isinstance(carried(push).parent, Evaluate)
            return in_vain and binding is not None and _is_only_filled(module, binding)
        case _:
            return False


def _is_unread(module: Module, binding: Binding, *, many: bool) -> bool:
    """Say whether nobody reads a name: as a statement of its own it is not read."""
    uses = [use.parent for use in binding.uses]
    return binding not in module.summary.exported and all(
        isinstance(use, Evaluate) or (many and isinstance(use, Member) and use.name == "length") for use in uses
    )


def _is_only_filled(module: Module, binding: Binding) -> bool:
    """Say whether items are only ever put into an array that a name holds from the start."""
    held = bare(binding.of) if binding.of is not None and not binding.steps else None
    uses = [use.parent for use in binding.uses]
    return (
        isinstance(held, Array)
        and not binding.writes
        and binding not in module.summary.exported
        and all(
            isinstance(use, Member) and (use.name == "length" or (use.name in _PUSHES and isinstance(use.parent, Call)))
            for use in uses
        )
    )


def is_aside(node: Call) -> bool:
    """Say whether it is `kept.catch(…)` or `kept.finally(…)` on a promise in a name that is used elsewhere too."""
    callee = bare(node.callee)
    of = bare(callee.of) if isinstance(callee, Member) and callee.name in {"catch", "finally"} else None
    binding = of.binding if isinstance(of, Name) else None
    return binding is not None and len(binding.uses) > 1


def void_of(node: Call) -> Unary | None:
    """Return the `void` that throws away what a call gives."""
    user = _gathered(node).parent
    if not isinstance(user, Unary) or user.operator != "void":
        return None
    # A callback that is one `void` expression throws away as well as a statement does.
    around = carried(user).parent
    is_left = isinstance(around, Binary) and around.operator == ","
    return user if is_left or isinstance(around, Evaluate | Return) else None


def carried(node: Expression) -> Expression:
    """Return the expression that hands on the value of an expression: past casts, commas and branches."""
    while True:
        match node.parent:
            case Cast() as cast:
                node = cast
            case Binary(operator="," | "&&" | "||" | "??") as pair if pair.right is node:
                node = pair
            case Conditional() as branch if branch.test is not node:
                node = branch
            case _:
                return node


def _gathered(node: Expression) -> Expression:
    """Return what hands on the value of an expression, past the arrays that it is an item of, too."""
    node = carried(node)
    while isinstance(node.parent, Array):
        node = carried(node.parent)
    return node


_PASSED_ON = (Array, Assign, Binary, Cast, Conditional, Declare, Evaluate, Unary)
"""What a call stands in whose result is thrown away: most calls stand in something else."""


def find(module: Module) -> Iterator[Call]:
    """Yield the calls of a module whose results are thrown away, also those that are so on purpose."""
    for node in module.summary.code.calls:
        if node.parent.__class__ in _PASSED_ON or _is_pushed(node.parent):
            is_void = void_of(node) is not None
            if not is_aside(node) if is_void else is_dropped(module, node):
                yield node


def _is_pushed(parent: Node | None) -> bool:
    return isinstance(parent, Call) and isinstance(parent.callee, Member) and parent.callee.name in _PUSHES
