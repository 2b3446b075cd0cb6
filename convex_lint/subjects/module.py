"""A module as rules see it, and the project that it belongs to."""

from __future__ import annotations

import re
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from convex_lint import roles
from convex_lint.diagnostics import Edit, Place
from convex_lint.source import Span
from convex_lint.workspace import SUFFIXES, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from convex_lint.link import Linked
    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Function


T = TypeVar("T")

_IMPORTED = re.compile(rb"""^import\b[^'"]*(['"])""", re.MULTILINE)


class Ranged(Protocol):
    """Anything with byte offsets."""

    @property
    def start(self) -> int:
        """The first byte."""
        ...

    @property
    def end(self) -> int:
        """The byte behind the last one."""
        ...


class Module:
    """One module of a linked project."""

    def __init__(self, linked: Linked, summary: Summary) -> None:
        self.linked = linked
        self.summary = summary
        self.path = summary.path
        self.found: dict[object, Any] = {}
        """What was found in the module, by what looked for it."""

    @property
    def place(self) -> Place:
        """The file as a whole."""
        return Place(self.path)

    @property
    def role(self) -> Role:
        """What the module is to its project."""
        return self.linked.role(self.path)

    @property
    def inside(self) -> str | None:
        """The path within the functions folder, or None where the module is in none."""
        project = self.linked.project_of(self.path)
        return roles.inside_of(self.path, project.folder if project is not None else None)

    @property
    def skipped(self) -> str | None:
        """What is in its path for which Convex does not deploy it, in words; None for all other modules."""
        inside = self.inside
        return roles.why_skipped(inside) if inside is not None and self.role is not Role.GENERATED else None

    @property
    def is_deployed(self) -> bool:
        """Whether Convex takes it for a module of its own, or stops at it for where it lies (`_deps`)."""
        return self.role is Role.ENTRY or (self.inside or "").startswith(roles.RESERVED)

    @property
    def twin(self) -> str | None:
        """Another file that becomes the same module: `a.js` beside `a.ts`; only the later of two has one."""
        stem, _, _ = self.path.rpartition(".")
        others = [stem + suffix for suffix in SUFFIXES if stem + suffix < self.path]
        there = [path for path in others if path in self.linked.summaries and self.linked.role(path) is Role.ENTRY]
        return there[0] if there and self.role is Role.ENTRY else None

    @property
    def in_component(self) -> bool:
        """Whether the module belongs to a component, whose functions only its parent can call."""
        return self.linked.in_component(self.path)

    @cached_property
    def sending(self) -> frozenset[Function]:
        """The handlers whose results are sent to whoever called: all but those of HTTP actions."""
        made = self.linked.registered(self.path)
        return frozenset(one.handler for one in made if one.handler is not None and one.kind != "httpAction")

    def quoted(self, text: str) -> str:
        """Return a string as the module writes them: in the quotes of its first import."""
        return f"'{text}'" if self._is_single_quoted else f'"{text}"'

    @cached_property
    def _is_single_quoted(self) -> bool:
        found = _IMPORTED.search(self.linked.workspace.sources[self.path].data)
        return found is not None and found[1] == b"'"

    def at(self, node: Ranged) -> Place:
        """Return the place of a piece of code."""
        return Place(self.path, Span(node.start, node.end))

    def text(self, node: Ranged) -> str:
        """Return the text of a piece of code."""
        return self.linked.workspace.sources[self.path].text(Span(node.start, node.end))

    def insert(self, offset: int, text: str) -> Edit:
        """Return the edit that inserts a text."""
        return Edit(self.path, Span(offset, offset), text)

    def export_default(self, name: str) -> Edit:
        """Return the edit that exports a name as default behind all other code."""
        data = self.linked.workspace.sources[self.path].data
        before = "" if data.endswith(b"\n") else "\n"
        return self.insert(len(data), f"{before}export default {name};\n")

    def replace(self, node: Ranged, text: str) -> Edit:
        """Return the edit that puts a text in the place of a piece of code."""
        return Edit(self.path, Span(node.start, node.end), text)

    def whole(self, node: Ranged, function: Function | None) -> bool:
        """Say whether a piece of code, and the functions around it, parse."""
        errors = self.summary.code.errors
        if not errors:
            return True
        while function is not None:
            if function.broken:
                return False
            function = function.inside
        return not any(node.start <= error.start <= node.end for error in errors)


def once(find_: Callable[[Module], Iterator[T]]) -> Callable[[Module], tuple[T, ...]]:
    """Have that looked for once in a module which others ask about, too."""

    @wraps(find_)
    def found(module: Module) -> tuple[T, ...]:
        known: tuple[T, ...] | None = module.found.get(find_)
        if known is None:
            known = module.found[find_] = tuple(find_(module))
        return known

    return found


def find(module: Module) -> Iterator[Module]:
    """Yield the module itself."""
    yield module
