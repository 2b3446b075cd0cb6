"""What a call does by itself that changes something, or costs something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.access import CHANGES, MODELS
from convex_lint.facts.api import TERMINALS, WRITES
from convex_lint.link import promising
from convex_lint.link.access import callees, results
from convex_lint.link.effects import table_of
from convex_lint.link.shapes import bare, property_of
from convex_lint.syntax.nodes import Literal, Member, Name, Object, Property
from convex_lint.values import Ctx, Db, Global, Instance, Method, Package, Promise, Query, Service

if TYPE_CHECKING:
    from convex_lint.link.access.seen import Visit
    from convex_lint.syntax.nodes import Call
    from convex_lint.values import Value


def of(visit: Visit, call: Call) -> tuple[str, str] | None:
    """Return the kind and the detail of what a call does, as in `Done`; None where that is nothing to speak of."""
    callee = callees.callee_of(visit, call)
    if isinstance(callee, Method) and not isinstance(callee.of, Instance):
        return _of_method(visit, call, callee.of, callee.name)
    if isinstance(callee, Global):
        is_told = callee.name == "fetch" and (visit.asked.reads or not _only_gets(call))
        return ("fetch", "") if is_told else None
    if isinstance(callee, Package) and isinstance(promising.result(callee), Promise):
        return "service", callee.specifier
    return _of_package(visit, call)


def _only_gets(call: Call) -> bool:
    """Say whether a `fetch` surely is a GET, which only reads."""
    options = bare(call.arguments[1]) if len(call.arguments) > 1 else None
    if not isinstance(options, Object):
        return len(call.arguments) == 1
    method = property_of(options, "method")
    written = bare(method.value) if method is not None else None
    if method is None:
        return all(isinstance(one, Property) and one.key is not None for one in options.properties)
    return isinstance(written, Literal) and str(written.value).upper() in {"GET", "HEAD"}


def _of_method(visit: Visit, call: Call, of_: Value, name: str) -> tuple[str, str] | None:
    reads = visit.asked.reads
    match of_:
        case Db() if name in WRITES or (reads and name == "get"):
            table = table_of(visit.linked, call) or ""
            is_refused = name != "get" and table.startswith("_")  # Convex lets nobody write to its own tables
            return None if is_refused else ("read" if name == "get" else "write", table)
        case Service(name="scheduler") if name in {"runAfter", "runAt", "cancel"}:
            return "schedule", name
        case Service(name="storage") if name in {"generateUploadUrl", "delete", "store"}:
            return "storage", name
        case Ctx() if name in {"runMutation", "runAction"} and callees.is_hidden(visit, call):
            return "run", name
        case Query(table=table) if reads and name in TERMINALS:
            return "read", table or ""
        case _:
            return None


def _of_package(visit: Visit, call: Call) -> tuple[str, str] | None:
    specifier = callees.package_of(visit.linked, call)
    if specifier is None:
        return None
    named = bare(call.callee)
    if specifier == "ai" and isinstance(named, Name) and named.binding is not None and named.binding.imported in MODELS:
        return "service", specifier
    is_change = isinstance(named, Member) and named.name in CHANGES
    is_known = is_change and specifier.startswith("@convex-dev/") and results.handed(visit, call)
    return ("component", specifier) if is_known else None
