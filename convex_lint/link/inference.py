"""What type parameters stand for, as the values tell that are given for parameters whose types name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.link import generics, members
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Builder,
    Closure,
    Constant,
    Id,
    Instance,
    MapOf,
    Promise,
    RecordOf,
    Signature,
    Value,
    awaited,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Type

_BUILDERS = frozenset({"QueryBuilder", "MutationBuilder", "ActionBuilder"})
_FUNCTIONS = (Closure, Signature)
_TRANSPARENT = frozenset({"Given", "Runs"})
"""The markers of parameters (see `markers`): all of their arguments speak of the value."""

_DEEP = 8


class Search(NamedTuple):
    """The type parameters that are looked for, and what is found.

    `results` says whether functions may be asked what they give: not where that hangs on what is looked for.
    """

    linked: Linked
    names: frozenset[str]
    found: dict[str, Value]
    results: bool
    depth: int = _DEEP


def match(search: Search, written: Type, value: Value) -> None:  # noqa: C901, PLR0912  one case a form
    """Find what type parameters stand for where a value is given for a written type."""
    if value is UNKNOWN or not search.depth:
        return
    if written.form == "name" and written.name in search.names and not written.items:
        if search.found.get(written.name, UNKNOWN) is UNKNOWN:
            search.found[written.name] = value
        return
    value = present(value)
    match written.form:
        case "name":
            _named(search, written, value)
        case "array":
            if isinstance(value, ArrayOf):
                match(search, written.items[0], value.of)
        case "union":
            _union(search, written.items, value)
        case "intersection":
            for item in written.items:
                match(search, item, value)
        case "object":
            for name, item in zip(written.names, written.items, strict=True):
                if name != "[]":
                    match(search, item, members.member(search.linked, value, name.removesuffix("?")))
                elif isinstance(value, RecordOf):
                    match(search, item, value.of)
        case "function" if search.results and isinstance(value, _FUNCTIONS):
            match(search, written.items[0], generics.result_of(search.linked, value))
        case _:
            pass


def _named(search: Search, written: Type, value: Value) -> None:
    items = written.items
    if written.name in _TRANSPARENT:
        for item in items:
            match(search, item, value)
        return
    parts = _parts(written.name, value)
    if parts is not None:
        for item, part in zip(items, parts, strict=False):
            match(search, item, part)
        return
    declaration = written.scope.find_type(written.name)
    if declaration is not None and written.name not in search.names:
        inner = search._replace(names=frozenset(declaration.parameters), found={}, depth=search.depth - 1)
        match(inner, declaration.type, value)
        for name, item in zip(declaration.parameters, items, strict=False):
            match(search, item, inner.found.get(name, UNKNOWN))


def _parts(name: str, value: Value) -> tuple[Value, ...] | None:  # noqa: PLR0911  one case a type
    """Return what the arguments of a generic type stand for that a value is of, or None for a type not known here."""
    match value:
        case Promise() if name in {"Promise", "PromiseLike"}:
            return (awaited(value),)
        case ArrayOf() if name in generics.ITERABLES:
            return (value.of,)
        case RecordOf() if name == "Record":
            return (UNKNOWN, value.of)
        case MapOf() if name in {"Map", "ReadonlyMap"}:
            return (value.key, value.of)
        case Id() if name in {"Id", "GenericId"}:
            return (Constant("string", value.table) if value.table is not None else UNKNOWN,)
        case Builder() if name in _BUILDERS:
            return (UNKNOWN, Constant("string", "internal" if value.internal else "public"))
        case Instance() if value.given:
            return value.given
        case _:
            return () if name in generics.ITERABLES or name in {"Promise", "Record"} else None


def _union(search: Search, items: Sequence[Type], value: Value) -> None:
    """Let the member of a union take a value that is of its form, else the one that is a type parameter alone."""
    before = dict(search.found)
    if any(item.form == "name" and item.name in {"null", "undefined"} for item in items):
        value = present(value)
    alone = [item for item in items if item.form == "name" and item.name in search.names and not item.items]
    for item in items:
        if item not in alone:
            match(search, item, value)
    if search.found == before:
        for item in alone:
            match(search, item, value)
