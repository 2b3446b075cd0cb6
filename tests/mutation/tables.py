"""Faults in a schema, and in what names its tables, indexes and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.code import Change, arguments, bare, child, text
from tests.mutation.convex import outside
from tests.mutation.mutant import Mutant
from tests.mutation.reading import chain, entries, imported, method, top

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from tests.mutation.reading import Project

_COMPARES = frozenset({"eq", "gt", "gte", "lt", "lte"})
_WRONG = b"qqq"
"""What no table, index or field is called."""


def mutants(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    if node.type == "call_expression":
        yield from _indexes(path, node)
        yield from _ranges(path, node)
        yield from _searches(path, node)
        yield from _writes(project, path, node)
        yield from _names(project, path, node)
        yield from _by_id(project, path, node)
        if project.is_schema(path):
            yield from _defined(path, node)
        yield from _validators(path, node)
    elif node.type == "generic_type":
        yield from _types(project, path, node)


def inside(kind: str, path: str, node: Node, written: bytes, what: str) -> Mutant:
    """Return a mutant that puts a text before the last character of a node."""
    return Mutant(
        kind, path, (Change(node.end_byte - 1, node.end_byte - 1, written),), node.start_byte, node.end_byte, what
    )


def swapped(kind: str, path: str, node: Node, written: bytes, what: str) -> Mutant:
    """Return a mutant that puts a text in the place of a node."""
    return Mutant(kind, path, (Change(node.start_byte, node.end_byte, written),), node.start_byte, node.end_byte, what)


def dropped(kind: str, path: str, node: Node, at: Node, what: str) -> Mutant:
    """Return a mutant that takes an entry of an object away, found at another node."""
    after = node.next_sibling
    end = after.end_byte if after is not None and after.type == "," else node.end_byte
    return Mutant(kind, path, (Change(node.start_byte, end, b""),), at.start_byte, at.end_byte, what)


def added(kind: str, path: str, given: Node, what: str) -> Mutant:
    """Return a mutant that gives an object one entry more."""
    change = Change(given.start_byte + 1, given.start_byte + 1, b" " + _WRONG + b": 1,")
    return Mutant(kind, path, (change,), given.start_byte, given.end_byte, what)


def _string(node: Node | None) -> str | None:
    return text(node)[1:-1] if node is not None and node.type == "string" else None


def _reads(node: Node) -> str | None:
    """Return the table of a query of ctx.db that a call is chained to, by how it is usually written."""
    receiver = child(node, "function", "object")
    first, calls = chain(receiver)
    is_query = calls and method(calls[0]) == "query" and text(first).endswith("db") and arguments(calls[0])
    return _string(arguments(calls[0])[0]) if is_query and not outside(receiver) else None


def _indexes(path: str, node: Node) -> Iterator[Mutant]:
    kinds = {"withIndex": "index-name", "withSearchIndex": "search-index-name"}
    kind, given = kinds.get(method(node)), arguments(node)
    if kind is not None and _reads(node) and given and given[0].type == "string":
        yield inside(kind, path, given[0], _WRONG, "")


def _ranges(path: str, node: Node) -> Iterator[Mutant]:
    given = arguments(node)
    if method(node) != "withIndex" or not _reads(node) or len(given) != 2:
        return
    body = bare(child(bare(given[1]), "body"))
    first, calls = chain(body)
    named = [call for call in calls if arguments(call) and arguments(call)[0].type == "string"]
    if first is None or first.type != "identifier" or not calls or named != calls:
        return
    place = calls[-1]
    if any(method(call) not in _COMPARES for call in calls):
        return
    last = arguments(place)[0]
    yield swapped("range-field", path, last, b'"qqq"', method(place))
    again = Change(place.end_byte, place.end_byte, b".eq(" + (last.text or b"") + b', "x")')
    yield Mutant("range-twice", path, (again,), node.start_byte, node.end_byte, method(place))
    beyond = Change(place.end_byte, place.end_byte, b'.gt("_id", "x").gt("_creationTime", 1)')
    yield Mutant("range-bounds", path, (beyond,), node.start_byte, node.end_byte, method(place))
    if len(calls) > 1 and method(calls[0]) == "eq":
        function = child(calls[0], "function", "property")
        if function is not None:
            drop = Change(function.start_byte - 1, calls[0].end_byte, b"")
            yield Mutant("range-gap", path, (drop,), node.start_byte, node.end_byte, "eq")


def _searches(path: str, node: Node) -> Iterator[Mutant]:
    given = arguments(node)
    if method(node) != "withSearchIndex" or not _reads(node) or len(given) != 2:
        return
    for call in chain(bare(child(bare(given[1]), "body")))[1]:
        kind = {"search": "search-field", "eq": "search-filter"}.get(method(call))
        if kind is not None and arguments(call) and arguments(call)[0].type == "string":
            yield swapped(kind, path, arguments(call)[0], b'"qqq"', "")


def _writes(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    given, receiver = arguments(node), text(child(node, "function", "object"))
    if not receiver.endswith("db"):
        return
    table = project.tables.get(_string(given[0]) or "") if given else None
    match method(node), len(given):
        case "insert", 2:
            keys = entries(given[1])
            if table is not None and keys is not None:
                yield added("insert-unknown-field", path, given[1], receiver)
                needed = [one for name, one in keys.items() if table.fields.get(name) is False]
                if needed and needed[0].parent is not None:
                    entry = needed[0] if needed[0].type.startswith("shorthand") else needed[0].parent
                    yield dropped("insert-missing-field", path, entry, node, receiver)
        case "patch", 3:
            if table is not None and entries(given[2]) is not None:
                yield added("patch-unknown-field", path, given[2], receiver)
        case _:
            pass


def _names(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    name, given = method(node), arguments(node)
    receiver = text(child(node, "function", "object"))
    if not given or _string(given[0]) not in project.schema_tables:
        return
    if name in {"query", "insert", "normalizeId", "get", "patch", "replace", "delete"} and receiver.endswith("db"):
        yield inside(f"table-of-{'query' if name == 'query' else 'call'}", path, given[0], _WRONG, name)
    elif name == "id" and receiver == "v":
        yield inside("table-of-validator", path, given[0], _WRONG, name)


def _by_id(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield faults in calls that name the table of the id that they are given."""
    name, given = method(node), arguments(node)
    named = _string(given[0]) if given else None
    is_explicit = len(given) == {"get": 2, "delete": 2, "patch": 3, "replace": 3}.get(name)
    if (
        not is_explicit
        or named not in project.schema_tables
        or not text(child(node, "function", "object")).endswith("db")
    ):
        return
    drop = Change(given[0].start_byte, given[1].start_byte, b"")
    yield Mutant("table-left-out", path, (drop,), node.start_byte, node.end_byte, name)
    other = next((one for one in sorted(project.schema_tables) if one != named), None)
    if other is not None:
        change = Change(given[0].start_byte + 1, given[0].end_byte - 1, other.encode())
        yield Mutant("table-of-another", path, (change,), node.start_byte, node.end_byte, text(given[1]))


def _types(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    name, taken = child(node, "name"), child(node, "type_arguments")
    for one in taken.named_children if taken is not None and text(name) in {"Id", "Doc"} else ():
        inner = one.named_children[0] if one.type == "literal_type" and one.named_children else None
        if inner is not None and _string(inner) in project.schema_tables:
            yield inside("table-of-type", path, inner, _WRONG, text(name))


def _defined(path: str, node: Node) -> Iterator[Mutant]:
    """Yield faults in the definitions of indexes, and of tables with a plain object."""
    first, calls = chain(node)
    given = arguments(node)
    if not calls or method(calls[0]) != "defineTable" or first is None or not arguments(calls[0]):
        return
    if calls[-1] is not node and calls[-1] != node:
        return
    if len(calls) == 1:
        if entries(given[0]) is not None:
            wrap = (
                Change(given[0].start_byte, given[0].start_byte, b"v.array("),
                Change(given[0].end_byte, given[0].end_byte, b")"),
            )
            yield Mutant("document-array", path, wrap, node.start_byte, node.end_byte, "")
        return
    if method(node) != "index" or len(given) != 2 or given[1].type != "array" or not given[1].named_children:
        return
    last = given[1].named_children[-1]
    start, end = given[0].start_byte, node.end_byte
    if entries(arguments(calls[0])[0]) is not None:
        yield inside("index-field", path, last, _WRONG, "")
    for kind, put in (
        ("index-creation-time", Change(last.end_byte, last.end_byte, b', "_creationTime"')),
        ("index-field-twice", Change(last.end_byte, last.end_byte, b", " + (last.text or b""))),
        ("index-reserved", Change(given[0].start_byte, given[0].end_byte, b'"by_creation_time"')),
        ("index-bad-name", Change(given[0].end_byte - 1, given[0].end_byte - 1, b"-x")),
        ("index-name-twice", Change(end, end, b".index(" + (given[0].text or b"") + b', ["qqq"])')),
        ("index-unused", Change(end, end, b'.index("qqq", ["q"])')),
        ("index-twice", Change(end, end, b'.index("qqq", ' + (given[1].text or b"") + b")")),
    ):
        yield Mutant(kind, path, (put,), start, end + 1, "")


def _validators(path: str, node: Node) -> Iterator[Mutant]:
    called = child(node, "function")
    name = child(called, "property")
    if called is None or name is None or text(child(called, "object")) != "v":
        return
    if "v" not in imported(top(node), "convex/values"):
        return
    given = arguments(node)
    if text(name) == "string" and not given:
        yield swapped("validator-name", path, name, b"text", "")
    if text(name) == "record" and len(given) == 2 and not text(given[1]).startswith("v.optional"):
        wrap = (
            Change(given[1].start_byte, given[1].start_byte, b"v.optional("),
            Change(given[1].end_byte, given[1].end_byte, b")"),
        )
        yield Mutant("record-optional", path, wrap, node.start_byte, node.end_byte, "")
    if text(name) == "array" and len(given) == 1:
        drop = Change(given[0].start_byte, given[0].end_byte, b"")
        yield Mutant("validator-missing", path, (drop,), node.start_byte, node.end_byte, "")
