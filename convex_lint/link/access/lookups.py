"""What queries find for a caller who is not logged in, and who knows no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.access import is_secret
from convex_lint.link.access import expressions, rights
from convex_lint.link.access.seen import UNSURE, Seen, Visit, mixed
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import Call, Function, Literal, Member, Name
from convex_lint.values import FieldBuilder, present

if TYPE_CHECKING:
    from convex_lint.syntax.nodes import Expression


_OWN = frozenset({"clock", "literal", "random"})
"""The origins of what the code makes, which nobody sends."""


def looked_up(visit: Visit, call_: Call, name: str) -> Seen:
    """Return what a query finds: nothing where it looks for what only few know."""
    kinds: set[Seen] = {Seen.DOUBT} if rights.lists(visit, call_) else set()
    node: Expression = call_
    while isinstance(node, Call) and isinstance(node.callee, Member):
        arguments = node.arguments[1:] if node.callee.name in {"withIndex", "query"} else node.arguments
        kinds.update(_asks_for(visit, argument) for argument in arguments)
        node = bare(node.callee.of)
    if isinstance(node, Name):
        kinds.add(expressions.of(visit, node))
    if kinds & UNSURE:
        return Seen.DOUBT
    is_one = name in {"first", "unique"}
    return Seen.OPEN if Seen.SECRET not in kinds else Seen.NOTHING if is_one else Seen.DOUBT


def _asks_for(visit: Visit, argument: Expression) -> Seen:
    """Return what a range, a filter or a part of one compares with."""
    argument = bare(argument)
    if isinstance(argument, Function):
        return mixed(_asks_for(visit, one.of) for one in argument.returns if one.of is not None)
    if isinstance(argument, Literal):
        return Seen.SECRET if argument.form == "string" and is_secret(str(argument.value)) else Seen.OPEN
    callee = bare(argument.callee) if isinstance(argument, Call) else None
    if isinstance(callee, Member) and isinstance(present(visit.linked.value(callee.of)), FieldBuilder):
        inner = bare(callee.of)
        given = argument.arguments if isinstance(argument, Call) and not _is_made_here(visit, argument) else []
        return mixed(_asks_for(visit, one) for one in (*given, *([inner] if isinstance(inner, Call) else [])))
    return expressions.of(visit, argument)


def _is_made_here(visit: Visit, comparison: Call) -> bool:
    """Say whether a field is compared with what the code made itself, to see whether that is still free: a new code.

    Of somebody who is logged in, it also knows the identity, whatever the field is called.
    """
    kinds = visit.linked.origin_kinds(comparison.arguments[-1]) if comparison.arguments else frozenset[str]()
    return bool(kinds) and kinds <= (_OWN | {"identity"} if visit.asked.user else _OWN)
