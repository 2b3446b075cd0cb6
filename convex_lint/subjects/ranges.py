"""Whether what a range compares is one piece of an index.

As `IndexRange::compile` in `crates/common/src/query.rs` of convex-backend at 94a42c3 has it: the equalities, in any
order, are on the first fields of the index, and the bounds are on the field that comes next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.records import entity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convex_lint.subjects.indexes import Comparison

LOWER = ("gt", "gte")
UPPER = ("lt", "lte")
BOUNDS = (*LOWER, *UPPER)
"""The methods of the builder of a range that bound a field."""


@entity
class RangeFault:
    """What is wrong with a range, at which of its calls.

    `kind` is `method` (there is no such method), `wrapped` (a field is given as a filter takes it), `field` (the
    index has no such field), `twice` (the field is compared already), `bounds` (the bounds are on two fields), `gap`
    (the index has a field before it that is not compared), `bounded` (that field is bounded only) or `order` (it
    runs, but the types of Convex want another order). `other` is the other field, and `ordered` are the calls in the
    order of the index.
    """

    kind: str
    step: Comparison
    other: str = ""
    ordered: tuple[Comparison, ...] = ()


def fault(steps: Sequence[Comparison], fields: Sequence[str]) -> RangeFault | None:
    """Return the first thing that is wrong with the calls of a range, in an index that is sorted by `fields`."""
    for step in steps:
        if step.method not in {"eq", *BOUNDS}:
            return RangeFault("method", step)
        if step.wrapped:
            return RangeFault("wrapped", step)
        if step.field is not None and step.field not in fields:
            return RangeFault("field", step)
    known = [(step, step.field) for step in steps if step.field is not None]
    if len(known) < len(steps):
        return None  # what is compared there may be any field
    return next(_clashes(known), None) or _gap(known, fields) or _disorder(known, fields)


def _clashes(known: list[tuple[Comparison, str]]) -> Iterator[RangeFault]:
    equal = {field for step, field in known if step.method == "eq"}
    for kind in (("eq",), LOWER, UPPER):
        seen = set() if kind == ("eq",) else set(equal)
        for step, field in known:
            if step.method in kind:
                if field in seen:
                    yield RangeFault("twice", step)
                seen.add(field)
    bounded = [(step, field) for step, field in known if step.method in BOUNDS]
    for step, field in bounded:
        if field != bounded[0][1]:
            yield RangeFault("bounds", step, bounded[0][1])


def _gap(known: list[tuple[Comparison, str]], fields: Sequence[str]) -> RangeFault | None:
    equal = {field for step, field in known if step.method == "eq"}
    for step, field in sorted(known, key=lambda one: fields.index(one[1])):
        missing = next((before for before in fields[: fields.index(field)] if before not in equal), None)
        if missing is not None:
            is_bounded = any(other == missing for _, other in known)
            return RangeFault("bounded" if is_bounded else "gap", step, missing)
    return None


def _disorder(known: list[tuple[Comparison, str]], fields: Sequence[str]) -> RangeFault | None:
    ordered = sorted(known, key=lambda one: fields.index(one[1]))
    for (step, field), (_, right) in zip(known, ordered, strict=True):
        if field != right:
            return RangeFault("order", step, right, tuple(each for each, _ in ordered))
    return None
