"""What code says of tables, told from its text: the words that may be names of tables, and calls of the database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.api import DATABASE
from convex_lint.stubs import is_stub
from convex_lint.values import Db, Method, present
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call

_QUOTED = re.compile(rb"""["'`](\w+)["'`](?!\s*:\s*\(*define)""")
_WORD = re.compile(rb"\.\s*(\w+)|(\w+)\s*:")


class Words(NamedTuple):
    """What a module says that may be the name of a table: the words in `quotes`, and its `names` of members."""

    quotes: frozenset[bytes] = frozenset()
    names: frozenset[bytes] = frozenset()


def words(linked: Linked, path: str) -> Words:
    """Return what a module says that may be the name of a table, but for the tables that it makes under such names."""
    return words_in(linked.text(path))


def words_in(text: bytes) -> Words:
    """Return what a text says that may be the name of a table, or of an index."""
    return Words(
        frozenset(one[1] for one in _QUOTED.finditer(text)),
        frozenset(one[1] or one[2] for one in _WORD.finditer(text)),
    )


def is_named(linked: Linked, folder: str, table: str, maker: str) -> bool:
    """Say whether code that handles the documents of a functions folder has the name of a table that a module makes.

    A folder without a function is no backend yet, or one whose code lies elsewhere. Where the schema is given to a
    package, that names tables of its own; and the tests, which may be read as texts alone, are code, too.
    """
    name = table.encode()
    is_backend = False
    if linked.index_users_of(folder).hands_over or any(name in one.quotes for one in linked.words_of_tests()):
        return True
    for path in linked.summaries:
        if is_stub(path) or linked.schema_folder(path) not in {folder, None} or linked.role(path) is Role.GENERATED:
            continue
        said = linked.words(path)
        if name in said.quotes or (path != maker and name in said.names):
            return True
        is_backend = is_backend or bool(linked.deployed(path))
    return not is_backend


def of_database(linked: Linked, path: str) -> Iterator[Call]:
    """Yield the calls of the database in a module."""
    for call in linked.summaries[path].calls(DATABASE):
        callee = present(linked.value(call.callee))
        if isinstance(callee, Method) and isinstance(callee.of, Db):
            yield call
