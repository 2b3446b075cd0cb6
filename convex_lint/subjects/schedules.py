"""What is wrong with the schedule of a cron job: with an object, and with a cron string. Pure text and values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.crons import DAYS, FIELDS, MINUTE_OPTIONAL, RANGES, SCHEDULES, UNITS, Field
from convex_lint.facts.language import FOREVER
from convex_lint.nearest import nearest
from convex_lint.values import UNDEFINED, Constant, Global, Nullable, Structure, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.values import Value
    from convex_lint.workspace import Project


_PART = re.compile(r"(\*|\d+|[A-Za-z]+)(?:-(\d+|[A-Za-z]+))?(?:/(\d+))?")
_ENDLESS = frozenset(Global(name) for name in FOREVER)
_LAST = re.compile(r"L(?:-(\d+)W?|W)?")


class Fault(NamedTuple):
    """What is wrong, in words, and what to do; `field` is the field of the object, or the span in the string."""

    field: str | tuple[int, int]
    message: str
    help: str


def of_object(method: str, given: Structure, project: Project | None) -> Iterator[Fault]:
    """Yield what is wrong with the schedule that a method other than `cron` of a project is given."""
    if method == "interval":
        yield from _interval(given)
        return
    for name in SCHEDULES.get(method, ()):
        value = given.get(name)
        is_there = given.has(name) and value != UNDEFINED
        if is_there and (isinstance(value, Constant) or value in _ENDLESS):
            yield from _wrong(name, value)
        elif not is_there and not given.open and (name != "minuteUTC" or _needs_minute(project)):
            near = nearest(name, (key for key, _ in given.fields if key not in SCHEDULES[method]))
            help_ = f"write `{name}` for `{near}`" if near is not None else f"say `{name}`"
            yield Fault("", f"the schedule of `{method}` needs `{name}`", help_)


def _needs_minute(project: Project | None) -> bool:
    return project is not None and project.is_before(MINUTE_OPTIONAL)


def _wrong(name: str, value: Value) -> Iterator[Fault]:
    given = value.value if isinstance(value, Constant) else None
    if name == "dayOfWeek":
        if given not in DAYS:
            near = nearest(str(given), DAYS)
            help_ = f'use `"{near}"`' if near is not None else "use the English name of a day, in lower case"
            yield Fault(name, "`dayOfWeek` is no day of the week", help_)
        return
    low, high = RANGES[name]
    if not _is_whole(value) or not low <= float(given or 0) <= high:
        yield Fault(name, f"`{name}` is no integer from {low} to {high}", f"use an integer from {low} to {high}")


def _is_whole(value: Value) -> bool:
    return isinstance(value, Constant) and value.form == "number" and float(value.value or 0).is_integer()


def _interval(given: Structure) -> Iterator[Fault]:
    units = [(name, given.get(name)) for name in UNITS if given.has(name) and given.get(name) != UNDEFINED]
    for name, value in units:
        is_positive = isinstance(value, Constant) and _is_whole(value) and float(value.value or 0) > 0
        if (isinstance(value, Constant) or value in _ENDLESS) and not is_positive:
            yield Fault(name, f"`{name}` is no integer greater than 0", "use an integer greater than 0")
    sure = [name for name, value in units if not isinstance(value, Unknown | Nullable)]
    if len(sure) > 1:
        yield Fault(sure[1], "an interval is given in more than one unit", "use one of `seconds`, `minutes`, `hours`")
    elif not units and not given.open:
        near = next((near for key, _ in given.fields if (near := nearest(key, UNITS)) is not None), None)
        help_ = f"use `{near}`" if near is not None else "use one of `seconds`, `minutes`, `hours`"
        yield Fault("", "an interval is given in no unit", help_)


def of_string(text: str) -> Iterator[Fault]:
    """Yield what is wrong with a cron string."""
    words = [(found.start(), found.end()) for found in re.finditer(r"[^ \t]+", text)]
    if len(words) != len(FIELDS):
        order = "minute, hour, day of the month, month, day of the week"
        yield Fault((0, len(text)), f"a cron string has five fields, and this one {len(words)}", f"write {order}")
    elif words[0][0] > 0 or words[-1][1] < len(text):
        yield Fault((0, len(text)), "a cron string has no blanks around it", "leave them out")
    else:
        for at, field in enumerate(FIELDS):
            word = text[words[at][0] : words[at][1]]
            if not _fits(word, field):
                named = f", or a name such as `{field.names[0].upper()}`" if field.names else ""
                help_ = f"use numbers from {field.low} to {field.high}{named}, and steps up to {field.step}"
                yield Fault(words[at], f"`{word}` is no {field.name} of a cron string", help_)


def _fits(word: str, field: Field) -> bool:
    if word == "*" or _is_special(word, field):
        return True
    first, *others = word.split(",")
    return first != "*" and all(_is_part(part, field) for part in (first, *others))


def _is_part(part: str, field: Field) -> bool:
    found = _PART.fullmatch(part)
    if found is None:
        return False
    start, end, step = found.groups()
    is_step = step is None or 1 <= int(step) <= field.step
    return is_step and (start == "*" or _is_value(start, field)) and (end is None or _is_value(end, field))


def _is_value(text: str, field: Field) -> bool:
    return field.low <= int(text) <= field.high if text.isdigit() else text.lower() in field.names


def _is_special(word: str, field: Field) -> bool:
    """Say whether a field is one of the last days, a day of the month near a weekday, or the nth day of the week."""
    if field.name == "day of the month":
        last = _LAST.fullmatch(word)
        near = re.fullmatch(r"(\d+)W", word)
        return bool(last and 1 <= int(last[1] or 1) < field.high) or bool(near and _is_value(near[1], field))
    if field.name == "day of the week":
        nth = re.fullmatch(r"(\d+|[A-Za-z]{3})(?:L|#[1-5])", word)
        return word == "L" or bool(nth and _is_value(nth[1], field))
    return False
