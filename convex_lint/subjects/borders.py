"""What works in the functions of an app only, where functions of a component use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.facts.identity import IDENTITY_CALLS
from convex_lint.link import identity
from convex_lint.link.shapes import dotted
from convex_lint.source import Span
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Member
from convex_lint.values import Closure, Method, Query, Service, present
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Call

_NAMES = frozenset({"paginate", "signJwt", *IDENTITY_CALLS})


class AppOnly:
    """A call that a function of a component makes, and that works in the app only.

    `form` is `auth` (who calls, or a token for them) or `paginate` (of what surely is a query of the database).
    """

    def __init__(self, module: Module, node: Call, form: str) -> None:
        self.module = module
        self.node = node
        self.form = form

    @property
    def by(self) -> str | None:
        """The function of a package that is called, and needs what the app has; None for a method of Convex."""
        is_method = isinstance(present(self.module.linked.value(self.node.callee)), Method)
        return None if is_method else dotted(self.node.callee)

    @property
    def place(self) -> Place:
        """What is called; of a page, the name of the method."""
        callee = self.node.callee
        if self.form == "paginate" and isinstance(callee, Member):
            return Place(self.module.path, Span(callee.name_start, callee.name_end))
        return self.module.at(callee)


@once
def find(module: Module) -> Iterator[AppOnly]:
    """Yield the calls of a component that work in the app only, where a function of a component makes them."""
    if not module.in_component or module.role is Role.TEST:
        return
    for call in module.summary.calls(_NAMES):
        form = _form(module, call)
        if form and _is_run(module, call) and module.whole(call, call.function):
            yield AppOnly(module, call, form)


def _form(module: Module, call: Call) -> str:
    match present(module.linked.value(call.callee)):
        case Method(of=Query(), name="paginate"):
            return "paginate"
        case Method(of=Service(name="auth")):
            return "auth"
        case _:
            return "auth" if identity.is_giver(module.linked, call) else ""


def _is_run(module: Module, call: Call) -> bool:
    """Say whether a function that is deployed with a component makes a call: others may be there for the app."""
    if call.function is None:
        return False
    ways = module.linked.ways(Closure(module.path, call.function.ordinal))
    return any(module.linked.in_component(way.deployed.path) for way in ways)
