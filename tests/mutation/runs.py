"""Faults in what actions run, and how often: functions that are run by their reference at the start of a handler."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from tests.mutation.code import Change, arguments, bare, child, text
from tests.mutation.convex import entry
from tests.mutation.handlers import first_parameter
from tests.mutation.mutant import Mutant
from tests.mutation.reading import BUILDERS, imported, top

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from tests.mutation.reading import Project


def mutants(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    builder = imported(top(node)).get(text(child(node, "function")), "") if node.type == "call_expression" else ""
    given = arguments(node)
    if builder not in BUILDERS or not given or path.endswith(("js", "jsx")):
        return
    written = entry(given[0], "handler")
    handler = given[0] if written is None else bare(child(written, "value"))
    body, ctx = child(handler, "body"), first_parameter(handler)
    first = next((one for one in top(node).named_children if one.type == "import_statement"), None)
    if body is None or body.type != "statement_block" or ctx is None or first is None:
        return
    api = posixpath.relpath(posixpath.join(project.folder, "_generated/api"), posixpath.dirname(path))
    api = api if api.startswith(".") else f"./{api}"
    bound = Change(
        first.start_byte, first.start_byte, f'import {{ internal as qqq, api as qqqApi }} from "{api}";\n'.encode()
    )
    at = body.start_byte + 1
    own = text(child(node.parent, "name")) if node.parent is not None else ""
    for name, code in _faults(project, path, own, BUILDERS[builder][0], ctx):
        yield Mutant(name, path, (bound, Change(at, at, f" {code}".encode())), at - 1, at + 1, builder)


def _faults(project: Project, path: str, own: str, kind: str, ctx: str) -> Iterator[tuple[str, str]]:
    """Yield what is run by its reference for nothing, with the kind of mutant that does it."""
    query = _reference(project, path, "query", but=own)
    mutation = _reference(project, path, "mutation")
    action = _reference(project, path, "action")
    if action is not None and kind != "query":
        each = f"await {ctx}.scheduler.runAfter(0, {action}, {{}} as any);"
        yield "action-in-loop", f"for (const one of (globalThis as any).qqq) {each}"
    if kind != "action":
        yield from _of_tables(project, kind, ctx)
        if query is not None:
            yield "run-in-transaction", f"await {ctx}.runQuery({query}, {{}} as any);"
        return
    for method, found in (("runQuery", query), ("runMutation", mutation)):
        if found is not None:
            run = f"await {ctx}.{method}({found}, {{}} as any);"
            yield "run-in-loop", f"for (const one of (globalThis as any).qqq) {run}"
            yield "run-twice", f"{run} {run}"
    if action is not None:
        yield "run-action", f"await {ctx}.runAction({action}, {{}} as any);"


def _of_tables(project: Project, kind: str, ctx: str) -> Iterator[tuple[str, str]]:
    """Yield what the fields of the project's tables make a fault, with the kind of mutant that does it."""
    key = next(((name, one.unindexed) for name, one in project.tables.items() if one.unindexed is not None), None)
    if key is not None:
        some = f'(await {ctx}.db.query("{key[0]}").collect()).filter((one) => one.{key[1]} === "x")'
        yield "key-unindexed", f"console.log({some});"
    many = next(((name, one.many) for name, one in project.tables.items() if one.many is not None), None)
    if many is not None and kind == "mutation":
        one = f'const qqqOne = await {ctx}.db.query("{many[0]}").first(); if (qqqOne === null) throw new Error();'
        of = f"qqqOne.{many[1]}"
        for more in (f"[...{of}, {{}} as any]", f"{of}.concat([{{}} as any])"):
            yield "array-grows", f"{one} await {ctx}.db.patch(qqqOne._id, {{ {many[1]}: {more} }});"
        push = f"const qqqAll = [...{of}]; qqqAll.push({{}} as any);"
        yield "array-grows", f"{one} {push} await {ctx}.db.patch(qqqOne._id, {{ {many[1]}: qqqAll }});"


def _reference(project: Project, path: str, kind: str, *, but: str = "") -> str | None:
    """Return a reference to a function of a kind beside a module, but to one of its own, in the same runtime."""
    for other, parts, target in project.functions():
        if other == path and parts[-1] == but:
            continue
        is_beside = posixpath.dirname(other) == posixpath.dirname(path)
        if target.kind == kind and is_beside and _is_node(project.roots[other]) == _is_node(project.roots[path]):
            return ".".join(("qqq" if target.root == "internal" else "qqqApi", *parts))
    return None


def _is_node(root: Node) -> bool:
    first = root.named_children[0] if root.named_children else None
    return text(first).rstrip(";").strip("\"'") == "use node"
