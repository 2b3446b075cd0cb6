"""Faults in what modules declare: imports, exports, routes and crons."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from tests.mutation.code import Change, arguments, child, text
from tests.mutation.convex import outside
from tests.mutation.mutant import Mutant
from tests.mutation.reading import BUILDERS, entries, imported, method, top
from tests.mutation.tables import swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from tests.mutation.reading import Project

_SCHEDULES = {"hourUTC": b"24", "minuteUTC": b"60", "minutes": b"0", "hours": b"0", "seconds": b"-5", "day": b"32"}


def mutants(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    name = posixpath.relpath(path, project.folder).rsplit(".", 1)[0]
    if node.type == "import_statement":
        yield from _imports(path, node)
    elif node.type == "export_statement":
        yield from _exports(path, name, node)
    elif node.type == "call_expression":
        yield from _pages(path, node)
        if name == "http":
            yield from _routes(path, node)
        if name == "crons":
            yield from _crons(path, node)


def _imports(path: str, node: Node) -> Iterator[Mutant]:
    source = child(node, "source")
    module = text(source).strip("\"'")
    if source is None or text(node).startswith("import type"):
        return
    if module.endswith("_generated/server") and BUILDERS.keys() & imported(top(node), module).values():
        yield _source("import-of-builder", path, node, source, b'"convex/server"')
    if module == "convex/values" and "v" in imported(top(node), module):
        yield _source("import-of-v", path, node, source, b'"convex/server"')
    if module.endswith("_generated/api"):
        yield _source("import-of-api", path, node, source, text(source).replace("/api", "/server").encode())


def _source(kind: str, path: str, node: Node, source: Node, written: bytes) -> Mutant:
    change = Change(source.start_byte, source.end_byte, written)
    return Mutant(kind, path, (change,), node.start_byte, node.end_byte, "")


def _exports(path: str, name: str, node: Node) -> Iterator[Mutant]:
    value = child(node, "value")
    if value is not None and name in {"http", "crons", "schema"} and node.children[1].type == "default":
        put = Change(node.children[0].start_byte, node.children[1].end_byte, b"export const qqq =")
        # What a file lacks is found at its start.
        yield Mutant(f"{name}-not-exported", path, (put,), 0, node.end_byte, "")
    declared = child(node, "declaration")
    for one in declared.named_children if declared is not None and declared.type == "lexical_declaration" else ():
        made, named = child(one, "value"), child(one, "name")
        names = imported(top(node))
        if made is None or named is None or made.type != "call_expression" or names.get(method(made)) not in BUILDERS:
            continue
        chosen = (
            Change(made.start_byte, made.start_byte, b"process.env.QQQ ? "),
            Change(made.end_byte, made.end_byte, b" : null"),
        )
        yield Mutant("conditional-export", path, chosen, node.start_byte, node.end_byte, "")
        yield Mutant(
            "function-name", path, (Change(named.end_byte, named.end_byte, b"$"),), node.start_byte, node.end_byte, ""
        )


def _pages(path: str, node: Node) -> Iterator[Mutant]:
    """Yield functions that validate no options of a page, and give them to a query."""
    given = arguments(node)
    parts = entries(given[0]) if given and imported(top(node)).get(text(child(node, "function"))) in BUILDERS else None
    args = entries(parts["args"]) if parts is not None and "args" in parts else None
    options = args.get("paginationOpts") if args is not None else None
    handler = parts.get("handler") if parts is not None else None
    gives = ".paginate(args.paginationOpts)" in text(handler) and not outside(handler)
    if options is not None and text(options) == "paginationOptsValidator" and gives:
        place = (node.start_byte, node.end_byte)
        yield Mutant("page-options", path, (Change(options.start_byte, options.end_byte, b"v.any()"),), *place, "")


def _routes(path: str, node: Node) -> Iterator[Mutant]:
    given = arguments(node)
    parts = entries(given[0]) if method(node) == "route" and len(given) == 1 else None
    statement = node.parent
    if not parts or statement is None or statement.type != "expression_statement":
        return
    place = (node.start_byte, node.end_byte)
    for key in {"path", "pathPrefix"} & parts.keys():
        if parts[key].type == "string" and text(parts[key])[1:2] == "/":
            change = Change(parts[key].start_byte + 1, parts[key].start_byte + 2, b"")
            yield Mutant("route-slash", path, (change,), *place, key)
            reserved = Change(parts[key].start_byte + 1, parts[key].start_byte + 1, b"/.files")
            yield Mutant("route-reserved", path, (reserved,), *place, key)
            if parts.keys() >= {"method", "handler"} and parts["method"].type == "string":
                again = Change(statement.end_byte, statement.end_byte, b"\n" + (statement.text or b""))
                yield Mutant("route-twice", path, (again,), statement.start_byte, statement.end_byte + 1, key)
    if "method" in parts and parts["method"].type == "string":
        yield swapped("route-method", path, parts["method"], b'"FETCH"', "")


def _crons(path: str, node: Node) -> Iterator[Mutant]:
    given = arguments(node)
    if method(node) not in {"interval", "hourly", "daily", "weekly", "monthly", "cron"} or len(given) < 2:
        return
    for key, value in (entries(given[1]) or {}).items():
        if key in _SCHEDULES and value.type == "number":
            yield Mutant(
                "cron-schedule",
                path,
                (Change(value.start_byte, value.end_byte, _SCHEDULES[key]),),
                node.start_byte,
                node.end_byte,
                key,
            )
    if method(node) == "cron" and given[1].type == "string":
        yield swapped("cron-string", path, given[1], b'"61 * * * *"', "")
    statement = node.parent
    if statement is not None and statement.type == "expression_statement" and given[0].type == "string":
        again = Change(statement.end_byte, statement.end_byte, b"\n" + (statement.text or b""))
        yield Mutant("cron-twice", path, (again,), statement.start_byte, statement.end_byte + 1, "")
