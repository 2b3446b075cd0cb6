"""Reads of environment variables: by `process.env`, or by the `env` that is generated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.environment import INLINED, PLATFORM
from convex_lint.link.shapes import outermost
from convex_lint.subjects.cycles import is_of_objects, way_to
from convex_lint.subjects.importing import imported
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Assign, Declare, Index, Member, Unary
from convex_lint.values import Global, Package
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression, Name

_PROCESS = Global("process.env")
_ENVIRONMENTS = (_PROCESS, Package("_generated/server", "env"))


class EnvRead:
    """A read of a variable of the environment; `variable` is its name, empty where that is not seen.

    `typed` says that it is read by the generated `env`, and not by `process.env`.
    """

    def __init__(self, module: Module, use: Name, node: Expression, variable: str, *, typed: bool) -> None:
        self.module = module
        self.use = use
        self.node = node
        self.variable = variable
        self.typed = typed

    @property
    def place(self) -> Place:
        """The member; the environment where the variable is not seen."""
        return self.module.at(self.node)

    @property
    def at_once(self) -> bool:
        """Whether it is read as its module is loaded, not in a function."""
        return self.use.scope.function is None and not is_of_objects(self.module, self.use)

    @property
    def is_for_schema(self) -> bool:
        """Whether the module is the schema, or is loaded by it."""
        project = self.module.linked.project_of(self.module.path)
        schema = self.module.linked.schema_path(project.folder) if project is not None else None
        return schema is not None and (
            schema == self.module.path or bool(way_to(self.module.linked, schema, self.module.path))
        )

    @property
    def is_for_component(self) -> bool:
        """Whether a component reads a variable that it has to declare."""
        return self.module.in_component and self.variable not in PLATFORM and self.module.role is not Role.TEST

    @property
    def is_for_configuration(self) -> bool:
        """Whether a configuration reads it."""
        return self.module.role is Role.CONFIGURATION

    @property
    def is_declared(self) -> bool | None:
        """Whether the variable is declared; None where the project declares none, or not all of them are seen."""
        if self.module.inside is None or self.module.role not in {Role.ENTRY, Role.LIBRARY}:
            return None
        project = self.module.linked.project_of(self.module.path)
        declared = self.module.linked.declared_variables(project.folder) if project is not None else None
        return self.variable in {*declared, *PLATFORM} if declared else None

    def by_type(self) -> tuple[Edit, ...]:
        """Return the edits that read it by the `env` of `_generated/server` instead, which they import."""
        found = imported(self.module, "env", self.use.scope) if not self.module.summary.open else None
        if found is None:
            return ()
        return (*found.edits, self.module.replace(self.node, f"{found.name}.{self.variable}"))


@once
def find(module: Module) -> Iterator[EnvRead]:
    """Yield the reads of a module; not those that the bundler puts a value in the place of."""
    for name in _names(module):
        yield from _read(module, name)


def _names(module: Module) -> Iterator[Name]:
    """Yield the names in a module that may stand for the environment, or for what has it."""
    if b"process" in module.linked.workspace.sources[module.path].data:
        yield from (name for name in module.summary.code.names if name.text == "process" and name.binding is None)
    for bound in module.summary.code.scope.names.values():
        if bound.form == "import" and bound.imported == "env":
            yield from bound.uses


def _read(module: Module, name: Name) -> Iterator[EnvRead]:
    """Yield the variable that is read from an environment that starts with a name."""
    member = outermost(name).parent
    node = member if name.binding is None and isinstance(member, Member) else name
    value = module.linked.value(node)
    if value not in _ENVIRONMENTS:
        return
    typed = value != _PROCESS
    above = outermost(node).parent
    if isinstance(above, Member) and above.name != INLINED:
        if not _is_written(above):
            yield EnvRead(module, name, above, above.name, typed=typed)
    elif isinstance(above, Index):
        yield EnvRead(module, name, above, "", typed=typed)
    elif isinstance(above, Declare) and any(binding.steps for binding in above.bindings):
        yield EnvRead(module, name, node, "", typed=typed)


def _is_written(member: Member) -> bool:
    above = outermost(member).parent
    if isinstance(above, Assign):
        return outermost(member) is above.target
    return isinstance(above, Unary) and above.operator in {"delete", "++", "--"}
