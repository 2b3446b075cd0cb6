"""Which calls draw random numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.randomness import GLOBALS, PACKAGES
from convex_lint.link.shapes import bare, dotted
from convex_lint.syntax.nodes import Member, Name
from convex_lint.values import Global, Package

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call

_MEMBERS = frozenset(
    {name.rpartition(".")[2] for name in GLOBALS} | {one for some in PACKAGES.values() for one in some}
)


def may_draw(call: Call) -> bool:
    """Say, at a glance, whether a call may draw a random number."""
    callee = bare(call.callee)
    if isinstance(callee, Member):
        return callee.name in _MEMBERS
    binding = callee.binding if isinstance(callee, Name) else None
    if binding is None or binding.form == "param":
        return False
    return binding.form != "import" or binding.specifier in PACKAGES


def drawn_by(linked: Linked, call: Call) -> str | None:
    """Return what a call draws random numbers with, as it is spelt; None for one that does not."""
    callee = linked.value(call.callee)
    if isinstance(callee, Global):
        return f"{callee.name}()" if callee.name in GLOBALS else None
    if isinstance(callee, Package) and callee.name in PACKAGES.get(callee.specifier, ()):
        return f"{dotted(call.callee) or callee.name}()"
    return None
