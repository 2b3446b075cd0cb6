"""Where what is thrown goes no further: the code that hears of errors itself, and keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import Array, Call, Jump, Member, Name, Return, Throw, Try

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Block, Function, Node, Statement

_WORD = b"catch"
_HEARS = frozenset({"catch", "allSettled"})
_CHAINED = _HEARS | {"then", "finally"}

Kept = dict["Function", list["Block"]]
"""The blocks of functions, without the functions inside them, whose errors go no further."""


def kept(summary: Summary, text: bytes) -> Kept:
    """Return the blocks of a module whose errors go no further."""
    found: Kept = {}
    for function in summary.code.functions if _WORD in text else ():
        body = function.body
        if body is not None and text.find(_WORD, body.start, body.end) >= 0:
            own = [one.body for one in _within(body) if isinstance(one, Try) and keeps(one)]
            found.update({function: own} if own else {})
    return found


def keeps(statement: Try) -> bool:
    """Say whether errors may go no further than a `try`: all but those that its `catch` only throws again."""
    handler = statement.handler
    if handler is None:
        return False
    exits = [one for one in _within(handler) if isinstance(one, Throw | Return | Jump)]
    last = handler.items[-1] if handler.items else None
    return exits != [last] or not (isinstance(last, Throw) and _is_caught(last))


def is_kept(call: Call, blocks: Kept) -> bool:
    """Say whether the errors of a call may go no further than the function that it stands in."""
    own = blocks.get(call.function, ()) if call.function is not None else ()
    return any(one.start <= call.start < one.end for one in own) or _is_heard(call)


def _is_heard(call: Call) -> bool:
    """Say whether the promise that a call gives is asked for its error: `.catch(…)`, `Promise.allSettled([…])`."""
    node: Node | None = outermost(call).parent
    while isinstance(node, Array | Member | Call):
        member = node.callee if isinstance(node, Call) else node
        if not isinstance(node, Array) and not (isinstance(member, Member) and member.name in _CHAINED):
            return False
        if isinstance(node, Call) and isinstance(member, Member) and member.name in _HEARS:
            return True
        node = outermost(node).parent
    return False


def _is_caught(statement: Throw) -> bool:
    thrown = statement.of
    return isinstance(thrown, Name) and thrown.binding is not None and thrown.binding.form == "catch"


def _within(statement: Statement) -> Iterator[Statement]:
    """Yield a statement and all that stand in it."""
    yield statement
    for one in flow.inner(statement):
        yield from _within(one)
