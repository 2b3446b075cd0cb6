"""Faults with what Convex offers: a public reference, no validator, a filter instead of an index, the ctx of others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.mutation.code import FUNCTIONS, Change, arguments, bare, child, spelt, text, walk
from tests.mutation.mutant import Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_TAKERS = frozenset({"runAfter", "runAt", "runQuery", "runMutation", "runAction"})
_JOBS = frozenset({"interval", "hourly", "daily", "weekly", "monthly", "cron"})
_BUILDER = re.compile(r"(?i)(?<!http)(query|mutation|action)$")
_OTHERS = re.compile(r"\b(?:stream|paginator)\(|\.system\b")
"""Where no filter can be, or no index but a built-in one."""


_ENDS = frozenset({"collect", "take", "first", "unique"})


def outside(receiver: Node | None) -> bool:
    """Say whether a chain is not surely one of ctx.db: a stream, or one of the tables of the system."""
    return _OTHERS.search(text(receiver)) is not None


def mutants(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    if node.type == "call_expression":
        yield from _public(path, node)
        yield from _left_out(path, node)
        yield from _filter(path, node)
        yield from _lack(path, node)
        yield from _unsupported(path, node)


def _public(path: str, node: Node) -> Iterator[Mutant]:
    called = child(node, "function")
    name = text(child(called, "property")) if called is not None and called.type == "member_expression" else ""
    if name not in _TAKERS and not (name in _JOBS and "cron" in text(child(called, "object")).lower()):
        return
    for argument in arguments(node):
        root = bare(argument)
        while root is not None and root.type == "member_expression":
            root = bare(child(root, "object"))
        if root is not None and text(root) == "internal" and root != bare(argument):
            added = _import_of_api(root)
            if added is not None:
                swap = Change(root.start_byte, root.end_byte, b"api")
                yield Mutant("public-reference", path, (swap, *added), argument.start_byte, argument.end_byte, name)


def _import_of_api(node: Node) -> tuple[Change, ...] | None:
    """Return what it takes that `api` is imported where `internal` is; None where `internal` is not imported."""
    root = node
    while root.parent is not None:
        root = root.parent
    for statement in root.named_children:
        if statement.type == "import_statement" and "_generated/api" in text(child(statement, "source")):
            names = {text(one): one for one in walk(statement) if one.type == "import_specifier"}
            if "internal" in names:
                at = names["internal"].start_byte
                return () if "api" in names else (Change(at, at, b"api, "),)
    return None


def builder(node: Node) -> str:
    """Return the name that a call builds a function with and exports it, by how things are usually called."""
    called = child(node, "function")
    last = child(called, "property") if called is not None and called.type == "member_expression" else called
    declared = node.parent
    if declared is not None and declared.type == "variable_declarator":
        declared = declared.parent.parent if declared.parent is not None else None
    exported = declared is not None and declared.type == "export_statement"
    return text(last) if exported and _BUILDER.search(text(last)) else ""


def entry(configuration: Node | None, name: str) -> Node | None:
    """Return the property of an object by its name."""
    if configuration is None or configuration.type != "object":
        return None
    for one in configuration.named_children:
        key = child(one, "key") or child(one, "name") or (one if one.type.startswith("shorthand") else None)
        if text(key).strip("\"'") == name:
            return one
    return None


def _left_out(path: str, node: Node) -> Iterator[Mutant]:
    """Yield functions without one of their validators."""
    given = arguments(node)
    called = child(node, "function")
    if len(given) != 1 or called is None or not builder(node) or entry(given[0], "handler") is None:
        return
    kinds = {"args": "no-args"}
    if not builder(node).startswith("internal"):
        kinds["returns"] = "returns-of-component"
    for name, kind in kinds.items():
        declared = entry(given[0], name)
        if declared is not None:
            after = declared.next_sibling
            end = after.end_byte if after is not None and after.type == "," else declared.end_byte
            drop = Change(declared.start_byte, end, b"")
            yield Mutant(kind, path, (drop,), called.start_byte, called.end_byte, spelt(called))


def _filter(path: str, node: Node) -> Iterator[Mutant]:
    called, given = child(node, "function"), child(node, "arguments")
    name = child(called, "property")
    receiver = child(called, "object")
    if name is None or given is None or text(name) != "withIndex" or outside(receiver):
        return
    change = Change(name.start_byte, given.end_byte, b'filter((q) => q.eq(q.field("name"), "x"))')
    ends = _ends(node)
    yield Mutant("filter-all", path, (change,), name.start_byte, given.end_byte, spelt(receiver))
    if ends and ends[-1] in _ENDS and "withSearchIndex" not in ends:
        yield Mutant("filter", path, (change,), name.start_byte, given.end_byte, spelt(receiver))


_LACKING = {"query": "db.insert('x', {})", "mutation": "runAction('x')", "action": "db.query('x')"}
"""What the ctx of each kind of function does not have."""


def _lack(path: str, node: Node) -> Iterator[Mutant]:
    kind = _BUILDER.search(builder(node))
    given = bare(arguments(node)[0]) if kind is not None and arguments(node) else None
    written = entry(given, "handler")
    handler = given if written is None else bare(child(written, "value")) or written
    if kind is None or handler is None or handler.type not in FUNCTIONS:
        return
    body, names = child(handler, "body"), child(handler, "parameters")
    ctx = bare(child(names.named_children[0], "pattern")) if names is not None and names.named_children else None
    if body is not None and body.type == "statement_block" and ctx is not None and ctx.type == "identifier":
        planted = f" {text(ctx)}.{_LACKING[kind[1].lower()]};".encode()
        start = body.start_byte + 1
        yield Mutant("ctx", path, (Change(start, start, planted),), body.start_byte, body.end_byte, builder(node))


def _unsupported(path: str, node: Node) -> Iterator[Mutant]:
    called, given = child(node, "function"), arguments(node)
    name, of = child(called, "property"), text(child(called, "object"))
    if name is not None and text(name) in {"insert", "patch", "replace"} and re.search(r"\bdb$", of) and len(given) > 1:
        last = bare(given[-1])
        if last is not None and last.type == "object":
            planted = Change(last.start_byte + 1, last.start_byte + 1, b" planted: new Date(),")
            yield Mutant("unsupported", path, (planted,), last.start_byte, last.end_byte, text(name))
    if name is not None and text(name) == "getUrl" and of.endswith("storage"):
        swap = Change(name.start_byte, name.end_byte, b"getMetadata")
        yield Mutant("get-metadata", path, (swap,), node.start_byte, node.end_byte, of)


def _ends(node: Node) -> list[str]:
    """Return the members that are called on what a call gives, one after the other."""
    names: list[str] = []
    while node.parent is not None and node.parent.type == "member_expression":
        names.append(text(child(node.parent, "property")))
        if node.parent.parent is None or node.parent.parent.type != "call_expression":
            break
        node = node.parent.parent
    return names
