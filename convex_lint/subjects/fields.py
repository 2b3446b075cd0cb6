"""Where code names fields of documents: in `db.insert(…)`, `db.replace(…)`, `db.patch(…)`, and in `q.field(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, literal, outermost
from convex_lint.nearest import meant, nearest
from convex_lint.subjects.fitting import Misfit, misfits, renamed
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Call, Function, Member, Name, Spread
from convex_lint.validators import document, lacks, members
from convex_lint.values import Db, FieldBuilder, Id, Method, Query, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.schema import Schema
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Validator

_METHODS = frozenset({"insert", "replace", "patch", "field"})
_NAMED = 3
"""How many arguments `replace` and `patch` take with the name of the table; `insert` takes two, always with it."""


class FieldUse:
    """A call that writes a document, or a part of one, or that reads a field of one in a filter.

    `method` is `insert`, `replace`, `patch` or `field`.
    """

    def __init__(self, module: Module, call: Call, method: str, query: Query | None = None) -> None:
        self.module = module
        self.call = call
        self.method = method
        self._query = query

    @property
    def place(self) -> Place:
        """What is called."""
        return self.module.at(self.call.callee)

    @property
    def named(self) -> bool:
        """Whether the call names the table."""
        return self.method == "insert" or len(self.call.arguments) == _NAMED

    @property
    def table(self) -> str | None:
        """The table: the one that is named, or that of the id or of the query; None where it is not known."""
        if self._query is not None:
            return self._query.table
        if self.named:
            return literal(self.module.linked, self.call, 0)
        found = present(self.module.linked.value(self.call.arguments[0])) if self.call.arguments else None
        return found.table if isinstance(found, Id) else None

    @property
    def document(self) -> Expression | None:
        """The fields that are written, or the name of the one that is read."""
        if self.method == "field":
            return self.call.arguments[0]
        given = self.call.arguments
        is_whole = len(given) in {2, 3 if self.method != "insert" else 2}
        return given[-1] if is_whole and not any(isinstance(one, Spread) for one in given) else None

    def misfits(self, schema: Schema) -> tuple[Misfit, ...]:
        """Return what of the fields surely does not fit the table; nothing where Convex does not check that."""
        table, written = self.table, self.document
        found = schema.table(self.module, table) if table is not None else None
        if found is None or written is None or not schema.validates(self.module):
            return ()
        if self.method == "field":
            return tuple(self._read(document(table, found.validator), written))
        return tuple(misfits(self.module, written, found.validator, partial=self.method == "patch"))

    def _read(self, wanted: Validator, written: Expression) -> Iterator[Misfit]:
        """Yield the field that a filter reads where no document has it."""
        field = literal(self.module.linked, self.call, 0)
        if field is not None and lacks(wanted, field):
            names = tuple(dict.fromkeys(name for one in members(wanted) for name, _ in one.fields))
            node, sure = bare(written), meant(field, names)
            edit = renamed(self.module, node, field, sure) if sure is not None else None
            yield Misfit("unknown", self.module.at(node), field, names, near=nearest(field, names), edit=edit)


def _filtered(module: Module, call: Call) -> Query | None:
    """Return the query whose filter a call of `q.field(…)` stands in."""
    of = bare(call.callee.of) if isinstance(call.callee, Member) else None
    function = of.binding.of if isinstance(of, Name) and of.binding is not None else None
    taker = outermost(function).parent if isinstance(function, Function) else None
    if not isinstance(taker, Call) or not isinstance(taker.callee, Member) or taker.callee.name != "filter":
        return None
    found = present(module.linked.value(taker.callee.of))
    return found if isinstance(found, Query) else None


@once
def find(module: Module) -> Iterator[FieldUse]:
    """Yield the calls of a module that write documents, and those that read a field in a filter."""
    for call in module.summary.calls(_METHODS):
        if call.arguments and module.whole(call, call.function):
            match present(module.linked.value(call.callee)):
                case Method(of=Db(), name=name) if name in _METHODS:
                    yield FieldUse(module, call, name)
                case Method(of=FieldBuilder(form="filter"), name="field"):
                    query = _filtered(module, call)
                    if query is not None:
                        yield FieldUse(module, call, "field", query)
                case _:
                    pass
