"""What Convex cannot make a schema of: a module without one, what is no table, documents that are no objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import tables
from convex_lint.link.shapes import bare
from convex_lint.subjects import variables
from convex_lint.syntax.nodes import Call, Object, Property, Spread
from convex_lint.values import (
    ArrayOf,
    Closure,
    Constant,
    Package,
    Primitive,
    SchemaDefinition,
    Structure,
    TableDefinition,
    Validator,
)
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_FILES = frozenset({"schema.ts", "schema.js"})
"""The files that Convex takes a schema from (`convex` 1.48.0, `bundler/index.ts`, `bundleSchema`)."""

_DEFINE = frozenset({"defineSchema", "defineEntSchema"})

_TABLE = Package("convex/server", "defineTable")


class SchemaFault:
    """Something for which a schema cannot be deployed.

    `form` is `missing` (no default export), `other` (one that is no schema), `entry` (an entry of a schema that is no
    table), `table` (a table whose documents are no objects) or `environment` (a variable that is read on the way).
    `name` is that of the schema, the entry or the variable, or the kind of the validator.
    """

    def __init__(self, module: Module, form: str, place: Place, name: str = "") -> None:
        self.module = module
        self.form = form
        self.place = place
        self.name = name

    @property
    def is_own(self) -> bool:
        """Whether it stands in the module of the schema itself."""
        return is_schema(self.module)

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.module.path.rpartition("/")[2]

    def export_default(self) -> Edit | None:
        """Return the edit that exports the schema as default behind all other code."""
        return self.module.export_default(self.name) if self.form == "missing" and self.name else None


def find(module: Module) -> Iterator[SchemaFault]:
    """Yield the faults of a module that parses."""
    if module.summary.open or module.role is Role.TEST:
        return
    if is_schema(module):
        yield from _default(module)
    for call in module.summary.calls(_DEFINE):
        if isinstance(module.linked.value(call), SchemaDefinition) and call.arguments:
            yield from _entries(module, call.arguments[0])
    for call in module.summary.calls({"defineTable"}):
        yield from _table(module, call)
    yield from _environment(module)


def is_schema(module: Module) -> bool:
    """Say whether a module is the one that the schema of its functions folder is taken from."""
    project = module.linked.project_of(module.path)
    is_named = project is not None and module.inside in _FILES
    return is_named and project is not None and module.linked.schema_path(project.folder) == module.path


def _default(module: Module) -> Iterator[SchemaFault]:
    export = module.summary.exports.get("default")
    if export is None:
        if not _is_common(module):
            schemas = [one for one in module.summary.code.scope.names.values() if _holds_schema(module, one.of)]
            one = schemas[0] if len(schemas) == 1 and not schemas[0].steps else None
            place = module.at(one) if one is not None else module.place
            yield SchemaFault(module, "missing", place, one.name if one is not None else "")
        return
    written = bare(tables.held(export.of)) if export.of is not None else None
    match module.linked.export(module.path, "default"):
        case Structure(open=False) as value if isinstance(written, Object) and not value.has("export"):
            yield SchemaFault(module, "other", module.at(export))
        case TableDefinition() | Closure() | Constant() | Primitive() | ArrayOf():
            yield SchemaFault(module, "other", module.at(export))
        case _:
            pass


def _is_common(module: Module) -> bool:
    """Say whether a module exports what it does through `module.exports` or `exports`."""
    names = (name for name in module.summary.code.names if name.binding is None)
    return any(name.text in {"module", "exports"} for name in names)


def _holds_schema(module: Module, of: Expression | None) -> bool:
    return isinstance(of, Call) and isinstance(module.linked.value(of), SchemaDefinition)


def _entries(module: Module, given: Expression) -> Iterator[SchemaFault]:
    written = bare(tables.held(given))
    for entry in written.properties if isinstance(written, Object) else ():
        if isinstance(entry, Property) and entry.key is not None:
            value = module.linked.value(entry.value)
            is_plain = isinstance(bare(tables.held(entry.value)), Object)
            is_helper = isinstance(value, Structure) and isinstance(value.get("table"), TableDefinition)
            if is_plain or is_helper or value == _TABLE or (isinstance(value, Validator) and value.kind):
                yield SchemaFault(module, "entry", module.at(bare(entry.value)), entry.key)


def _table(module: Module, call: Call) -> Iterator[SchemaFault]:
    """Yield what the documents of a table are, if that is not objects."""
    if module.linked.value(call.callee) != _TABLE:
        return
    if not call.arguments:
        yield SchemaFault(module, "table", module.at(call.callee))
        return
    first = call.arguments[0]
    found = module.linked.value(first) if not isinstance(first, Spread) else None
    if isinstance(found, Validator):
        kinds = [one.kind for one in found.items] if found.kind == "union" else [found.kind]
        allowed = {"", "object"} if found.kind == "union" else {"", "object", "any"}
        wrong = next((kind for kind in kinds if kind not in allowed), None)
        if wrong is not None:
            yield SchemaFault(module, "table", module.at(bare(first)), wrong)


def _environment(module: Module) -> Iterator[SchemaFault]:
    """Yield where a module that is, or is loaded by, the schema reads the environment as it is run."""
    for read in variables.find(module):
        if read.use.scope.function is None and read.is_for_schema:
            yield SchemaFault(module, "environment", read.place, read.variable)
