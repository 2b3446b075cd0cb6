"""Functions folders without a schema, whose functions use the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import naming
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Call

_UNASKED = frozenset({Role.TEST, Role.GENERATED})


class Schemaless:
    """The first use of the database in a functions folder that has no schema."""

    def __init__(self, module: Module, call: Call) -> None:
        self.module = module
        self.node = call

    @property
    def place(self) -> Place:
        """What is called."""
        return self.module.at(self.node.callee)


def find(module: Module) -> Iterator[Schemaless]:
    """Yield the first use of the database in a module, where no module before it in the folder uses it."""
    linked = module.linked
    project = linked.project_of(module.path)
    if project is None or module.role in _UNASKED or linked.schema_path(project.folder) is not None:
        return
    call = next(naming.of_database(linked, module.path), None)
    if call is None or not module.whole(call, call.function):
        return
    others = (path for path in linked.modules_of(project.folder) if path < module.path)
    own = (path for path in others if linked.role(path) not in _UNASKED)
    if not any(linked.uses_database(path) for path in own):
        yield Schemaless(module, call)
