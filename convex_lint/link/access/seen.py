"""What things are to a caller who is not logged in, and who knows no secret."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.records import record
from convex_lint.values import Ctx, Db, Identity, Reference, Service

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call, Function
    from convex_lint.values import Value


class Seen(StrEnum):
    """What an expression is to a caller who is not logged in."""

    NOTHING = "nothing"
    """Surely null, or false: who calls, and what hangs on that."""
    SOMETHING = "something"
    """Surely true."""
    OPEN = "open"
    """What anyone may send, and what is the same for everyone."""
    SECRET = "secret"  # noqa: S105  a word
    """Sent by the caller, or kept in a document, and known to few."""
    SETTING = "setting"
    """Of the environment."""
    CONTROL = "control"
    """The ctx of the function, or a part of it, as far as its declared type does not say so."""
    DOUBT = "doubt"
    """May hang on who calls, or on what the caller knows."""


class Asked(NamedTuple):
    """What is asked about access: the functions that are trusted to check, and whether reads count.

    Functions are trusted by their names, and by a regular expression for them. With `user` whoever calls is logged in,
    as anyone can be who signs up, and has no right and knows no secret.
    """

    trusted: tuple[str, ...] = ()
    pattern: str = ""
    reads: bool = False
    user: bool = False


Given = tuple["Seen | Reference", ...]
"""What a function is given, up to the last that is not open."""


@record
class Visit:
    """A function that is run by somebody who is not logged in: what its parameters are, and those of its callbacks.

    `known` and `callees` are what was found so far of its expressions, names and calls.
    """

    linked: Linked
    asked: Asked
    given: dict[Function, Given]
    known: dict[object, Seen]
    callees: dict[Call, Value]


HANDLER = (Seen.CONTROL,)
"""What a handler is given: ctx, and what anyone can send."""

UNSURE = frozenset({Seen.NOTHING, Seen.DOUBT})
"""What hangs on who calls, or may."""

SURE = frozenset({Seen.NOTHING, Seen.SOMETHING})
CONTROL = (Ctx, Db, Service, Identity)
"""The values that it can be asked with who calls, or that tell it."""

_STRONG = (Seen.DOUBT, Seen.CONTROL, Seen.SETTING, Seen.SECRET)


def either(found: Iterable[Seen]) -> Seen:
    """Return what is one of several things, and what anyone can send decides which."""
    kinds = set(found)
    if len(kinds) == 1:
        return kinds.pop()
    return next((one for one in _STRONG if one in kinds), Seen.OPEN)


def held(found: Iterable[Seen]) -> Seen:
    """Return what is made of several things; a secret in it keeps its own name."""
    return Seen.DOUBT if UNSURE & set(found) else Seen.OPEN


def mixed(found: Iterable[Seen]) -> Seen:
    """Return what is made of several things together, as by a function that is given them."""
    kinds = set(found)
    if UNSURE & kinds:
        return Seen.DOUBT
    return Seen.SECRET if Seen.SECRET in kinds else Seen.OPEN
