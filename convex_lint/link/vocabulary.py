"""The types of Convex: those of `convex/server`, `convex/values` and `_generated`.

Read in the npm package `convex` 1.48.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import CONTEXT_TYPES, DATABASE_TYPES, QUERY_TYPES, SERVICE_TYPES
from convex_lint.link import exports, markers, members, modules
from convex_lint.stubs import MARKERS, is_stub
from convex_lint.validators import as_validator, let_in
from convex_lint.values import (
    PUBLIC,
    UNKNOWN,
    ArrayOf,
    Constant,
    Ctx,
    Db,
    Document,
    FieldBuilder,
    Id,
    Identity,
    Nullable,
    Package,
    Primitive,
    Query,
    Reference,
    Router,
    Service,
    Structure,
    Value,
)

if TYPE_CHECKING:
    from convex_lint.link import Linked

_OWN = frozenset({"convex/server", "convex/values"})

DATA_MODEL = Package("_generated/dataModel", "DataModel")
"""The type of all tables; it is no value of code, and stands only for what its members lead to."""

_STRINGS = frozenset({"TableNames", "TableNamesInDataModel", "SystemTableNames", "StorageId", "Cursor"})

_SYSTEM = ("_id", "_creationTime")


def imported(linked: Linked, specifier: str, name: str, given: tuple[Value, ...], importer: str) -> Value | None:
    """Return what a value of a type of Convex is; None for a type that another module declares."""
    if modules.generated(specifier, importer) is not None or specifier in _OWN:
        return _vocabulary(linked, name, given)
    if specifier == MARKERS and is_stub(importer):
        return markers.marker(linked, name, given)
    return None


def _vocabulary(linked: Linked, name: str, given: tuple[Value, ...]) -> Value:  # noqa: C901, PLR0911, PLR0912  one case a type
    first = given[0] if given else UNKNOWN
    match name:
        case "Id" | "GenericId":
            return Id(_text(first))
        case "Doc":
            return Document(_text(first))
        case "DocumentByName" if len(given) > 1:
            return Document(_text(given[1]))
        case "DataModel" | "DataModelFromSchemaDefinition":
            return DATA_MODEL
        case "Infer" | "ObjectType":
            return let_in(as_validator(first))
        case "WithoutSystemFields" | "WithOptionalSystemFields":
            return _without_system_fields(linked, first, optional=name == "WithOptionalSystemFields")
        case "FunctionReturnType":
            return linked.answer(first) if isinstance(first, Reference) else UNKNOWN
        case "FunctionArgs":
            return linked.asked_with(first) if isinstance(first, Reference) else UNKNOWN
        case "PaginationResult":
            return _page(first)
        case "PaginationOptions":
            return let_in(exports.PAGINATION_OPTIONS)
        case "Expand":
            return first
        case "FunctionReference" | "FunctionHandle":
            is_public = len(given) > 1 and given[1] == Constant("string", "public")
            return PUBLIC if is_public else Reference("", (), "")
        case "ComponentApi":
            return Reference("components", (), "")  # of what uses a component: `new Client(components.name)`
        case "HttpRouter":
            return Router()
        case "IndexRangeBuilder":
            return FieldBuilder("withIndex")
        case "RegisteredQuery" | "RegisteredMutation" | "RegisteredAction":
            return markers.registration(name, given)
        case _ if name in _STRINGS:
            return Primitive("string")
        case _:
            return _context(name)


def _text(value: Value) -> str | None:
    return str(value.value) if isinstance(value, Constant) and value.form == "string" else None


def _without_system_fields(linked: Linked, of: Value, *, optional: bool) -> Value:
    fields = linked.document_fields(of.table) if isinstance(of, Document) else of
    if not isinstance(fields, Structure):
        return UNKNOWN
    kept = tuple((name, value) for name, value in fields.fields if name not in _SYSTEM)
    more = tuple((name, Nullable(value)) for name, value in fields.fields if name in _SYSTEM and optional)
    return Structure((*kept, *more), fields.open)


def _page(of: Value) -> Structure:
    fields: dict[str, Value] = {
        "page": ArrayOf(of),
        "isDone": Primitive("boolean"),
        "continueCursor": Primitive("string"),
    }
    return Structure(tuple(fields.items()), open=True)


def _context(name: str) -> Value:
    if name in CONTEXT_TYPES:
        return Ctx(frozenset(CONTEXT_TYPES[name]))
    if name in DATABASE_TYPES:
        return Db(writer=DATABASE_TYPES[name])
    if name in SERVICE_TYPES:
        return Service(SERVICE_TYPES[name])
    if name in QUERY_TYPES:
        return Query(None, None, None, started=None, ordered=None)
    return Identity() if name == "UserIdentity" else UNKNOWN


def member(linked: Linked, of: Value, name: str) -> Value:
    """Return what the member of a type is."""
    if isinstance(of, Package) and of.specifier == DATA_MODEL.specifier:
        table, _, part = f"{of.name}.{name}".removeprefix("DataModel.").partition(".")
        if part:
            return Document(table) if part == "document" else UNKNOWN
    return members.member(linked, of, name)
