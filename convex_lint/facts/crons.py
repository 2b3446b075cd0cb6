"""What schedules of cron jobs may be.

The objects were read in `server/cron.ts` of the npm package `convex` 1.48.0 (in 1.42.3 for what changed in 1.43.0), the
strings in `saffron/src/parse.rs` of get-convex/saffron at 1d84237, which the backend of Convex parses them with.
"""

from __future__ import annotations

from typing import NamedTuple

UNITS = ("seconds", "minutes", "hours")
"""The fields of the schedule of `interval`, of which there is one."""

SCHEDULES = {
    "hourly": ("minuteUTC",),
    "daily": ("hourUTC", "minuteUTC"),
    "weekly": ("dayOfWeek", "hourUTC", "minuteUTC"),
    "monthly": ("day", "hourUTC", "minuteUTC"),
}
"""The fields of the schedules of the other methods."""

MINUTE_OPTIONAL = (1, 43)
"""The version of `convex` since which `minuteUTC` may be left out."""

RANGES = {"minuteUTC": (0, 59), "hourUTC": (0, 23), "day": (1, 31)}
"""The numbers that a field may be."""

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
"""What `dayOfWeek` may be."""


class Field(NamedTuple):
    """A field of a cron string: what it is, its lowest and highest number, its greatest step, and its names."""

    name: str
    low: int
    high: int
    step: int
    names: tuple[str, ...] = ()


FIELDS = (
    Field("minute", 0, 59, 59),
    Field("hour", 0, 23, 23),
    Field("day of the month", 1, 31, 30),
    Field("month", 1, 12, 11, ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    Field("day of the week", 0, 6, 6, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)
"""The fields of a cron string, in their order."""
