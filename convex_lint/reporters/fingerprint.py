"""The fingerprints by which GitHub code scanning knows a result again when the lines above it change."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from itertools import accumulate

WINDOW = 100
_BASE = 37
_MASK = (1 << 64) - 1
_OUT_OF_WINDOW = pow(_BASE, WINDOW, 1 << 64)
_NATIVE = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


def line_fingerprints(data: bytes, lines: int) -> list[str]:
    r"""Return `primaryLocationLineHash` of the first lines of a file, as GitHub's upload action computes it.

    A line's hash is a 64-bit polynomial over the 100 UTF-16 units that start at the line, spaces and tabs
    left out and every end of line being one `\n`; the end of the file is 0xFFFF, then zeros. The number
    behind the colon counts the lines so far with that hash. The definition is the code of
    github/codeql-action, `src/fingerprints.ts`; if ours differed, the alerts would be told apart from
    those of an upload without fingerprints.
    """
    units, starts = _units(data)
    del starts[lines:]
    read = units[: starts[-1] + WINDOW] if starts else units[:0]
    # The hash of any stretch follows from those of the text up to its start and up to its end.
    upto = list(accumulate(read, lambda value, unit: (value * _BASE + unit) & _MASK, initial=0))
    seen: Counter[int] = Counter()
    found: list[str] = []
    for start in starts:
        value = (upto[start + WINDOW] - upto[start] * _OUT_OF_WINDOW) & _MASK
        seen[value] += 1
        found.append(f"{value:x}:{seen[value]}")
    return found


def _units(data: bytes) -> tuple[array[int], list[int]]:
    """Return the units that count, and the index of the first one of each line."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace(" ", "").replace("\t", "")
    units = array("H", (f"{text}\uffff" + "\0" * WINDOW).encode(_NATIVE))
    starts = [0]
    for line in text.split("\n")[:-1]:
        starts.append(starts[-1] + 1 + (len(line) if line.isascii() else len(line.encode(_NATIVE)) // 2))
    return units, starts
