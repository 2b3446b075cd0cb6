"""Rewritings of the functions that are handed to builders."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from convex_lint.testing.trees import FUNCTIONS, Change, changed, content, is_code, is_field, parse, values, walk
from convex_lint.testing.variants.variant import Variant, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

_NAMES = frozenset({"identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern"})


def destructured_ctx(files: Mapping[str, str]) -> Variant | None:
    """Write `({ db }, …) => db` for `(ctx, …) => ctx.db`, where `ctx` is used for its members only."""
    return rewritten(files, lambda _, root: _destructured(root))


def _destructured(root: Node) -> Iterator[Change]:
    for function in values(root):
        ctx = _ctx(function) if function.type in FUNCTIONS else None
        uses = [node for node in walk(function) if node.type in _NAMES and content(node) == "ctx" and node != ctx]
        members = [_member(use) for use in uses]
        if ctx is None or not members or None in members:
            continue
        names = sorted({content(member.child_by_field_name("property")) for member in members if member is not None})
        if any(node.type in _NAMES and content(node) in names for node in walk(function)):
            continue
        pattern = f"{{ {', '.join(names)} }}"
        bare = ctx.parent == function  # `ctx => …`
        yield Change(ctx.start_byte, ctx.end_byte, f"({pattern})" if bare else pattern)
        for member in members:
            if member is not None:
                yield Change(member.start_byte, member.end_byte, content(member.child_by_field_name("property")))


def _ctx(function: Node) -> Node | None:
    """Return the name `ctx` of a function's first parameter."""
    first = function.child_by_field_name("parameter")
    parameters = function.child_by_field_name("parameters")
    if parameters is not None and parameters.named_child_count:
        first = parameters.named_children[0].child_by_field_name("pattern")
    return first if first is not None and first.type == "identifier" and content(first) == "ctx" else None


def _member(use: Node) -> Node | None:
    """Return the `ctx.member` that a `ctx` is in, unless it is optional or assigned to."""
    parent = use.parent
    if parent is None or parent.type != "member_expression" or not is_field(use, "object"):
        return None
    assigned = is_field(parent, "left") or (parent.parent is not None and parent.parent.type == "update_expression")
    return None if assigned or parent.child_by_field_name("optional_chain") is not None else parent


def moved_handler(files: Mapping[str, str]) -> Variant | None:
    """Declare each handler as a function of its own above the statement that builds with it."""
    taken = "\n".join(files.values())
    fresh = (f"handler{number}" for number in count() if f"handler{number}" not in taken)
    after = {
        path: changed(text, _moves(parse(path, text), fresh)) if is_code(path) else text for path, text in files.items()
    }
    return None if after == dict(files) else Variant(after, moves=True)


def _moves(root: Node, fresh: Iterator[str]) -> Iterator[Change]:
    for statement in root.named_children:
        for function in _handlers(statement):
            if not any(node.type in {"this", "super"} or content(node) == "arguments" for node in walk(function)):
                name = next(fresh)
                method = function.type == "method_definition"
                yield Change(statement.start_byte, statement.start_byte, _declaration(function, name))
                yield Change(function.start_byte, function.end_byte, f"handler: {name}" if method else name)


def _handlers(node: Node) -> Iterator[Node]:
    """Yield the functions that are given to calls, as a `handler` or by themselves, outside of functions."""
    if node.type in FUNCTIONS:
        if _is_handler(node):
            yield node
        return
    for child in node.named_children:
        yield from _handlers(child)


def _is_handler(function: Node) -> bool:
    words = {child.type for child in function.children}
    parent = function.parent
    if parent is None or words & {"*", "get", "set"}:
        return False
    if function.type == "method_definition":
        return content(function.child_by_field_name("name")) == "handler"
    if parent.type == "pair":
        return content(parent.child_by_field_name("key")) == "handler"
    return parent.type == "arguments" and parent.named_child_count == 1 and _of_builder(parent)


def _of_builder(arguments: Node) -> bool:
    call = arguments.parent
    function = call.child_by_field_name("function") if call is not None else None
    return function is not None and function.type == "identifier"


def _declaration(function: Node, name: str) -> str:
    body = function.child_by_field_name("body")
    if body is None or body.type != "statement_block":
        return f"const {name} = {content(function)};\n\n"
    word = "async function" if any(child.type == "async" for child in function.children) else "function"
    single = content(function.child_by_field_name("parameter"))
    parameters = content(function.child_by_field_name("parameters")) or f"({single})"
    kinds, returns = (content(function.child_by_field_name(field)) for field in ("type_parameters", "return_type"))
    return f"{word} {name}{kinds}{parameters}{returns} {content(body)}\n\n"
