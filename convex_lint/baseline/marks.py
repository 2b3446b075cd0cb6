"""By what a finding is known again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from convex_lint.diagnostics import Diagnostic
    from convex_lint.source import Source

_DIGITS = 12
"""Of a hash in hexadecimal: enough to tell the lines of one file apart, and short enough to be read past."""


class Mark(NamedTuple):
    """The name of the definition around a finding, empty where there is none, and the hash of its line.

    The hash is empty for a finding about the file as a whole.
    """

    symbol: str
    line: str


Baseline: TypeAlias = Mapping[str, Mapping[str, Mapping[Mark, int]]]
"""How many findings are forgiven, by path, rule and mark."""

Marks: TypeAlias = dict[str, dict[str, Counter[Mark]]]
"""A baseline that is being made."""


def mark_of(diagnostic: Diagnostic, source: Source | None, symbol: str) -> Mark:
    """Return the mark of a diagnostic in a source, which is None where the file could not be read."""
    span = diagnostic.place.span
    if span is None or source is None:
        return Mark("", "")
    start = min(span.start, len(source.data))
    return Mark(symbol, _hash(source.line_text(source.line_of(start))))


def _hash(line: str) -> str:
    """Hash a line without its blanks: indenting it anew, or ending it in another way, makes it no other line."""
    from hashlib import sha256  # noqa: PLC0415  most runs have no baseline

    return sha256("".join(line.split()).encode("utf-8", "replace")).hexdigest()[:_DIGITS]
