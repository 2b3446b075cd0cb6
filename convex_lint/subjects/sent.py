"""What callers send to registered functions: which expressions are an argument, as it came, and where one is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import names
from convex_lint.link.shapes import bare, outermost
from convex_lint.records import entity
from convex_lint.syntax.nodes import REST, Declare, Function, Member, Name
from convex_lint.validators import NOT_KNOWN, members, omit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convex_lint.link.registered import Exposure
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression
    from convex_lint.values import Validator

_ARGS = 1
"""Which parameter of a handler has the arguments."""


@entity
class Sent:
    """An argument as it was sent, or a part of one: `path` are the fields on the way, none for all arguments.

    `handler` is the function that received it, `name` and `kind` are the first name that this is registered under and
    what as, and `exposed` says whether anyone on the internet can call one that it is the handler of. `validator` is
    what lets it in, and `roles` is all that the handler is registered as.
    """

    path: tuple[str, ...]
    handler: Function
    name: str
    kind: str
    exposed: bool
    validator: Validator
    roles: tuple[Exposure, ...]

    @property
    def spelt(self) -> str:
        """The path as it is written."""
        return ".".join(self.path)


def of(module: Module, expression: Expression) -> Sent | None:
    """Return the argument that an expression surely is, whatever names it has; None for anything made of one."""
    inner = bare(expression)
    binding = inner.binding if isinstance(inner, Name) else None
    found = _rest(binding) if binding is not None and binding.steps == (REST,) else _path(inner)
    if found is None:
        return None
    handler, path = found
    left_out = _taken_out(binding) if binding is not None and binding.steps == (REST,) else ()
    roles = module.linked.exposures(handler.scope.path, handler.ordinal)
    validators = {omit(_field(one.args, path), left_out) for one in roles}
    if len(validators) != 1 or not all(one.name and one.kind != "httpAction" for one in roles):
        return None
    exposed = any(not one.internal for one in roles) and not module.in_component
    return Sent(path, handler, roles[0].name, roles[0].kind, exposed, validators.pop(), roles)


def _path(expression: Expression) -> tuple[Function, tuple[str, ...]] | None:
    """Return the parameter of which an expression is a part, as its function, and the way to it."""
    inner = bare(expression)
    if isinstance(inner, Member):
        found = _path(inner.of)
        return (found[0], (*found[1], inner.name)) if found is not None else None
    binding = inner.binding if isinstance(inner, Name) else None
    if binding is None or binding.writes or binding.default is not None:
        return None
    steps = tuple(step for step in binding.steps if isinstance(step, str) and step.isidentifier())
    if len(steps) < len(binding.steps):
        return None
    if isinstance(binding.of, Function) and binding.form == "param" and binding.parameter == _ARGS:
        return binding.of, steps
    if binding.form == "const" and binding.of is not None:
        found = _path(binding.of)
        return (found[0], (*found[1], *steps)) if found is not None else None
    return None


def _rest(binding: Binding) -> tuple[Function, tuple[str, ...]] | None:
    """Return of what a name is all that no other name takes: `{ id, ...rest }`."""
    if binding.writes or binding.of is None:
        return None
    if isinstance(binding.of, Function):
        return (binding.of, ()) if binding.parameter == _ARGS else None
    return _path(binding.of)


def _taken_out(binding: Binding) -> tuple[str, ...]:
    return tuple(str(one.steps[0]) for one in names.siblings(binding) if one.steps)


def _field(validator: Validator, path: Sequence[str]) -> Validator:
    for name in path:
        found = [one.field(name) for one in members(validator)]
        if len(found) != 1 or found[0] is None:
            return NOT_KNOWN
        validator = found[0]
    return validator


def uses(handler: Function, path: tuple[str, ...]) -> Iterator[Expression]:
    """Yield the places in a handler, and in the functions in it, where an argument is used as a whole."""
    if len(handler.parameters) > _ARGS:
        for binding in handler.parameters[_ARGS].pattern:
            yield from _named(binding, path)


def _named(binding: Binding, path: tuple[str, ...]) -> Iterator[Expression]:
    taken = len(binding.steps)
    if binding.steps == path[:taken]:
        for use in binding.uses:
            yield from _taken(use, path[taken:])


def _taken(node: Expression, path: tuple[str, ...]) -> Iterator[Expression]:
    node = outermost(node)
    parent = node.parent
    if isinstance(parent, Declare):
        for binding in parent.bindings:
            yield from _named(binding, path)
    if not path:
        yield node
    elif isinstance(parent, Member) and parent.name == path[0]:
        yield from _taken(parent, path[1:])
