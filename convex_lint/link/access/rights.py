"""What tells users from one another that are all logged in: what somebody may do, and who in particular it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.privileges import is_right
from convex_lint.link.access.seen import Seen, Visit
from convex_lint.syntax.nodes import Member, Name
from convex_lint.values import Document, Id, Identity, Query, present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convex_lint.syntax.nodes import Call, Expression

_KEPT = frozenset({"db", "identity", "unknown"})
"""Where it is kept what somebody may do; what a client says of itself is nothing."""

_WRITTEN = frozenset({"literal", "env"})


def tells(visit: Visit, expression: Expression, found: Seen) -> bool:
    """Say whether an expression is what somebody may do, where it is asked about one who is logged in: `user.role`."""
    if not visit.asked.user or found not in {Seen.OPEN, Seen.SECRET}:
        return False
    return is_right(_named(expression)) and bool(_KEPT & visit.linked.origin_kinds(expression))


def _named(expression: Expression) -> str:
    """Return the name of a member, or of what a name takes out of something."""
    if isinstance(expression, Member):
        return expression.name
    binding = expression.binding if isinstance(expression, Name) else None
    return str(binding.steps[-1]) if binding is not None and binding.steps else ""


def is_user(visit: Visit, expression: Expression) -> bool:
    """Say whether what a builder has put on ctx is a document or an identity, and so the user's own."""
    known = present(visit.linked.value(expression)) if visit.asked.user else None
    return isinstance(known, Document | Id | Identity)


def picks(visit: Visit, sides: Sequence[Expression]) -> bool:
    """Say whether a comparison picks out single users: a claim of an identity, and what is written in the code."""
    if not visit.asked.user:
        return False
    kinds = [visit.linked.origin_kinds(side) for side in sides]
    return any(kind == {"identity"} for kind in kinds) and any(kind and kind <= _WRITTEN for kind in kinds)


def lists(visit: Visit, call: Call) -> bool:
    """Say whether a query looks in a list of those who may do more: a table `admins`."""
    if not visit.asked.user:
        return False
    callee = call.callee
    query = present(visit.linked.value(callee.of)) if isinstance(callee, Member) else None
    return isinstance(query, Query) and query.table is not None and is_right(query.table)
