"""Which branches of what a function is given go with the branch that the reference to it is.

In `useQuery(id ? api.notes.of : api.notes.all, id ? { id } : {})` each function is given the arguments of its own
branch, and so it is with `{ id }`: where it is `undefined`, it is not sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from convex_lint.diagnostics import Located
from convex_lint.link.shapes import bare
from convex_lint.source import Span
from convex_lint.syntax.nodes import Array, Conditional, Object, Property
from convex_lint.values import UNDEFINED, UNKNOWN, Nullable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.link.shapes import Choices
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

T = TypeVar("T", bound=Located)


def sure(module: Module, found: Iterable[T], given: Expression, choices: Choices) -> tuple[T, ...]:
    """Return what is found of what is given, but for what lies in branches that may go with another reference."""
    others = [*_unsure(module, given, choices)] if choices else []
    return tuple(one for one in found if not any(_is_in(one.place, other) for other in others))


def _is_in(place: Place, other: Span) -> bool:
    return place.span is not None and other.start <= place.span.start < other.end


def _unsure(module: Module, given: Expression, choices: Choices) -> Iterator[Span]:
    """Yield the branches of what is given that are not surely taken where `choices` came out as they did.

    Of a test that is not among them it is not known what it has to do with them. The keys of what may be `undefined`
    are yielded, too: it need not be there.
    """
    inner = bare(given)
    match inner:
        case Conditional():
            outcomes = {came_out for test, came_out in choices if module.text(test) == module.text(inner.test)}
            for branch, outcome in ((inner.yes, True), (inner.no, False)):
                if outcomes == {outcome}:
                    yield from _unsure(module, branch, choices)
                else:
                    yield Span(branch.start, branch.end)
        case Object():
            for entry in inner.properties:
                if isinstance(entry, Property):
                    value = module.linked.value(entry.value)
                    if value in {UNKNOWN, UNDEFINED} or isinstance(value, Nullable):
                        yield Span(entry.key_start, entry.key_end)
                    yield from _unsure(module, entry.value, choices)
        case Array():
            for item in inner.items:
                yield from _unsure(module, item, choices)
        case _:
            pass
