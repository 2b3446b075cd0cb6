"""Function builders that a project uses and whose definition is out of sight."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.engine import summaries_of
from convex_lint.link import Linked
from convex_lint.link.shapes import bare, property_of
from convex_lint.syntax import room
from convex_lint.syntax.nodes import Name, Object
from convex_lint.values import Package, Unknown
from convex_lint.workspace import BuilderSetting, Role

from .loading import Memory, Request, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.summary import Summary

_NAMED = re.compile(r"(?P<internal>internal)?\w*?(?P<kind>query|mutation|action)", re.IGNORECASE)


def unseen(cwd: str) -> tuple[BuilderSetting, ...]:
    """Return the builders that the projects around a folder use and that nothing tells of, by what their names say.

    Raises ConfigError and DiscoveryError.
    """
    loaded = load(Request(cwd, isolated=True), Memory())
    workspace, summaries = summaries_of(loaded.workspace)
    linked = Linked(workspace, summaries)
    with room():
        found = {
            builder
            for path in sorted(workspace.reported)
            if linked.role(path) is Role.ENTRY
            for builder in _builders(linked, summaries[path])
        }
    return tuple(sorted(found, key=lambda builder: builder.name))


def _builders(linked: Linked, summary: Summary) -> Iterator[BuilderSetting]:
    """Yield what a module calls to make what it exports, with a handler, and what is not known."""
    for call in summary.calls_in(None):
        callee, given = call.callee, bare(call.arguments[0]) if call.arguments else None
        if not isinstance(callee, Name) or not isinstance(given, Object) or property_of(given, "handler") is None:
            continue
        with linked.at(summary.path):
            is_unseen = isinstance(linked.value(callee), Unknown | Package)
        named = _NAMED.fullmatch(callee.text)
        if is_unseen and named is not None and summary.names_of(call):
            yield BuilderSetting(callee.text, named["kind"].lower(), named["internal"] is not None)
