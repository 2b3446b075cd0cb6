"""The directive that chooses the runtime of a module, where it has no effect or is not allowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.facts.runtimes import ALWAYS_DEFAULT, NODE_FOLDER
from convex_lint.link.runtimes import needs_node
from convex_lint.source import Span
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Literal
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module

DIRECTIVE = "use node"

_MEANT = frozenset({"node", "nodejs", "nodeuse", "usenode", "usenodejs", "usenoderuntime"})


class DirectiveFault:
    """A directive that chooses no runtime, or the wrong one.

    `form` is `late` (it stands behind other code, so it is a string like any other), `misspelt`, `forbidden` (in a
    module that always runs in the default runtime), `component` (in a module of a component, which has no Node) or
    `missing` (in a folder where each module has to have it).
    """

    def __init__(self, module: Module, form: str, node: Literal | None) -> None:
        self.module = module
        self.form = form
        self.node = node

    @property
    def place(self) -> Place:
        """The string; the file, where there is none."""
        return self.module.at(self.node) if self.node is not None else self.module.place

    @property
    def written(self) -> str:
        """The string as it is written."""
        return self.module.text(self.node) if self.node is not None else ""

    @property
    def stops(self) -> bool:
        """Whether the push surely fails: at the directive, or at what only Node has."""
        return self.form in {"forbidden", "component", "missing"} or needs_node(self.module.linked, self.module.path)

    def first(self) -> tuple[Edit, ...]:
        """Return the edits that put the right directive before all other code."""
        edits = [self.module.insert(0, f"{self.module.quoted(DIRECTIVE)};\n")]
        if self.form == "misspelt" and self.node is not None:
            return (self.module.replace(self.node, self.module.quoted(DIRECTIVE)),)
        if self.node is not None:
            data = self.module.linked.text(self.module.path)
            before = re.search(rb"(?<![^\n])[ \t]*\Z", data[: self.node.start])
            behind = re.compile(rb"[ \t]*;?[ \t]*\r?\n?").match(data, self.node.end)
            start, end = before.start() if before else self.node.start, behind.end() if behind else self.node.end
            edits.append(self.module.replace(Span(start, end), ""))
        return tuple(edits)


@once
def find(module: Module) -> Iterator[DirectiveFault]:
    """Yield the faults of a module."""
    inside = module.inside
    if inside is None or module.role not in {Role.ENTRY, Role.LIBRARY}:
        return
    is_entry = module.role is Role.ENTRY
    strings = [one.of for one in module.summary.code.evaluates if isinstance(one.of, Literal)]
    strings = [one for one in strings if one.form == "string"]
    if module.summary.node:
        stop = "forbidden" if inside.rpartition(".")[0] in ALWAYS_DEFAULT else "component"
        if is_entry and (stop == "forbidden" or module.in_component):
            yield DirectiveFault(module, stop, next((one for one in strings if one.value == DIRECTIVE), None))
        return
    faults = [DirectiveFault(module, form, one) for one in strings if (form := _form(one)) is not None]
    yield from faults
    if is_entry and inside.startswith(NODE_FOLDER) and not faults and not module.summary.open:
        yield DirectiveFault(module, "missing", None)


def _form(string: Literal) -> str | None:
    if string.value == DIRECTIVE:
        return "late"
    meant = re.sub(r"[^a-z]", "", str(string.value).lower())
    return "misspelt" if meant in _MEANT else None
