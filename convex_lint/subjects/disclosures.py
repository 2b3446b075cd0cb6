"""Where functions return documents as they are in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.privileges import is_secret
from convex_lint.link.identity import Grade
from convex_lint.link.shapes import bare
from convex_lint.subjects import functions
from convex_lint.subjects.schema import Schema
from convex_lint.validators import field_names
from convex_lint.values import ArrayOf, Document, MapOf, RecordOf, Structure, awaited, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.functions import Registered
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Value


class Disclosure:
    """Something that a function returns, without saying what, with whole documents of a table in it."""

    def __init__(self, function: Registered, returned: Expression, table: str) -> None:
        self.module = function.module
        self.function = function
        self.place = self.module.at(bare(returned))
        self.table = table

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the table that are known."""
        found = Schema(self.module.linked).table(self.module, self.table)
        return field_names(found.validator) if found is not None else ()

    @property
    def secrets(self) -> tuple[str, ...]:
        """The fields of the table whose names say that they are not for everybody."""
        return tuple(filter(is_secret, self.fields))

    @property
    def asks(self) -> bool:
        """Whether the function may ask who calls, or for a secret."""
        return self.function.identity is not Grade.NONE or self.function.takes_secret


def find(module: Module) -> Iterator[Disclosure]:
    """Yield what the functions of a module return that has whole documents in it, and no validator."""
    for function in functions.find_registered(module):
        handler = function.made.handler
        if handler is None or handler.scope.path != module.path or function.returns_validated:
            continue
        for returned in (one.of for one in handler.returns if one.of is not None):
            for table in dict.fromkeys(_tables(awaited(module.linked.value(returned)))):
                yield Disclosure(function, returned, table)


def _tables(value: Value) -> Iterator[str]:
    """Yield the tables of which a value has whole documents."""
    match present(value):
        case Document(table=table) if table is not None:
            yield table
        case ArrayOf(of=inner) | RecordOf(of=inner) | MapOf(of=inner):
            yield from _tables(inner)
        case Structure(fields=fields):
            for _, field in fields:
                yield from _tables(field)
        case _:
            pass
