"""Places where code names a table: methods of the database, `v.id("users")`, `Id<"users">`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.facts.api import BY_ID
from convex_lint.facts.schema import IDENTIFIER
from convex_lint.link import modules
from convex_lint.link.shapes import bare, literal
from convex_lint.source import Span
from convex_lint.syntax import types
from convex_lint.syntax.nodes import Array, Call, Cast, Literal, Member, Name, Object, Property, Template
from convex_lint.values import (
    Builder,
    Ctx,
    Db,
    Method,
    Package,
    SchemaDefinition,
    TableDefinition,
    Validator,
    present,
)
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Node, Type
    from convex_lint.values import Value

_FIRST = frozenset({"query", "insert", "normalizeId", "table"})
"""The methods of a database that take the name of a table first."""

_CALLS = frozenset({*_FIRST, *BY_ID, "vectorSearch", "id", "doc"})

_ID = Package("convex/values", "v.id")

_TYPES = frozenset({"Id", "Doc"})
"""The types of `_generated/dataModel` that name a table."""

_NAMED = re.compile(r"""<\s*["'](\w+)["']\s*>""")


class TableUse:
    """A place where code names a table. `system` says that it is one of `db.system`; None where it is no database.

    `of_id` says that it is the table of an id: in `v.id("users")`, or in `Id<"users">`.
    """

    def __init__(  # noqa: PLR0913  a use is its parts
        self,
        module: Module,
        name: str,
        span: Span,
        *,
        system: bool | None = None,
        validator: Call | None = None,
        of_id: bool = False,
    ) -> None:
        self.module = module
        self.name = name
        self.system = system
        self.of_id = of_id
        self.place = Place(module.path, span)
        self._span = span
        self._validator = validator

    @property
    def is_given_away(self) -> bool:
        """Whether it is in a validator that a function of the project takes, which may never give it to Convex."""
        return self._validator is not None and _is_given_away(self.module, self._validator)

    @property
    def owner(self) -> str | None:
        """Who else has the table of an id, in words: the app, or a component; None where no one has, or the module."""
        if not self.of_id or self.exists:
            return None
        linked = self.module.linked
        for project in linked.workspace.projects:
            is_component = linked.in_component(f"{project.folder}/schema.ts")
            if (is_component or self.module.in_component) and linked.schema(project.folder).table(self.name):
                return f"the component in `{project.folder}`" if is_component else "the app"
        return None

    def as_string(self) -> Edit | None:
        """Return the edit that validates a string instead of an id, where the validator is written with `v`."""
        callee = self._validator.callee if self._validator is not None else None
        if self._validator is None or not isinstance(callee, Member):
            return None
        return self.module.replace(self._validator, f"{self.module.text(callee.of)}.string()")

    @property
    def is_private(self) -> bool:
        """Whether the name is one of Convex's own tables, as that of any table that starts with an underscore."""
        return self.name.startswith("_")

    @property
    def is_name(self) -> bool:
        """Whether a table can have such a name."""
        return IDENTIFIER.fullmatch(self.name) is not None

    @property
    def exists(self) -> bool:
        """Whether the schema has the table, as far as is seen: also true where all tables are let through."""
        return _exists(self.module, self.name)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that the schema has."""
        project = self.module.linked.project_of(self.module.path)
        found = self.module.linked.schema(project.folder).tables if project is not None else ()
        return tuple(name for name, _ in found)

    def renamed(self, name: str) -> Edit | None:
        """Return the edit that names another table, where the name is written here."""
        quote = self.module.text(self._span)[0]
        return self.module.replace(self._span, f"{quote}{name}{quote}") if quote in "\"'`" else None


def _exists(module: Module, name: str) -> bool:
    linked = module.linked
    project = linked.project_of(module.path)
    if project is None or name.startswith("_"):
        return True
    return linked.table(project.folder, name) is not None or not linked.schema(project.folder).strict


def find(module: Module) -> Iterator[TableUse]:
    """Yield the places in a functions folder where a table is named.

    Tests may have a schema of their own, and so may a module that makes another one than that of its project.
    Types are looked into where they seem to name a table that is not there: there are many of them.
    """
    project = module.linked.project_of(module.path)
    if module.role is Role.TEST or project is None:
        return
    if module.summary.calls({"defineSchema"}) and module.linked.schema_path(project.folder) != module.path:
        return
    for call in module.summary.calls(_CALLS):
        if not call.arguments or not isinstance(bare(call.arguments[0]), Literal | Name | Template):
            continue
        found = _use(module, call)
        if found is not None and module.whole(call, call.function):
            yield found
    for written in module.summary.code.tables:
        if not all(_exists(module, name) for name in _NAMED.findall(written.text)):
            yield from _in_type(module, written, written)


def _use(module: Module, call: Call) -> TableUse | None:
    callee: Value = present(module.linked.value(call.callee))
    system: bool | None = None
    match callee:
        case Method(of=Db() as db, name=name) if name in _FIRST or len(call.arguments) > BY_ID.get(name, 9):
            system = db.system
        case Method(of=Ctx(), name="vectorSearch") | Method(of=SchemaDefinition(), name="id" | "doc"):
            pass
        case _ if callee == _ID:
            pass
        case _:
            return None
    found = literal(module.linked, call, 0)
    first = bare(call.arguments[0])
    if found is None:
        return None
    validator = call if callee == _ID else None
    span = Span(first.start, first.end)
    return TableUse(module, found, span, system=system, validator=validator, of_id=validator is not None)


def _is_given_away(module: Module, validator: Call) -> bool:
    """Say whether the outermost call that a validator is written in is one of a function that is not Convex's."""
    node: Node | None = validator.parent
    while isinstance(node, Cast | Property | Object | Array | Member | Call):
        if isinstance(node, Call) and not isinstance(module.linked.value(node), Validator | TableDefinition):
            return not isinstance(module.linked.value(node.callee), Builder | Package | Method)
        node = node.parent
    return False


def _in_type(module: Module, outer: Type, written: Type) -> Iterator[TableUse]:
    """Yield the tables that a type names in `Id<"users">` and `Doc<"users">`."""
    named = written.items[0] if written.form == "name" and len(written.items) == 1 else None
    generated = _generated(module, outer, written.name) if named is not None and named.form == "literal" else None
    if named is not None and generated is not None:
        start = types.start_in(outer, named)
        span = Span(start, start + named.end - named.start)
        yield TableUse(module, named.name, span, of_id=generated == "Id")
    for item in written.items:
        yield from _in_type(module, outer, item)


def _generated(module: Module, written: Type, name: str) -> str | None:
    """Return the type, of those that Convex generates from the schema of the module's project, that a name is of."""
    found = written.scope.find(name)
    if found is None or found.form != "import" or found.imported not in _TYPES or written.scope.find_type(name):
        return None
    place = modules.generated(found.specifier, module.path)
    project = module.linked.project_of(module.path)
    is_own = place is not None and project is not None and (place[0] == project.folder or found.specifier[0] != ".")
    return found.imported if is_own and place is not None and place[1] == "dataModel" else None
