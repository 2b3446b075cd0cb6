"""Tables whose writes run triggers (`convex-helpers/server/triggers`), and the builders that see to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.access import TRIGGERS
from convex_lint.link.shapes import literal
from convex_lint.stubs import path_of
from convex_lint.syntax.nodes import Member
from convex_lint.values import Builder, Instance, present
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call, Expression


class Triggers(NamedTuple):
    """What a module, or all of a project, does about triggers.

    `tables` are those that triggers are registered for, `wrappers` the builders of mutations that run them: the name
    and the module of each, and whether it is internal.
    """

    tables: frozenset[str] = frozenset()
    wrappers: frozenset[tuple[str, str, bool]] = frozenset()
    sets: int = 0

    def wrapper(self, *, internal: bool) -> tuple[str, str] | None:
        """Return the name and the module of the first builder that runs triggers, for public or internal mutations."""
        return min(((name, path) for name, path, of in self.wrappers if of is internal), default=None)


NOTHING = Triggers()


def of(linked: Linked, path: str) -> Triggers:
    """Return what a module does about triggers."""
    tables = {literal(linked, call, 0) for call in _calls(linked, path, "register")}
    wrappers = frozenset(_wrappers(linked, path)) if wraps(linked, path) else frozenset[tuple[str, str, bool]]()
    sets = sum(call.new and _is_set(linked, call) for call in linked.summaries[path].code.calls)
    return Triggers(frozenset(table for table in tables if table is not None), wrappers, sets)


def together(linked: Linked, folder: str) -> Triggers:
    """Return what the modules of a functions folder do about triggers."""
    found = [linked.triggers(path) for path in linked.modules_of(folder) if linked.role(path) is not Role.TEST]
    sets = sum(one.sets for one in found)
    if sets > 1:
        return NOTHING
    tables = frozenset[str]().union(*(one.tables for one in found))
    return Triggers(tables, frozenset[tuple[str, str, bool]]().union(*(one.wrappers for one in found)), sets)


def wraps(linked: Linked, path: str) -> bool:
    """Say whether a module has to do with how writes run triggers."""
    return b"wrapDB" in linked.text(path) or b"writerWithTriggers" in linked.text(path)


def _wrappers(linked: Linked, path: str) -> Iterator[tuple[str, str, bool]]:
    for name in linked.summaries[path].exports:
        made = linked.export(path, name)
        if isinstance(made, Builder) and made.kind == "mutation" and _runs_triggers(linked, made):
            yield name, path, made.internal


def _runs_triggers(linked: Linked, builder: Builder) -> bool:
    """Say whether a builder has a database that runs triggers: by `wrapDB` itself, or a function that calls it."""
    for closure in builder.runs:
        if closure.path == path_of(TRIGGERS):
            return True
        function = linked.function(closure)
        with linked.at(closure.path):
            if any(call.function is function for call in _calls(linked, closure.path, "wrapDB")):
                return True
    return False


def _calls(linked: Linked, path: str, name: str) -> Iterator[Call]:
    """Yield the calls of a method of `Triggers`."""
    for call in linked.summaries[path].calls((name,)):
        if isinstance(call.callee, Member) and _is_set(linked, call.callee.of):
            yield call


def _is_set(linked: Linked, expression: Expression) -> bool:
    """Say whether an expression is an object of `Triggers`."""
    value = present(linked.value(expression))
    return isinstance(value, Instance) and value.of.path == path_of(TRIGGERS)
