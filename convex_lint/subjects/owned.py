"""Documents that a client names by their ids, and that are written for everyone who is logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Pointer
from convex_lint.facts.identity import OWNERS, USERS
from convex_lint.link import decisions
from convex_lint.link.identity import Grade
from convex_lint.subjects.trusted import argument_of
from convex_lint.validators import members
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.link.flows import Sink
    from convex_lint.subjects.functions import Registered


class UnownedWrite:
    """An argument that names a document with an owner, which a public mutation writes whoever is logged in.

    `owner` is the field that says whose it is.
    """

    def __init__(self, function: Registered, name: str, sink: Sink, owner: str) -> None:
        self.function = function
        self.name = name
        self.table = sink.table
        self.owner = owner
        self._sink = sink

    @property
    def place(self) -> Place:
        """The argument, where the validators are written; else the builder."""
        return argument_of(self.function, self.name)

    @property
    def related(self) -> tuple[Pointer, ...]:
        """The call that writes."""
        return (Pointer(self._sink.by.path, self._sink.by.ordinal, self._sink.nth, "it is written here"),)


def of(function: Registered) -> Iterator[UnownedWrite]:
    """Yield the first document of others that a function writes which looks only whether somebody is logged in."""
    handler, linked = function.made.closure, function.module.linked
    if function.module.role is Role.TEST or not function.exposed or function.kind != "mutation" or handler is None:
        return
    sinks = [
        (part.steps[0], sink, owner)
        for part, sink in linked.flows(handler)
        if sink.kind == "id" and part.function == handler and part.index == 1 and len(part.steps) == 1
        if (owner := _owner(function, sink.table)) is not None
    ]
    if not sinks or function.made.builder.opaque or function.identity is not Grade.ENFORCES:
        return
    effects = function.effects
    if not effects.complete or effects.has("run"):
        return
    looks = decisions.reached(linked, function.made.runs)
    for name, sink, owner in sorted(sinks, key=lambda one: (one[1].by.path, one[1].nth)):
        if looks is not None and looks <= {sink.table}:
            yield UnownedWrite(function, name, sink, owner)
            return


def _owner(function: Registered, table: str) -> str | None:
    """Return the field of a table that says whose its documents are."""
    folder = function.module.linked.schema_folder(function.module.path)
    if not table or table in USERS or folder is None:
        return None
    found = function.module.linked.table(folder, table)
    for one in members(found.validator) if found is not None else ():
        for name, field in one.fields:
            is_name = OWNERS.fullmatch(name) is not None and field.kind in {"id", "string"}
            if is_name or (field.kind == "id" and field.table in USERS):
                return name
    return None
