"""Where what a caller sent is written to the database as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.identity import PERSONS, is_of_users
from convex_lint.facts.privileges import SPOKEN, is_login, is_powerful, is_privilege, is_role
from convex_lint.link import access
from convex_lint.link.shapes import bare
from convex_lint.subjects import fields, sent
from convex_lint.subjects.schema import Schema
from convex_lint.syntax.nodes import Object, Property, Spread
from convex_lint.validators import NOT_KNOWN, field_names, members, omit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convex_lint.subjects.fields import FieldUse
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Validator


class Handover:
    """An argument that is written to the database with all its fields: as the document, or spread into it.

    `spelt` is the argument as it is written in messages, `validator` what lets it in, without the fields that are taken
    out of it or replaced behind it.
    """

    def __init__(self, use: FieldUse, node: Expression, found: sent.Sent, validator: Validator) -> None:
        self.module = use.module
        self.place = use.module.at(node)
        self.method = use.method
        self.table = use.table
        self._found = found
        self.validator = validator
        self.spelt = found.spelt or use.module.text(bare(node.of if isinstance(node, Spread) else node))

    @property
    def exposed(self) -> bool:
        """Whether everyone on the internet can have something written by the function, who logs in at most.

        Who sends a secret, or has a right that is asked for, may well be trusted with all fields.
        """
        linked = self.module.linked
        public = (one for one in self._found.roles if self._found.exposed and not one.internal)
        runs = (access.of_all(linked, one.runs, access.Asked(user=True), opaque=one.opaque) for one in public)
        return any(one.lets is not None for one in runs)

    @property
    def takes_anything(self) -> bool:
        """Whether every value is let in, so that a client may write any field."""
        return any(one.kind == "any" for one in members(self.validator))

    @property
    def privileges(self) -> tuple[str, ...]:
        """The fields that a client may write, and whose names say that none should."""
        known = ((name, field) for one in members(self.validator) for name, field in one.fields)
        return tuple(dict.fromkeys(name for name, field in known if self._is_privilege(name, field)))

    def _is_privilege(self, name: str, field: Validator) -> bool:
        return is_privilege(name) and (not is_role(name) or self._is_of_people(name, field))

    def _is_of_people(self, name: str, field: Validator) -> bool:
        """Say whether a role lets somebody who has a login do more than others, and is none of a message or a page."""
        if self.table is None:
            return False
        table = Schema(self.module.linked).table(self.module, self.table)
        whole = table.validator if table is not None else NOT_KNOWN
        stored = [known for one in members(whole) if (known := one.field(name)) is not None]
        names = {*field_names(whole), *field_names(self.validator)}
        if names & SPOKEN or any(map(_is_harmless, (field, *stored))):
            return False
        return is_of_users(self.table) or any(is_login(one) or PERSONS.fullmatch(one) for one in names)


def _is_harmless(field: Validator) -> bool:
    """Say whether all roles are known that a field can hold, and none of them may do more than another."""
    known = [one.literal.value if one.literal is not None else None for one in members(field)]
    return all(isinstance(one, str) and not is_powerful(one) for one in known)


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
