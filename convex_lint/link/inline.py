"""Handlers that find out who calls with code of their own, where a helper could do it for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.facts.identity import IDENTITY_CALLS
from convex_lint.link import identity
from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import Await, Binary, Declare, If, Member, Return, Throw, Unary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call, Name, Node

_TESTS = frozenset({"===", "==", "||"})


def checks(linked: Linked, path: str) -> Iterator[Call]:
    """Yield the calls in the handlers of a module that ask who calls, and whose answer the handler checks itself."""
    calls = linked.summaries[path].calls(IDENTITY_CALLS)
    handlers = {one.handler for one in linked.registered(path) if one.names} if calls else set()
    for call in calls:
        if call.function in handlers and identity.gives_identity(linked, call) and _is_checked(call):
            yield call


def _is_checked(call: Call) -> bool:
    """Say whether what a call gives is in a name, and the function ends where that is nothing."""
    waited = outermost(call).parent
    holder = outermost(waited).parent if isinstance(waited, Await) else None
    return isinstance(holder, Declare) and any(_ends(use) for one in holder.bindings for use in one.uses)


def _ends(use: Name) -> bool:
    node: Node | None = outermost(use).parent
    while isinstance(node, Member | Unary) or (isinstance(node, Binary) and node.operator in _TESTS):
        node = outermost(node).parent
    return isinstance(node, If) and any(isinstance(one, Throw | Return) for one in (node.yes, *flow.inner(node.yes)))
