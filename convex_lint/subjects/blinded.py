"""References whose types the code throws away: `(internal as any).users.get`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import dotted
from convex_lint.syntax.nodes import Cast, Member
from convex_lint.values import Reference
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Node, Type

_ROOTS = frozenset({"api", "internal", "components"})


class Blinded:
    """A reference, or a part of one, that is cast to `any`, or to `unknown`."""

    def __init__(self, module: Module, cast: Cast) -> None:
        self.module = module
        self._cast = cast

    @property
    def place(self) -> Place:
        """The reference with its cast."""
        return self.module.at(self._cast)

    @property
    def spelt(self) -> str:
        """The reference, as it is written."""
        return dotted(self._cast.of) or ""


def find(module: Module) -> Iterator[Blinded]:
    """Yield the casts of references in a module that is no test."""
    if module.role is Role.TEST:
        return
    for bound in module.summary.code.scope.names.values():
        if bound.form != "import" or bound.imported not in _ROOTS or bound.type_only:
            continue
        for use in bound.uses:
            node: Node | None = use.parent
            while isinstance(node, Member):
                node = node.parent
            is_lost = isinstance(node, Cast) and node.form == "as" and _is_any(node.type)
            if isinstance(node, Cast) and is_lost and isinstance(module.linked.value(node.of), Reference):
                yield Blinded(module, node)


def _is_any(written: Type | None) -> bool:
    return written is not None and (written.form, written.name) in {("name", "any"), ("name", "unknown")}
