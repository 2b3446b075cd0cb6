"""Mutations that are made by the builder of Convex, where the one of the project runs triggers for what they write."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from tests.mutation.clock import module_of
from tests.mutation.code import Change, arguments, child, text, walk
from tests.mutation.mutant import Mutant
from tests.mutation.reading import constants, method, top

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

_BUILDERS = ("mutation", "internalMutation")


class _Home(NamedTuple):
    """A module that registers triggers for `tables`, and exports `builders` that run them; `server` is Convex's."""

    path: str
    tables: frozenset[str]
    builders: frozenset[str]
    server: str


def mutants(roots: Mapping[str, Node]) -> Iterator[Mutant]:
    """Yield the mutants of the modules that import builders from one that registers triggers."""
    for home in _homes(roots):
        for path, root in roots.items():
            if path != home.path and "wrapDB" not in text(root):
                for statement in root.named_children:
                    source = text(child(statement, "source")).strip("\"'")
                    is_import = statement.type == "import_statement"
                    if is_import and module_of(path, source, roots.keys()) == home.path:
                        yield from _raw(path, statement, home)


def _homes(roots: Mapping[str, Node]) -> Iterator[_Home]:
    for path, root in roots.items():
        written = text(root)
        generated = re.search(r"from [\"'](\.[^\"']*_generated/server)[\"']", written)
        if generated is None or "new Triggers" not in written or "wrapDB" not in written:
            continue
        calls = (one for one in walk(root) if one.type == "call_expression" and method(one) == "register")
        tables = frozenset(text(arguments(one)[0]).strip("\"'") for one in calls if len(arguments(one)) > 1)
        builders = frozenset(name for name, _ in constants(root, exported=True) if name in _BUILDERS)
        yield _Home(path, tables, builders, posixpath.normpath(posixpath.join(posixpath.dirname(path), generated[1])))


def _raw(path: str, statement: Node, home: _Home) -> Iterator[Mutant]:
    """Yield for each mutation that surely writes to one of the tables what it is with the builder of Convex."""
    relative = posixpath.relpath(home.server, posixpath.dirname(path))
    relative = relative if relative.startswith(".") else f"./{relative}"
    for one in walk(statement):
        name = text(child(one, "name")) if one.type == "import_specifier" else ""
        if name not in home.builders or child(one, "alias") is not None:
            continue
        end = statement.end_byte
        swap = (
            Change(one.start_byte, one.end_byte, f"{name} as qqq".encode()),
            Change(end, end, f'\nimport {{ {name} }} from "{relative}";'.encode()),
        )
        for made in _made(top(statement), name):
            called = child(made, "function")
            if called is not None and _writes(made, home.tables):
                yield Mutant("past-triggers", path, swap, called.start_byte, called.end_byte, name)


def _made(root: Node, name: str) -> Iterator[Node]:
    for _, value in constants(root, exported=True):
        if value.type == "call_expression" and text(child(value, "function")) == name:
            yield value


def _writes(made: Node, tables: frozenset[str]) -> bool:
    """Say whether a handler writes to one of some tables, in place and by its name."""
    named = re.findall(r"ctx\.db\.(?:insert|patch|replace|delete)\(\s*[\"'](\w+)[\"']", text(made))
    return not tables.isdisjoint(named)
