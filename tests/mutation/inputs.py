"""Faults with what callers send: an argument more, which the handler uses without having looked at it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.mutation.code import FUNCTIONS, Change, arguments, bare, child, text, walk
from tests.mutation.convex import entry, outside
from tests.mutation.mutant import Mutant
from tests.mutation.reading import entries, imported, method, top

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from tests.mutation.reading import Project

KINDS = frozenset(
    {
        "any-arg",
        "id-cast",
        "optional-in-patch",
        "optional-in-range",
        "unbounded-take",
        "broad-patch",
        "privilege-in-patch",
    }
)

_NEW = "qqq"
"""The name of the argument."""

_TELLS = re.compile(
    r"(?i)role|admin|permi|access|allow|approve|owner\w*\(|super|moderat|facilitator|right"
    r"|key\b|secret|session|token|code\b|password|\b(?:can|is)[A-Z]\w*\("
)
"""How it is usually called that lets in some who may be trusted with every field."""


def mutants(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node: of a plain public function that validates its arguments."""
    names = imported(top(node))
    builder = names.get(text(child(node, "function")), "") if node.type == "call_expression" else ""
    given = arguments(node)
    if builder not in {"query", "mutation", "action"} or not given or names.get("v") != "v":
        return
    args, handler = (bare(child(entry(given[0], name), "value")) for name in ("args", "handler"))
    body = child(handler, "body")
    if args is None or args.type != "object" or handler is None or handler.type not in FUNCTIONS or body is None:
        return
    if builder != "query":
        put = _validated(args, "v.any()")
        yield Mutant("any-arg", path, (put,), args.start_byte, args.start_byte + 2, builder)
    received = _received(handler)
    if received is not None:
        yield from _used(project, path, args, body, received)


def _validated(args: Node, validator: str) -> Change:
    at = args.start_byte + 1
    return Change(at, at, f" {_NEW}: {validator}, ".encode())


def _received(handler: Node) -> tuple[str, tuple[Change, ...]] | None:
    """Return how a handler speaks of the new argument, and what it takes that it can."""
    parameters = child(handler, "parameters")
    names = [one for one in parameters.named_children if one.type != "comment"] if parameters is not None else []
    if not names:
        return None
    if len(names) == 1:
        end = names[0].end_byte
        return _NEW, (Change(end, end, f", {{ {_NEW} }}".encode()),)
    pattern = child(names[1], "pattern") or names[1]
    if pattern.type == "identifier":
        return f"{text(pattern)}.{_NEW}", ()
    at = pattern.start_byte + 1
    return (_NEW, (Change(at, at, f" {_NEW}, ".encode()),)) if pattern.type == "object_pattern" else None


def _import_of_ids(root: Node) -> Iterator[Change]:
    """Yield what it takes that the types of ids have a name where the builders are imported."""
    for statement in root.named_children:
        source = text(child(statement, "source")) if statement.type == "import_statement" else ""
        if source.strip("\"'").endswith("_generated/server"):
            at, types = statement.start_byte, source.replace("_generated/server", "_generated/dataModel")
            yield Change(at, at, f"import type {{ Id as QqqId }} from {types}; ".encode())
            return


def _used(
    project: Project, path: str, args: Node, body: Node, received: tuple[str, tuple[Change, ...]]
) -> Iterator[Mutant]:
    name, taken = received
    if body.type == "statement_block" and project.schema_tables and path.endswith("ts"):
        at = body.start_byte + 1
        cast = f' const id = {name} as QqqId<"{min(project.schema_tables)}">;'.encode()
        changes = (_validated(args, "v.string()"), Change(at, at, cast), *_import_of_ids(top(args)), *taken)
        yield Mutant("id-cast", path, changes, args.start_byte, args.start_byte + 2, "")
    for node in walk(body):
        given = arguments(node) if node.type == "call_expression" else []
        yield from _handed_over(path, node, args, received)
        if method(node) == "withIndex" and len(given) > 1 and ".query(" in text(node) and not outside(node):
            for step in walk(given[1]):
                compared = arguments(step) if step.type == "call_expression" and method(step) == "eq" else []
                if len(compared) > 1:
                    swap = Change(compared[1].start_byte, compared[1].end_byte, name.encode())
                    changes = (_validated(args, "v.optional(v.any())"), swap, *taken)
                    place = (compared[1].start_byte, compared[1].end_byte)
                    yield Mutant("optional-in-range", path, changes, *place, text(compared[0]))
        if method(node) == "patch" and len(given) > 1 and text(child(node, "function", "object")).endswith("db"):
            table_ = project.tables.get(_table(given, args) or _only(project, entries(given[-1]) or {}))
            for key, value in (entries(given[-1]) or {}).items():
                if table_ is not None and table_.fields.get(key) is False:
                    written = name if not value.type.startswith("shorthand") else f"{key}: {name}"
                    swap = Change(value.start_byte, value.end_byte, written.encode())
                    changes = (_validated(args, "v.optional(v.any())"), swap, *taken)
                    yield Mutant("optional-in-patch", path, changes, value.start_byte, value.end_byte, key)


def _handed_over(path: str, node: Node, args: Node, received: tuple[str, tuple[Change, ...]]) -> Iterator[Mutant]:
    """Yield a number of documents, and a document, that come from the argument."""
    name, taken = received
    given = arguments(node) if node.type == "call_expression" else []
    last, of = given[-1] if given else node, child(node, "function", "object")
    kinds = {"take": ("unbounded-take", "v.number()"), "patch": ("broad-patch", "v.any()")}
    kind, validator = kinds.get(method(node), ("", ""))
    if kind == "broad-patch" and _TELLS.search(text(args) + text(_handler_of(node))):
        return
    if given and (text(of).endswith("db") if kind == "broad-patch" else ".query(" in text(of) and not outside(of)):
        swap = Change(last.start_byte, last.end_byte, name.encode())
        changes = (_validated(args, validator), swap, *taken)
        if kind:
            yield Mutant(kind, path, changes, last.start_byte, last.end_byte, method(node))
        if kind == "broad-patch" and "isAdmin" not in (entries(last) or {"isAdmin"}):
            at = last.start_byte + 1
            spread = Change(at, at, f" ...{name}, ".encode())
            changes = (_validated(args, "v.object({ name: v.string(), isAdmin: v.boolean() })"), spread, *taken)
            yield Mutant("privilege-in-patch", path, changes, last.start_byte, last.end_byte, method(node))


def _handler_of(node: Node) -> Node:
    """Return the function that a node stands in, the outermost."""
    found = node
    while node.parent is not None:
        node = node.parent
        found = node if node.type in FUNCTIONS else found
    return found


def _only(project: Project, keys: Mapping[str, Node]) -> str:
    """Return the only table that has some fields."""
    found = [name for name, table in project.tables.items() if keys.keys() <= table.fields.keys()]
    return found[0] if keys and len(found) == 1 else ""


def _table(given: list[Node], args: Node) -> str:
    """Return the table that a patch names, or that the argument is an id of which it is given."""
    if len(given) > 2:
        return text(given[0]).strip("\"'")
    of = (entries(args) or {}).get(text(given[0]).rpartition(".")[2])
    found = re.fullmatch(r"v\.id\([\"'](\w+)[\"']\)", text(of))
    return found[1] if found is not None else ""
