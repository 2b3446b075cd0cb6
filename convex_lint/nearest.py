"""The known name that was probably meant by one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONG = 200
"""How many characters are compared: the time that it takes grows with their square."""

_SURELY = 0.75
"""How near a name has to be for a fix to write it."""


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the known name that is nearest to a word, whatever their case, or None where none is near.

    `alike` is how near it has to be, from 0 to 1.
    """
    return next(iter(_near(word, known, alike)), None)


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that a fix may put in the place of a word: the only one that is very near."""
    found = _near(word, known, _SURELY)
    return found[0] if len(found) == 1 else None


def _near(word: str, known: Iterable[str], alike: float) -> list[str]:
    """Return the two names that are nearest, the nearest one first, as far as they are near enough."""
    from difflib import get_close_matches  # noqa: PLC0415  only a mistake pays for it

    names = {name.lower(): name for name in known}
    return [names[name] for name in get_close_matches(word.lower()[:_LONG], names, 2, alike)]
