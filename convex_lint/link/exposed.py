"""Public functions by which anyone can have something done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.link import access
from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import Declare
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.link.access import Asked, Done, Run
    from convex_lint.link.registered import Registered

_PUBLIC = re.compile(rb"(?<![\w@])@public\b")
_COMMENT = re.compile(rb"[ \t]*(?://|/\*|\*)")


class Exposed(NamedTuple):
    """A public function that nobody is kept from, in symbols: its module, its names, and what is done by it."""

    path: str
    names: tuple[str, ...]
    done: Done


def run(linked: Linked, made: Registered, asked: Asked) -> Run | None:
    """Return how a function is run by somebody who is not logged in; None where it is not seen, or can do nothing."""
    if made.closure is None or (made.kind == "query" and not asked.reads):
        return None
    return access.of_all(linked, made.runs, asked, opaque=made.builder.opaque)


def find(linked: Linked, path: str) -> Iterator[Exposed]:
    """Yield the functions of a module by which anyone can have something done, unless a comment says `@public`."""
    for made in linked.registered(path):
        if made.names and not made.internal and made.kind != "httpAction" and not is_marked(linked, made):
            ran = run(linked, made, access.Asked())
            if ran is not None and ran.comes and ran.lets is not None:
                yield Exposed(path, made.names, ran.lets)


def together(linked: Linked, folder: str) -> tuple[Exposed, ...]:
    """Return these functions of a functions folder, by path, then as they stand."""
    paths = (path for path in linked.modules_of(folder) if linked.role(path) not in {Role.TEST, Role.CLIENT})
    return tuple(one for path in paths for one in linked.exposed(path))


def is_marked(linked: Linked, made: Registered) -> bool:
    """Say whether the comment directly above a function says `@public`."""
    node = outermost(made.call)
    at = node.parent.start if isinstance(node.parent, Declare) else node.start
    text = linked.text(made.path)
    if b"@public" not in text:
        return False
    for line in reversed(text[: at + 1].splitlines()[:-1]):
        if not _COMMENT.match(line):
            return False
        if _PUBLIC.search(line):
            return True
    return False
