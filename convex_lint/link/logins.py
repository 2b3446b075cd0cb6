"""Whether a project tells people apart at all: whether it configures logins, or takes what says who somebody is.

Where it does not, there is nobody whom a function could let in or keep out, and the whole of it is for anyone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.access import LOGINS, is_secret
from convex_lint.facts.identity import PERSONS
from convex_lint.link.shapes import bare
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Object, Property
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked

_ASKS = frozenset({"getUserIdentity"})
_CONFIGURES = "auth.config"
_ROLES = frozenset({Role.ENTRY, Role.LIBRARY, Role.CONFIGURATION})


def folders(linked: Linked) -> frozenset[str]:
    """Return the functions folders whose code tells people apart, "" for that of modules which belong to none."""
    return frozenset(_folders(linked))


def _folders(linked: Linked) -> Iterator[str]:
    for path in linked.summaries:
        if not is_stub(path) and linked.role(path) in _ROLES and linked.tells_apart(path):
            project = linked.project_of(path)
            yield project.folder if project is not None else ""


def tells_apart(linked: Linked, path: str) -> bool:
    """Say whether a module has to do with who calls."""
    summary = linked.summaries[path]
    return (
        path.rpartition("/")[2].rpartition(".")[0] == _CONFIGURES
        or bool(summary.calls(_ASKS))
        or any(one.startswith(LOGINS) for one in summary.specifiers)
        or any(is_secret(name) or PERSONS.fullmatch(name) for name in _arguments(linked, path))
    )


def _arguments(linked: Linked, path: str) -> Iterator[str]:
    """Yield the names of the arguments of the functions of a module."""
    for one in linked.registered(path):
        written = bare(one.args.value) if one.args is not None else None
        if isinstance(written, Object):
            yield from (entry.key for entry in written.properties if isinstance(entry, Property) and entry.key)
        elif written is not None and one.names:
            found = linked.validator(path, one.names[0], "args")
            yield from (name for name, _ in (found.fields if found is not None else ()))
