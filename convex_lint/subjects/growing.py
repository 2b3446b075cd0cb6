"""Arrays in documents that get longer with each write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, outermost
from convex_lint.subjects import fields, keyed
from convex_lint.syntax.nodes import Array, Assign, Binary, Call, Index, Member, Name, Object, Property, Spread
from convex_lint.values import ArrayOf, Document, Id, Structure, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.fields import FieldUse
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression

_SHORTENS = frozenset({"length", "slice", "splice", "shift"})
"""The members of an array by which its length is asked for or bounded."""


class GrowingArray:
    """A write that puts more into an array of ids or objects in a document, whatever is in it already."""

    def __init__(self, module: Module, entry: Property, table: str) -> None:
        self.module = module
        self.table = table
        self.field = entry.key or ""
        self._entry = entry

    @property
    def place(self) -> Place:
        """The array that is written."""
        return self.module.at(self._entry.value)


def find(module: Module) -> Iterator[GrowingArray]:
    """Yield the arrays of a module that are written longer than they were read, without a look at their length.

    Left out is one an item of which is changed in the place of adding one: it has one for each of so many keys.
    """
    changed = {(use.call.function, use.table, field) for use in fields.find(module) for field in _changed(use)}
    for use in fields.find(module):
        written = bare(use.document) if use.method in {"patch", "replace"} and use.document is not None else None
        for entry in written.properties if isinstance(written, Object) else ():
            read = _longer(entry.value, entry.key) if isinstance(entry, Property) and entry.key else None
            if isinstance(entry, Property) and read is not None and use.table is not None:
                of = present(module.linked.value(read.of))
                is_own = isinstance(of, Document) and of.table == use.table
                is_keyed = (use.call.function, use.table, entry.key) in changed or _is_keyed(use, entry, read)
                if is_own and not is_keyed and _holds_many(module, use.table, read.name) and not _is_bounded(read):
                    yield GrowingArray(module, entry, use.table)


def _changed(use: FieldUse) -> Iterator[str]:
    """Yield the fields that are written with the items that were in them, one of which may be another: `.map(…)`."""
    written = bare(use.document) if use.method in {"patch", "replace"} and use.document is not None else None
    for entry in written.properties if isinstance(written, Object) else ():
        value = _held(entry.value) if isinstance(entry, Property) else None
        if isinstance(value, Call) and isinstance(value.callee, Member) and value.callee.name == "map":
            key = entry.key if isinstance(entry, Property) else None
            if key is not None and _field(value.callee.of, key) is not None:
                yield key


def _is_keyed(use: FieldUse, entry: Property, read: Member) -> bool:
    """Say whether an item of the array, or of its copy by a name, is changed in the place of adding one."""
    of, written = bare(read.of), bare(entry.value)
    binding = of.binding if isinstance(of, Name) else None
    members = [outermost(one).parent for one in binding.uses] if binding is not None else []
    arrays: list[Expression] = [one for one in members if isinstance(one, Member) and one.name == read.name]
    copies = written.binding.uses if isinstance(written, Name) and written.binding is not None else []
    pushed = [outermost(one) for one in copies if _member(one) == "push"]
    return all(keyed.is_changed_instead([*arrays, *copies], add, use.call.function) for add in pushed or [entry.value])


def _longer(written: Expression, field: str) -> Member | None:
    """Return the field of a document that an expression gives with more in it: `[...doc.items, item]`."""
    written = bare(written)
    match written:
        case Array(items=[_, _, *_] as items):
            found = (_field(item.of, field) for item in items if isinstance(item, Spread))
            return next((one for one in found if one is not None), None)
        case Call(callee=Member(name="concat", of=of), arguments=[_, *_]):
            return _field(of, field)
        case Name(binding=binding) if binding is not None and binding.of is not None and not binding.steps:
            pushed = any(_member(use) == "push" for use in binding.uses)
            shortened = any(_member(use) in _SHORTENS or _is_set(use) for use in binding.uses)
            kept = _copied(binding, field) if pushed else _longer(binding.of, field) if not binding.writes else None
            return None if shortened else kept
        case _:
            return None


def _held(written: Expression) -> Expression:
    """Return what a name holds that stands for one value, or the expression itself."""
    written = bare(written)
    binding = written.binding if isinstance(written, Name) else None
    is_one = binding is not None and binding.of is not None and not (binding.steps or binding.writes)
    return bare(binding.of) if is_one and binding is not None and binding.of is not None else written


def _copied(binding: Binding, field: str) -> Member | None:
    copy = bare(binding.of) if binding.of is not None else None
    if isinstance(copy, Array) and len(copy.items) == 1 and isinstance(copy.items[0], Spread):
        copy = copy.items[0].of
    return _field(copy, field) if copy is not None else None


def _is_set(array: Expression) -> bool:
    """Say whether an item of an array is set: `items[i] = item`."""
    item = outermost(array).parent
    return isinstance(item, Index) and isinstance(item.parent, Assign) and item.parent.target is item


def _field(written: Expression, field: str) -> Member | None:
    """Return the member of that name that an expression is, or is where there is one: `doc.items ?? []`."""
    written = bare(written)
    if isinstance(written, Binary) and written.operator in {"??", "||"}:
        written = bare(written.left)
    return written if isinstance(written, Member) and written.name == field else None


def _member(use: Expression) -> str:
    parent = outermost(use).parent
    return parent.name if isinstance(parent, Member) else ""


def _holds_many(module: Module, table: str, field: str) -> bool:
    """Say whether the schema says that a field is an array of ids or objects, of which there may be any number."""
    found = present(module.linked.document_field(table, field))
    return isinstance(found, ArrayOf) and isinstance(present(found.of), Id | Structure)


def _is_bounded(read: Member) -> bool:
    """Say whether the length of the array is asked for anywhere, or the document goes along another array of its own.

    `doc.items.length`; `doc.rounds[doc.at]` and `doc.at >= doc.rounds.length`, as it does for a round after the other.
    """
    of = bare(read.of)
    binding = of.binding if isinstance(of, Name) else None
    others = [outermost(use).parent for use in binding.uses] if binding is not None else []
    members = [one for one in others if isinstance(one, Member)]
    is_asked = any(one.name == read.name and _member(one) in _SHORTENS for one in members)
    return is_asked or any(one.name != read.name and _is_gone_along(one) for one in members)


def _is_gone_along(array: Member) -> bool:
    """Say whether an array of a document is looked at in a place that another field of the document says."""
    node = outermost(array)
    match node.parent:
        case Index(of=of, index=index) if of is node:
            return _is_beside(index, array)
        case Member(name="length", parent=Binary(operator="<" | "<=" | ">" | ">=", left=left, right=right)):
            return _is_beside(left, array) != _is_beside(right, array)
        case _:
            return False


def _is_beside(one: Expression, array: Member) -> bool:
    """Say whether an expression is another field of the document that an array is in."""
    one, document = bare(one), bare(array.of)
    of = bare(one.of) if isinstance(one, Member) else None
    return isinstance(of, Name) and isinstance(document, Name) and of.binding is document.binding
