"""Reads of the clock, and random numbers, in helpers that a query calls by name, itself or through one more helper."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from tests.mutation.code import FUNCTIONS, Change, arguments, bare, child, text, walk
from tests.mutation.convex import builder, entry
from tests.mutation.mutant import Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from tree_sitter import Node

_PUT = {"clock": "Date.now()", "random": "Math.random()"}
_ENDINGS = ("", ".ts", ".tsx", ".js", ".mjs", "/index.ts", "/index.js")


class _Names(NamedTuple):
    """What the names at the top of a module stand for: functions, and what is imported from where."""

    functions: Mapping[str, Node]
    imports: Mapping[str, tuple[str, str]]


def mutants(roots: Mapping[str, Node], entries: AbstractSet[str]) -> Iterator[Mutant]:
    """Yield a mutant for each helper that is found; `entries` are the modules whose functions are deployed."""
    names = {path: _names(path, root, roots.keys()) for path, root in roots.items()}
    found: dict[tuple[str, str], tuple[Node, int]] = {}
    near = [
        (path, handler) for path in sorted(entries & roots.keys()) for handler in _queries(roots[path], names[path])
    ]
    for depth in (1, 2):
        further: list[tuple[str, Node]] = []
        for path, function in near:
            for helper in _called(function):
                resolved = _resolved(names, path, helper)
                if resolved is not None and resolved not in found:
                    body = names[resolved[0]].functions[resolved[1]]
                    found[resolved] = (body, depth)
                    further.append((resolved[0], body))
        near = further
    for (path, _), (function, depth) in found.items():
        yield from _mutant(path, function, depth)


def _mutant(path: str, function: Node, depth: int) -> Iterator[Mutant]:
    body = child(function, "body")
    if body is None or any(one.type == "*" for one in function.children):
        return
    for kind, call in _PUT.items():
        changes: tuple[Change, ...]
        if body.type == "statement_block":
            changes = (Change(body.start_byte + 1, body.start_byte + 1, f" {call};".encode()),)
        else:
            changes = (
                Change(body.start_byte, body.start_byte, f"({call}, ".encode()),
                Change(body.end_byte, body.end_byte, b")"),
            )
        yield Mutant(kind, path, changes, body.start_byte, body.end_byte, f"{depth} away")


def _names(path: str, root: Node, known: AbstractSet[str]) -> _Names:
    functions: dict[str, Node] = {}
    imports: dict[str, tuple[str, str]] = {}
    for statement in root.named_children:
        declared = child(statement, "declaration") if statement.type == "export_statement" else statement
        if declared is None:
            continue
        if declared.type == "function_declaration":
            functions[text(child(declared, "name"))] = declared
        elif declared.type == "lexical_declaration":
            for one in declared.named_children:
                value = bare(child(one, "value"))
                if value is not None and value.type in FUNCTIONS:
                    functions[text(child(one, "name"))] = value
        elif declared.type == "import_statement":
            source = module_of(path, text(child(declared, "source")).strip("\"'"), known)
            for one in walk(declared):
                if one.type == "import_specifier" and source is not None:
                    name = text(child(one, "name"))
                    imports[text(child(one, "alias")) or name] = (source, name)
    return _Names(functions, imports)


def module_of(path: str, specifier: str, known: AbstractSet[str]) -> str | None:
    """Return the module that a relative specifier means."""
    if not specifier.startswith("."):
        return None
    base = posixpath.normpath(posixpath.join(posixpath.dirname(path), specifier))
    bases = (base, base.removesuffix(".js"))
    return next((one + ending for one in bases for ending in _ENDINGS if one + ending in known), None)


def _resolved(names: Mapping[str, _Names], path: str, name: str) -> tuple[str, str] | None:
    if name in names[path].functions:
        return path, name
    imported = names[path].imports.get(name)
    return imported if imported is not None and imported[1] in names[imported[0]].functions else None


def _queries(root: Node, names: _Names) -> Iterator[Node]:
    """Yield the handlers of the queries that a module exports."""
    for statement in root.named_children:
        if statement.type == "export_statement":
            for node in _built(statement):
                if builder(node).lower().endswith("query"):
                    first = bare(arguments(node)[0]) if arguments(node) else None
                    yield from _handler(first, names)


def _built(statement: Node) -> Iterator[Node]:
    declared = child(statement, "declaration")
    values = [child(one, "value") for one in declared.named_children] if declared is not None else []
    for value in (*values, child(statement, "value")):
        if value is not None and value.type == "call_expression":
            yield value


def _handler(given: Node | None, names: _Names) -> Iterator[Node]:
    written = entry(given, "handler")
    handler = given if written is None else bare(child(written, "value")) or written
    if handler is not None and handler.type in {"identifier", "shorthand_property_identifier"}:
        handler = names.functions.get(text(handler))
    if handler is not None and handler.type in FUNCTIONS:
        yield handler


def _called(function: Node) -> Iterator[str]:
    """Yield the names that are called in a function, or in a function in it; not those that are its own."""
    local = {
        text(child(one, "name"))
        for one in walk(function)
        if one.type in {"variable_declarator", "function_declaration"} and one != function
    }
    for one in walk(function):
        called = child(one, "function") if one.type == "call_expression" else None
        if called is not None and called.type == "identifier" and text(called) not in local:
            yield text(called)
