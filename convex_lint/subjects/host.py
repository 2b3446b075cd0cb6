"""Calls of what the host refuses in queries and mutations: the network, timers, new keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.facts.host import REFUSED
from convex_lint.link.shapes import bare
from convex_lint.values import Closure, Global

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.reach import Way
    from convex_lint.syntax.nodes import Call

_NAMES = frozenset(name.rpartition(".")[2] for name in REFUSED)


class HostCall:
    """A call of a global that fails in queries and mutations; `what` is `network`, `timer` or `crypto`."""

    def __init__(self, module: Module, node: Call, name: str) -> None:
        self.module = module
        self.node = node
        self.words = name
        self.what = REFUSED[name]

    @property
    def place(self) -> Place:
        """What is called."""
        return self.module.at(self.node.callee)

    @property
    def closure(self) -> Closure | None:
        """The function that the call stands in, by its module and ordinal."""
        found = self.node.function
        return Closure(self.module.path, found.ordinal) if found is not None else None

    def refused(self, first: Way) -> str:
        """Return in words that it fails in the function that a way comes from."""
        comes = f", and `{first.name}` comes here" if first.calls else ""
        return f"a {first.kind} cannot call `{self.words}`{comes}"

    @property
    def certain(self) -> bool:
        """Whether every way through the function that it stands in comes by, but for those that throw before."""
        found = self.node.function
        return found is not None and flow.always(found, lambda one: one is self.node)


def find(module: Module) -> Iterator[HostCall]:
    """Yield the calls of a module that the host refuses in queries and mutations."""
    for call in module.summary.calls(_NAMES):
        if call.function is None or not module.whole(call, call.function):
            continue
        callee = module.linked.value(bare(call.callee))
        if isinstance(callee, Global) and callee.name in REFUSED:
            yield HostCall(module, call, callee.name)
