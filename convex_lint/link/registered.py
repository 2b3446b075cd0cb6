"""The functions that a module registers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint.link import modules
from convex_lint.link.shapes import adds_index, bare, callback, property_of, run_by
from convex_lint.records import entity, record
from convex_lint.syntax.nodes import Call, Member, Name, Object, Property, Spread
from convex_lint.validators import NOT_KNOWN, as_validator, extend
from convex_lint.values import Builder, Closure, Registration, Structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Expression, Function
    from convex_lint.values import Validator


@entity
class Registered:
    """A call of a builder at the top level of a module.

    `names` are the names it is exported under (none: it is never deployed). `config` is the object it was given, or
    None in the old syntax and where it is not seen. `handler` is the function that runs, or None where not
    seen; `wrapped` are functions that were given to what made the handler, and that run with it. `args` is the
    property that holds the argument validators. `open` says that its configuration has parts
    that are not seen; `inherits` are the properties that spreads bring.
    """

    path: str
    call: Call
    builder: Builder
    names: tuple[str, ...]
    config: Object | None
    handler: Function | None
    args: Property | None
    open: bool
    inherits: frozenset[str]
    wrapped: tuple[Closure, ...] = ()

    @property
    def closure(self) -> Closure | None:
        """The function that runs, by its module and ordinal."""
        return Closure(self.handler.scope.path, self.handler.ordinal) if self.handler is not None else None

    @property
    def kind(self) -> str:
        """`query`, `mutation`, `action` or `httpAction`."""
        return self.builder.kind

    @property
    def internal(self) -> bool:
        """Whether only other functions can call it."""
        return self.builder.internal

    @property
    def runs(self) -> tuple[Closure, ...]:
        """The functions that run when it is called, in order, its handler the last of them, as far as they are seen."""
        own = (self.closure,) if self.closure is not None else ()
        return (*self.builder.runs, *self.wrapped, *own)

    @property
    def positional(self) -> bool:
        """Whether it is written in the old syntax: the handler alone, with no object around it."""
        return self.config is None and self.handler is not None


def find(linked: Linked, summary: Summary) -> Iterator[Registered]:
    """Yield the functions that a module registers, in the order of its text."""
    for call in summary.calls_in(None):
        if not call.new and call.arguments and not adds_index(call):
            builder = linked.value(call.callee)
            if isinstance(builder, Builder):
                yield _registered(linked, summary, call, builder)


def _registered(linked: Linked, summary: Summary, call: Call, builder: Builder) -> Registered:
    given = _configuration(bare(call.arguments[0]))
    names = tuple(summary.names_of(call))
    if not isinstance(given, Object):
        function = callback(linked, given)
        wrapped = _wrapped(linked, given)
        unseen = function is None
        return Registered(
            summary.path, call, builder, names, None, function, None, unseen, inherits=frozenset(), wrapped=wrapped
        )
    handler = property_of(given, "handler")
    function = callback(linked, handler.value) if handler is not None else None
    spread = [linked.value(entry.of) for entry in given.properties if isinstance(entry, Spread)]
    unseen = any(not isinstance(value, Structure) or value.open for value in spread)
    computed = any(isinstance(entry, Property) and entry.key is None for entry in given.properties)
    inherits = frozenset(name for value in spread if isinstance(value, Structure) for name, _ in value.fields)
    args = property_of(given, "args")
    wrapped = _wrapped(linked, handler.value) if handler is not None else ()
    return Registered(summary.path, call, builder, names, given, function, args, unseen or computed, inherits, wrapped)


def _wrapped(linked: Linked, handler: Expression) -> tuple[Closure, ...]:
    """Return the functions that are given to the function of the project that makes a handler, and run with it."""
    handler = bare(handler)
    maker = modules.static_function(linked, handler.callee) if isinstance(handler, Call) else None
    if maker is None or not isinstance(handler, Call):
        return ()
    handed = [modules.static_closure(linked, argument) for argument in run_by(maker, handler.arguments)]
    return tuple(closure for closure in handed if closure is not None)


def _configuration(expression: Expression) -> Expression:
    """Return the object that a constant holds which is there for one registration only."""
    binding = expression.binding if isinstance(expression, Name) else None
    if binding is None or binding.form != "const" or binding.steps or len(binding.uses) > 1 or binding.of is None:
        return expression
    held = bare(binding.of)
    return held if isinstance(held, Object) else expression


def validator_of(linked: Linked, path: str, name: str, part: str) -> Validator | None:
    """Return the validator of the arguments (`args`) or the result (`returns`); None where there surely is none.

    That of arguments is open where the builder may add some of its own.
    """
    found = next((one for one in linked.registered(path) if name in one.names), None)
    if found is None:
        return NOT_KNOWN
    if found.config is None:
        return None if found.positional else NOT_KNOWN
    with linked.at(found.path):
        given = linked.value(found.config)
    if not isinstance(given, Structure) or not found.builder.validates:
        return NOT_KNOWN
    if not given.has(part):
        return NOT_KNOWN if given.open else None
    made = as_validator(given.get(part))
    if part != "args" or not found.builder.custom or made.kind != "object":
        return made
    takes = found.builder.takes
    return extend(made, takes) if takes is not None else replace(made, open=True)


@record
class Exposure:
    """One thing that a function is registered as: the first name that it is exported under, what lets arguments in.

    `name` is empty where it is not exported. `runs` are the functions that run in order, itself the last of them, and
    others before them if they are not all seen (`opaque`).
    """

    name: str
    args: Validator
    kind: str
    internal: bool
    runs: tuple[Closure, ...]
    opaque: bool


def exposures(linked: Linked, function: Function) -> tuple[Exposure, ...]:
    """Return all that a function is registered as."""
    return tuple(
        Exposure(*_named(linked, one), one.kind, one.internal, one.runs, one.builder.opaque)
        for one in linked.registered_as(function)
    )


def _named(linked: Linked, made: Registered) -> tuple[str, Validator]:
    if not made.names:
        return "", NOT_KNOWN
    return made.names[0], linked.validator(made.path, made.names[0], "args") or NOT_KNOWN


@record
class Deployed:
    """A registered function in symbols: its module, the names it is exported under, and what it is.

    `name` is its path as in a reference (`messages.list`). `runs` are the functions that run when it is called: its
    `handler`, where that is seen, and those that its builder runs first, which are `opaque` if they are not all seen.
    """

    path: str
    names: tuple[str, ...]
    name: str
    kind: str
    internal: bool
    runs: tuple[Closure, ...]
    handler: Closure | None = None
    opaque: bool = False


def deployed(linked: Linked, path: str) -> Iterator[Deployed]:
    """Yield the registered functions of a module in symbols, those that other functions made for it last."""
    found = linked.registered(path)
    for one in found:
        yield in_symbols(linked, path, one.names, one.builder, one.closure, one.wrapped)
    known = {name for one in found for name in one.names}
    for name, export in linked.summaries[path].exports.items():
        value = linked.value(export.of) if name not in known and export.of is not None and _is_made(export.of) else None
        if isinstance(value, Registration):
            yield in_symbols(linked, path, (name,), value.builder, value.handler)


def _is_made(of: Expression) -> bool:
    """Say whether an export is what a call gives, or a part of that."""
    binding = of.binding if isinstance(of, Name) else None
    held = bare(binding.of) if binding is not None and binding.of is not None else bare(of)
    return isinstance(held, Call | Member)


def in_symbols(  # noqa: PLR0913, PLR0917  a deployed function is its parts
    linked: Linked,
    path: str,
    names: tuple[str, ...],
    builder: Builder,
    handler: Closure | None,
    wrapped: tuple[Closure, ...] = (),
) -> Deployed:
    """Return a registered function in symbols."""
    project = linked.project_of(path)
    folder = project.folder if project is not None else "."
    module = path.removeprefix(f"{folder}/").rsplit(".", 1)[0]
    name = ".".join((*module.split("/"), *names[:1]))
    own = (handler,) if handler is not None else ()
    return Deployed(
        path, names, name, builder.kind, builder.internal, (*own, *wrapped, *builder.runs), handler, builder.opaque
    )
