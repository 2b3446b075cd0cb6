"""Imports of what the runtime does not have that a module is bundled for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.runtimes import BROWSER_MODULES
from convex_lint.link.imports import is_kept
from convex_lint.link.runtimes import is_of_node, needs_node
from convex_lint.link.shapes import outermost
from convex_lint.subjects import directives
from convex_lint.subjects.clock import around
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Binary, Call, Conditional, If, Literal, Member, Name, Try

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module, Ranged
    from convex_lint.syntax.nodes import Node


class StrayImport:
    """An import of what is not there in a runtime that its module is bundled for.

    `form` is `directive` (of a module with `"use node"`), `builtin` (of one that only Node has), both into the default
    runtime, or `browser` (of one for the pages of an app).
    """

    def __init__(self, module: Module, form: str, node: Ranged, specifier: str, target: str | None = None) -> None:
        self.module = module
        self.form = form
        self.node = node
        self.specifier = specifier
        self.target = target

    @property
    def place(self) -> Place:
        """The name of the module that is imported."""
        return self.module.at(self.node)

    @property
    def file(self) -> str:
        """The file name of the module that is imported."""
        return (self.target or self.specifier).rpartition("/")[2]

    @property
    def loaded_by(self) -> str | None:
        """The entry point that brings the module into the bundle, within the functions folder, if it is another one."""
        linked = self.module.linked
        entry = linked.runs_by(self.module.path, "default") or linked.runs_by(self.module.path, "node")
        project = linked.project_of(entry) if entry is not None else None
        if entry is None or entry == self.module.path or project is None:
            return None
        return entry.removeprefix(f"{project.folder}/")

    @property
    def fails(self) -> bool:
        """Whether bundling surely fails for it."""
        return self.form == "builtin" or (self.target is not None and needs_node(self.module.linked, self.target))


@once
def find(module: Module) -> Iterator[StrayImport]:
    """Yield the stray imports of a module."""
    found = [*_imported(module), *_required(module)]
    if not found:
        return
    in_default = module.linked.runs_by(module.path, "default") is not None and not module.summary.node
    in_node = in_default or module.linked.runs_by(module.path, "node") is not None
    is_at_fault = in_default and any(one.form in {"late", "misspelt"} for one in directives.find(module))
    for one in found:
        if in_node if one.form == "browser" else in_default and not (is_at_fault and one.form == "builtin"):
            yield one


def _imported(module: Module) -> Iterator[StrayImport]:
    linked = module.linked
    for statement in module.summary.code.imports:
        if not is_kept(linked, module.summary, statement):
            continue
        if statement.specifier in BROWSER_MODULES:
            yield StrayImport(module, "browser", statement, statement.specifier)
        elif is_of_node(linked, statement.specifier, module.path):
            yield StrayImport(module, "builtin", statement, statement.specifier)
        else:
            target = linked.resolve(statement.specifier, module.path)
            if target is not None and target in linked.summaries and linked.is_for_node(target):
                yield StrayImport(module, "directive", statement, statement.specifier, target)


def _required(module: Module) -> Iterator[StrayImport]:
    """Yield what is loaded by a call that nothing is around which lets it fail."""
    for call in module.summary.calls({"import", "require"}):
        given = call.arguments[0] if call.arguments else None
        is_global = isinstance(call.callee, Name) and call.callee.binding is None
        if is_global and isinstance(given, Literal) and given.form == "string":
            specifier = str(given.value)
            if is_of_node(module.linked, specifier, module.path) and not _may_fail(module, call):
                yield StrayImport(module, "builtin", given, specifier)


def _may_fail(module: Module, call: Call) -> bool:
    """Say whether bundling goes on where a call cannot be resolved: it is tried, or may be left out."""
    node: Node | None = outermost(call)
    while isinstance(node, Call | Member | Binary | Conditional):
        if isinstance(node, Binary | Conditional) or (isinstance(node, Member) and node.name in {"then", "catch"}):
            return True
        node = node.parent
    body = call.function.body if call.function is not None else module.summary.code.body
    return body is None or any(isinstance(one, If | Try) for one in around(body, call))
