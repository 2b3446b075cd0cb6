"""Links to files of `ctx.storage`, where they are written into documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare
from convex_lint.link.tables import held
from convex_lint.subjects import fields
from convex_lint.syntax.nodes import Array, Await, Binary, Call, Conditional, Member, Object, Property, Spread
from convex_lint.values import ArrayOf, FileUrl, Structure, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Value


class StoredUrl:
    """What is written into a document, and is or holds a link that `ctx.storage.getUrl()` gave."""

    def __init__(self, module: Module, node: Expression, table: str | None) -> None:
        self.module = module
        self.place = module.at(node)
        self.table = table


def find(module: Module) -> Iterator[StoredUrl]:
    """Yield the links to files that a module writes into documents."""
    for use in fields.find(module):
        written = use.document if use.method != "field" else None
        for node in _urls(module, written) if written is not None else ():
            yield StoredUrl(module, node, use.table)


def _urls(module: Module, written: Expression) -> Iterator[Expression]:
    written = bare(written)
    match written:
        case Object():
            for entry in written.properties:
                yield from _urls(module, entry.value if isinstance(entry, Property) else entry.of)
        case Array():
            for item in written.items:
                yield from _urls(module, item.of if isinstance(item, Spread) else item)
        case Conditional() | Binary(operator="??" | "||" | "&&") if _may_be_url(module, written):
            yield written
        case _ if _has_url(module.linked.value(written)) or _may_be_url(module, held(written)):
            yield written
        case _:
            pass


def _may_be_url(module: Module, written: Expression) -> bool:
    """Say whether an expression is a link on one of the ways through it."""
    match bare(written):
        case Conditional(yes=yes, no=no):
            return _may_be_url(module, yes) or _may_be_url(module, no)
        case Binary(operator="??" | "||", left=left, right=right):
            return _may_be_url(module, left) or _may_be_url(module, right)
        case Binary(operator="&&", right=right):
            return _may_be_url(module, right)
        case Await() | Call() | Member() as inner:
            return _has_url(module.linked.value(inner))
        case _:
            return False


def _has_url(value: Value) -> bool:
    match present(value):
        case FileUrl():
            return True
        case ArrayOf(of=inner):
            return _has_url(inner)
        case Structure(fields=parts):
            return any(_has_url(inner) for _, inner in parts)
        case _:
            return False
