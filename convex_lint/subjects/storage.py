"""Calls of `ctx.storage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import SERVICE_METHODS
from convex_lint.link.shapes import bare
from convex_lint.source import Span
from convex_lint.syntax.nodes import Member
from convex_lint.values import Ctx, Method, Service, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax import nodes

EXPLICIT = (1, 31)
"""The first version whose database takes the name of the table with an id."""


class StorageCall:
    """A call of a method of `ctx.storage`, whatever it is written with."""

    def __init__(self, module: Module, node: nodes.Call, name: str) -> None:
        self.module = module
        self.node = node
        self.name = name

    @property
    def place(self) -> Place:
        """What is called."""
        return self.module.at(self.node.callee)

    @property
    def in_action(self) -> bool | None:
        """Whether ctx is that of an action, which has no database; None where that is not seen, or may be."""
        storage = self._storage()
        found = present(self.module.linked.value(storage.of)) if storage is not None else None
        if not isinstance(found, Ctx) or not found.kinds:
            return None
        return True if found.kinds == {"action"} else None if "action" in found.kinds else False

    def as_read(self) -> Edit | None:
        """Return the edit that reads the document of the file instead; None where ctx is not at hand."""
        storage = self._storage()
        if storage is None or self.in_action is not False or len(self.node.arguments) != 1:
            return None
        start = Span(storage.name_start, storage.name_end)
        if self.module.text(start) != "storage":
            return None
        project = self.module.linked.project_of(self.module.path)
        version = project.convex if project is not None else None
        table = '"_storage", ' if version is None or version >= EXPLICIT else ""
        given = Span(start.start, self.node.arguments[0].start)
        return self.module.replace(given, f"db.system.get({table}")

    def _storage(self) -> Member | None:
        """Return the member of ctx, where the call is written with it: `ctx.storage.get(…)`."""
        callee = bare(self.node.callee)
        storage = bare(callee.of) if isinstance(callee, Member) else None
        return storage if isinstance(storage, Member) and not storage.optional else None


_COMMON = frozenset({"delete", "get", "store"})
"""The methods that many other things have, too; no rule asks about those of storage."""


def find(module: Module) -> Iterator[StorageCall]:
    """Yield the calls of `ctx.storage` in a module, but for those of `_COMMON`."""
    for call in module.summary.calls(SERVICE_METHODS["storage"] - _COMMON):
        match present(module.linked.value(call.callee)):
            case Method(of=Service(name="storage"), name=name) if module.whole(call, call.function):
                yield StorageCall(module, call, name)
            case _:
                pass
