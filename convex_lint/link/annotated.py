"""What the types alone say that are written for an expression, whatever the code tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import members
from convex_lint.syntax.nodes import Cast, Function, Member, Name
from convex_lint.values import UNKNOWN, Value, present

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression


def value(linked: Linked, expression: Expression) -> Value:
    """Return what the type says of an expression, or of what it is a member of; `UNKNOWN` where none is written."""
    match expression:
        case Cast():
            return linked.type(expression.type) if expression.form == "as" else value(linked, expression.of)
        case Member():
            return members.member(linked, present(value(linked, expression.of)), expression.name)
        case Name(binding=binding) if binding is not None and binding.form != "import":
            return _of_binding(linked, binding)
        case _:
            return UNKNOWN


def _of_binding(linked: Linked, bound: Binding) -> Value:
    if isinstance(bound.of, Function):
        is_parameter = bound.form == "param"
        found = linked.type(bound.of.parameters[bound.parameter].type) if is_parameter else UNKNOWN
    elif bound.type is not None:
        found = linked.type(bound.type)
    else:
        found = value(linked, bound.of) if bound.of is not None and not bound.writes else UNKNOWN
    for step in bound.steps:
        found = members.member(linked, present(found), step) if isinstance(step, str) else UNKNOWN
    return found
