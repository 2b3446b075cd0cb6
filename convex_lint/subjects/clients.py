"""Who calls the functions of a project from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.callers import Callers
from convex_lint.link.shapes import outermost
from convex_lint.roles import inside_of
from convex_lint.syntax.nodes import Declare, Member, Name

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.subjects.functions import Registered
    from convex_lint.subjects.references import ReferenceUse


class Clients:
    """The front ends, scripts and tests of the workspace: they are read if a rule that is on asks about them."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked

    def could_be_mutation(self, use: ReferenceUse) -> bool:
        """Say whether what a client runs is an action that surely does nothing that a mutation could not do."""
        target = use.target
        if use.by != "package" or not use.is_public or target is None or target.kind != "action":
            return False
        handler = target.handler
        return handler is not None and self._linked.only_runs(handler.path, handler.ordinal)

    def callers(self, function: Registered) -> Callers:
        """Return who may refer to a function, under any of the names that it is exported under."""
        linked, made = self._linked, function.made
        project = linked.project_of(made.path)
        if project is None or "default" in made.names or linked.is_reexported(made.path):
            return Callers()
        names = _names(linked, made.path, made.names)
        if names is None:
            return Callers()
        inside = inside_of(made.path, project.folder) or ""
        module = inside.rpartition(".")[0].replace("/", ".")
        found = [linked.callers(project.folder, f"{module}.{name}") for name in names]
        return Callers(*(any(each) for each in zip(*found, strict=True)))


def _names(linked: Linked, path: str, names: tuple[str, ...]) -> list[str] | None:
    """Return all names of a function of a module; None where other code has it by its value, whatever becomes of it.

    `export const markAsRead = markRead` gives it another one.
    """
    found = list(names)
    pending = list(names)
    while pending:
        name = pending.pop()
        if _is_imported(linked, path, name):
            return None
        export = linked.summaries[path].exports.get(name)
        held = export.of if export is not None else None
        binding = held.binding if isinstance(held, Name) else None
        for use in binding.uses if binding is not None else ():
            node = outermost(use)
            if node.parent is None:  # in `export { name }`
                continue
            bindings = node.parent.bindings if isinstance(node.parent, Declare) else ()
            others = linked.summaries[path].exported.get(bindings[0], []) if len(bindings) == 1 else []
            if not others:
                return None
            pending += [other for other in others if other not in found]
            found += [other for other in others if other not in found]
    return found


def _is_imported(linked: Linked, path: str, name: str) -> bool:
    """Say whether another module has an export by its value."""
    if linked.importers(path, name):
        return True
    members = (outermost(use).parent for _, bound in linked.importers(path, "*") for use in bound.uses)
    return any(isinstance(member, Member) and member.name == name for member in members)
