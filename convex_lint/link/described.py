"""What stubs describe, by names alone: enough to ask only of few calls whether they are of what a package gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.link import signatures
from convex_lint.values import ArrayOf, Nullable, Promise, RecordOf, Reference, Structure, Value, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Function


class Described(NamedTuple):
    """The names of functions and methods that give promises, and of those, and of classes, that take references."""

    promising: frozenset[str] = frozenset()
    takers: frozenset[str] = frozenset()


def of(linked: Linked, path: str) -> Described:
    """Return what a stub describes."""
    code = linked.summaries[path].code
    promising = {one.name for one in code.functions if one.name is not None and _gives_promise(linked, one)}
    if "FunctionReference" not in code.scope.names:
        return Described(frozenset(promising))
    takers = {name for one in code.functions if _takes_reference(linked, one) for name in _names(one)}
    return Described(frozenset(promising), frozenset(takers))


def _gives_promise(linked: Linked, function: Function) -> bool:
    return isinstance(present(linked.result(function)), Promise)


def _takes_reference(linked: Linked, function: Function) -> bool:
    return any(
        _holds_reference(linked.takes(function.scope.path, function.ordinal, signatures.NOTHING, at))
        for at in range(len(function.parameters))
    )


def _holds_reference(value: Value) -> bool:
    match value:
        case Reference():
            return True
        case Nullable() | ArrayOf() | RecordOf():
            return _holds_reference(value.of)
        case Structure():
            return any(_holds_reference(one) for _, one in value.fields)
        case _:
            return False


def _names(function: Function) -> Iterator[str]:
    of_class = signatures.class_of(function)
    name = of_class.name if function.name == "constructor" and of_class is not None else function.name
    if name is not None:
        yield name
