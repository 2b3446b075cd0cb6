"""Frozen data: what `@dataclass(frozen=True)` says, for less.

`dataclasses` has Python parse every method that it makes for a class, some 40 ms at each start of a run for the classes
here, and its objects are made by calls of `object.__setattr__`, which takes twice as long. Here it only collects the
fields, so that `replace` and `fields` work. That nobody writes to a record is for the type checker to see.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(made: type[T]) -> type[T]:
    """Make a class a frozen dataclass that is compared by its fields, which have plain defaults or none."""
    kind: Any = _dataclass(made)
    names = kind.__match_args__
    get = attrgetter(*names) if names else _nothing

    def same(self: T, other: object) -> bool:
        return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        found: int | None = self._hash
        if found is None:
            found = self._hash = hash(get(self))
        return found

    def state(self: Any) -> tuple[type[T], tuple[object, ...]]:
        return kind, tuple(getattr(self, name) for name in names)

    kind._hash = None  # noqa: SLF001  ours
    _add(kind, __eq__=same, __hash__=hashed, __reduce__=state)
    return kind  # type: ignore[no-any-return]


@dataclass_transform(frozen_default=True, eq_default=False)
def entity(made: type[T]) -> type[T]:
    """Make a class a frozen dataclass that is compared by identity, whose fields have plain defaults or none."""
    return _dataclass(made)


def _dataclass(made: type[T]) -> type[T]:
    kind: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(made)
    fields = dataclasses.fields(kind)
    names = tuple(field.name for field in fields)
    defaults = tuple(field.default for field in fields if field.default is not dataclasses.MISSING)
    template = _initializer(len(names))
    code = template.__code__.replace(
        co_varnames=("self", *names), co_names=names, co_name="__init__", co_qualname=f"{made.__qualname__}.__init__"
    )

    def shown(self: T) -> str:
        return f"{made.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    _add(kind, __init__=FunctionType(code, {}, "__init__", defaults or None), __repr__=shown)
    return kind  # type: ignore[no-any-return]


def _add(kind: type, **methods: Callable[..., Any]) -> None:
    for name, method in methods.items():
        setattr(kind, name, method)


def _nothing(_of: object) -> object:
    return ()


@cache
def _initializer(size: int) -> FunctionType:
    """Return an `__init__` with a number of fields, whose names are still to be given to them."""
    names = [f"a{i}" for i in range(size)]
    body = "".join(f" self.{name} = {name}\n" for name in names) or " pass\n"
    found: dict[str, Any] = {}
    exec(f"def init({', '.join(['self', *names])}):\n{body}", found)  # noqa: S102  numbered names, nothing else
    return found["init"]  # type: ignore[no-any-return]
