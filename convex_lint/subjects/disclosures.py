"""Where functions return documents as they are in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.privileges import is_secret
from convex_lint.link.identity import Grade
from convex_lint.link.shapes import bare, held, outermost
from convex_lint.subjects import functions, indexes
from convex_lint.subjects.schema import Schema
from convex_lint.syntax.nodes import Call, Member, Name
from convex_lint.validators import field_names
from convex_lint.values import ArrayOf, Db, Document, MapOf, Method, RecordOf, Structure, awaited, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.functions import Registered
    from convex_lint.subjects.indexes import Comparisons
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Value


class Disclosure:
    """Something that a function returns, without saying what, with whole documents of a table in it.

    `fields` are those that they are known to have: of the table, or of one that was just made, those that were written.
    """

    def __init__(self, function: Registered, returned: Expression, table: str, fields: tuple[str, ...]) -> None:
        self.module = function.module
        self.function = function
        self.place = self.module.at(bare(returned))
        self.table = table
        self.fields = fields

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
        told: set[tuple[str, str]] = set()
        for returned in (one.of for one in handler.returns if one.of is not None):
            for table in dict.fromkeys(_tables(awaited(module.linked.value(returned)))):
                names = _written(module, returned)
                names = _all(module, table) if names is None else names
                sought = _sought(module, returned)
                names = tuple(name for name in names if name not in sought)
                if not told.issuperset(new := {(table, name) for name in names}):
                    yield Disclosure(function, returned, table, names)
                told |= new


def _sought(module: Module, returned: Expression) -> frozenset[str]:
    """Return the fields that documents are found by, compared with what the caller sends: nobody learns those here."""
    uses = {use.call: use for use in indexes.find(module)}
    found: frozenset[str] = frozenset()
    node = held(returned)
    while isinstance(node, Call) and isinstance(node.callee, Member):
        ways = [_sent(module, way) for way in uses[node].ranges] if node in uses else []
        found = found.union(ways[0].intersection(*ways) if ways else ())
        node = held(node.callee.of)
    return found


def _sent(module: Module, way: Comparisons) -> frozenset[str]:
    """Return the fields that surely are equal to what the caller sends."""
    steps = [step for step in way.of("eq") if step.value is not None and step.field is not None]
    origins = {step.field: module.linked.origins(step.value) for step in steps if step.value is not None}
    return frozenset(field for field, found in origins.items() if field and {one.kind for one in found} == {"arg"})


def _all(module: Module, table: str) -> tuple[str, ...]:
    found = Schema(module.linked).table(module, table)
    return field_names(found.validator) if found is not None else ()


def _written(module: Module, returned: Expression) -> tuple[str, ...] | None:
    """Return the fields of a document that the function itself has made and not changed; None for any other."""
    get = held(returned)
    written = bare(get.arguments[-1]) if isinstance(get, Call) and get.arguments else None
    if not isinstance(get, Call) or not isinstance(written, Name) or _method(module, get) != "get":
        return None
    insert, is_changed = held(written), any(_changes(use) for use in written.binding.uses) if written.binding else True
    if is_changed or not isinstance(insert, Call) or _method(module, insert) != "insert":
        return None
    made = module.linked.value(insert.arguments[-1])
    return tuple(name for name, _ in made.fields) if isinstance(made, Structure) and not made.open else None


def _method(module: Module, call: Call) -> str:
    """Return the method of the database that a call goes to."""
    callee = present(module.linked.value(call.callee))
    return callee.name if isinstance(callee, Method) and isinstance(callee.of, Db) and call.arguments else ""


def _changes(use: Name) -> bool:
    """Say whether an id is handed to what may change the document."""
    call = outermost(use).parent
    return isinstance(call, Call) and not (isinstance(call.callee, Member) and call.callee.name == "get")


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
