"""Handlers that find out who calls with code of their own, where a helper could do it for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.facts.identity import IDENTITY_CALLS
from convex_lint.link import identity
from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import Await, Binary, Declare, If, Literal, Member, Throw, Unary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call, Expression, Name, Node

_EQUAL = frozenset({"===", "=="})
_NOTHING = frozenset({"null", "undefined"})


def checks(linked: Linked, path: str) -> Iterator[Call]:
    """Yield the calls in the handlers of a module that ask who calls, where the handler throws if that is nobody."""
    calls = linked.summaries[path].calls(IDENTITY_CALLS)
    handlers = {one.handler for one in linked.registered(path) if one.names} if calls else set()
    for call in calls:
        if call.function in handlers and identity.gives_identity(linked, call) and _is_checked(call):
            yield call


def _is_checked(call: Call) -> bool:
    """Say whether what a call gives is in a name, and the function throws where that is nothing."""
    waited = outermost(call).parent
    holder = outermost(waited).parent if isinstance(waited, Await) else None
    return isinstance(holder, Declare) and any(_throws(use) for one in holder.bindings for use in one.uses)


def _throws(use: Name) -> bool:
    asked: Expression = outermost(use)
    while isinstance(asked.parent, Member):
        asked = outermost(asked.parent)
    test = asked.parent
    if not (isinstance(test, Unary | Binary) and _is_of_nothing(test)):
        return False
    node: Node | None = outermost(test).parent
    while isinstance(node, Binary) and node.operator == "||":
        node = outermost(node).parent
    return isinstance(node, If) and any(isinstance(one, Throw) for one in (node.yes, *flow.inner(node.yes)))


def _is_of_nothing(test: Unary | Binary) -> bool:
    """Say whether a condition is true of nothing: `!me`, `me === null`."""
    if isinstance(test, Binary):
        sides = (test.left, test.right)
        return test.operator in _EQUAL and any(isinstance(one, Literal) and one.form in _NOTHING for one in sides)
    return test.operator == "!"
