"""Which modules are bundled for the default runtime, and what in them Node alone has.

Convex makes one bundle of the modules without `"use node"`, and of all that these load, and another one of those with
it (`entryPointsByEnvironment` in `npm-packages/convex/src/bundler/index.ts` of get-convex/convex-backend). What
configures a project is bundled as the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.facts.runtimes import NODE_MODULES, SHIMMED, SHIMMED_SINCE
from convex_lint.link.imports import is_kept
from convex_lint.stubs import is_stub
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Import


class Runtimes:
    """The bundles of a workspace: by which entry point each module comes into that of a runtime."""

    __slots__ = ("_entries", "is_built")

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, str]] = {}
        self.is_built = False

    def entry(self, path: str, runtime: str) -> str | None:
        """Return the entry point of a runtime, `default` or `node`, that loads a module; None where none does.

        In the default runtime, the way to it goes by no module with `"use node"`: what that loads is meant for Node.
        """
        return self._entries[runtime].get(path)

    def build(self, linked: Linked) -> bool:
        """Bring it up to date; say whether it is another one now."""
        self.is_built = True
        before = self._entries
        starts = sorted(path for path in linked.summaries if _is_start(linked, path))
        default = [path for path in starts if not linked.summaries[path].node]
        node = [path for path in starts if linked.summaries[path].node]
        self._entries = {"default": _reached(linked, default, node=False), "node": _reached(linked, node, node=True)}
        return self._entries != before


def _is_start(linked: Linked, path: str) -> bool:
    is_inside = linked.workspace.project_of(path) is not None
    return is_inside and linked.role(path) in {Role.ENTRY, Role.CONFIGURATION}


def _reached(linked: Linked, starts: Iterable[str], *, node: bool) -> dict[str, str]:
    found = {path: path for path in starts}
    pending = list(found)
    for path in pending:  # grows while it is walked: a breadth-first search
        for below in linked.loads(path):
            summary = linked.summaries.get(below)
            if below not in found and summary is not None and (node or not summary.node):
                found[below] = found[path]
                pending.append(below)
    return found


def of_node(linked: Linked, path: str) -> Iterator[Import]:
    """Yield the imports of a module that only Node can resolve."""
    summary = linked.summaries[path]
    for found in summary.code.imports:
        if is_of_node(linked, found.specifier, path) and is_kept(linked, summary, found):
            yield found


def is_of_node(linked: Linked, specifier: str, path: str) -> bool:
    """Say whether an import is of a module that is built into Node, and that nothing stands in for."""
    if specifier in SHIMMED:
        return not _has_shims(linked, path)
    if specifier.startswith("node:"):
        return True
    if specifier not in NODE_MODULES or specifier.partition("/")[0] in linked.workspace.polyfills:
        return False
    found = linked.resolve(specifier, path)
    return found is None or is_stub(found)


def _has_shims(linked: Linked, path: str) -> bool:
    project = linked.project_of(path)
    return project is None or not project.is_before(SHIMMED_SINCE)


def sets_global(linked: Linked, path: str, name: str) -> bool:
    """Say whether a module speaks of the object of the globals, and of one of them near it."""
    data = linked.text(path)
    first = re.escape(name.partition(".")[0].encode())
    return re.search(rb"\b(?:globalThis|global)(?:\.|\[|,|\)| as )[^;]{0,80}?\b" + first + rb"\b", data) is not None


def needs_node(linked: Linked, path: str) -> bool:
    """Say whether a module, or what it loads, can be bundled for Node only."""
    pending = [path]
    seen = {path}
    for one in pending:  # grows while it is walked
        if linked.has_node_imports(one):
            return True
        new = [below for below in linked.loads(one) if below not in seen and below in linked.summaries]
        seen.update(new)
        pending += new
    return False
