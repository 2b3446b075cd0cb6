"""Globals that the runtime does not have in which a function runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.facts.runtimes import BROWSER_GLOBALS, NODE_GLOBALS, NODE_METHODS
from convex_lint.link.shapes import bare
from convex_lint.subjects.clock import around
from convex_lint.subjects.cycles import is_of_objects
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import If, Member, Name, Try, Unary
from convex_lint.values import Closure, Global
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.link.reach import Way
    from convex_lint.subjects.module import Module, Ranged
    from convex_lint.syntax.nodes import Expression

_ABSENT = NODE_GLOBALS | BROWSER_GLOBALS


class AbsentGlobal:
    """The first use of a global in a module that a deployed function comes to, in a runtime without that global.

    `form` is `node` (only Node has it, and this is the default runtime) or `browser` (neither runtime has it).
    `reached_by` is the function that comes here, empty where it is read as the module is loaded.
    """

    def __init__(self, module: Module, node: Ranged, words: str, form: str, way: Way | None) -> None:
        self.module = module
        self.node = node
        self.words = words
        self.form = form
        self.reached_by = way.deployed.name if way is not None else ""
        self.is_direct = way is None or all(edge.inside for edge in way.steps)

    @property
    def place(self) -> Place:
        """The global, or the method of `process`."""
        return self.module.at(self.node)


@once
def find(module: Module) -> Iterator[AbsentGlobal]:
    """Yield the first use of each global that is surely not there where it is used."""
    if module.summary.open:
        return
    seen: set[str] = set()
    for use, node, words in (*_names(module), *_methods(module)):
        form = "browser" if words in BROWSER_GLOBALS else "node"
        if words not in seen and not _is_asked_for(module, use, words):
            found = _reached(module, use, form)
            if found is not None and not _is_provided(module, words):
                seen.add(words)
                yield AbsentGlobal(module, node, words, form, found[0])


def _names(module: Module) -> Iterator[tuple[Name, Ranged, str]]:
    for name in module.summary.code.names:
        if name.text in _ABSENT and name.binding is None and not _is_key(name):
            yield name, name, name.text


def _methods(module: Module) -> Iterator[tuple[Name, Ranged, str]]:
    for call in module.summary.calls(NODE_METHODS):
        callee = bare(call.callee)
        of = bare(callee.of) if isinstance(callee, Member) else None
        if isinstance(of, Name) and module.linked.value(of) == Global("process") and not call.optional:
            yield of, callee, f"process.{callee.name}" if isinstance(callee, Member) else ""


def _is_key(name: Name) -> bool:
    """Say whether a name is only asked about, or written to: `typeof window`."""
    return isinstance(name.parent, Unary) and name.parent.operator == "typeof"


def _is_asked_for(module: Module, use: Name, words: str) -> bool:
    """Say whether the module asks if a global is there, or goes on where it is not."""
    text = module.linked.text(module.path)
    first = re.escape(words.partition(".")[0].encode())
    if re.search(rb"\b(?:typeof\s+|globalThis\.|globalThis\?\.|\bin\s+)" + first + rb"\b", text):
        return True
    function = use.scope.function
    body = function.body if function is not None else module.summary.code.body
    return body is None or any(isinstance(one, If | Try) for one in around(body, use) if one is not body)


def _reached(module: Module, use: Expression, form: str) -> tuple[Way | None] | None:
    """Return the shortest way from a deployed function without the global; None where there is none."""
    linked = module.linked
    function = use.scope.function if isinstance(use, Name) else None
    if function is None:
        is_loaded = linked.runs_by(module.path, "default") is not None and not module.summary.node
        return (None,) if is_loaded and not is_of_objects(module, use) else None
    for way in linked.ways(Closure(module.path, function.ordinal)):
        if way.deployed.names and (form == "browser" or not linked.is_for_node(way.deployed.path)):
            return (way,)
    return None


def _is_provided(module: Module, words: str) -> bool:
    """Say whether a module may put something in the place of the global."""
    linked = module.linked
    own = (path for path in sorted(linked.summaries) if linked.role(path) is not Role.GENERATED)
    return any(linked.sets_global(path, words) for path in own)
