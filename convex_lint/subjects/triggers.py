"""Mutations whose writes run no triggers, though the project has some for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import triggers
from convex_lint.link.shapes import bare
from convex_lint.subjects.importing import moved
from convex_lint.syntax.nodes import Member, Name
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.functions import Registered


class MissedTrigger:
    """A mutation that writes to `tables` with triggers, and that is built by what Convex generates.

    `wrapper` is the builder of the project that runs the triggers, and `home` its module.
    """

    def __init__(self, function: Registered, tables: tuple[str, ...], wrapper: str, home: str) -> None:
        self.function = function
        self.tables = tables
        self.wrapper = wrapper
        self.home = home

    @property
    def place(self) -> Place:
        """The builder."""
        return self.function.place

    def wrapped(self) -> tuple[Edit, ...]:
        """Return the edits that import the builder which runs the triggers instead, for all that the module makes."""
        callee = bare(self.function.made.call.callee)
        own = callee.binding if isinstance(callee, Name) else None
        is_plain = own is not None and own.form == "import" and self.home != self.function.module.path
        return moved(self.function.module, own, self.wrapper, self.home) if own is not None and is_plain else ()


def of(function: Registered) -> MissedTrigger | None:
    """Return what a mutation misses by its builder, unless this is called by a name that tells of intent."""
    module = function.module
    project = module.linked.project_of(module.path)
    if function.kind != "mutation" or project is None or module.role is Role.TEST or not _is_generated(function):
        return None
    known = module.linked.project_triggers(project.folder)
    wrapper = known.wrapper(internal=function.internal)
    if wrapper is None or triggers.wraps(module.linked, module.path):
        return None
    tables = {one.detail for one in function.effects.done if one.kind == "write"} & known.tables
    return MissedTrigger(function, tuple(sorted(tables)), *wrapper) if tables else None


def _is_generated(function: Registered) -> bool:
    """Say whether a builder is one of `_generated/server`, called by its own name: another one tells of intent."""
    callee = bare(function.made.call.callee)
    called = callee.text if isinstance(callee, Name) else callee.name if isinstance(callee, Member) else ""
    return not function.made.builder.custom and called == ("internalMutation" if function.internal else "mutation")
