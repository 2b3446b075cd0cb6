"""How a project learns who calls: the configuration that `ctx.auth` rests on."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from convex_lint.link.asking import first
from convex_lint.link.shapes import bare, property_of
from convex_lint.source import Span
from convex_lint.syntax.nodes import Array, Member, Object
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.link import Linked
    from convex_lint.subjects.module import Module, Ranged

FILES = ("auth.config.ts", "auth.config.js")
"""The files that Convex takes the configuration from (`bundleAuthConfig`)."""


class AuthFault:
    """Something for which nobody is known by `ctx.auth`.

    `form` is `missing` (functions ask who calls, and there is no configuration: of all modules that ask, the first has
    it), `empty` (a configuration without a provider) or `twice` (two configurations, at which the push stops).
    """

    def __init__(self, module: Module, form: str, node: Ranged | None) -> None:
        self.module = module
        self.form = form
        self.node = node

    @property
    def place(self) -> Place:
        """What asks who calls; the providers; the second file."""
        return self.module.at(self.node) if self.node is not None else self.module.place


def find(module: Module) -> Iterator[AuthFault]:
    """Yield the faults of a module."""
    linked = module.linked
    project = linked.project_of(module.path)
    if project is None or module.role not in {Role.ENTRY, Role.CONFIGURATION}:
        return
    if module.role is Role.CONFIGURATION:
        if module.inside == FILES[1] and configuration(linked, project.folder) != module.path:
            yield AuthFault(module, "twice", None)
        elif module.inside in FILES:
            yield from _providers(module)
        return
    asking = first(linked, module.path)
    if asking is None or module.in_component or configuration(linked, project.folder) is not None:
        return
    inside = linked.modules_of(project.folder)
    if next((path for path in inside if linked.role(path) is Role.ENTRY and linked.asks(path)), None) == module.path:
        callee = bare(asking.callee)
        name = Span(callee.name_start, callee.name_end) if isinstance(callee, Member) else callee
        yield AuthFault(module, "missing", name)


def configuration(linked: Linked, folder: str) -> str | None:
    """Return the file that says who can log in to a project."""
    paths = (posixpath.normpath(f"{folder}/{name}") for name in FILES)
    return next((path for path in paths if path in linked.summaries), None)


def _providers(module: Module) -> Iterator[AuthFault]:
    export = module.summary.exports.get("default")
    of = bare(export.of) if export is not None and export.of is not None else None
    entry = property_of(of, "providers") if isinstance(of, Object) else None
    written = bare(entry.value) if entry is not None else None
    if isinstance(written, Array) and not written.items:
        yield AuthFault(module, "empty", written)
