"""The code that Convex generates, where it is not as it was generated, or not kept."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from convex_lint.facts.api import BANNER
from convex_lint.link.modules import GENERATED
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module


class GeneratedFault:
    """Generated code that was `edited` (the file `name` does not say any more what it is), or is `ignored` by git.

    Nothing is reported in such code, so it stands at the schema, or at the first module that is deployed.
    """

    def __init__(self, module: Module, form: str, name: str) -> None:
        self.module = module
        self.form = form
        self.name = name

    @property
    def place(self) -> Place:
        """The module as a whole."""
        return self.module.place


def find(module: Module) -> Iterator[GeneratedFault]:
    """Yield the faults of a project at one of its modules."""
    project = module.linked.project_of(module.path)
    if project is None or module.path != _home(module, project.folder):
        return
    folder = posixpath.normpath(f"{project.folder}/{GENERATED}")
    if project.folder in module.linked.workspace.untracked:
        yield GeneratedFault(module, "ignored", GENERATED)
    for path in sorted(module.linked.summaries):
        if path.startswith(f"{folder}/") and BANNER not in module.linked.text(path):
            yield GeneratedFault(module, "edited", f"{GENERATED}/{path.removeprefix(f'{folder}/')}")


def _home(module: Module, folder: str) -> str | None:
    linked = module.linked
    schema = linked.schema_path(folder)
    if schema is not None:
        return schema
    inside = (path for path in sorted(linked.summaries) if linked.role(path) is Role.ENTRY)
    return next((path for path in inside if linked.workspace.project_of(path) == linked.project_of(module.path)), None)
