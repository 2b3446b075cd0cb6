"""The known name that was probably meant by one that is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONG = 200
"""How many characters are compared: the time that it takes grows with their square."""

_SURELY = 0.75
"""How near a name has to be for a fix to write it, and a word to be the same one, written badly."""

_TOGETHER = 0.8
"""How near a name that is written as one word has to be to one of several."""

_MANY = 8
"""How many of the names that look alike are looked at word by word."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the known name that is nearest to a word, whatever their case, or None where none is near.

    `alike` is how near it has to be, from 0 to 1.
    """
    return next(iter(_near(word, known, alike)), None)


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that a fix may put in the place of a word: the only one that is very near.

    One that says more, `updateUserName` for `updateUser`, may be of another thing.
    """
    found = _near(word, known, _SURELY)
    written = words(word)
    is_more = len(found) == 1 and len(words(found[0])) > len(written) and set(written) < set(words(found[0]))
    return found[0] if len(found) == 1 and not is_more else None


def words(name: str) -> list[str]:
    """Return the words that a name of the code is made of, in lower case: `get`, `user` and `2` of `getUser2`."""
    return [found.lower() for found in _WORD.findall(name)]


def _near(word: str, known: Iterable[str], alike: float) -> list[str]:
    """Return the two names that are nearest, the nearest one first, as far as they are near enough."""
    from difflib import get_close_matches  # noqa: PLC0415  only a mistake pays for it

    names = {name.lower(): name for name in known}
    near = (names[name] for name in get_close_matches(word.lower()[:_LONG], names, _MANY, alike))
    return [name for name in near if _is_slip(word, name)][:2]


def _is_slip(word: str, name: str) -> bool:
    """Say whether a name may be another one that is written badly, and not one of another thing that looks like it.

    `deleteUser` is no slip for `createUser`: of the words that a name of the code is made of, one may be written badly,
    left out or be too many, as all may that come behind the others.
    """
    if not (word.isidentifier() and name.isidentifier()):
        return True
    fewer, more = sorted((words(word), words(name)), key=len)
    if len(fewer) == len(more):
        others = [(one, other) for one, other in zip(fewer, more, strict=True) if one != other]
        return len(others) <= 1 and all(_is_same(one, other) for one, other in others)
    if len(fewer) <= 1 and _ratio("".join(fewer), "".join(more)) >= _TOGETHER:
        return True
    return more[: len(fewer)] == fewer or (len(fewer) > 1 and fewer in _with_one_less(more))


def _with_one_less(of: list[str]) -> list[list[str]]:
    return [of[:at] + of[at + 1 :] for at in range(len(of))]


def _is_same(one: str, other: str) -> bool:
    """Say whether a word is another one that is written badly."""
    return sorted(one) == sorted(other) or _ratio(one, other) >= _SURELY


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher  # noqa: PLC0415  only a mistake pays for it

    return SequenceMatcher(None, one, other).ratio()
