"""Faults in what clients are given: documents with secrets, errors that say nothing, routes that do all for anyone."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from tests.mutation.code import Change, arguments, bare, child, text, walk
from tests.mutation.convex import entry
from tests.mutation.handlers import first_parameter
from tests.mutation.mutant import Mutant
from tests.mutation.reading import imported, method, top

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from tests.mutation.reading import Project

_SECRET = re.compile(
    r"(?i)(?:hashed_?)?password(?:_?hash)?|salt|(?:client_?)?secret(?:_?key)?|api_?key(?:_?hash)?|private_?key"
    r"|(?:access|refresh|session|reset)_?token|token(?:_?hash)?|stripe_?customer_?id"
)
"""How the fields are usually called that are for nobody but the owner, or the server."""

_ASKS = re.compile(r"(?i)auth|identity|require|user\w*\(|viewer|guard|ensure|token|secret|\.run|ctx\)|ctx,|caller")
"""What a handler may look at the caller with."""

_WRITES = re.compile(r"ctx\.db\.(?:insert|patch|replace|delete)\(")
_TURNS = re.compile(r"\b(?:if|for|while|throw|return|switch|try|map)\b|\?|&&|=>")
"""What there may be on the way to a write that keeps some calls from it."""


def mutants(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    if node.type == "call_expression":
        yield from _secrets(project, path, node)
        yield from _routes(project, path, node)
    elif node.type == "throw_statement":
        yield from _errors(path, node)


def _secrets(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield documents with secrets that a query returns, which does not look who calls nor say what it returns."""
    given = arguments(node)
    builder = imported(top(node), "_generated/server").get(text(child(node, "function")), "")
    handler = bare(child(entry(given[0], "handler"), "value")) if builder == "query" and given else None
    body, ctx = child(handler, "body"), first_parameter(handler)
    tables = (name for name, table in project.tables.items() if any(map(_SECRET.fullmatch, table.fields)))
    table = next(tables, None)
    if table is None or ctx is None or body is None or body.type != "statement_block":
        return
    if entry(given[0], "returns") is not None or _ASKS.search(text(body)) or child(handler, "return_type") is not None:
        return
    at = body.start_byte + 1
    some = f'{ctx}.db.query("{table}")'
    for kind, code in (
        ("secret-returned", f"return await {some}.{'first()' if at % 2 else 'take(5)'};"),
        ("secret-in-object", f"return {{ all: await {some}.collect(), more: false }};"),
    ):
        planted = f" if ((globalThis as any).qqq) {code}" if path.endswith("ts") else f" if (globalThis.qqq) {code}"
        yield Mutant(kind, path, (Change(at, at, planted.encode()),), at - 1, at + 1, code)


def _errors(path: str, node: Node) -> Iterator[Mutant]:
    """Yield plain errors where a handler of a public function throws one that a client is told of."""
    made = bare(node.named_children[0]) if node.named_children else None
    called = child(made, "constructor")
    around, function = node.parent, None
    while around is not None and function is None:
        if around.type == "try_statement":
            return
        function = around if around.type in {"arrow_function", "function_expression", "method_definition"} else None
        around = around.parent
    if made is None or called is None or text(called) != "ConvexError" or function is None or not _is_handler(function):
        return
    change = Change(called.start_byte, called.end_byte, b"Error")
    first = arguments(made)[0] if arguments(made) else None
    if first is not None and first.type in {"string", "template_string"}:
        yield Mutant("plain-error", path, (change,), called.start_byte, called.end_byte, "")


def _is_handler(function: Node) -> bool:
    """Say whether a function is the handler of a public function that a builder of Convex makes."""
    pair = function if function.type == "method_definition" else function.parent
    key = child(pair, "key") or child(pair, "name")
    given = pair.parent if pair is not None and text(key) == "handler" else None
    call = given.parent.parent if given is not None and given.parent is not None else None
    builders = imported(top(function), "_generated/server")
    return builders.get(text(child(call, "function"))) in {"query", "mutation", "action"}


def _routes(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield a route by which anyone can run an internal mutation that writes, for each of them."""
    inside = posixpath.relpath(path, project.folder).rsplit(".", 1)[0]
    root = top(node)
    names = imported(root)
    if inside != "http" or text(child(node, "function")) != "httpRouter" or names.get("httpAction") != "httpAction":
        return
    declared = child(node.parent, "name") if node.parent is not None else None
    ends = [one for one in root.named_children if one.type == "export_statement" and "default" in text(one)]
    if declared is None or declared.type != "identifier" or not ends or not path.endswith("ts"):
        return
    first = root.named_children[0].start_byte
    at = ends[0].start_byte
    for parts in _writers(project):
        runs = f"await ctx.runMutation(qqq.{'.'.join(parts)}, await request.json());"
        code = (
            f'{text(declared)}.route({{ path: "/qqq", method: "POST", handler: httpAction(async (ctx, request) => '
            f"{{ {runs} return new Response(null); }}) }});\n"
        )
        bound = Change(first, first, b'import { internal as qqq } from "./_generated/api";\n')
        yield Mutant("open-route", path, (bound, Change(at, at, code.encode())), at, at + 1, ".".join(parts))


def _writers(project: Project) -> Iterator[tuple[str, ...]]:
    """Yield the internal mutations that write whatever there is, and ask nothing before."""
    for path, parts, target in project.functions():
        if target.kind != "mutation" or target.root != "internal":
            continue
        for call in walk(project.roots[path]):
            declared = (
                child(call.parent, "name") if call.type == "call_expression" and call.parent is not None else None
            )
            if declared is None or text(declared) != parts[-1] or not arguments(call):
                continue
            body = child(bare(child(entry(arguments(call)[0], "handler"), "value")), "body")
            before, *behind = _WRITES.split(text(body), maxsplit=1)
            if behind and not _TURNS.search(before) and method(call) == "internalMutation":
                yield parts
