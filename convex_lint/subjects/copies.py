"""Where a comparison only says whether the copy of a value in a document is out of date, which is then written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, outermost
from convex_lint.source import Span
from convex_lint.syntax.nodes import (
    Assign,
    Binary,
    Block,
    Conditional,
    Declare,
    If,
    Member,
    Object,
    Property,
    Return,
    Unary,
)
from convex_lint.values import Document, present

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression, Function, Statement

_OR = frozenset({"??", "||"})


def renews(module: Module, comparison: Binary, taken: Iterable[Expression]) -> bool:
    """Say whether a value is written into the field that it is compared with, where the two differ.

    `taken` are the expressions of the module that are the value.
    """
    fields = {_field(module, bare(side)) for side in (comparison.left, comparison.right)} - {None}
    places = list(_where(comparison, holds=comparison.operator.startswith("!"))) if fields else []
    return bool(places) and any(
        place.start <= one.start and one.end <= place.end
        for one in taken
        if _written_as(one) in fields
        for place in places
    )


def _field(module: Module, side: Expression) -> str | None:
    """Return the field of a document that an expression reads."""
    is_stored = isinstance(side, Member) and isinstance(present(module.linked.value(side.of)), Document)
    return side.name if isinstance(side, Member) and is_stored else None


def _written_as(value: Expression) -> str | None:
    """Return the field that a value, or it and something else if there is none, is written under."""
    node = outermost(value)
    while isinstance(node.parent, Binary) and node.parent.operator in _OR:
        node = outermost(node.parent)
    match node.parent:
        case Property(key=key, parent=Object()):
            return key
        case Assign(target=Member(name=name)):
            return name
        case _:
            return None


def _where(test: Expression, *, holds: bool, depth: int = 4) -> Iterator[Span]:
    """Yield the places that are come to only where a condition turned out so, or where that may be why."""
    node = outermost(test)
    around = node.parent
    if isinstance(around, Unary) and around.operator == "!":
        yield from _where(around, holds=not holds, depth=depth)
    elif isinstance(around, Binary) and around.operator in {"&&", "||"}:
        if node is around.left and holds == (around.operator == "&&"):
            yield Span(around.right.start, around.right.end)
        yield from _where(around, holds=holds, depth=depth)
    elif isinstance(around, Conditional) and node is around.test:
        way = around.yes if holds else around.no
        yield Span(way.start, way.end)
    elif isinstance(around, If):
        yield from _branch(around, holds=holds)
    elif isinstance(around, Declare) and depth and len(around.bindings) == 1 and not around.bindings[0].steps:
        for use in around.bindings[0].uses:
            yield from _where(use, holds=holds, depth=depth - 1)


def _branch(around: If, *, holds: bool) -> Iterator[Span]:
    way = around.yes if holds else around.no
    function = _left(around.yes) if way is None else None
    if way is not None:
        yield Span(way.start, way.end)
    elif function is not None:
        yield Span(around.end, function.end)


def _left(statement: Statement) -> Function | None:
    """Return the function that a statement ends by returning from it."""
    last = statement.items[-1] if isinstance(statement, Block) and statement.items else statement
    return last.function if isinstance(last, Return) else None
