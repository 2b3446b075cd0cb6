"""Calls that read or write one document by its id: `db.get`, `db.patch`, `db.replace`, `db.delete`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place, Safety
from convex_lint.facts.api import BY_ID
from convex_lint.facts.packages import WRAPPERS, WRAPPERS_TAKE_TABLES
from convex_lint.link import annotated
from convex_lint.link.shapes import bare
from convex_lint.source import Span
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Member, Spread
from convex_lint.values import Constant, Db, Id, Method, Signature, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Call, Expression


class ById:
    """A call of a method of a database that takes the id of a document, and before it perhaps its table."""

    def __init__(self, module: Module, call: Call, method: Method) -> None:
        self.module = module
        self.call = call
        self.method = method.name

    @property
    def place(self) -> Place:
        """The name of the method, or what is called in its stead."""
        callee = bare(self.call.callee)
        if isinstance(callee, Member):
            return Place(self.module.path, Span(callee.name_start, callee.name_end))
        return self.module.at(callee)

    @property
    def explicit(self) -> bool:
        """Whether the table is named before the id."""
        return len(self.call.arguments) > BY_ID[self.method]

    @property
    def named(self) -> str | None:
        """The table that is named before the id, where that is known; a cast does not tell it."""
        found = self.module.linked.value(bare(self.call.arguments[0])) if self.explicit else None
        return str(found.value) if isinstance(found, Constant) and found.form == "string" else None

    @property
    def is_otherwise(self) -> bool:
        """Whether the code has a type of its own for the method: `ctx as { db: { get: (id: Id<"users">) => … } }`.

        It says how the method is called there.
        """
        return isinstance(annotated.value(self.module.linked, self.call.callee), Signature)

    @property
    def id(self) -> Expression:
        """The id that is given."""
        return self.call.arguments[1 if self.explicit else 0]

    @property
    def table(self) -> str | None:
        """The table that the id is surely of; None where it may be of another one, or is not known."""
        found = present(self.module.linked.value(self.id))
        return found.table if isinstance(found, Id) else None

    @property
    def safety(self) -> Safety:
        """Whether the database surely takes a table.

        Those of older versions of `convex-helpers` did not, and one that a test plays may not.
        """
        linked = self.module.linked
        project = linked.project_of(self.module.path)
        version = project.helpers if project is not None else None
        is_recent = version is not None and version >= WRAPPERS_TAKE_TABLES
        is_wrapped = not is_recent and any(linked.imports(specifier) for specifier in WRAPPERS)
        return Safety.UNSAFE if is_wrapped or self.module.path in linked.played() else Safety.SAFE

    def naming(self, table: str) -> tuple[Edit, ...]:
        """Return the edits that name the table before the id."""
        return (self.module.insert(self.id.start, f"{self.module.quoted(table)}, "),)


@once
def find(module: Module) -> Iterator[ById]:
    """Yield the calls of a module that surely read or write a document by its id."""
    for call in module.summary.calls(BY_ID):
        callee = present(module.linked.value(call.callee))
        if not isinstance(callee, Method) or not isinstance(callee.of, Db) or callee.of.system:
            continue
        is_seen = not any(isinstance(argument, Spread) for argument in call.arguments)
        if is_seen and _is_whole(callee.name, len(call.arguments)) and module.whole(call, call.function):
            yield ById(module, call, callee)


def _is_whole(method: str, given: int) -> bool:
    """Say whether a method takes a number of arguments, with a table or without."""
    return method in BY_ID and 0 <= given - BY_ID[method] <= 1
