"""What a call gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint.facts.api import CHAINED, RUNS, SERVICE_METHODS, TERMINALS, WRITES
from convex_lint.facts.language import BODIES, BODY_COPIES, BODY_READERS, PROMISE_MAKERS, PROMISE_METHODS
from convex_lint.link import collections, modules, packages, primitives, signatures, tables, validators
from convex_lint.link.shapes import bare, callback, literal, property_of
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Function, Name, Object
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Body,
    Builder,
    ClassOf,
    Closure,
    Constant,
    Ctx,
    Db,
    Document,
    FieldBuilder,
    FileUrl,
    Global,
    Id,
    Identity,
    Instance,
    MapOf,
    Method,
    Nullable,
    Package,
    Primitive,
    Promise,
    Query,
    Reference,
    Registration,
    SchemaDefinition,
    Service,
    Signature,
    Structure,
    TableDefinition,
    Validator,
    Value,
    awaited,
    is_vague,
    present,
    sharpened,
)

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call


def result(linked: Linked, call: Call) -> Value:  # noqa: C901, PLR0911  one case a callee
    """Return what a call gives."""
    callee = linked.value(call.callee)
    if callee is UNKNOWN:
        return UNKNOWN
    if isinstance(callee, Nullable):
        callee = callee.of
    match callee:
        case Package():
            return packages.result(linked, callee, call)
        case Method():
            return _method(linked, callee.of, callee.name, call)
        case Closure():
            return _function(linked, callee, call)
        case Registration(handler=Closure() as handler):
            return linked.given(handler.path, handler.ordinal)
        case Signature():
            return callee.of
        case ClassOf() if call.new:
            return signatures.made(linked, callee, call) if is_stub(callee.path) else Instance(callee)
        case Builder():
            return Registration(callee, _handler(linked, call))
        case Global():
            return _global(linked, callee.name, call)
        case _:
            return UNKNOWN


def _function(linked: Linked, callee: Closure, call: Call) -> Value:
    """Return what a call of a function gives; where its body does not tell, what its types say."""
    if is_stub(callee.path):
        return signatures.result(linked, callee, call)
    found = linked.given(callee.path, callee.ordinal)
    return sharpened(found, signatures.result(linked, callee, call)) if is_vague(found) else found


def _handler(linked: Linked, call: Call) -> Closure | None:
    """Return the handler that a builder is given, alone or in an object."""
    given = bare(call.arguments[0]) if call.arguments else None
    entry = property_of(given, "handler") if isinstance(given, Object) else None
    written = entry.value if entry is not None else given
    return modules.static_closure(linked, written) if written is not None else None


def _method(linked: Linked, of: Value, name: str, call: Call) -> Value:  # noqa: C901, PLR0911, PLR0912  one case a receiver
    match of:
        case Db():
            return _db(linked, of, name, call)
        case Query():
            return _query(linked, of, name, call)
        case Service():
            return _service(of.name, name)
        case Ctx():
            return _ctx(linked, name, call)
        case Promise():
            return _promise(linked, of, name, call)
        case ArrayOf():
            return collections.array(linked, of, name, call)
        case MapOf():
            return collections.mapping(of, name)
        case Body():
            return _body(name)
        case FieldBuilder():
            # A range goes on with the next field; what a filter compares is an expression of its own.
            return UNKNOWN if of.form == "filter" else of
        case Primitive() | Constant() | Id() | FileUrl():
            return primitives.method(primitives.form(of), name)
        case Validator():
            return validators.method(linked, of, name, call)
        case TableDefinition():
            return tables.method(linked, of, name, call)
        case SchemaDefinition():
            return tables.schema_method(linked, of, name, call)
        case Instance():
            method = linked.member(of.of, name, of.given)
            return signatures.result(linked, method, call, of) if isinstance(method, Closure) else UNKNOWN
        case _:
            return UNKNOWN


def _body(name: str) -> Value:
    if name in BODY_READERS:
        return Promise(Body() if name == "blob" else UNKNOWN)
    return Body() if name in BODY_COPIES else UNKNOWN


def _ctx(linked: Linked, name: str, call: Call) -> Value:
    if name in RUNS:
        reference = _first(linked, call)
        return Promise(linked.answer(reference) if isinstance(reference, Reference) else UNKNOWN, f"ctx.{name}")
    if name != "vectorSearch":
        return UNKNOWN
    found = (("_id", Id(literal(linked, call, 0))), ("_score", primitives.NUMBER))
    return Promise(ArrayOf(Structure(found)), "ctx.vectorSearch")


def _db(linked: Linked, db: Db, name: str, call: Call) -> Value:
    table = literal(linked, call, 0)
    if name == "query":
        is_refused = db.system and table is not None and not table.startswith("_")
        return Query(None if is_refused else table)
    if name == "get":
        explicit = len(call.arguments) > 1
        key = present(linked.value(call.arguments[0])) if call.arguments and not explicit else None
        found = table if explicit else key.table if isinstance(key, Id) else None
        return Promise(Nullable(Document(found)), "ctx.db.system.get" if db.system else "ctx.db.get")
    if name == "normalizeId":
        return Nullable(Id(table))
    if name == "insert" and not db.system:
        return Promise(Id(table), "ctx.db.insert")
    if name in WRITES and not db.system:
        return Promise(UNKNOWN, f"ctx.db.{name}")
    return UNKNOWN


def _query(linked: Linked, query: Query, name: str, call: Call) -> Value:
    if name in CHAINED:
        return _chained(linked, query, name, call)
    if name not in TERMINALS:
        return UNKNOWN
    document = Document(query.table)
    given: dict[str, Value] = {
        "collect": ArrayOf(document),
        "take": ArrayOf(document),
        "first": Nullable(document),
        "unique": Nullable(document),
        "paginate": Structure((("page", ArrayOf(document)),), open=True),
    }
    return Promise(given.get(name, UNKNOWN), f".{name}()")


def _chained(linked: Linked, query: Query, name: str, call: Call) -> Value:
    query = replace(query, started=True)
    if name == "withIndex":
        return replace(query, index=literal(linked, call, 0), ranged=_ranged(call))
    if name == "withSearchIndex":
        return replace(query, index=literal(linked, call, 0), ranged=True, search=True)
    if name == "filter":
        return replace(query, filtered=True)
    return replace(query, ordered=True) if name == "order" else query


def _ranged(call: Call) -> bool | None:
    """Say whether an index range narrows: without a callback it reads all, and a callback that returns `q` does too."""
    if len(call.arguments) < 2:  # noqa: PLR2004  the name, then the range
        return False
    function = call.arguments[1]
    if not isinstance(function, Function) or not function.returns:
        return None
    return not all(
        isinstance(statement.of, Name) and _is_first(function, statement.of) for statement in function.returns
    )


def _is_first(function: Function, name: Name) -> bool:
    """Say whether a name is the first parameter of a function, as it was given."""
    binding = name.binding
    return binding is not None and binding.of is function and binding.parameter == 0 and not binding.writes


def _service(service: str, name: str) -> Value:
    if name not in SERVICE_METHODS[service]:
        return UNKNOWN
    given: dict[str, Value] = {"getUserIdentity": Nullable(Identity()), "getUrl": Nullable(FileUrl())}
    if name in {"runAfter", "runAt"}:
        given[name] = Id("_scheduled_functions")
    if name == "store":
        given[name] = Id("_storage")
    if service == "storage" and name == "get":
        given[name] = Nullable(Body())
    return Promise(given.get(name, UNKNOWN), f"ctx.{service}.{name}")


def _promise(linked: Linked, promise: Promise, name: str, call: Call) -> Value:
    if name not in PROMISE_METHODS:
        return UNKNOWN
    if name == "then" and call.arguments:
        function = callback(linked, call.arguments[0])
        return Promise(awaited(linked.result(function)) if function is not None else UNKNOWN, promise.made_by)
    return Promise(promise.of if name == "finally" else UNKNOWN, promise.made_by)


def _global(linked: Linked, name: str, call: Call) -> Value:
    if name in PROMISE_MAKERS:
        return Promise(collections.combined(name, _first(linked, call)), name)
    if name == "fetch":
        return Promise(Body(), name)
    if name.startswith("crypto.subtle."):
        return Promise(UNKNOWN)
    if name in collections.MADE:
        return collections.made(linked, name, call)
    return _constructed(name) if call.new else primitives.made(name)


def _constructed(name: str) -> Value:
    if name in BODIES:
        return Body()
    return Promise(UNKNOWN, "new Promise") if name == "Promise" else UNKNOWN


def _first(linked: Linked, call: Call) -> Value:
    return linked.value(call.arguments[0]) if call.arguments else UNKNOWN
