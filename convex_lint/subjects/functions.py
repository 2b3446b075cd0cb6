"""Functions of any kind, and those that are registered with Convex."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING

from convex_lint import flow, roles
from convex_lint.diagnostics import Safety
from convex_lint.facts.access import is_credential
from convex_lint.link import access, clock, exposed, randomness
from convex_lint.link.effects import Effects
from convex_lint.link.identity import Grade
from convex_lint.link.shapes import bare, property_of
from convex_lint.source import Span
from convex_lint.subjects import owned, triggers, trusted, unchecked
from convex_lint.subjects.access import Opening
from convex_lint.subjects.clock import ClockRead
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Block, Object
from convex_lint.values import Closure, Ctx, Validator
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.link import reach, registered
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.owned import UnownedWrite
    from convex_lint.subjects.triggers import MissedTrigger
    from convex_lint.subjects.trusted import TrustedArgument
    from convex_lint.syntax import nodes
    from convex_lint.syntax.nodes import Call, Statement


class Function:
    """Any function of a module: a handler, a helper, a callback."""

    def __init__(self, module: Module, node: nodes.Function, calls: list[Call]) -> None:
        self.module = module
        self.node = node
        self._calls = calls

    @property
    def place(self) -> Place:
        """The whole function."""
        return self.module.at(self.node)

    @property
    def clock_reads(self) -> Iterator[ClockRead]:
        """The calls in the function itself (not in the functions inside it) that read the clock."""
        for call in filter(clock.may_read, self._calls):
            words = clock.read_by(self.module.linked, call)
            if words is not None:
                yield ClockRead(self.module, call, words)

    @property
    def random_draws(self) -> Iterator[ClockRead]:
        """The calls in the function itself that draw random numbers."""
        for call in filter(randomness.may_draw, self._calls):
            words = randomness.drawn_by(self.module.linked, call)
            if words is not None:
                yield ClockRead(self.module, call, words)


def find(module: Module) -> Iterator[Function]:
    """Yield the functions of a module that call anything."""
    calls: dict[nodes.Function, list[Call]] = {}
    for call in module.summary.code.calls:
        if call.function is not None:
            calls.setdefault(call.function, []).append(call)
    for node, inside in calls.items():
        if module.whole(node, node):
            yield Function(module, node, inside)


def kinds(module: Module, function: nodes.Function | None) -> frozenset[str]:
    """Return the kinds of ctx (`query`, `mutation`, `action`) that the code in a function surely runs with."""
    while function is not None:
        for index in range(len(function.parameters)):
            ctx = module.linked.parameter(function, index)
            if isinstance(ctx, Ctx):
                return ctx.kinds
        function = function.inside
    return frozenset()


def ways(module: Module, function: nodes.Function | None) -> tuple[reach.Way, ...]:
    """Return how deployed functions come to the code in a function, or to the function around it."""
    found: tuple[reach.Way, ...] = ()
    while function is not None and not found:
        found = module.linked.ways(Closure(function.scope.path, function.ordinal))
        function = function.inside
    return found


class Registered:
    """A function that is registered with Convex and exported, so that it is deployed."""

    def __init__(self, module: Module, made: registered.Registered) -> None:
        self.module = module
        self.made = made

    @property
    def place(self) -> Place:
        """The builder's name at the call: small enough to be annotated."""
        return self.module.at(self.made.call.callee)

    @property
    def name(self) -> str:
        """The first name it is exported under."""
        return self.made.names[0]

    @property
    def kind(self) -> str:
        """`query`, `mutation`, `action` or `httpAction`."""
        return self.made.kind

    @property
    def internal(self) -> bool:
        """Whether only other functions can call it."""
        return self.made.internal

    @property
    def in_node(self) -> bool:
        """Whether its module is deployed to Node."""
        return self.module.summary.node and self.module.role is Role.ENTRY

    @property
    def deployed_as(self) -> str:
        """What it is, in words: `public mutation`, `internal query`, in a component just `mutation`."""
        if self.module.in_component:
            return self.kind
        return f"{'internal' if self.internal else 'public'} {self.kind}"

    @property
    def exposed(self) -> bool:
        """Whether anyone on the internet can call it."""
        return not (self.internal or self.module.in_component)

    @property
    def validated(self) -> bool:
        """Whether its arguments are validated, as far as is seen: also true where that is not known."""
        made = self.made
        if made.args is not None:
            return not self.takes_anything
        return "args" in made.inherits or made.open or not made.builder.validates

    @property
    def takes_anything(self) -> bool:
        """Whether its validator lets everything in: `args: v.any()`."""
        args = self.made.args
        if args is None or isinstance(bare(args.value), Object) or not self.made.builder.validates:
            return False
        given = self.module.linked.value(args.value)
        return isinstance(given, Validator) and given.kind == "any"

    @property
    def returns_validated(self) -> bool:
        """Whether what it returns is validated, as far as is seen: also true where that is not known."""
        made = self.made
        own = made.config is None or property_of(made.config, "returns") is not None
        return own or "returns" in made.inherits or made.open

    @property
    def args(self) -> Validator | None:
        """The validator of its arguments, or None where there surely is none; `Linked.validator` tells of others."""
        return self.module.linked.validator(self.module.path, self.name, "args")

    @property
    def returns(self) -> Validator | None:
        """The validator of what it returns, or None where there surely is none."""
        return self.module.linked.validator(self.module.path, self.name, "returns")

    @property
    def identity(self) -> Grade:
        """What it does about who calls it: its handler, and what its builder runs first."""
        linked = self.module.linked
        runs = [*self.made.builder.runs, *self.made.wrapped]
        if self.made.closure is not None:
            if linked.guards(self.made.closure.path, self.made.closure.ordinal):
                return Grade.ENFORCES
            runs.append(self.made.closure)
        grades = {linked.identity(closure.path, closure.ordinal) for closure in runs}
        ranked = (Grade.ENFORCES, Grade.GIVES, Grade.READS, Grade.UNKNOWN)
        return next(
            (one for one in ranked if one in grades), Grade.UNKNOWN if self.made.handler is None else Grade.NONE
        )

    @property
    def effects(self) -> Effects:
        """What its handler does, and what its builder runs first; incomplete where that is not seen."""
        linked = self.module.linked
        found = Effects(complete=self.made.closure is not None)
        for closure in self.made.runs:
            found = found.both(linked.effects(closure.path, closure.ordinal))
        return found

    @cached_property
    def trusted(self) -> TrustedArgument | None:
        """The argument by which whoever calls it says who that is, where nothing looks whether that is so."""
        return trusted.of(self)

    @property
    def is_told_of(self) -> bool:
        """Whether it is said more exactly why anyone can call it: it trusts an argument, or forgets who calls."""
        found = unchecked.find(self.module)
        return self.trusted is not None or any(one.function is self.made.handler for one in found)

    def opening(self, trusted: tuple[str, ...] = (), pattern: str = "", *, reads: bool = False) -> Opening | None:
        """Return what anyone can have done by it, logged in or not; None where it stops them, or that is not known.

        Functions that are `trusted` by name, or by a regular expression, check who calls; with `reads`, reading counts.
        """
        run = exposed.run(self.module.linked, self.made, access.Asked(trusted, pattern, reads))
        return Opening(run.lets, asks=run.asks) if run is not None and run.comes else None

    @cached_property
    def takes_secret(self) -> bool:
        """Whether it, or its builder, demands an argument that few know, and may refuse those who do not."""
        args, made = self.args, self.made
        if args is None or not any(is_credential(name) for name, one in args.fields if not one.optional):
            return False
        asked = access.Asked(user=True)
        return not access.of_all(self.module.linked, made.runs, asked, opaque=made.builder.opaque).comes

    @property
    def is_among_logins(self) -> bool:
        """Whether its project has to do with who calls, be it in one function: it has logins, or secrets."""
        project = self.module.linked.project_of(self.module.path)
        return project is not None and self.module.linked.has_logins(project.folder)

    def opened_around(self, public: tuple[str, ...] = ()) -> tuple[tuple[str, Opening], ...]:
        """Return what anyone can have done by the functions of its project, each with its name, `messages:send`.

        They are in the order of their paths. What says `@public`, or is listed, is left out.
        """
        linked = self.module.linked
        project = linked.project_of(self.module.path)
        if project is None:
            return ()
        found = []
        for one in linked.exposed_in(project.folder):
            inside = (roles.inside_of(one.path, project.folder) or one.path).rpartition(".")[0]
            if not _is_listed(inside, one.names, public):
                found.append((f"{inside}:{one.names[0]}", Opening(one.done)))
        return tuple(found)

    @cached_property
    def is_marked_public(self) -> bool:
        """Whether a comment directly above it says `@public`."""
        return exposed.is_marked(self.module.linked, self.made)

    def is_listed(self, patterns: tuple[str, ...]) -> bool:
        """Say whether a pattern fits its name, `send`, or its path, `messages:send`."""
        return _is_listed(self._inside, self.made.names, patterns)

    @property
    def path(self) -> str:
        """How it is called from outside: `messages:send`."""
        return f"{self._inside}:{self.name}"

    @property
    def _inside(self) -> str:
        return (self.module.inside or self.module.path).rpartition(".")[0]

    @property
    def positional(self) -> bool:
        """Whether it is written in the old syntax, with a function instead of an object."""
        return self.made.positional

    @property
    def takes_arguments(self) -> bool | None:
        """Whether its handler has a parameter for the arguments; None where the handler is not seen."""
        handler = self.made.handler
        if handler is None or any(parameter.rest for parameter in handler.parameters):
            return None
        if handler.form != "arrow" and "arguments" in self._text(handler):
            return None
        return len(handler.parameters) > 1 and not handler.parameters[1].is_empty

    def _text(self, handler: nodes.Function) -> str:
        return self.module.linked.text(handler.scope.path)[handler.start : handler.end].decode("utf-8", "replace")

    @property
    def statements(self) -> int:
        """How many statements its handler has, with those in blocks and callbacks; 0 where it is not written in place.

        One that is a function with a name is a helper itself.
        """
        handler, call = self.made.handler, self.made.call
        if handler is None or handler.scope.path != self.module.path or not call.start < handler.start < call.end:
            return 0
        functions = self.module.summary.code.functions
        within = [one for one in functions if handler.start <= one.start < handler.end and not one.concise]
        return sum(_statements(one.body) for one in within if one.body is not None)

    @property
    def refusing(self) -> Safety:
        """Whether it is safe to have it take no arguments: none may be given any, by code or by a test."""
        is_given = not self.module.linked.given_something().isdisjoint(self.made.names)
        return Safety.UNSAFE if is_given and self.takes_arguments is False else Safety.SAFE

    def declare_no_arguments(self) -> Edit | None:
        """Return the edit that puts `args: {}` first in its configuration."""
        config = self.made.config
        if config is None or not config.properties:
            return None
        first = config.properties[0]
        between = self.module.text(Span(config.start + 1, first.start))
        # A comment before the first property stays with it.
        blank = between if not between.strip() else " "
        return self.module.insert(first.start, f"args: {{}},{blank or ' '}")

    def as_object(self) -> tuple[Edit, ...]:
        """Return the edits that wrap its handler in an object, with empty `args` where the handler takes none."""
        argument = self.made.call.arguments[0]
        before = "{ args: {}, handler: " if self.takes_arguments is False else "{ handler: "
        return (self.module.insert(argument.start, before), self.module.insert(argument.end, " }"))


def _is_listed(inside: str, names: tuple[str, ...], patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, one) for one in patterns for name in (*names, f"{inside}:{names[0]}", inside))


def _statements(statement: Statement) -> int:
    own = 0 if isinstance(statement, Block) else 1
    return own + sum(map(_statements, flow.inner(statement)))


@once
def find_registered(module: Module) -> Iterator[Registered]:
    """Yield the exported functions that a module registers."""
    for made in module.linked.registered(module.path):
        if made.names and module.whole(made.call, None):
            yield Registered(module, made)


def find_trusted(module: Module) -> Iterator[TrustedArgument]:
    """Yield the arguments of the exported functions of a module by which clients say who they are."""
    if module.role is not Role.TEST:
        yield from (one.trusted for one in find_registered(module) if one.trusted is not None)


def find_missed(module: Module) -> Iterator[MissedTrigger]:
    """Yield the mutations of a module whose writes run no triggers, though there are some for them."""
    for function in find_registered(module):
        found = triggers.of(function)
        if found is not None:
            yield found


def find_unowned(module: Module) -> Iterator[UnownedWrite]:
    """Yield the documents with an owner that public mutations of a module write for everyone who is logged in."""
    for function in find_registered(module):
        yield from owned.of(function)
