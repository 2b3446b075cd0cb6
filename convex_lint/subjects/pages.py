"""Options of `.paginate()` that are an argument of a registered function, and what validates them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import paging
from convex_lint.link.shapes import bare, property_of
from convex_lint.subjects.importing import imported
from convex_lint.syntax.nodes import Call, Function, Member, Name, Object
from convex_lint.values import Method, Query, Validator, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.link.registered import Registered
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_NAME = "paginationOptsValidator"
_FAR = 8
"""The names and members from an argument of `.paginate()` to the parameter that it may be."""


class PageOptions:
    """An argument of a registered function, or a field of one, that a handler gives to `.paginate()` as it is."""

    def __init__(self, module: Module, made: Registered, argument: Expression, path: tuple[str, ...]) -> None:
        self.module = module
        self.name = path[-1] if path else ""
        self._made = made
        self._argument = argument
        self._path = path

    @property
    def place(self) -> Place:
        """What validates it, or where that is not seen, where it is given to `.paginate()`."""
        written = self._written
        return self.module.at(written if written is not None else self._argument)

    @property
    def validator(self) -> Validator | None:
        """What validates it; None where it is not seen."""
        found = self.module.linked.validator(self.module.path, self._made.names[0], "args")
        for step in self._path:
            found = found.field(step) if found is not None else None
        return found

    @property
    def unchecked(self) -> bool:
        """Whether its validator lets anything in."""
        found = self.validator
        return found is not None and found.kind == "any"

    @property
    def missing(self) -> str | None:
        """The field that `.paginate()` needs, and that its validator does not let in."""
        found = self.validator
        if found is None or found.kind != "object" or found.open:
            return None
        return next((name for name in ("numItems", "cursor") if found.field(name) is None), None)

    @property
    def _written(self) -> Expression | None:
        """The validator, as it is written in the arguments of the function."""
        written = bare(self._made.args.value) if self._made.args is not None else None
        for step in self._path:
            if isinstance(written, Call) and written.arguments:
                written = bare(written.arguments[0])
            entry = property_of(written, step) if isinstance(written, Object) else None
            written = bare(entry.value) if entry is not None and entry.form == "pair" else None
        return written

    def replaced(self) -> tuple[Edit, ...]:
        """Return the edits that put the validator of Convex in the place of the one that is written."""
        written = self._written
        if not isinstance(written, Call):
            return ()
        found = imported(self.module, _NAME, self.module.summary.code.scope)
        return (*found.edits, self.module.replace(written, found.name)) if found is not None else ()


def find(module: Module) -> Iterator[PageOptions]:
    """Yield the arguments that handlers of a module give to `.paginate()` of what surely is a query."""
    calls = [call for call in paging.direct(module.linked, module.path) if call.arguments]
    made = {one.handler: one for one in module.linked.registered(module.path) if one.names} if calls else {}
    for call in calls:
        around = _handler(call.function, made)
        if around is None or not _may_be_given_to(around.handler, call.arguments[0]):
            continue
        callee = present(module.linked.value(call.callee))
        if not isinstance(callee, Method) or not isinstance(callee.of, Query):
            continue
        origins = module.linked.origins(call.arguments[0])
        path = next((one.detail for one in origins if one.kind == "arg"), None)
        if path is not None and len(origins) == 1 and module.whole(call, call.function):
            yield PageOptions(module, around, call.arguments[0], tuple(path.split(".")) if path else ())


def _may_be_given_to(handler: Function | None, expression: Expression) -> bool:
    """Say whether an expression is a part of what a function is given, at a glance: who may give it asks far around."""
    expression = bare(expression)
    for _ in range(_FAR):
        if isinstance(expression, Member):
            expression = bare(expression.of)
            continue
        binding = expression.binding if isinstance(expression, Name) else None
        if binding is None or binding.of is None or binding.writes or isinstance(binding.of, Function):
            return binding is not None and binding.of is handler
        expression = bare(binding.of)
    return False


def _handler(function: Function | None, made: dict[Function | None, Registered]) -> Registered | None:
    while function is not None:
        if function in made:
            return made[function]
        function = function.inside
    return None
