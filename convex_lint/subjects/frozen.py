"""What is different each time it is called, called as a module is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.runtimes import FROZEN
from convex_lint.link import clock
from convex_lint.link.shapes import bare
from convex_lint.subjects.cycles import is_of_objects
from convex_lint.values import Crons, Global, Method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Call, Node

_MEMBERS = frozenset(name.rpartition(".")[2] for name in FROZEN)


class FrozenCall:
    """A call of the clock, or for a random value, that is made as its module is loaded, not in a function.

    `words` is how it is spelt in a message.
    """

    def __init__(self, module: Module, node: Call, words: str, *, is_time: bool) -> None:
        self.module = module
        self.node = node
        self.words = words
        self._is_time = is_time

    @property
    def place(self) -> Place:
        """The call."""
        return self.module.at(self.node)

    @property
    def instead(self) -> str:
        """What it gives there, in words."""
        if self.words.startswith("performance.now("):
            return "gives 0 here, whenever it is called"
        is_time = "is the time of the deployment here, not that of the call"
        return is_time if self._is_time else "gives the same in each run here"


def find(module: Module) -> Iterator[FrozenCall]:
    """Yield the calls that a module of the default runtime makes as it is loaded."""
    if module.inside is None or module.summary.node:
        return
    for call in module.summary.calls_in(None):
        found = _made(module, call)
        if found is not None and not is_of_objects(module, call) and not _is_of_crons(module, call):
            if module.linked.runs_by(module.path, "default") is None or not module.whole(call, None):
                return
            yield found


def _made(module: Module, call: Call) -> FrozenCall | None:
    words = clock.read_by(module.linked, call) if clock.may_read(call) else None
    if words is not None:
        return FrozenCall(module, call, words, is_time=True)
    if getattr(bare(call.callee), "name", None) not in _MEMBERS:
        return None
    callee = module.linked.value(call.callee)
    if isinstance(callee, Global) and callee.name in FROZEN:
        return FrozenCall(module, call, f"{callee.name}()", is_time=False)
    return None


def _is_of_crons(module: Module, call: Call) -> bool:
    """Say whether a call is made for a cron job, which is registered when it is deployed: a random minute is fine."""
    node: Node | None = call.parent
    while node is not None:
        callee = getattr(node, "callee", None)
        value = module.linked.value(callee) if callee is not None else None
        if isinstance(value, Method) and isinstance(value.of, Crons):
            return True
        node = getattr(node, "parent", None)
    return False
