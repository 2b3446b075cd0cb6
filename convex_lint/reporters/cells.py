"""Text as a terminal shows it: how many cells it takes, and nothing in it that could steer the terminal."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

TAB = "    "
ELLIPSIS = "…"

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_BIDI = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\N{SYMBOL FOR DELETE}",
    # Characters that reorder a line would show a reader other code than the one that runs.
    **dict.fromkeys((*range(0x80, 0xA0), *_BIDI), _REPLACED),
    0x09: TAB,
}
_ON_ONE_LINE = _VISIBLE | dict.fromkeys((0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029), " ")


def shown(code: str) -> str:
    """Return a line of source text with tabs as four spaces and control characters made visible."""
    return code if code.isprintable() else code.translate(_VISIBLE)


def one_line(text: str) -> str:
    """Return a message or a path on one line, fit for a terminal and for UTF-8."""
    if text.isprintable():
        return text
    return text.encode("utf-8", "replace").decode().translate(_ON_ONE_LINE)


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    others = _NOT_ASCII.findall(text)
    return len(text) - len(others) + sum(map(_cells, others))


def head(text: str, width: int) -> str:
    """Return as much of the start of a text as fits into a number of cells."""
    if text.isascii():
        return text[: max(width, 0)]
    for at, char in enumerate(text):
        width -= _cells(char)
        if width < 0:
            return text[:at]
    return text


def tail(text: str, width: int) -> str:
    """Return as much of the end of a text as fits into a number of cells."""
    return head(text[::-1], width)[::-1]


def _cells(char: str) -> int:
    if char.isascii():
        return 1
    if category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(char) in {"W", "F"} else 1
