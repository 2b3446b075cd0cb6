"""Faults in references to functions, and in the arguments of the calls that they are given to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.mutation.code import Change, arguments, bare, child, text
from tests.mutation.mutant import Mutant
from tests.mutation.reading import BUILDERS, constants, entries, imported, method, top
from tests.mutation.tables import added, dropped, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from tests.mutation.reading import Project, Target

_RUNS = {"runQuery": "query", "runMutation": "mutation", "runAction": "action"}
_SCHEDULES = frozenset({"runAfter", "runAt"})
_JOBS = frozenset({"interval", "hourly", "daily", "weekly", "monthly", "cron"})


class Reference(NamedTuple):
    """`internal.a.b`: its root, its parts and the whole of it."""

    root: Node
    parts: tuple[Node, ...]
    node: Node

    @property
    def names(self) -> tuple[str, ...]:
        """The parts, as they are written."""
        return tuple(map(text, self.parts))


def mutants(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    if node.type == "member_expression":
        yield from _references(project, path, node)
    elif node.type == "call_expression":
        yield from _runs(project, path, node)


def reference(node: Node | None) -> Reference | None:
    """Return the reference that an expression is: of `internal` or `api` as `_generated/api` exports it."""
    whole = node = bare(node)
    parts: list[Node] = []
    while node is not None and node.type == "member_expression":
        last = child(node, "property")
        if last is None:
            return None
        parts.append(last)
        node = bare(child(node, "object"))
    if whole is None or node is None or text(node) not in {"api", "internal"} or len(parts) < 2:
        return None
    return Reference(node, tuple(reversed(parts)), whole)


def _references(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    found = reference(node)
    parent = node.parent
    if found is None or parent is None or parent.type in {"member_expression", "subscript_expression", "type_query"}:
        return
    target = project.target(found.names)
    if target is None or target.root != text(found.root) or "_generated" in path:
        return
    what = method(parent.parent) if parent.type == "arguments" and parent.parent is not None else parent.type
    module = top(node)
    if text(found.root) not in imported(module, "_generated/api"):
        return
    in_crons = what in _JOBS and "cron" in path
    last = found.parts[-1]
    kind = "cron-target" if in_crons else "reference-name"
    place = (node.start_byte, node.end_byte)
    yield Mutant(kind, path, (Change(last.end_byte, last.end_byte, b"Qqq"),), *place, what)
    before = found.parts[-2]
    yield Mutant("reference-module", path, (Change(before.end_byte, before.end_byte, b"Qqq"),), *place, what)
    other = "internal" if target.root == "api" else "api"
    if other in imported(module, "_generated/api"):
        swap = Change(found.root.start_byte, found.root.end_byte, other.encode())
        yield Mutant(f"{target.root}-as-{other}", path, (swap,), *place, what)


def _runs(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    name, called = method(node), child(node, "function", "property")
    given = arguments(node)
    at = 1 if name in _SCHEDULES else 0
    if called is None or len(given) <= at or (name not in _RUNS and not _is_scheduler(node, name)):
        return
    found = reference(given[at])
    target = project.target(found.names) if found is not None else None
    if found is None or target is None or target.root != text(found.root):
        return
    if _RUNS.get(name) == target.kind:
        other = "runMutation" if name == "runQuery" else "runQuery"
        change = Change(called.start_byte, called.end_byte, other.encode())
        yield Mutant("run-kind", path, (change,), node.start_byte, node.end_byte, name)
    written = f'"{"/".join(found.names[:-1])}:{found.names[-1]}"'
    yield swapped("string-reference", path, given[at], written.encode(), name)
    yield from _arguments(path, node, given[at + 1 :], target)


def _is_scheduler(node: Node, name: str) -> bool:
    return name in _SCHEDULES and text(child(node, "function", "object")).endswith("scheduler")


def _arguments(path: str, node: Node, given: list[Node], target: Target) -> Iterator[Mutant]:
    keys = entries(given[0]) if given else None
    if target.args is None or keys is None:
        return
    name = method(node)
    yield added("args-unknown", path, given[0], name)
    needed = [one for key, one in keys.items() if target.args.get(key) is False]
    if needed and needed[0].parent is not None:
        entry = needed[0] if needed[0].type.startswith("shorthand") else needed[0].parent
        yield dropped("args-missing", path, entry, node, name)
        before = given[0].prev_sibling
        if before is not None and len(given) == 1:
            drop = Change(before.start_byte, given[0].end_byte, b"")
            yield Mutant("args-none", path, (drop,), node.start_byte, node.end_byte, name)


def exported_functions(root: Node) -> list[str]:
    """Return the names of the functions that a module registers with builders of these names."""
    names = imported(root)
    return [
        name
        for name, value in constants(root, exported=True)
        if value.type == "call_expression" and names.get(text(child(value, "function"))) in BUILDERS
    ]
