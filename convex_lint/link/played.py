"""Tests that play the database, and the modules whose functions they run with it.

An object of a test in the place of `ctx.db` takes what the code gives it today: with `get: async (id) => …`, a table
before the id is taken for the id.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked

_MADE = rb"(?:\s*:\s*(?:[\w.]+\(\s*)?(?:async\b\s*)?(?:function\b\s*)?)?\s*"
_ONE = rb"\w+\s*(?::[^,()]*)?"
_END = rb",?\s*\)\s*(?::[^,(){}=]+)?(?:=>|\{)"
_PLAYED = re.compile(
    rb"(?<![.\w])(?:(?:get|delete)" + _MADE + rb"\(\s*" + _ONE + _END
    + rb"|(?:patch|replace)" + _MADE + rb"\(\s*" + _ONE + rb",\s*" + _ONE + _END + rb")"
)  # fmt: skip
"""A method of an object that takes an id, and a document, and no table before them."""

_DATABASE = re.compile(rb"\bdb\b")
_LOADED = re.compile(rb"""\b(?:from|import|mock)\s*\(?\s*["']([^"'\n]+)["']""")


def modules(linked: Linked) -> Iterator[str]:
    """Yield the modules whose functions may be run with a database that a test plays, those that these load too."""
    pending = [found for path, text in _tests(linked) for found in _loaded(linked, path, text)]
    seen: set[str] = set()
    while pending:
        path = pending.pop()
        if path not in seen and path in linked.summaries:
            seen.add(path)
            pending += linked.loads(path)
            yield path


def _tests(linked: Linked) -> Iterator[tuple[str, bytes]]:
    yield from ((path, source.data) for path, source in linked.workspace.tests.items())
    yield from ((path, linked.text(path)) for path in linked.summaries if linked.role(path) is Role.TEST)


def _loaded(linked: Linked, path: str, text: bytes) -> Iterator[str]:
    if _DATABASE.search(text) and _PLAYED.search(text):
        found = (linked.resolve(specifier.decode(), path) for specifier in _LOADED.findall(text))
        yield from (one for one in found if one is not None)
