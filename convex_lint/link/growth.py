"""Which tables grow with what users do: to which functions that anyone can call add documents.

A document that is made only where the database, asked for it, has none is one of as many as there are questions. These
are few where nothing but what is written in the code is in them: a list of defaults is put there once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.link import constants
from convex_lint.link.shapes import bare, literal
from convex_lint.source import Span
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Await, Call, Function, If, Loop, Member, Name
from convex_lint.values import Closure, Db, Id, Method, Query, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression, Statement

_ONE = frozenset({"first", "unique"})
_COMPARISONS = frozenset({"eq", "gt", "gte", "lt", "lte"})
_AMONG = frozenset({"get", "has", "includes", "find", "findIndex", "some"})
"""The methods of a collection that look for something in it."""


def fills(linked: Linked, path: str) -> Iterator[tuple[str, int]]:
    """Yield the tables that functions of a module add documents to, with the ordinals of these functions.

    Left out is what is made only where a question that is always the same, or is asked for each item of a list in the
    code, finds nothing, what is made together with that in one branch, and what a function adds that goes through the
    whole table and deletes from it.
    """
    added = [*_added(linked, path)]
    for call, function, table in added:
        functions = list(_around(function))
        asked = any(
            _asks(linked, path, one, table) for outer in functions for one in linked.summaries[path].calls_in(outer)
        )
        if not (asked or sweeps(linked, path, functions[-1], table) or _is_made_once(linked, path, call, added)):
            yield table, function.ordinal


def _added(linked: Linked, path: str) -> Iterator[tuple[Call, Function, str]]:
    """Yield the calls of a module that add a document, with the function that they stand in, and the table."""
    for call in linked.summaries[path].calls({"insert"}):
        table = literal(linked, call, 0) if call.function is not None else None
        callee = present(linked.value(call.callee))
        if call.function is not None and table is not None and isinstance(callee, Method) and isinstance(callee.of, Db):
            yield call, call.function, table


def _is_made_once(linked: Linked, path: str, call: Call, added: list[tuple[Call, Function, str]]) -> bool:
    """Say whether a document is added only where a table has none, to which the same branch adds one, too."""
    function = call.function
    if function is None or function.body is None:
        return False
    beside = [(one, table) for one, inside, table in added if inside is function and one is not call]
    # Most functions ask for none of these tables, and what a test looks at takes long to find.
    asking = [
        (one, table)
        for one in (linked.summaries[path].calls_in(function) if beside else ())
        for table in {table for _, table in beside}
        if isinstance(one.callee, Member) and _asks(linked, path, one, table)
    ]
    pending: list[Statement] = [function.body] if asking else []
    while pending:
        statement = pending.pop()
        pending += flow.inner(statement)
        for branch in _branches(statement, function.body) if isinstance(statement, If) else ():
            tables = {table for one, table in beside if _is_in(one, branch)} if _is_in(call, branch) else set()
            asked = [one for one, table in asking if table in tables]
            if isinstance(statement, If) and any(_decides(linked, path, one, statement) for one in asked):
                return True
    return False


def _branches(statement: If, body: Statement) -> Iterator[Span]:
    """Yield the branches of an `if`, and, where one of them leaves off, what comes after it."""
    yield Span(statement.yes.start, statement.yes.end)
    if statement.no is not None:
        yield Span(statement.no.start, statement.no.end)
    elif flow.outcome(statement.yes).falls is None:
        yield Span(statement.end, body.end)


def _is_in(call: Call, span: Span) -> bool:
    return span.start <= call.start < span.end


def _decides(linked: Linked, path: str, asked: Call, statement: If) -> bool:
    """Say whether a test looks at what a call gives, right there or by the name that holds it."""
    test = Span(statement.test.start, statement.test.end)
    names = (
        one.binding.of
        for one in linked.summaries[path].code.names
        if test.start <= one.start < test.end and one.binding
    )
    held = (of for of in names if of is not None)
    return _is_in(asked, test) or any(of.start <= asked.start < of.end for of in held)


def _around(function: Function | None) -> Iterator[Function]:
    """Yield a function and those that it stands in."""
    while function is not None:
        yield function
        function = function.inside


def _asks(linked: Linked, path: str, call: Call, table: str) -> bool:
    """Say whether a call looks for one document of a table, for one of a few that the code names."""
    if not isinstance(call.callee, Member):
        return False
    if call.callee.name in _AMONG and len(call.arguments) == 1:
        return _is_of(linked, path, call.callee.of, table) and constants.is_written(linked, path, call.arguments[0])
    if call.callee.name not in _ONE:
        return False
    query = present(linked.value(call.callee.of))
    return isinstance(query, Query) and query.table == table and not query.ordered and _is_steady(linked, path, call)


def _is_steady(linked: Linked, path: str, query: Call) -> bool:
    """Say whether what a query compares the fields of documents with is written in the code."""
    inside = [one for one in linked.summaries[path].calls(_COMPARISONS) if query.start <= one.start < query.end]
    return all(constants.is_written(linked, path, one.arguments[-1]) for one in inside if one.arguments)


def _is_of(linked: Linked, path: str, collection: Expression, table: str) -> bool:
    """Say whether a collection is made of all documents of a table, or of those that a steady query finds."""
    collection = bare(collection)
    match collection:
        case Await(of=of) | Member(of=of):
            return _is_of(linked, path, of, table)
        case Name(binding=binding) if binding is not None and binding.form == "const" and binding.of is not None:
            return _is_of(linked, path, binding.of, table)
        case Call(callee=callee, arguments=arguments):
            query = present(linked.value(callee.of)) if isinstance(callee, Member) else None
            if isinstance(query, Query):
                return query.table == table and _is_steady(linked, path, collection)
            made_of = [*arguments[:1], *([callee.of] if isinstance(callee, Member) else [])]
            is_of = any(_is_of(linked, path, one, table) for one in made_of)
            given = (one for one in arguments if isinstance(one, Function))
            return is_of and all(constants.is_written(linked, path, one) for one in given)
        case _:
            return False


def sweeps(linked: Linked, path: str, function: Function, table: str) -> bool:
    """Say whether a function goes through all documents of a table and deletes some of them."""
    for call in linked.summaries[path].calls({"delete"}):
        if not function.start <= call.start < function.end or not call.arguments:
            continue
        method, of = present(linked.value(call.callee)), present(linked.value(call.arguments[-1]))
        is_of_table = isinstance(method, Method) and isinstance(method.of, Db) and of == Id(table)
        if is_of_table and any(_is_of(linked, path, one, table) for one in _gone_through(call)):
            return True
    return False


def _gone_through(call: Call) -> Iterator[Expression]:
    """Yield what the loops go through that a call stands in, and what the callback is run for that it stands in."""
    if call.function is None or call.function.body is None:
        return
    pending: list[Statement] = [call.function.body]
    while pending:
        statement = pending.pop()
        if statement.start <= call.start < statement.end:
            if isinstance(statement, Loop) and statement.form == "of":
                yield statement.heads[-1]
            pending += flow.inner(statement)
    mapped = constants.mapped(call.function)
    if mapped is not None:
        yield mapped


def grows(linked: Linked, folder: str, table: str) -> bool:
    """Say whether a function that anyone can call surely adds documents to a table, whenever it is called."""
    for path in linked.summaries:
        if is_stub(path) or linked.schema_folder(path) != folder:
            continue
        for ordinal in sorted(ordinal for of, ordinal in linked.fills(path) if of == table):
            ways = linked.ways(Closure(path, ordinal))
            if any(way.deployed.names and not way.deployed.internal for way in ways):
                return True
    return False
