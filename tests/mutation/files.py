"""Faults with stored files and with the checks of a schema: links in documents, ids that are any string, no checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.code import Change, arguments, bare, child, text
from tests.mutation.convex import entry
from tests.mutation.mutant import Mutant
from tests.mutation.reading import BUILDERS, entries, imported, method, top
from tests.mutation.tables import swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node


def mutants(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    if node.type != "call_expression":
        return
    yield from _links(path, node)
    yield from _ids(path, node)
    given = arguments(node)
    name = text(child(node, "function"))
    if name == "defineSchema" and len(given) == 1 and path.rpartition("/")[2] in {"schema.ts", "schema.js"}:
        off = Change(given[0].end_byte, given[0].end_byte, b", { schemaValidation: false }")
        yield Mutant("schema-off", path, (off,), node.start_byte, node.end_byte, "")


def _links(path: str, node: Node) -> Iterator[Mutant]:
    """Yield links to files in documents that are written."""
    given = arguments(node)
    ctx, _, rest = text(child(node, "function")).partition(".db.")
    if not ctx.isidentifier() or rest not in {"insert", "patch", "replace"} or len(given) < 2:
        return
    if "db: DatabaseWriter" in text(top(node)):  # a ctx that has nothing else
        return
    plain = [one for one in (entries(given[-1]) or {}).values() if not one.type.startswith("shorthand")]
    if plain:
        link = f"await {ctx}.storage.getUrl(x{' as any' if path.endswith(('ts', 'tsx')) else ''})"
        yield swapped("url-in-document", path, plain[0], link.encode(), rest)


def _ids(path: str, node: Node) -> Iterator[Mutant]:
    """Yield arguments that are validated as strings, and are given to storage."""
    builder = imported(top(node)).get(text(child(node, "function")), "")
    given = arguments(node)
    written = entry(given[0], "handler") if builder in BUILDERS and given else None
    handler = bare(child(written, "value"))
    body, parameters = child(handler, "body"), child(handler, "parameters")
    names = parameters.named_children if parameters is not None else []
    if body is None or body.type != "statement_block" or len(names) < 2:
        return
    ctx, args = (text(child(one, "pattern") or one) for one in names[:2])
    declared = entries(child(entry(given[0], "args"), "value")) or {}
    found = next(((key, one) for key, one in declared.items() if text(one) == "v.string()"), None)
    if found is not None and ctx.isidentifier() and args.isidentifier():
        key, validator = found
        at = body.start_byte + 1
        planted = Change(at, at, f" await {ctx}.storage.getUrl({args}.{key});".encode())
        yield Mutant("file-as-string", path, (planted,), validator.start_byte, validator.end_byte, method(node))
