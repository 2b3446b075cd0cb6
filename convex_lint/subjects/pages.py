"""Options of `.paginate()` that are an argument of a registered function, and what validates them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import paging
from convex_lint.subjects import given
from convex_lint.subjects.importing import imported
from convex_lint.syntax.nodes import Call
from convex_lint.values import Method, Query, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.given import Given
    from convex_lint.subjects.module import Module

_NAME = "paginationOptsValidator"


class PageOptions:
    """An argument of a registered function, or a field of one, that a handler gives to `.paginate()` as it is."""

    def __init__(self, argument: Given) -> None:
        self.module = argument.module
        self.name = argument.name
        self._argument = argument

    @property
    def place(self) -> Place:
        """What validates it, or where that is not seen, where it is given to `.paginate()`."""
        return self._argument.place

    @property
    def unchecked(self) -> bool:
        """Whether its validator lets anything in."""
        found = self._argument.validator
        return found is not None and found.kind == "any"

    @property
    def missing(self) -> str | None:
        """The field that `.paginate()` needs, and that its validator does not let in."""
        found = self._argument.validator
        if found is None or found.kind != "object" or found.open:
            return None
        return next((name for name in ("numItems", "cursor") if found.field(name) is None), None)

    def replaced(self) -> tuple[Edit, ...]:
        """Return the edits that put the validator of Convex in the place of the one that is written."""
        written = self._argument.written
        if not isinstance(written, Call):
            return ()
        found = imported(self.module, _NAME, self.module.summary.code.scope)
        return (*found.edits, self.module.replace(written, found.name)) if found is not None else ()


def find(module: Module) -> Iterator[PageOptions]:
    """Yield the arguments that handlers of a module give to `.paginate()` of what surely is a query."""
    calls = [call for call in paging.direct(module.linked, module.path) if call.arguments]
    made = given.handlers(module) if calls else {}
    for call in calls:
        argument = given.find(module, call.arguments[0], call.function, made)
        if argument is None or not module.whole(call, call.function):
            continue
        callee = present(module.linked.value(call.callee))
        if isinstance(callee, Method) and isinstance(callee.of, Query):
            yield PageOptions(argument)
