"""Faults in what handlers do with ctx, with queries and with the values that they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.calls import exported_functions
from tests.mutation.code import Change, arguments, bare, child, text
from tests.mutation.convex import entry, outside
from tests.mutation.mutant import Mutant
from tests.mutation.reading import BUILDERS, chain, entries, imported, method, top
from tests.mutation.tables import swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_COLLECT = 'await {ctx}.db.insert("x", {{}}); const qqq = await {ctx}.db.query("x").collect(); qqq.map((d) => d._id);'
_ENDS = frozenset({"collect", "first", "unique", "take", "paginate"})


def mutants(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    if node.type == "call_expression":
        yield from _handlers(path, node)
        yield from _queries(path, node)
        yield from _values(path, node)
        yield from _delays(path, node)


def _handlers(path: str, node: Node) -> Iterator[Mutant]:
    """Yield faults that are put at the beginning of the handlers of plain functions."""
    builder = imported(top(node)).get(text(child(node, "function")), "")
    given = arguments(node)
    if builder not in {*BUILDERS, "httpAction"} or not given:
        return
    written = entry(given[0], "handler")
    handler = given[0] if written is None else bare(child(written, "value"))
    body, ctx = child(handler, "body"), first_parameter(handler)
    if body is None or body.type != "statement_block":
        return
    at = body.start_byte + 1
    kind = builder.removeprefix("internal").lower()
    adds = [_COLLECT.format(ctx=ctx)] if builder == "mutation" else []
    for name, code in (*_faults(kind, node, ctx), *(("whole-table", one) for one in adds)) if ctx is not None else ():
        plain = code.replace(" as any", "") if path.endswith(("js", "jsx")) else code
        yield Mutant(name, path, (Change(at, at, f" {plain}".encode()),), at - 1, at + 1, builder)
    if kind == "httpaction":
        yield from _without_return(path, node, body)


def _faults(kind: str, node: Node, ctx: str) -> Iterator[tuple[str, str]]:
    """Yield what the handler of a kind of function cannot do, with the kind of mutant that does it."""
    if kind in {"action", "httpaction"}:
        yield "db-in-action", f'await {ctx}.db.query("x").first();'
        return
    if kind == "query":
        yield "write-in-query", f"await {ctx}.db.delete(id as any);"
        yield "scheduler-in-query", f"await {ctx}.scheduler.cancel(id as any);"
        yield "action-in-query", f"await {ctx}.runAction(x as any);"
    else:
        yield "search-in-mutation", f'await {ctx}.vectorSearch("x", "y", {{}} as any);'
        deletes = f"await {ctx}.db.delete(d._id);"
        yield "write-loop", f'for (const d of await {ctx}.db.query("x").collect()) {deletes}'
    yield "read-all", f'const qqq = await {ctx}.db.query("x").collect(); qqq.map((d) => d._id);'
    yield "network", 'await fetch("https://x.example");'
    yield "timer", "await new Promise((done) => setTimeout(done, 5));"
    yield "new-key", 'await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, true, ["sign"]);'
    page = f'await {ctx}.db.query("x").paginate({{ numItems: 1, cursor: null }});'
    yield "page-twice", f"{page} {page}"
    yield "query-twice", f'const qqq = {ctx}.db.query("x").order("desc"); await qqq.first(); await qqq.first();'
    yield "page-in-component", page
    yield "auth-in-component", f"await {ctx}.auth.getUserIdentity();"
    yield "bad-ctx-member", f"await {ctx}.database.get(id as any);"
    other = next((name for name in exported_functions(top(node)) if not _is_named(node, name)), None)
    if other is not None:
        yield "direct-call", f"await {other}({ctx}, {{}} as any);"


def _is_named(node: Node, name: str) -> bool:
    return node.parent is not None and text(child(node.parent, "name")) == name


def first_parameter(handler: Node | None) -> str | None:
    """Return the name of the first parameter of a handler."""
    parameters = child(handler, "parameters")
    first = parameters.named_children[0] if parameters is not None and parameters.named_children else None
    pattern = child(first, "pattern") if first is not None and first.type == "required_parameter" else first
    return text(pattern) if pattern is not None and pattern.type == "identifier" else None


def _without_return(path: str, node: Node, body: Node) -> Iterator[Mutant]:
    last = body.named_children[-1] if body.named_children else None
    if last is not None and last.type == "return_statement":
        drop = Change(last.start_byte, last.end_byte, b"")
        yield Mutant("no-response", path, (drop,), node.start_byte, node.end_byte, "")


def _queries(path: str, node: Node) -> Iterator[Mutant]:
    """Yield faults in a chain that is ended by this call."""
    first, calls = chain(node)
    called = child(node, "function", "property")
    if len(calls) < 2 or method(calls[0]) != "query" or not text(first).endswith("db") or outside(node):
        return
    if called is None or text(called) not in _ENDS:
        return
    names = [method(call) for call in calls]
    steps = names[1:-1]
    place = (node.start_byte, node.end_byte)
    yield Mutant("query-delete", path, (Change(called.start_byte, node.end_byte, b"delete()"),), *place, text(called))
    yield Mutant("query-skip", path, (Change(called.start_byte, called.start_byte, b"skip(1)."),), *place, text(called))
    if "withSearchIndex" not in steps:
        order = b'order("desc").order("asc").'
        yield Mutant("second-order", path, (Change(called.start_byte, called.start_byte, order),), *place, text(called))
    else:
        yield Mutant(
            "order-of-search", path, (Change(called.start_byte, called.start_byte, b'order("desc").'),), *place, ""
        )
    late = b'filter((q) => true).withIndex("by_creation_time").'
    yield Mutant("late-index", path, (Change(called.start_byte, called.start_byte, late),), *place, text(called))
    if text(called) == "take":
        given = arguments(node)
        if given:
            yield swapped("take-string", path, given[0], b'"5"', "")
    yield from _unended(path, node, called)
    ranged = any(method(call) == "withIndex" and len(arguments(call)) > 1 for call in calls)
    if text(called) == "collect" or not ranged:
        yield from _results(path, node, called)


def _results(path: str, node: Node, called: Node) -> Iterator[Mutant]:
    """Yield faults in what is done with the documents that a query gives."""
    waits = node.parent
    if waits is None or waits.type != "await_expression":
        return
    more = {"collect": ("length-of-all", b").length"), "take": ("filter-of-some", b").filter((d) => d.qqq)")}
    if text(called) in more:
        kind, behind = more[text(called)]
        around = (Change(waits.start_byte, waits.start_byte, b"("), Change(waits.end_byte, waits.end_byte, behind))
        yield Mutant(kind, path, around, waits.start_byte, waits.end_byte + 1, text(called))


def _unended(path: str, node: Node, called: Node) -> Iterator[Mutant]:
    """Yield a query that a handler returns, without its end."""
    around = node.parent
    if around is not None and around.type == "await_expression":
        around = around.parent
    function = around.parent.parent if around is not None and around.parent is not None else None
    if around is None or around.type != "return_statement" or function is None:
        return
    inside = function.parent if function.type == "arrow_function" else None
    if inside is not None and inside.type == "pair" and text(child(inside, "key")) == "handler":
        change = Change(called.start_byte - 1, node.end_byte, b"")
        call = inside.parent.parent.parent if inside.parent is not None and inside.parent.parent is not None else None
        if call is not None and imported(top(node)).get(method(call)) in BUILDERS:
            yield Mutant("no-end", path, (change,), around.start_byte, around.end_byte, text(called))


def _values(path: str, node: Node) -> Iterator[Mutant]:
    """Yield values that Convex does not have, in documents that are written."""
    given = arguments(node)
    if method(node) not in {"insert", "patch", "replace"} or not text(child(node, "function", "object")).endswith("db"):
        return
    keys = entries(given[-1]) if len(given) > 1 else None
    plain = [one for one in (keys or {}).values() if not one.type.startswith("shorthand")]
    if plain:
        yield swapped("date-value", path, plain[-1], b"new Date()", method(node))
        yield swapped("map-value", path, plain[0], b"new Map()", method(node))


def _delays(path: str, node: Node) -> Iterator[Mutant]:
    given = arguments(node)
    if not text(child(node, "function", "object")).endswith("scheduler") or not given:
        return
    if method(node) == "runAfter":
        yield swapped("negative-delay", path, given[0], b"-1000", "")
        yield swapped("absolute-delay", path, given[0], b"Date.now() + 1000", "")
    if method(node) == "runAt":
        yield swapped("relative-time", path, given[0], b"60000", "")
