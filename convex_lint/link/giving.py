"""Which functions the code of a workspace gives something, told from its text, before a fix refuses that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convex_lint.link import Linked

_GIVEN = re.compile(rb"""\b(?:api|internal)(?:\s*\.\s*\w+)*\s*\.\s*(\w+)\s*,\s*+(?!\{\s*\}|["')])""")
"""A reference with something behind it that is no empty object: `t.query(api.notes.list, { all: true })`."""


def names(text: bytes) -> frozenset[str]:
    """Return the names of the functions that a text gives something."""
    return frozenset(found.decode() for found in _GIVEN.findall(text))


def everywhere(linked: Linked) -> frozenset[str]:
    """Return the names of all functions that are given something, by code or by tests."""
    tests = (names(source.data) for source in linked.workspace.tests.values())
    return frozenset().union(*tests, *(linked.given_by(path) for path in linked.summaries))
