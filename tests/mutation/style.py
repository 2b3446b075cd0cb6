"""Faults of style: handlers that do everything, types that are thrown away, odd names, tables left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.code import Change, arguments, bare, child, text
from tests.mutation.convex import entry
from tests.mutation.mutant import Mutant
from tests.mutation.reading import BUILDERS, chain, imported, method, top
from tests.mutation.tables import swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_MANY = b" void 0;" * 31


def mutants(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    if node.type == "member_expression":
        yield from _references(path, node)
    if node.type != "call_expression":
        return
    yield from _handlers(path, node)
    given = arguments(node)
    name = text(child(node, "function"))
    first, calls = chain(node)
    if name == "defineSchema" and path.rpartition("/")[2] in {"schema.ts", "schema.js"} and given[0].type == "object":
        at = given[0].start_byte + 1
        yield Mutant("unused-table", path, (Change(at, at, b" qqq: defineTable({}),"),), at - 1, at + 1, "")
    if method(node) == "index" and first is not None and method(calls[0]) == "defineTable" and len(given) == 2:
        yield swapped("misnamed-index", path, given[0], b'"by_qqq"', "")


def _handlers(path: str, node: Node) -> Iterator[Mutant]:
    """Yield handlers with many statements, and such whose ctx has no type."""
    builder = imported(top(node)).get(text(child(node, "function")), "")
    given = arguments(node)
    written = entry(given[0], "handler") if builder in BUILDERS and given else None
    handler = bare(child(written, "value"))
    body, parameters = child(handler, "body"), child(handler, "parameters")
    called = child(node, "function")
    if body is None or called is None or body.type != "statement_block":
        return
    at = body.start_byte + 1
    yield Mutant("fat-handler", path, (Change(at, at, _MANY),), called.start_byte, called.end_byte, builder)
    ctx = parameters.named_children[0] if parameters is not None and parameters.named_children else None
    circle = next((name for name in ("internal", "api") if name in imported(top(node))), None)
    is_typed = child(handler, "return_type") is not None or path.endswith(("js", "jsx"))
    if ctx is not None and circle is not None and text(ctx).isidentifier() and not is_typed:
        planted = f" if (!{text(ctx)}) return await {text(ctx)}.runQuery({circle}.x.y, {{}});"
        yield Mutant("circular-result", path, (Change(at, at, planted.encode()),), at - 1, at + 1, builder)
    if ctx is not None and ctx.type == "required_parameter" and child(ctx, "type") is None:
        change = Change(ctx.end_byte, ctx.end_byte, b": any")
        yield Mutant("ctx-any", path, (change,), ctx.start_byte, ctx.end_byte + 1, builder)


def _references(path: str, node: Node) -> Iterator[Mutant]:
    root, outer = child(node, "object"), node
    while outer.parent is not None and outer.parent.type == "member_expression":
        outer = outer.parent
    if outer.parent is not None and outer.parent.type == "type_query":
        return
    is_root = root is not None and root.type == "identifier" and text(root) in {"api", "internal", "components"}
    if root is not None and is_root and path.endswith((".ts", ".tsx")) and text(root) in imported(top(node)):
        yield swapped("blinded-reference", path, root, f"({text(root)} as any)".encode(), text(root))
