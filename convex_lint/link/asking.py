"""Which modules ask Convex who calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.identity import IDENTITY_CALLS
from convex_lint.link.identity import is_giver
from convex_lint.values import Method, Service, present

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call


def first(linked: Linked, path: str) -> Call | None:
    """Return the first call of a module that asks Convex who calls, itself or by a helper of a package."""
    for call in linked.summaries[path].calls(IDENTITY_CALLS):
        if call.function is not None and _asks(linked, call):
            return call
    return None


def _asks(linked: Linked, call: Call) -> bool:
    callee = present(linked.value(call.callee))
    if isinstance(callee, Method):
        return callee.of == Service("auth") and callee.name == "getUserIdentity"
    return is_giver(linked, call)
