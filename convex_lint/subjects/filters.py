"""What the callback of `.filter()` on a query compares, so that an index can be named that would serve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, callback, literal
from convex_lint.syntax.nodes import Call
from convex_lint.values import FieldBuilder, Method, present

if TYPE_CHECKING:
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_BOUNDS = frozenset({"lt", "lte", "gt", "gte"})


@dataclass(frozen=True)
class Filter:
    """The fields that a filter compares with something else, in the order in which they are written.

    A document passes only if each of `equal` has one value, each of `bounded` lies on one side of a value, and each of
    `unequal` has another value. With `whole` that is all that it takes; without, there is more that was not followed:
    alternatives, negations, arithmetic, or another function. A field is a path: `home.city`.
    """

    equal: tuple[str, ...] = ()
    bounded: tuple[str, ...] = ()
    unequal: tuple[str, ...] = ()
    whole: bool = True

    @property
    def only_unequal(self) -> bool:
        """Whether all that it asks is that fields have other values: no index can serve that."""
        return self.whole and bool(self.unequal) and not (self.equal or self.bounded)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of an index that would serve: those with one value, then one with a bound."""
        return (*dict.fromkeys(self.equal), *[field for field in self.bounded if field not in self.equal][:1])

    def both(self, other: Filter) -> Filter:
        """Return the filter that a document passes if it passes both."""
        return Filter(
            (*self.equal, *other.equal),
            (*self.bounded, *other.bounded),
            (*self.unequal, *other.unequal),
            self.whole and other.whole,
        )


_UNSEEN = Filter(whole=False)


def read(module: Module, call: Call) -> Filter:
    """Return what a call of `.filter()` on a query compares."""
    function = callback(module.linked, call.arguments[0]) if call.arguments else None
    if function is None or function.scope.path != module.path or len(function.returns) != 1:
        return _UNSEEN
    returned = function.returns[0].of
    return _condition(module, returned) if returned is not None else _UNSEEN


def _condition(module: Module, written: Expression) -> Filter:
    written = bare(written)
    name = _method(module, written)
    if not isinstance(written, Call) or name is None:
        return _UNSEEN
    if name == "and":
        found = Filter()
        for argument in written.arguments:
            found = found.both(_condition(module, argument))
        return found
    if name not in _BOUNDS | {"eq", "neq"}:
        return _UNSEEN
    sides = [_field(module, argument) for argument in written.arguments]
    fields = [field for field in sides if field is not None]
    if len(fields) != 1 or len(sides) != 2:  # noqa: PLR2004  a field and what it is compared with
        return _UNSEEN
    compared = (fields[0],)
    if name == "eq":
        return Filter(equal=compared)
    return Filter(unequal=compared) if name == "neq" else Filter(bounded=compared)


def _field(module: Module, written: Expression) -> str | None:
    """Return the field that `q.field("…")` means."""
    written = bare(written)
    is_field = isinstance(written, Call) and _method(module, written) == "field"
    return literal(module.linked, written, 0) if is_field and isinstance(written, Call) else None


def _method(module: Module, written: Expression) -> str | None:
    """Return the method of the builder that is called."""
    callee = present(module.linked.value(written.callee)) if isinstance(written, Call) else None
    return callee.name if isinstance(callee, Method) and isinstance(callee.of, FieldBuilder) else None
