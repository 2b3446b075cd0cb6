"""What a schema switches off of what Convex does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, property_of
from convex_lint.link.tables import held
from convex_lint.subjects.shape import is_schema
from convex_lint.syntax.nodes import Object
from convex_lint.values import Constant, SchemaDefinition, Structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Property

_OFF = Constant("boolean", value=False)
_MAKERS = frozenset({"defineSchema", "defineEntSchema"})
_OPTIONS = ("schemaValidation", "strictTableNameTypes")


class SchemaOption:
    """An option of the schema of a project that is on by default, and surely is switched off."""

    def __init__(self, module: Module, entry: Property) -> None:
        self.module = module
        self.name = entry.key or ""
        self._entry = entry

    @property
    def place(self) -> Place:
        """The option."""
        return self.module.at(self._entry)


def find(module: Module) -> Iterator[SchemaOption]:
    """Yield the options that the schema of a project switches off."""
    for call in module.summary.calls(_MAKERS) if is_schema(module) else ():
        options = bare(held(call.arguments[1])) if len(call.arguments) > 1 else None
        given = module.linked.value(options) if isinstance(options, Object) else None
        is_made = isinstance(module.linked.value(call), SchemaDefinition) and module.whole(call, None)
        if not isinstance(options, Object) or not isinstance(given, Structure) or not is_made:
            continue
        for name in _OPTIONS:
            entry = property_of(options, name) if given.get(name) == _OFF else None
            if entry is not None:
                yield SchemaOption(module, entry)
