"""Arguments of registered functions, where a handler gives them to something as they are."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from convex_lint.link import looking
from convex_lint.link.shapes import bare, property_of
from convex_lint.subjects import sent
from convex_lint.syntax.nodes import Call, Function, Member, Name, Object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.diagnostics import Place
    from convex_lint.link.registered import Registered
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Validator

_FAR = 8
"""The names and members from an expression to the parameter that it may be."""


class Given:
    """An argument of a registered function, or a field of one, that is used as it is in `used`."""

    def __init__(self, module: Module, made: Registered, used: Expression, path: tuple[str, ...]) -> None:
        self.module = module
        self.name = path[-1] if path else ""
        self.path = path
        self.used = used
        self._made = made

    @property
    def place(self) -> Place:
        """What validates it, or where that is not seen, where it is used."""
        return self.module.at(self.written if self.written is not None else self.used)

    @cached_property
    def validator(self) -> Validator | None:
        """What validates it; None where it is not seen."""
        found = self.module.linked.validator(self.module.path, self._made.names[0], "args")
        for step in self.path:
            found = found.field(step) if found is not None else None
        return found

    @property
    def is_looked_into(self) -> bool:
        """Whether the handler asks something of the string that it is, so that it need not be what it is used as."""
        handler = self._made.handler
        return handler is not None and any(map(looking.is_looked_into, sent.uses(handler, self.path)))

    @cached_property
    def written(self) -> Expression | None:
        """The validator, as it is written in the arguments of the function."""
        written = bare(self._made.args.value) if self._made.args is not None else None
        for step in self.path:
            if isinstance(written, Call) and written.arguments:
                written = bare(written.arguments[0])
            entry = property_of(written, step) if isinstance(written, Object) else None
            written = bare(entry.value) if entry is not None and entry.form == "pair" else None
        return written


def handlers(module: Module) -> Mapping[Function | None, Registered]:
    """Return the functions of a module that are exported, by their handlers."""
    return {one.handler: one for one in module.linked.registered(module.path) if one.names}


def find(
    module: Module, used: Expression, function: Function | None, made: Mapping[Function | None, Registered]
) -> Given | None:
    """Return the argument that an expression in a function is; None where it may be anything else."""
    while function is not None and function not in made:
        function = function.inside
    around = made[function] if function is not None else None
    if around is None or not _may_be_given_to(around.handler, used):
        return None
    origins = module.linked.origins(used)
    path = next((one.detail for one in origins if one.kind == "arg"), None)
    if path is None or len(origins) != 1:
        return None
    return Given(module, around, used, tuple(path.split(".")) if path else ())


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
