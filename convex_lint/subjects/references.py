"""Places where a function is called, scheduled or registered as a job by its reference, and cron jobs."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from convex_lint.facts.api import CRON_METHODS, RUNS
from convex_lint.link import signatures
from convex_lint.link.shapes import bare, dotted, property_of
from convex_lint.subjects.fitting import misfits
from convex_lint.syntax.nodes import Array, Call, Conditional, Literal, Member, Name, Object, Property, Spread
from convex_lint.validators import NOT_KNOWN
from convex_lint.values import (
    ArrayOf,
    Crons,
    Ctx,
    Method,
    RecordOf,
    Reference,
    Service,
    Structure,
    Validator,
    Value,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.link import Linked
    from convex_lint.link.registered import Deployed
    from convex_lint.subjects.fitting import Misfit
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_SCHEDULES = frozenset({"runAfter", "runAt"})
_CRON_FIELDS = 5
_TAKERS = _SCHEDULES | RUNS | CRON_METHODS


class ReferenceUse:
    """A function reference (`internal.users.get`) that is called, scheduled or registered.

    `by` is what takes it: `scheduler`, `cron`, `run` or `package`; `words` is that in the words of a message.
    """

    def __init__(  # noqa: PLR0913, PLR0917  a use is its parts
        self, module: Module, node: Expression, reference: Reference, by: str, words: str, call: Call, index: int
    ) -> None:
        self.module = module
        self.node = node
        self.reference = reference
        self.by = by
        self.words = words
        self._call = call
        self._index = index

    @property
    def place(self) -> Place:
        """The reference."""
        return self.module.at(self.node)

    @property
    def spelt(self) -> str:
        """The reference in full, whatever names it is written with here."""
        return ".".join((self.reference.root, *self.reference.path))

    @property
    def target(self) -> Deployed | None:
        """The function that it refers to, where that is known."""
        return self.module.linked.target(self.reference)

    @property
    def given(self) -> Expression | None:
        """The arguments that the function is called with, where they are written here."""
        given = self._call.arguments
        at = self._index + 1
        if at >= len(given) or any(isinstance(one, Spread) for one in given[: at + 1]):
            return None
        if self.by == "package" and not isinstance(
            present(signatures.argument(self._linked, self._call, at)), RecordOf
        ):
            return None
        return given[at]

    @property
    def gives_nothing(self) -> bool:
        """Whether the call surely gives the function no arguments."""
        given = self._call.arguments
        return (
            self.by != "package" and len(given) == self._index + 1 and not any(isinstance(one, Spread) for one in given)
        )

    @property
    def args(self) -> Validator:
        """The validator of the arguments of the function; one of which nothing is known where it is not seen."""
        target = self.target
        if target is None:
            return NOT_KNOWN
        found = self._linked.validator(target.path, self.reference.path[-1], "args")
        return found if found is not None else NOT_KNOWN

    @property
    def misfits(self) -> tuple[Misfit, ...]:
        """What of the arguments surely does not fit the validator of the function."""
        given, wanted = self.given, self.args
        return tuple(misfits(self.module, given, wanted)) if given is not None else ()

    @property
    def _linked(self) -> Linked:
        return self.module.linked

    def through(self, root: str) -> Edit | None:
        """Return the edit that takes the function through another root, where that name is imported already."""
        first: Expression = bare(self.node)
        while isinstance(first, Member):
            first = bare(first.of)
        if not isinstance(first, Name):
            return None
        own, other = first.binding, first.scope.find(root)
        # A name that stands for a part of the reference, or another `internal` in scope, would change what is meant.
        if own is None or own.imported != self.reference.root or other is None or other.imported != root:
            return None
        return self.module.replace(first, root)


def find(module: Module) -> Iterator[ReferenceUse]:
    """Yield the uses of references in a module."""
    for call in module.summary.calls(_TAKERS | module.linked.described().takers):
        if call.arguments and module.whole(call, call.function):
            taker = _taker(module, call)
            yield from _handed_over(module, call) if taker is None else _uses(module, call, *taker)


def _uses(module: Module, call: Call, index: int, by: str, words: str) -> Iterator[ReferenceUse]:
    for leaf in _leaves(call.arguments[index]) if index < len(call.arguments) else ():
        value = module.linked.value(leaf)
        if isinstance(value, Reference):
            yield ReferenceUse(module, leaf, value, by, words, call, index)


def _handed_over(module: Module, call: Call) -> Iterator[ReferenceUse]:
    """Yield the references that a function of a package takes, in objects and lists, too."""
    words = dotted(call.callee) or "a package"
    for at, argument in enumerate(call.arguments):
        for leaf in _wanted(argument, signatures.argument(module.linked, call, at)):
            value = module.linked.value(leaf)
            if isinstance(value, Reference) and value.root:
                yield ReferenceUse(module, leaf, value, "package", words, call, at)


def _wanted(expression: Expression, wanted: Value) -> Iterator[Expression]:
    """Yield the parts of an expression that stand where a reference is wanted."""
    wanted = present(wanted)
    inner = bare(expression)
    match wanted:
        case Reference():
            yield from _leaves(expression)
        case ArrayOf() if isinstance(inner, Array):
            for item in inner.items:
                yield from _wanted(item, wanted.of)
        case Structure() if isinstance(inner, Object):
            for entry in inner.properties:
                if isinstance(entry, Property) and entry.key is not None:
                    yield from _wanted(entry.value, wanted.get(entry.key))
        case _:
            pass


def _leaves(expression: Expression) -> Iterator[Expression]:
    """Yield what an expression may come to: both branches of a ternary."""
    inner = bare(expression)
    if isinstance(inner, Conditional):
        yield from _leaves(inner.yes)
        yield from _leaves(inner.no)
    else:
        yield expression


def _taker(module: Module, call: Call) -> tuple[int, str, str] | None:
    """Return the position of the reference among the arguments, what takes it, and that in words."""
    match present(module.linked.value(call.callee)):
        case Method(of=Service(name="scheduler"), name=name) if name in _SCHEDULES:
            return (1, "scheduler", f"ctx.scheduler.{name}")
        case Method(of=Ctx(), name=name) if name in RUNS:
            return (0, "run", f"ctx.{name}")
        case Method(of=Crons(), name=name) if name in CRON_METHODS:
            return (2, "cron", "a cron job")
        case _:
            return None


class CronMinute:
    """The minute of a schedule: `text` is `0`, or a field of a cron string such as `0,30`."""

    def __init__(self, module: Module, start: int, end: int, text: str) -> None:
        self.module = module
        self.start = start
        self.end = end
        self.text = text

    @property
    def place(self) -> Place:
        """The number, or the field in the string."""
        return self.module.at(self)


class Cron:
    """A job that is registered on what `cronJobs()` returns; `method` is `daily`, `cron` and so on."""

    def __init__(self, module: Module, node: Call, method: str) -> None:
        self.module = module
        self.node = node
        self.method = method

    @property
    def place(self) -> Place:
        """The whole registration."""
        return self.module.at(self.node)

    @property
    def identifier(self) -> str:
        """The name of the job, or its text where that is no literal."""
        first = self.node.arguments[0]
        return str(first.value) if isinstance(first, Literal) else self.module.text(first)

    @property
    def schedule(self) -> Expression | None:
        """When it runs, as it is written."""
        return bare(self.node.arguments[1]) if len(self.node.arguments) > 1 else None

    @property
    def minute(self) -> CronMinute | None:
        """The minute that the schedule names, where it is a literal; of a cron string, its first field."""
        schedule = self.schedule
        if isinstance(schedule, Literal) and schedule.form == "string":
            return self._minute_of(schedule, str(schedule.value))
        entry = property_of(schedule, "minuteUTC") if isinstance(schedule, Object) else None
        if entry is None or _is_overridden(schedule, entry):
            return None
        value = bare(entry.value)
        if not isinstance(value, Literal) or value.form != "number" or value.value is None:
            return None
        return CronMinute(self.module, value.start, value.end, f"{value.value:g}")

    def _minute_of(self, written: Literal, text: str) -> CronMinute | None:
        fields = text.split()
        # A string with escapes has other places than its value.
        if len(fields) != _CRON_FIELDS or written.end - written.start != len(text) + 2:
            return None
        start = written.start + 1 + text.index(fields[0])
        return CronMinute(self.module, start, start + len(fields[0]), fields[0])

    @property
    def quiet_minute(self) -> int:
        """A minute that few jobs run at: always the same for the same job, spread over the hour, no multiple of 5."""
        number = zlib.crc32(self.identifier.encode()) % 48
        return number // 4 * 5 + number % 4 + 1


def _is_overridden(schedule: Expression | None, entry: Property) -> bool:
    """Say whether a spread behind a property may give it another value."""
    entries = schedule.properties if isinstance(schedule, Object) else []
    return any(isinstance(other, Spread) and other.start > entry.start for other in entries)


def find_crons(module: Module) -> Iterator[Cron]:
    """Yield the cron jobs that a module registers."""
    for call in module.summary.calls(CRON_METHODS):
        if call.arguments and module.whole(call, call.function):
            callee = present(module.linked.value(call.callee))
            if isinstance(callee, Method) and isinstance(callee.of, Crons):
                yield Cron(module, call, callee.name)
