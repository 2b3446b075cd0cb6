"""Which indexes the queries of a project use, and for what: to find documents, or for the order that they come in.

Documents with the same values in all fields of an index come in the order of their creation. Another index that starts
with these fields finds the same documents, and gives them in another order.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.api import TABLE_INDEXES
from convex_lint.facts.packages import AUTH_INDEXES
from convex_lint.link import sought
from convex_lint.link.shapes import bare, literal, outermost
from convex_lint.stubs import is_stub, specifier_of
from convex_lint.syntax.nodes import Array, Call, Function, Literal, Member, Object, Property
from convex_lint.values import Closure, Method, Package, Query, SchemaDefinition, present

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.link import Linked
    from convex_lint.link.sought import Sought
    from convex_lint.syntax.nodes import Expression

_CREATED = b"_creationTime"

_WHOLE = frozenset({"collect", "unique", "count"})
"""The methods of a query that give all that it finds, or the only one."""

_ABOUT_OTHERS = frozenset(
    {
        *TABLE_INDEXES,
        *("withIndex", "withSearchIndex", "vectorSearch"),
        *("eq", "neq", "lt", "lte", "gt", "gte", "field"),
        *("query", "insert", "get", "patch", "replace", "delete", "normalizeId"),
        *("id", "literal", "import", "require"),
    }
)
"""The functions whose strings are no names of indexes, or are looked at by themselves."""

_AUTH = "@convex-dev/auth/server"
_QUOTES = (b'"', b"'", b"`")

_NAMING = ("convex/", "convex-helpers", "convex-test", "convex-ents", "_generated/")
"""The packages whose functions are told which index to use, where they are given a schema."""


_RUNS_TESTS = b"convex-test"
"""What a test names that has a database; others play one, which needs no index."""

_TESTED = re.compile(
    rb"""(?:\bquery\(\s*["'`](\w+)["'`]\s*,?\s*\)\s*\.\s*)?\bwith(?:Search)?Index\(\s*["'`](\w+)["'`]"""
)
"""A use of an index, behind the table where that is seen."""


class Need(StrEnum):
    """What the project needs an index for."""

    NOTHING = "nothing"
    """No query uses it, nor a test."""
    LOOKUP = "lookup"
    """To find documents, in whatever order."""
    FILTER = "filter"
    """A filter looks for what it would find, better than any other, and could be a range of it."""
    ORDER = "order"
    """For its order, too, or it is not seen what for."""


Use = tuple[str | None, str | None, bool]
"""A use of an index in a query: the table, the index (None where not known), and whether the order may count."""


class Users(NamedTuple):
    """What a module says of indexes.

    `queries` are the uses in queries. With `hands_over` it gives a schema to a package, which may use any index of it.
    """

    queries: frozenset[Use] = frozenset()
    hands_over: bool = False


def users(linked: Linked, path: str) -> Users:
    """Return what a module says of indexes."""
    summary = linked.summaries[path]
    queries: set[Use] = set()
    for call in summary.calls({"withIndex"}):
        queries.add((_table(linked, call), literal(linked, call, 0), _may_count(linked, path, call)))
    for call in summary.calls({"withSearchIndex"}):
        queries.add((_table(linked, call), literal(linked, call, 0), True))
    for call in summary.calls({"vectorSearch"}):
        queries.add((literal(linked, call, 0), literal(linked, call, 1), True))
    if any(specifier.startswith(_AUTH) for specifier in summary.specifiers):
        queries.update((table, index, True) for table, indexes in AUTH_INDEXES.items() for index in indexes)
    return Users(frozenset(queries), _hands_over(linked, path))


def mentions(linked: Linked, path: str, name: str) -> bool:
    """Say whether a module has a string which may be the name of an index that is used elsewhere, or later."""
    data, word = linked.text(path), name.encode()
    written = sum(data.count(quote + word + quote) for quote in _QUOTES)
    return written > linked.strings_about_others(path).get(name, 0) if written else False


def about_others(linked: Linked, path: str) -> Counter[str]:
    """Count the strings of a module that are no names of indexes, or are looked at by themselves."""
    given = [one for call in linked.summaries[path].calls(_ABOUT_OTHERS) for one in call.arguments]
    return Counter(str(one.value) for one in _literals(given) if one.form == "string")


def _literals(expressions: Iterable[Expression]) -> Iterator[Literal]:
    """Yield the literals among some expressions, in arrays and objects too: an index may have the name of its field."""
    for one in map(bare, expressions):
        if isinstance(one, Literal):
            yield one
        elif isinstance(one, Array):
            yield from _literals(one.items)
        elif isinstance(one, Object):
            yield from _literals(entry.value for entry in one.properties if isinstance(entry, Property))


def _hands_over(linked: Linked, path: str) -> bool:
    """Say whether a module gives a schema that it imports to a package which may use its indexes by itself."""
    for bound in linked.summaries[path].code.scope.names.values():
        if bound.form != "import":
            continue
        calls = [use.parent for use in bound.uses if isinstance(use.parent, Call) and use in use.parent.arguments]
        is_schema = calls and isinstance(linked.binding(bound, path), SchemaDefinition)
        for call in calls if is_schema else ():
            callee = linked.value(call.callee)
            specifier = callee.specifier if isinstance(callee, Package) else ""
            if isinstance(callee, Closure) and is_stub(callee.path):
                specifier = specifier_of(callee.path)
            if specifier and not specifier.startswith(_NAMING):
                return True
    return False


def _table(linked: Linked, call: Call) -> str | None:
    """Return the table of a query, also of one of a package, which is made with `query`, too."""
    callee = present(linked.value(call.callee))
    of = callee.of if isinstance(callee, Method) else None
    if isinstance(of, Query):
        return of.table
    start = bare(call.callee.of) if isinstance(call.callee, Member) else None
    return literal(linked, start, 0) if isinstance(start, Call) and _named(start) == "query" else None


def _named(call: Call) -> str:
    return call.callee.name if isinstance(call.callee, Member) else ""


def _may_count(linked: Linked, path: str, call: Call) -> bool:
    """Say whether the order may count in which a query gives what it finds with an index."""
    if len(call.arguments) > 1:
        given = call.arguments[1]
        if not isinstance(given, Function) or _CREATED in linked.text(path)[given.start : given.end]:
            return True
    node: Expression = call
    while True:
        node = outermost(node)
        member = node.parent
        after = outermost(member).parent if isinstance(member, Member) and member.of is node else None
        if not isinstance(member, Member) or not isinstance(after, Call) or member.name == "order":
            return True
        if member.name in _WHOLE:
            return False
        if member.name != "filter":
            return True
        node = after


def of_folder(linked: Linked, folder: str) -> Users:
    """Return what all modules say of indexes that may be those of a functions folder."""
    said = [linked.index_users(path) for path in _handling(linked, folder)]
    return Users(frozenset[Use]().union(*[one.queries for one in said]), any(one.hands_over for one in said))


def in_test(text: bytes) -> Iterator[tuple[str | None, str]]:
    """Yield the tables, None where not known, and the indexes of them that a test which is known as a text uses."""
    for table, index in _TESTED.findall(text) if _RUNS_TESTS in text else ():
        yield table.decode() or None, index.decode()


def need(linked: Linked, folder: str, table: str, index: str) -> Need:
    """Return what the project needs an index of a table for."""
    said = linked.index_users_of(folder)
    found = [is_ordered or named is None for of, named, is_ordered in said.queries if _may_be(of, table, named, index)]
    if said.hands_over or any(found) or any(_mentioning(linked, folder, index)):
        return Need.ORDER
    if _would_serve(linked, folder, table, index):
        return Need.FILTER
    is_tested = any(_may_be(of, table, named, index) for of, named in linked.indexes_of_tests())
    return Need.LOOKUP if found or is_tested else Need.NOTHING


def _would_serve(linked: Linked, folder: str, table: str, index: str) -> bool:
    """Say whether a filter would better be a range of an index."""
    definition = linked.table(folder, table)
    found = (one for one in linked.sought_of(folder) if one.table == table)
    return definition is not None and any(sought.wanted(definition, index, one) for one in found)


def sought_of(linked: Linked, folder: str) -> frozenset[Sought]:
    """Return what the filters look for of all modules that may handle documents of a functions folder."""
    return frozenset(one for path in _handling(linked, folder) for one in linked.sought(path))


def _may_be(of: str | None, table: str, named: str | None, index: str) -> bool:
    return of in {table, None} and named in {index, None}


def _mentioning(linked: Linked, folder: str, index: str) -> Iterator[bool]:
    """Yield whether each module mentions an index, of those where the word is found at all."""
    word, sources = index.encode(), linked.workspace.sources
    # What is said of indexes rests on all these texts already; few have the word, and each question costs more.
    return (linked.mentions(path, index) for path in _handling(linked, folder) if word in sources[path].data)


def _handling(linked: Linked, folder: str) -> list[str]:
    """Return the modules that may handle documents of a functions folder."""
    return [path for path in linked.backend() if not is_stub(path) and linked.schema_folder(path) in {folder, None}]
