"""Rewritings of how a program is written down: parentheses, blanks, casts."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from convex_lint.testing.trees import Change, content, is_field, opening, values, walk
from convex_lint.testing.variants.variant import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from convex_lint.testing.variants.variant import Variant

_WRAPPED = frozenset({"await_expression", "call_expression", "member_expression"})
_OPENERS = frozenset({"(", "{", "[", ",", "="})


def parenthesised(files: Mapping[str, str]) -> Variant | None:
    """Put parentheses around every call, `await` and member access."""
    return rewritten(files, lambda _, root: _parentheses(root))


def _parentheses(root: Node) -> Iterator[Change]:
    opened: set[int] = set()
    for node in values(root):
        if node.type in _WRAPPED and not _must_stay(node):
            # Only the outermost of those that start here can need a semicolon before it.
            yield Change(node.start_byte, node.start_byte, "(" if node.start_byte in opened else opening(node))
            opened.add(node.start_byte)
            yield Change(node.end_byte, node.end_byte, ")")


def _must_stay(node: Node) -> bool:
    """Say whether parentheses would change the meaning: optional chains, targets, tags, decorators, `super`."""
    parent = node.parent.type if node.parent is not None else ""
    target = is_field(node, "left") and parent != "binary_expression"
    bound = parent.startswith("jsx_") and parent != "jsx_expression"
    return (
        target
        or bound
        or parent in {"decorator", "update_expression"}
        or parent.endswith("_pattern")
        or "?." in content(node)
        or content(node).startswith("super")
    )


def reformatted(files: Mapping[str, str]) -> Variant | None:
    """Put blanks, new lines and comments where the grammar allows them; not where comments silence findings."""
    if any("-disable" in text for text in files.values()):
        return None
    return rewritten(files, lambda _, root: _blanks(root))


def _blanks(root: Node) -> Iterator[Change]:
    after = cycle(("\n      ", " /* note */ ", "\n\n\t", " // note\n  "))
    before = cycle(("\n        ", " /* note */ ", "   "))
    for node in walk(root):
        parent = node.parent.type if node.parent is not None else ""
        if node.type in _OPENERS and not parent.startswith(("jsx_opening", "jsx_self")):
            yield Change(node.end_byte, node.end_byte, next(after))
        elif node.type == "." and parent == "member_expression":
            yield Change(node.start_byte, node.start_byte, next(before))


def as_any(files: Mapping[str, str]) -> Variant | None:
    """Write `(ctx as any).db` for `ctx.db`, in TypeScript."""
    return rewritten(files, lambda path, root: _casts(root) if path.endswith(("ts", "tsx")) else iter(()))


def _casts(root: Node) -> Iterator[Change]:
    for node in values(root):
        parent = node.parent
        if content(node) == "ctx" and parent is not None and parent.type == "member_expression":
            if not is_field(node, "object"):
                continue
            yield Change(node.start_byte, node.start_byte, opening(node))
            yield Change(node.end_byte, node.end_byte, " as any)")
