"""What becomes of what a function receives, itself and through all that it calls: where the database gets it.

As in `origins`, what is told of a function that is called is less deep than what is asked (`depth`), so that no
question runs into itself. What is not seen is left out: what is told of surely may be, and there may be more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint.facts.api import BY_ID, RUNS, WRITES
from convex_lint.link import parts
from convex_lint.link.parts import Received
from convex_lint.link.shapes import bare, literal, outermost
from convex_lint.records import record
from convex_lint.syntax.nodes import Call, Function, Member, Object, Property, Spread
from convex_lint.values import Closure, Ctx, Db, FieldBuilder, Id, Method, Query, Reference, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.link.reach import Edge
    from convex_lint.syntax.nodes import Expression

DEPTH = 4
"""The calls that a value is followed through."""

_LOOKS = frozenset({*WRITES, "eq"})
_EVERY = "*"


@record
class Sink:
    """Where the database gets a value: the `nth` call that stands in the function `by`.

    `kind` is `insert`, `patch` or `replace` (the value is what `field` of the document becomes; `*` where it is the
    document), `id` (the document that it is the id of is written) or `lookup` (documents are looked up whose `field` it
    is). `table` is empty where it is not known.
    """

    kind: str
    table: str
    field: str
    by: Closure
    nth: int


Flows = frozenset[tuple[Received, Sink]]

NOTHING: Flows = frozenset()


def of(linked: Linked, function: Function, depth: int) -> Flows:
    """Return where the database gets what a function receives, or what functions around it receive."""
    own = Closure(function.scope.path, function.ordinal)
    summary = linked.summaries[own.path]
    calls, running = summary.calls_in(function), summary.calls(RUNS)
    found: set[tuple[Received, Sink]] = set()
    for nth, call in enumerate(calls):
        for expression, sink in _sinks(linked, call, own, nth):
            found |= {(part, sink) for part in _received(linked, expression, ())}
        if call in running and depth > 0:
            found.update(_run(linked, call, depth))
    for edge in linked.edges(own.path):
        if edge.caller == own and depth > 0:
            found.update(_carried(linked, calls[edge.nth], edge, depth - 1))
    return frozenset(found)


def _received(linked: Linked, expression: Expression, steps: tuple[str, ...]) -> Iterator[Received]:
    """Yield what an expression surely is, if all that it may be is received."""
    found = parts.parts(linked, [(expression, steps)], parts.DEPTH)
    if all(isinstance(part, Received) for part in found):
        yield from (part for part in found if isinstance(part, Received))


def _sinks(linked: Linked, call: Call, own: Closure, nth: int) -> Iterator[tuple[Expression, Sink]]:
    """Yield what a call gives to the database, and as what."""
    name = call.callee.name if isinstance(call.callee, Member) else ""
    if name not in _LOOKS or not call.arguments or any(isinstance(one, Spread) for one in call.arguments):
        return
    match present(linked.value(call.callee)):
        case Method(of=Db(), name="insert") if len(call.arguments) == 2:  # noqa: PLR2004  a table and a document
            yield from _document(call.arguments[1], "insert", literal(linked, call, 0) or "", own, nth)
        case Method(of=Db(), name=method) if method in BY_ID and method in WRITES:
            explicit = len(call.arguments) > BY_ID[method]
            id_ = call.arguments[1 if explicit else 0]
            value = present(linked.value(id_))
            table = (literal(linked, call, 0) if explicit else value.table if isinstance(value, Id) else None) or ""
            yield id_, Sink("id", table, "_id", own, nth)
            if method != "delete" and len(call.arguments) >= BY_ID[method]:
                yield from _document(call.arguments[-1], method, table, own, nth)
        case Method(of=FieldBuilder(), name="eq") if len(call.arguments) == 2:  # noqa: PLR2004  a field and a value
            field, query = literal(linked, call, 0), _looked_in(linked, call.function)
            if field is not None and query is not None:
                yield call.arguments[1], Sink("lookup", query.table or "", field, own, nth)
        case _:
            pass


def _document(written: Expression, kind: str, table: str, own: Closure, nth: int) -> Iterator[tuple[Expression, Sink]]:
    written = bare(written)
    for entry in written.properties if isinstance(written, Object) else ():
        if isinstance(entry, Property) and entry.key is not None:
            yield entry.value, Sink(kind, table, entry.key, own, nth)
        elif isinstance(entry, Spread):
            yield entry.of, Sink(kind, table, _EVERY, own, nth)
    if not isinstance(written, Object):
        yield written, Sink(kind, table, _EVERY, own, nth)


def _looked_in(linked: Linked, function: Function | None) -> Query | None:
    """Return the query whose range a function builds."""
    given = outermost(function) if function is not None else None
    call = given.parent if given is not None else None
    if not isinstance(call, Call) or not isinstance(call.callee, Member) or call.callee.name != "withIndex":
        return None
    found = present(linked.value(call.callee.of))
    return found if isinstance(found, Query) else None


def _carried(linked: Linked, call: Call, edge: Edge, depth: int) -> Iterator[tuple[Received, Sink]]:
    """Yield what a function that is called does, with the arguments in the place of its parameters."""
    for part, sink in linked.flows(edge.callee, depth):
        if part.function != edge.callee:
            yield part, sink
        elif edge.given is not None and part.index < len(call.arguments):
            yield from _handed(linked, call.arguments[part.index], part, sink)


def _run(linked: Linked, call: Call, depth: int) -> Iterator[tuple[Received, Sink]]:
    """Yield what a function does with its arguments that is run by its reference."""
    callee = present(linked.value(call.callee)) if len(call.arguments) > 1 else None
    if not isinstance(callee, Method) or not isinstance(callee.of, Ctx):
        return
    reference = linked.value(call.arguments[0])
    target = linked.target(reference) if isinstance(reference, Reference) else None
    if target is None or target.handler is None:
        return
    for part, sink in linked.flows(target.handler, depth - 1):
        if part.function == target.handler and part.index == 1:
            yield from _handed(linked, call.arguments[1], part, sink)


def _handed(linked: Linked, argument: Expression, part: Received, sink: Sink) -> Iterator[tuple[Received, Sink]]:
    """Yield what a function does with a part of an argument; of a document as a whole, with each of its fields."""
    argument = bare(argument)
    if sink.field != _EVERY or part.steps or not isinstance(argument, Object):
        yield from ((one, sink) for one in _received(linked, argument, part.steps))
        return
    for entry in argument.properties:
        field = (entry.key if isinstance(entry, Property) else _EVERY) or ""
        value = entry.value if isinstance(entry, Property) else entry.of
        yield from ((one, replace(sink, field=field)) for one in _received(linked, value, ()))
