"""Cron jobs, where they are registered on what `cronJobs()` returns."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from convex_lint.facts.api import CRON_METHODS
from convex_lint.link.shapes import bare, property_of
from convex_lint.syntax.nodes import Call, Literal, Object, Property, Spread
from convex_lint.values import Crons, Method, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_CRON_FIELDS = 5


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


def find(module: Module) -> Iterator[Cron]:
    """Yield the cron jobs that a module registers."""
    for call in module.summary.calls(CRON_METHODS):
        if call.arguments and module.whole(call, call.function):
            callee = present(module.linked.value(call.callee))
            if isinstance(callee, Method) and isinstance(callee.of, Crons):
                yield Cron(module, call, callee.name)
