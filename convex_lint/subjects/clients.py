"""Who calls the functions of a project from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.callers import Callers
from convex_lint.roles import inside_of

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
        inside = inside_of(made.path, project.folder) or ""
        module = inside.rpartition(".")[0].replace("/", ".")
        found = [linked.callers(project.folder, f"{module}.{name}") for name in made.names]
        return Callers(*(any(each) for each in zip(*found, strict=True)))
