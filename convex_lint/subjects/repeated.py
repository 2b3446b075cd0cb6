"""Checks of who calls that are written out in handler after handler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import inline
from convex_lint.stubs import is_stub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Call


class OwnChecks:
    """The handlers of a module that ask who calls, and check it with code of their own: there are `count` of them."""

    def __init__(self, module: Module, calls: list[Call]) -> None:
        self.module = module
        self.count = len(calls)
        self._first = calls[0]

    @property
    def place(self) -> Place:
        """What is called by the first of them."""
        return self.module.at(self._first.callee)

    @property
    def total(self) -> int:
        """How many there are in the functions folder."""
        linked = self.module.linked
        own = linked.project_of(self.module.path)
        paths = (path for path in linked.summaries if not is_stub(path) and linked.project_of(path) == own)
        return sum(linked.own_checks(path) for path in paths)


def find(module: Module) -> Iterator[OwnChecks]:
    """Yield the handlers of a module that check who calls with code of their own, all together."""
    calls = [call for call in inline.checks(module.linked, module.path) if module.whole(call, call.function)]
    if calls:
        yield OwnChecks(module, calls)
