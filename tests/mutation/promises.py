"""Faults with promises: an `await` or a `Promise.all` less, a loop that became a `forEach`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.code import (
    FUNCTIONS,
    Change,
    arguments,
    bare,
    child,
    in_block,
    is_async,
    is_field,
    outermost,
    own,
    spelt,
    text,
    walk,
)
from tests.mutation.mutant import Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_COMPARISONS = frozenset({"==", "===", "!=", "!==", "<", ">", "<=", ">="})
_OF_PROMISES = frozenset({"then", "catch", "finally"})
_LEAVES = frozenset({"break_statement", "continue_statement", "return_statement", "yield_expression"})
_CONDITIONS = frozenset({"if_statement", "while_statement", "do_statement", "for_statement", "ternary_expression"})


def mutants(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    match node.type:
        case "await_expression":
            yield from _await(path, node)
        case "call_expression":
            yield from _promise_all(path, node)
        case "for_in_statement":
            yield from _for_each(path, node)


def _await(path: str, node: Node) -> Iterator[Mutant]:
    of = node.named_children[-1]
    place = outermost(node)
    kind = _place(place)
    if kind is None:
        return
    replacement = b""
    if kind == "await-statement" and node.parent is not None and in_block(node.parent) and text(of)[:1] in {*"([`"}:
        replacement = b";"  # the line before may have no semicolon
    drop = Change(node.start_byte, of.start_byte, replacement)
    # Where a name is no longer awaited, the fault is in what it was made from, and that nobody waits for.
    at = (_made(of) if kind == "await-statement" and of.type == "identifier" else None) or of
    yield Mutant(kind, path, (drop,), at.start_byte, at.end_byte, spelt(of))


def _made(name: Node) -> Node | None:
    """Return the first value of a name that is declared in the function around it."""
    around = name
    while around.parent is not None and around.type not in FUNCTIONS:
        around = around.parent
    declared = [one for one in walk(around) if one.type == "variable_declarator"]
    return next((child(one, "value") for one in declared if text(child(one, "name")) == text(name)), None)


def _place(node: Node) -> str | None:
    """Say which kind of mutant it is to drop an `await` here."""
    parent = node.parent
    if parent is None:
        return None
    if parent.type == "expression_statement":
        return "await-statement"
    if parent.type in {"member_expression", "subscript_expression"} and is_field(node, "object"):
        return "await-member" if text(child(parent, "property")) not in _OF_PROMISES else None
    return "await-condition" if _is_condition(node) else None


def _is_condition(node: Node) -> bool:
    node = outermost(node)
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "unary_expression":
        return text(child(parent, "operator")) == "!"
    if parent.type == "binary_expression":
        operator = text(child(parent, "operator"))
        if operator in {"&&", "||", "??"}:
            return is_field(node, "left") or (operator != "??" and _is_condition(parent))
        return operator in _COMPARISONS
    return parent.type in _CONDITIONS and is_field(node, "condition")


def _promise_all(path: str, node: Node) -> Iterator[Mutant]:
    given = child(node, "arguments")
    inside = arguments(node)
    if given is None or len(inside) != 1 or text(child(node, "function")) != "Promise.all":
        return
    mapped = bare(inside[0])
    if text(child(mapped, "function", "property")) != "map":
        return
    callback = bare(arguments(mapped)[0]) if arguments(mapped) else None
    if callback is not None and callback.type in {"arrow_function", "function_expression"} and is_async(callback):
        yield Mutant(
            "promise-all",
            path,
            (
                Change(node.start_byte, inside[0].start_byte, b""),
                Change(inside[0].end_byte, node.end_byte, b""),
            ),
            node.start_byte,
            node.end_byte,
            _use(node),
        )


def _use(node: Node) -> str:
    """Say what becomes of what `Promise.all` gives."""
    words = []
    place = outermost(node)
    while place.parent is not None and place.parent.type == "await_expression":
        words.append("await")
        place = outermost(place.parent)
    if place.parent is not None:
        words.append(place.parent.type)
    return " ".join(words)


def _for_each(path: str, node: Node) -> Iterator[Mutant]:
    left, right, body = child(node, "left"), child(node, "right"), child(node, "body")
    words = {one.type for one in node.children}
    if left is None or right is None or body is None or "of" not in words or "await" in words:
        return
    inner = [body, *own(body)]
    if not any(one.type == "await_expression" for one in inner) or any(one.type in _LEAVES for one in inner):
        return
    opening = b";(" if in_block(node) else b"("
    array = (right.text or b"").join((opening, b")"))
    head = array + b".forEach(async (" + (left.text or b"") + b") => "
    if body.type == "statement_block":
        changes = (Change(node.start_byte, body.start_byte, head), Change(body.end_byte, body.end_byte, b");"))
    else:
        changes = (
            Change(node.start_byte, body.start_byte, head + b"{ "),
            Change(body.end_byte, body.end_byte, b" });"),
        )
    yield Mutant("for-each", path, changes, node.start_byte, node.end_byte, spelt(right))
