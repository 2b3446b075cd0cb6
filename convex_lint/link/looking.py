"""Where code looks into a string before it takes it for something: then it need not be that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Binary, Call, Literal, Member
from convex_lint.values import Document, present
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression

_OF_STRINGS = frozenset({"endsWith", "includes", "indexOf", "match", "search", "split", "startsWith"})
"""The methods that tell what is in a string."""

_OF_PATTERNS = frozenset({"exec", "test"})
"""The methods of regular expressions that do so, for the string that they are given."""

_COMPARISONS = frozenset({"==", "===", "!=", "!=="})


def is_looked_into(use: Expression) -> bool:
    """Say whether something is asked of a string where it is used: `use.startsWith("http")`, `use === "me"`."""
    parent = use.parent
    if isinstance(parent, Member):
        call = parent.parent
        return parent.name in _OF_STRINGS and isinstance(call, Call) and call.callee is parent
    if isinstance(parent, Call):
        return isinstance(parent.callee, Member) and parent.callee.name in _OF_PATTERNS and use in parent.arguments
    sides = (parent.left, parent.right) if isinstance(parent, Binary) and parent.operator in _COMPARISONS else ()
    return any(isinstance(side, Literal) and side.form == "string" and bool(side.value) for side in sides)


def fields(linked: Linked, path: str) -> frozenset[tuple[str, str]]:
    """Return the fields of documents, each with its table, whose strings a module looks into."""
    held = (bare(one) for one in _asked(linked, path))
    found = ((present(linked.value(one.of)), one.name) for one in held if isinstance(one, Member))
    return frozenset((of.table, name) for of, name in found if isinstance(of, Document) and of.table is not None)


def _asked(linked: Linked, path: str) -> Iterator[Expression]:
    for call in linked.summaries[path].calls(_OF_STRINGS | _OF_PATTERNS):
        if isinstance(call.callee, Member):
            yield from [call.callee.of] if call.callee.name in _OF_STRINGS else call.arguments[:1]


def looks_into(linked: Linked, folder: str, table: str, field: str) -> bool:
    """Say whether code that handles the documents of a functions folder looks into the strings of a field."""
    for path in linked.summaries:
        if is_stub(path) or linked.schema_folder(path) not in {folder, None} or linked.role(path) is Role.GENERATED:
            continue
        if (table, field) in linked.looked_into(path):
            return True
    return False
