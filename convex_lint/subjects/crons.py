"""Cron jobs, where they are registered on what `cronJobs()` returns."""

from __future__ import annotations

import re
import zlib
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.diagnostics import Place
from convex_lint.facts.api import CRON_METHODS
from convex_lint.link.shapes import bare, property_of
from convex_lint.source import Span
from convex_lint.subjects import schedules
from convex_lint.syntax.nodes import Block, Call, If, Literal, Member, Name, Object, Property, Spread
from convex_lint.values import Closure, Constant, Crons, Method, Structure, present
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression, Statement

_CRON_FIELDS = 5
_PRINTABLE = re.compile(r"[ -~]*")


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


class CronFault(NamedTuple):
    """What is wrong with a job, where, and what to do."""

    place: Place
    message: str
    help: str


class Cron:
    """A job that is registered on what `cronJobs()` returns; `method` is `daily`, `cron` and so on."""

    def __init__(self, module: Module, node: Call, method: str, others: tuple[Cron, ...]) -> None:
        self.module = module
        self.node = node
        self.method = method
        self._others = others  # those before it in the module

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

    @cached_property
    def faults(self) -> tuple[CronFault, ...]:
        """What is wrong with its name and its schedule, so that it cannot be deployed."""
        return (*self._named(), *self._scheduled(), *self._kept())

    def _named(self) -> Iterator[CronFault]:
        first = self.node.arguments[0]
        name = self.module.linked.value(first)
        if not isinstance(name, Constant) or name.form != "string":
            return
        if not _PRINTABLE.fullmatch(str(name.value)):
            help_ = "use letters, digits and signs of ASCII"
            yield CronFault(self.module.at(first), "the name of a cron job has printable ASCII characters only", help_)
        if any(other.is_one_with(self) for other in self._others):
            help_ = "give each job a name of its own"
            yield CronFault(self.module.at(first), f"there is a cron job `{name.value}` already", help_)

    def _scheduled(self) -> Iterator[CronFault]:
        written = self.schedule
        value = self.module.linked.value(written) if written is not None else None
        if written is None or value is None:
            return
        if isinstance(value, Structure) and self.method != "cron":
            project = self.module.linked.project_of(self.module.path)
            for fault in schedules.of_object(self.method, value, project):
                entry = property_of(written, str(fault.field)) if isinstance(written, Object) else None
                at = self.module.at(bare(entry.value) if entry is not None else written)
                yield CronFault(at, fault.message, fault.help)
        elif self.method == "cron" and isinstance(value, Constant) and value.form == "string":
            for fault in schedules.of_string(str(value.value)):
                yield CronFault(_within(self.module, written, str(value.value), fault.field), fault.message, fault.help)

    def _kept(self) -> Iterator[CronFault]:
        """Yield what is wrong with what becomes of all jobs of the module; the first one says so."""
        made = next(_made(self.module), None)
        if made is None or self._others:
            return
        linked, at = self.module.linked, self.module.at(made.callee)
        project = linked.project_of(self.module.path)
        home = linked.crons_module(project.folder) if project is not None else None
        if home == "" and self.module.role is Role.ENTRY:
            help_ = "export them by default from `crons.ts` at the top of the functions folder"
            yield CronFault(at, "these cron jobs are not deployed: there is no module `crons`", help_)
        elif home is not None and home == self.module.path and not self.module.summary.open:
            exported = linked.export(home, "default") if "default" in self.module.summary.exports else Structure(())
            if isinstance(exported, Structure | Closure | Constant):
                help_ = "export what `cronJobs` gives as the default of this module"
                yield CronFault(at, "these cron jobs are not deployed: they are not the default export", help_)

    def is_one_with(self, other: Cron) -> bool:
        """Say whether two jobs surely are registered together, under one name."""
        same = self.module.linked.value(self.node.arguments[0]) == other.module.linked.value(other.node.arguments[0])
        return same and self._holder is not None and self._holder == other._holder

    @property
    def _holder(self) -> tuple[Binding, int] | None:
        """The name of what it is registered on, and where the block starts that it surely is registered with."""
        callee = bare(self.node.callee)
        of = bare(callee.of) if isinstance(callee, Member) else None
        if not isinstance(of, Name) or of.binding is None:
            return None
        blocks = _together(self.module.summary.code.body)
        start = next((one.start for one in blocks if any(item is self.node.parent for item in one.items)), None)
        return (of.binding, start) if start is not None else None

    @property
    def quiet_minute(self) -> int:
        """A minute that few jobs run at: always the same for the same job, spread over the hour, no multiple of 5."""
        number = zlib.crc32(self.identifier.encode()) % 48
        return number // 4 * 5 + number % 4 + 1


def _together(statement: Statement | None) -> Iterator[Block]:
    """Yield the blocks of which each runs as a whole, or not at all, when the module is loaded."""
    if isinstance(statement, Block):
        yield statement
        for item in statement.items:
            yield from _together(item)
    elif isinstance(statement, If):
        yield from _together(statement.yes)
        yield from _together(statement.no)


def _within(module: Module, written: Expression, text: str, span: str | tuple[int, int]) -> Place:
    """Return the place of a part of a string; all of it where the string is not written out as it is."""
    if not isinstance(written, Literal) or isinstance(span, str) or written.end - written.start != len(text) + 2:
        return module.at(written)
    return Place(module.path, Span(written.start + 1 + span[0], written.start + 1 + span[1]))


def _made(module: Module) -> Iterator[Call]:
    """Yield the calls of `cronJobs` in a module."""
    for call in module.summary.calls(("cronJobs",)):
        if isinstance(module.linked.value(call), Crons):
            yield call


def _is_overridden(schedule: Expression | None, entry: Property) -> bool:
    """Say whether a spread behind a property may give it another value."""
    entries = schedule.properties if isinstance(schedule, Object) else []
    return any(isinstance(other, Spread) and other.start > entry.start for other in entries)


def find(module: Module) -> Iterator[Cron]:
    """Yield the cron jobs that a module registers."""
    found: list[Cron] = []
    for call in module.summary.calls(CRON_METHODS):
        if call.arguments and module.whole(call, call.function):
            callee = present(module.linked.value(call.callee))
            if isinstance(callee, Method) and isinstance(callee.of, Crons):
                found.append(Cron(module, call, callee.name, tuple(found)))
    yield from found
