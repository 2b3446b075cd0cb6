"""The known name that was probably meant by one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONG = 200
"""How many characters are compared: the time that it takes grows with their square."""


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the known name that is nearest to a word, whatever their case, or None where none is near.

    `alike` is how near it has to be, from 0 to 1.
    """
    from difflib import get_close_matches  # noqa: PLC0415  only a mistake pays for it

    names = {name.lower(): name for name in known}
    found = get_close_matches(word.lower()[:_LONG], names, 1, alike)
    return names[found[0]] if found else None
