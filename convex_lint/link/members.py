"""What a member of a value is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import RUNS, SERVICES
from convex_lint.facts.language import BODY_METHODS, PROMISE_METHODS
from convex_lint.link import modules, primitives, tables, validators
from convex_lint.stubs import is_stub
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Body,
    ClassOf,
    Closure,
    Constant,
    Crons,
    Ctx,
    Db,
    Document,
    FieldBuilder,
    FileUrl,
    Global,
    Id,
    Instance,
    MapOf,
    Method,
    Namespace,
    Nullable,
    Package,
    Primitive,
    Promise,
    Query,
    RecordOf,
    Reference,
    Router,
    SchemaDefinition,
    Service,
    Structure,
    TableDefinition,
    Validator,
    Value,
)

if TYPE_CHECKING:
    from convex_lint.link import Linked


def member(linked: Linked, of: Value, name: str) -> Value:  # noqa: C901, PLR0911, PLR0912  one case a value
    """Return `of.name`."""
    if of is UNKNOWN:
        return UNKNOWN
    match of:
        case Package():  # first, as a third of all members are of `v`
            return modules.package(of.specifier, name if of.name == "*" else f"{of.name}.{name}")
        case Structure():
            return of.get(name)
        case Nullable():
            return member(linked, of.of, name)
        case Ctx():
            return _ctx(of, name)
        case Db() if name == "system":
            return Db(writer=False, system=True)
        case Promise(also=also) if also is not None and name not in PROMISE_METHODS:
            return member(linked, also, name)
        case Db() | Query() | Service() | Promise() | FieldBuilder() | Crons() | Router():
            return Method(of, name)
        case Body():
            return Method(of, name) if name in BODY_METHODS else primitives.part(name)
        case ArrayOf() | MapOf():
            return Primitive("number") if name in {"length", "size"} else Method(of, name)
        case Document():
            return linked.document_field(of.table, name)
        case Primitive() | Constant() | Id() | FileUrl():
            return primitives.member(of, name)
        case RecordOf():
            return of.of
        case Validator():
            return validators.member(of, name)
        case TableDefinition():
            return tables.member(of, name)
        case SchemaDefinition():
            return tables.schema_member(of, name)
        case Instance():
            found = linked.member(of.of, name, of.given)
            is_declared = isinstance(found, Closure) and is_stub(found.path)
            return Method(of, name) if is_declared else found  # what it gives may hang on what the object is of
        case ClassOf():
            return linked.member(of, name)
        case Namespace():
            return linked.export(of.path, name)
        case Global():
            return Global(name if of.name == "globalThis" else f"{of.name}.{name}")
        case Reference():
            return Reference(of.root, (*of.path, name), of.project)
        case _:
            return UNKNOWN


def _ctx(ctx: Ctx, name: str) -> Value:
    for key, value in ctx.extra:
        if key == name:
            return value
    if name == "db":
        # An action has no database, unless its builder adds one that is not known here.
        return UNKNOWN if "action" in ctx.kinds else Db(writer=ctx.kinds == {"mutation"})
    if name in RUNS:
        return Method(ctx, name)
    if any(name in SERVICES[kind] for kind in ctx.kinds):
        return Service(name)
    if name == "vectorSearch" and "action" in ctx.kinds:
        return Method(ctx, name)
    return UNKNOWN
