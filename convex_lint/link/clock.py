"""Which calls read the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.clocks import ALWAYS, WITHOUT_ARGUMENTS
from convex_lint.facts.language import CLOCK_CALLS
from convex_lint.link.shapes import bare, dotted
from convex_lint.syntax.nodes import Member, Name
from convex_lint.values import Global, Package

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call, Expression

_PACKAGES = frozenset({*ALWAYS, *WITHOUT_ARGUMENTS})
_MEMBERS = frozenset(
    {"Date"}
    | {name.rpartition(".")[2] for name in CLOCK_CALLS}
    | {name.rpartition(".")[2] for names in (*ALWAYS.values(), *WITHOUT_ARGUMENTS.values()) for name in names}
)


def may_read(call: Call) -> bool:
    """Say, at a glance, whether a call may read the clock: most are of a member that surely does not."""
    callee = call.callee
    return not isinstance(callee, Member) or callee.name in _MEMBERS


def read_by(linked: Linked, call: Call) -> str | None:
    """Return what a call reads the clock with, as it is spelt; None for one that does not."""
    if not _may_be(call.callee):
        return None
    callee = linked.value(call.callee)
    if isinstance(callee, Global):
        if callee.name == "Date" and not call.arguments:
            return "new Date()" if call.new else "Date()"
        return f"{callee.name}()" if callee.name in CLOCK_CALLS else None
    if isinstance(callee, Package) and _is_clock(callee, call):
        name = dotted(call.callee)
        return f"{name}()" if name is not None else f"{callee.name}()"
    return None


def _is_clock(callee: Package, call: Call) -> bool:
    package, _, file = callee.specifier.partition("/")
    # `date-fns/isToday` exports the function under its name, in old versions as default.
    name = file if file and callee.name in {"default", file} else callee.name
    return name in ALWAYS.get(package, ()) or (not call.arguments and name in WITHOUT_ARGUMENTS.get(package, ()))


def _may_be(callee: Expression) -> bool:
    """Say whether it is worth asking what is called: nearly every call is of something that surely is no clock."""
    callee = bare(callee)
    if isinstance(callee, Member):
        return callee.name in _MEMBERS
    if not isinstance(callee, Name):
        return False
    binding = callee.binding
    if binding is None:
        return callee.text in _MEMBERS
    if binding.form == "import":
        return binding.specifier.partition("/")[0] in _PACKAGES
    return binding.form in {"const", "let", "var", "param"}
