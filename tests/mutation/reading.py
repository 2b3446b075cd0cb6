"""What a project declares, read by syntax alone: its tables, and the functions that it registers."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tests.mutation.code import arguments, bare, child, text, walk
from tests.mutation.convex import entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

BUILDERS = {
    "query": ("query", "api"),
    "mutation": ("mutation", "api"),
    "action": ("action", "api"),
    "internalQuery": ("query", "internal"),
    "internalMutation": ("mutation", "internal"),
    "internalAction": ("action", "internal"),
}
"""The builders of `_generated/server`, and others by their names: what they build, and where it is referred to."""

_ENDINGS = (".ts", ".tsx", ".js")


class Table(NamedTuple):
    """A table with all its fields in one object: whether each may be left out, and the fields of its indexes.

    `unindexed` is a field with the id of a document that stands in none of them, nor in the filter fields of a search,
    and `many` one with an array of ids or objects.
    """

    fields: Mapping[str, bool]
    indexes: Mapping[str, tuple[str, ...]]
    unindexed: str | None = None
    many: str | None = None


class Target(NamedTuple):
    """A function that a builder of such a name registers; its arguments, where they stand in one object."""

    kind: str
    root: str
    args: Mapping[str, bool] | None


class Project:
    """The modules of one functions folder."""

    def __init__(self, folder: str, roots: Mapping[str, Node]) -> None:
        self.folder = folder
        self.roots = roots
        self._known: dict[int, dict[str, Target]] = {}

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables that `schema.ts` defines in place, or in a constant of its own."""
        return {name: table for name, table in self._written if table is not None}

    @cached_property
    def schema_tables(self) -> frozenset[str]:
        """The names of all tables that are written there."""
        return frozenset(name for name, _ in self._written)

    def is_schema(self, path: str) -> bool:
        """Say whether a module is the schema."""
        return posixpath.relpath(path, self.folder).rsplit(".", 1)[0] == "schema"

    def target(self, parts: tuple[str, ...]) -> Target | None:
        """Return the function that `internal.` or `api.` and these parts mean, if its module registers it in place."""
        root = self._module("/".join(parts[:-1]))
        if root is None:
            return None
        if root.id not in self._known:
            self._known[root.id] = _registered(root)
        return self._known[root.id].get(parts[-1])

    def functions(self) -> Iterator[tuple[str, tuple[str, ...], Target]]:
        """Yield the functions that modules register in place: the path, the parts of a reference, and what it is."""
        for path, root in self.roots.items():
            inside = posixpath.relpath(path, self.folder).rsplit(".", 1)[0].split("/")
            if inside[0] != ".." and "_generated" not in inside and "." not in inside[-1]:
                for name, found in _registered(root).items():
                    yield path, (*inside, name), found

    @cached_property
    def _written(self) -> list[tuple[str, Table | None]]:
        root = self._module("schema")
        return list(_tables(root)) if root is not None else []

    def _module(self, name: str) -> Node | None:
        path = posixpath.normpath(posixpath.join(self.folder, name))
        return next((self.roots[path + ending] for ending in _ENDINGS if path + ending in self.roots), None)


def top(node: Node) -> Node:
    """Return the root of the tree that a node is in."""
    while node.parent is not None:
        node = node.parent
    return node


def imported(root: Node, module: str = "") -> dict[str, str]:
    """Return what a module imports by name, from the modules whose specifier ends so: its name there, by its own."""
    found = {}
    for statement in root.named_children:
        if statement.type == "import_statement" and text(child(statement, "source")).strip("\"'").endswith(module):
            for one in walk(statement):
                if one.type == "import_specifier":
                    name = text(child(one, "name"))
                    found[text(child(one, "alias")) or name] = name
    return found


def constants(root: Node, *, exported: bool = False) -> Iterator[tuple[str, Node]]:
    """Yield the constants at the top of a module, with what each is; or only those that are exported there."""
    for statement in root.named_children:
        is_export = statement.type == "export_statement"
        declared = child(statement, "declaration") if is_export else statement
        if declared is not None and declared.type == "lexical_declaration" and (is_export or not exported):
            for one in declared.named_children:
                value = bare(child(one, "value"))
                if value is not None:
                    yield text(child(one, "name")), value


def entries(given: Node | None) -> dict[str, Node] | None:
    """Return what an object has by its keys, None for one with a spread, a computed key or no object."""
    given = bare(given)
    if given is None or given.type != "object":
        return None
    found: dict[str, Node] = {}
    for one in given.named_children:
        key, value = child(one, "key"), child(one, "value")
        if one.type == "shorthand_property_identifier":
            found[text(one)] = one
        elif one.type == "pair" and key is not None and value is not None and key.type != "computed_property_name":
            found[text(key).strip("\"'")] = value
        elif one.type != "comment":
            return None
    return found


def chain(node: Node | None) -> tuple[Node | None, list[Node]]:
    """Return what a chain of calls on members begins with, and the calls in their order."""
    calls: list[Node] = []
    node = bare(node)
    while node is not None and node.type == "call_expression":
        calls.append(node)
        called = child(node, "function")
        if called is None or called.type != "member_expression":
            break
        node = bare(child(called, "object"))
    return node, calls[::-1]


def method(call: Node) -> str:
    """Return the member that a call calls, or the name."""
    called = child(call, "function")
    last = child(called, "property") if called is not None and called.type == "member_expression" else called
    return text(last)


def optional(validator: Node) -> bool:
    """Say whether a validator lets its field be left out, or may do so."""
    written = text(validator)
    return not written.startswith("v.") or written.startswith("v.optional(") or ".optional()" in written


def _tables(root: Node) -> Iterator[tuple[str, Table | None]]:
    known = dict(constants(root))
    for call in walk(root):
        if call.type == "call_expression" and method(call) == "defineSchema" and arguments(call):
            for name, value in (entries(arguments(call)[0]) or {}).items():
                yield name, _table(known.get(text(value), value))
            return


def _table(value: Node) -> Table | None:
    _, calls = chain(value)
    if not calls or method(calls[0]) != "defineTable" or not arguments(calls[0]):
        return None
    fields = entries(arguments(calls[0])[0])
    indexes = {}
    for call in calls[1:]:
        given = arguments(call)
        if method(call) == "index" and len(given) == 2 and given[1].type == "array":
            indexes[text(given[0]).strip("\"'")] = tuple(text(one).strip("\"'") for one in given[1].named_children)
    if fields is None:
        return None
    keys = (name for name, one in fields.items() if text(one).startswith("v.id(") and f'"{name}"' not in text(value))
    arrays = (name for name, one in fields.items() if text(one).startswith(("v.array(v.id(", "v.array(v.object(")))
    return Table({name: optional(one) for name, one in fields.items()}, indexes, next(keys, None), next(arrays, None))


def _registered(root: Node) -> dict[str, Target]:
    names = imported(root)
    found = {}
    for name, value in constants(root, exported=True):
        builder = names.get(method(value)) if value.type == "call_expression" else None
        if builder in BUILDERS and arguments(value):
            given = entry(arguments(value)[0], "args")
            args = entries(child(given, "value"))
            taken = {key: optional(one) for key, one in args.items()} if args is not None else None
            found[name] = Target(*BUILDERS[builder], taken)
    return found
