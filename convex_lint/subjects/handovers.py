"""Where what a caller sent is written to the database as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.privileges import is_privilege
from convex_lint.link.shapes import bare
from convex_lint.subjects import fields, sent
from convex_lint.syntax.nodes import Object, Property, Spread
from convex_lint.validators import members, omit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convex_lint.subjects.fields import FieldUse
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Validator


class Handover:
    """An argument that is written to the database with all its fields: as the document, or spread into it.

    `spelt` is the argument as it is written in messages, `validator` what lets it in, without the fields that are taken
    out of it or replaced behind it. `exposed` says whether anyone on the internet can call the function.
    """

    def __init__(self, use: FieldUse, node: Expression, found: sent.Sent, validator: Validator) -> None:
        self.module = use.module
        self.place = use.module.at(node)
        self.method = use.method
        self.table = use.table
        self.exposed = found.exposed
        self.validator = validator
        self.spelt = found.spelt or use.module.text(bare(node.of if isinstance(node, Spread) else node))

    @property
    def takes_anything(self) -> bool:
        """Whether every value is let in, so that a client may write any field."""
        return any(one.kind == "any" for one in members(self.validator))

    @property
    def privileges(self) -> tuple[str, ...]:
        """The fields that a client may write, and whose names say that none should."""
        known = (name for one in members(self.validator) for name, _ in one.fields)
        return tuple(dict.fromkeys(filter(is_privilege, known)))


def find(module: Module) -> Iterator[Handover]:
    """Yield the arguments that a module writes as a whole."""
    for use in fields.find(module):
        document = bare(use.document) if use.method != "field" and use.document is not None else None
        if isinstance(document, Object):
            yield from _spread(use, document)
        elif document is not None:
            yield from _handed(use, document, ())


def _spread(use: FieldUse, document: Object) -> Iterator[Handover]:
    for at, entry in enumerate(document.properties):
        if isinstance(entry, Spread):
            behind = document.properties[at + 1 :]
            yield from _handed(use, entry, [one.key for one in behind if isinstance(one, Property) and one.key])


def _handed(use: FieldUse, node: Expression, replaced: Sequence[str]) -> Iterator[Handover]:
    found = sent.of(use.module, node.of if isinstance(node, Spread) else node)
    if found is not None:
        yield Handover(use, node, found, omit(found.validator, replaced))
