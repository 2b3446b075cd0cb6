"""What reads the clock in npm packages: `date-fns` 4.1.0, `dayjs` 1.11.13, `luxon` 3.5.0, `moment` 2.30.1."""

from __future__ import annotations

ALWAYS: dict[str, frozenset[str]] = {
    "date-fns": frozenset(
        {"constructNow", "endOfToday", "endOfTomorrow", "endOfYesterday", "formatDistanceToNow",
         "formatDistanceToNowStrict", "isFuture", "isPast", "isThisHour", "isThisISOWeek", "isThisMinute",
         "isThisMonth", "isThisQuarter", "isThisSecond", "isThisWeek", "isThisYear", "isToday", "isTomorrow",
         "isYesterday", "startOfToday", "startOfTomorrow", "startOfYesterday"}
    ),
    "luxon": frozenset({"DateTime.now"}),
}  # fmt: skip
"""The functions that compare with the clock, whatever they are given."""

WITHOUT_ARGUMENTS: dict[str, frozenset[str]] = {
    "dayjs": frozenset({"default", "default.utc"}),
    "luxon": frozenset({"DateTime.local", "DateTime.utc"}),
    "moment": frozenset({"default", "default.utc", "utc"}),
}
"""The functions that read the clock where they are given nothing."""
