"""What is wrong with the schedule of a cron job."""

from __future__ import annotations

import pytest

from convex_lint.subjects.schedules import of_object, of_string
from convex_lint.syntax.expressions import unquote
from convex_lint.values import Constant, Structure
from convex_lint.workspace import Project

FIVE = Structure((("hourUTC", Constant("number", 5.0)),))


@pytest.mark.parametrize(("version", "faults"), [(None, 0), ((1, 42, 3), 1), ((1, 43), 0), ((1, 48, 0), 0)])
def test_a_minute_had_to_be_given_once(version: tuple[int, ...] | None, faults: int) -> None:
    assert len(list(of_object("daily", FIVE, Project("convex", version)))) == faults


def test_a_schedule_that_is_not_all_seen_lacks_nothing() -> None:
    assert list(of_object("daily", Structure((), open=True), Project("convex", (1, 42)))) == []
    assert list(of_object("interval", Structure((), open=True), None)) == []


@pytest.mark.parametrize(
    ("method", "given", "help_"),
    [
        ("daily", {"hourUtc": 5.0}, "write `hourUTC` for `hourUtc`"),
        ("daily", {"at": 5.0}, "say `hourUTC`"),
        ("interval", {"minute": 5.0}, "use `minutes`"),
        ("interval", {"ms": 5.0}, "use one of `seconds`, `minutes`, `hours`"),
    ],
)
def test_the_field_that_was_meant(method: str, given: dict[str, float], help_: str) -> None:
    schedule = Structure(tuple((name, Constant("number", value)) for name, value in given.items()))
    assert [fault.help for fault in of_object(method, schedule, None)] == [help_]


@pytest.mark.parametrize("text", ["7 5 * * 1", "*/5 * 1,15 JAN sun", "0 0 LW * 1L", "1-5/2,*,*/7 * 31W * 0#5"])
def test_a_cron_string(text: str) -> None:
    assert list(of_string(text)) == []


@pytest.mark.parametrize("text", ["7 5 * *", "7 5 * * 1\n", "7 5 * * sat,", "7 5 32W * *", "7 5 * * L5", "7 256 * * *"])
def test_no_cron_string(text: str) -> None:
    assert len(list(of_string(text))) == 1


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r'"a\tb\x37\u0041\u{1F600}"', "a\tb7A\U0001f600"),
        (r'"\ud83d\ude00 \ud83d"', "\U0001f600 \ufffd"),
        ('"a\\\r\nb\\\nc"', "abc"),
        (r'"\u{fffffff}\q\\n"', r"q\n"),
    ],
)
def test_the_value_of_a_string_with_escapes(written: str, value: str) -> None:
    assert unquote(written) == value
