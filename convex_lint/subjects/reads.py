"""What is read of the array of documents that a query gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.link.shapes import outermost
from convex_lint.source import Span
from convex_lint.syntax.nodes import (
    Await,
    Binary,
    Call,
    Cast,
    Conditional,
    Declare,
    Function,
    If,
    Index,
    Literal,
    Member,
    Name,
    Unary,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_COMPARISONS = frozenset({"==", "===", "!=", "!==", ">", "<", ">=", "<="})


_NARROWING = frozenset({"filter", "find"})
_CUTTING = frozenset({"slice", "length", "splice", "at"})
"""The members by which an array is cut to the size that was wanted, or only counted."""

_FIRST = re.compile(r"(\s*\))(\s*(?:\?\.\s*)?\[\s*0\s*\]|\s*\??\.\s*at\(\s*0\s*\))")


class Read(NamedTuple):
    """One thing that is read of an array, and where.

    `what` is the member that is read or called, `[n]` for an item, `is empty` for whether there is any,
    `compared` for whether there are so many, and empty for anything else.
    """

    what: str
    node: Expression

    @property
    def narrows(self) -> bool:
        """Whether it takes those items, or the first one, whose own fields pass a test, and all of these."""
        call = outermost(self.node).parent
        if self.what not in _NARROWING or not isinstance(call, Call) or len(call.arguments) != 1:
            return False
        test = call.arguments[0]
        return isinstance(test, Function) and _asks_fields(test) and not _is_cut(call)


def of(module: Module, call: Call) -> list[Read]:
    """Return what is read of the array that a call of `collect` or `take` gives, wherever it goes from here."""
    waiting = outermost(call).parent
    if not isinstance(waiting, Await):
        return [Read("", call)]
    given = outermost(waiting)
    if not isinstance(given.parent, Declare):
        return [_read(given)]
    bindings = given.parent.bindings
    if any(one.writes or one in module.summary.exported for one in bindings):
        return [Read("", given)]
    if len(bindings) == 1 and not bindings[0].steps:
        return [_read(outermost(use)) for use in bindings[0].uses]
    return [*_taken(given, [one.steps for one in bindings])]


def _taken(given: Expression, steps: list[tuple[str | int, ...]]) -> Iterator[Read]:
    """Yield what a pattern reads."""
    for step in steps:
        first = step[0] if step else ""
        yield Read(f"[{first}]" if isinstance(first, int) else first, given)


def _read(node: Expression) -> Read:
    match node.parent:
        case Member(name="length") as member:
            node = outermost(member)
            compared = isinstance(node.parent, Binary) and node.parent.operator in _COMPARISONS
            return Read("is empty" if _asks_if_any(node) else "compared" if compared else "length", member)
        case Member(name="at", parent=Call(arguments=[Literal(form="number", value=place)]) as call):
            return Read(f"[{_whole(place)}]", call)
        case Member() as member:
            return Read(member.name, member)
        case Index(index=Literal(form="number", value=place)) as index if index.of is node:
            return Read(f"[{_whole(place)}]", index)
        case _:
            return Read("", node)


def _whole(place: object) -> int:
    return int(place) if isinstance(place, float | int) else -1


def _asks_if_any(node: Expression) -> bool:
    """Say whether a length is asked only for whether it is 0."""
    match node.parent:
        case Unary(operator="!") | If():
            return True
        case Conditional(test=test):
            return test is node
        case Binary(operator=operator, left=left, right=Literal(form="number", value=number)) if left is node:
            return operator in _COMPARISONS and (number == 0 or (number == 1 and operator in {">=", "<"}))
        case Binary(operator="&&" | "||", left=left) as pair:
            return left is node or isinstance(outermost(pair).parent, If)
        case _:
            return False


def first(module: Module, call: Call) -> tuple[Edit, ...]:
    """Return the edits that write `(await ….collect())[0]` as `(await ….first())`; none for anything else."""
    waiting, found = call.parent, of(module, call)
    if len(found) != 1 or not isinstance(waiting, Await) or not isinstance(call.callee, Member):
        return ()
    behind = Span(waiting.end, max(waiting.end, found[0].node.end))
    matched = _FIRST.fullmatch(module.text(behind))
    if matched is None:
        return ()
    name = Span(call.callee.name_start, call.callee.name_end)
    return (
        module.replace(name, "first"),
        module.replace(Span(behind.start + len(matched[1].encode()), behind.end), ""),
    )


def _is_cut(call: Call) -> bool:
    """Say whether an array is cut to the size that was wanted, or only counted, now or by the name that holds it."""
    node = outermost(call)
    while isinstance(node.parent, Member):
        if node.parent.name in _CUTTING:
            return True
        further = outermost(node.parent).parent
        if not isinstance(further, Call):
            return False
        node = outermost(further)
    bindings = node.parent.bindings if isinstance(node.parent, Declare) else ()
    uses = [use.parent for one in bindings for use in one.uses]
    return any(isinstance(use, Member) and use.name in _CUTTING for use in uses)


def _asks_fields(test: Function) -> bool:
    """Say whether a test asks only for fields of what it is given, compared with constants and arguments."""
    if len(test.parameters) != 1 or len(test.returns) != 1 or test.returns[0].of is None or not test.concise:
        return False
    return _is_plain(test.returns[0].of, test)


def _is_plain(node: Expression, test: Function) -> bool:
    match node:
        case Literal():
            return True
        case Name(binding=binding):
            return binding is not None and (binding.of is test or binding.form == "param")
        case Member(of=of) | Cast(of=of):
            return _is_plain(of, test)
        case Unary(of=of):
            return of is not None and _is_plain(of, test)
        case Binary(left=left, right=right):
            return _is_plain(left, test) and _is_plain(right, test)
        case _:
            return False
