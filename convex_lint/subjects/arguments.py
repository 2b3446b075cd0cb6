"""The arguments of registered functions, as their validators are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.facts.api import BY_ID
from convex_lint.link import looking, modules, signatures
from convex_lint.link.shapes import bare, outermost
from convex_lint.records import entity
from convex_lint.source import Span
from convex_lint.subjects import documents, functions, sent
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Call, Cast, Declare, Member, Name, Object, Property, Unary
from convex_lint.validators import NULL_VALIDATOR
from convex_lint.values import ArrayOf, Id, Package, Validator, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.functions import Registered
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression, Type
    from convex_lint.values import Closure, Value

_INSIDE = {"array": (0, "[]"), "record": (1, "[]"), "object": (0, ""), "optional": (0, ""), "nullable": (0, "")}
"""The functions of `v` that validate what is in something: which operand does so, and what its path ends in."""

_NORMALIZES = "normalizeId"

_SAME = frozenset({"optional", "nullable"})
"""Those that let in what their operand lets in, or nothing."""

_PARSES = re.compile(r"(?:assert|decode|is|normalize|parse|safeParse|sanitize|validate)(?![a-z])")
"""How the names begin of functions that look at what they are given, as those of zod and its like do."""


@entity
class IdOfString:
    """A string that is taken for the id of a document of `table` at `place`; `edit` validates it as one."""

    table: str
    place: Place
    edit: Edit | None


class Argument:
    """An argument of a registered function, or a part of one: a piece of its validator that is written in one.

    `path` leads to it, as `author.name`; the items of an array, and the values of a record, are `[]`. It is not `alone`
    where it is one of several, but for `null`, that are let in.
    """

    def __init__(self, function: Registered, node: Expression, path: str, *, alone: bool = True) -> None:
        self.module = function.module
        self.alone = alone
        self.function = function
        self.node = node
        self.path = path

    @property
    def place(self) -> Place:
        """The validator, or the name that it is known by here."""
        return self.module.at(self.node)

    @property
    def takes_anything(self) -> bool:
        """Whether it surely lets in every value."""
        found = self.module.linked.value(self.node)
        return isinstance(found, Validator) and found.kind == "any"

    @property
    def parsed(self) -> bool:
        """Whether the handler has something else look at it: a parser, or a function that takes what is not known."""
        handler, path = self.function.made.handler, tuple(self.path.split("."))
        used = sent.uses(handler, path) if handler is not None and handler.scope.path == self.module.path else ()
        return any(_is_parsed(self.module, use) for use in used)

    @property
    def used_as_id(self) -> IdOfString | None:
        """Where a string is taken for the id of a document of the schema, unless something is done to make sure."""
        handler, is_list = self.function.made.handler, self.path.endswith("[]")
        found = self.module.linked.value(self.node)
        if handler is None or handler.scope.path != self.module.path or not (self.alone and _is_string(found)):
            return None
        used = list(sent.uses(handler, tuple(self.path.removesuffix("[]").split("."))))
        if any(_is_looked_at(use) for use in used):
            return None
        taken = [(use, table) for use in used for table in _tables(self.module, use, is_list=is_list)]
        tables = {table for _, table in taken}
        folder = self.module.linked.schema_folder(self.module.path)
        if len(tables) != 1 or folder is None or self.module.in_component:
            return None
        use, table = taken[0]
        known = self.module.linked.table(folder, table)
        return IdOfString(table, self.module.at(use), self._as_id(table)) if known is not None else None

    def _as_id(self, table: str) -> Edit | None:
        """Return the edit that validates it as an id, where its validator is written here."""
        call = bare(self.node)
        callee = call.callee if isinstance(call, Call) and not call.arguments else None
        if not isinstance(callee, Member) or callee.name != "string":
            return None
        span = Span(callee.name_start, call.end)
        return self.module.replace(span, f"id({self.module.quoted(table)})")


def _is_string(value: Value) -> bool:
    return isinstance(value, Validator) and value.kind == "string"


def _is_looked_at(use: Expression) -> bool:
    """Say whether a string is made sure of: by `normalizeId`, or by what is asked of it."""
    parent = use.parent
    is_normalized = isinstance(parent, Call) and isinstance(parent.callee, Member) and parent.callee.name == _NORMALIZES
    return is_normalized or looking.is_looked_into(use)


def _tables(module: Module, use: Expression, *, is_list: bool) -> Iterator[str]:
    """Yield the table of whose documents a string is taken for an id: by a cast, or by what it is given to."""
    node = use
    while isinstance(node, Cast):
        found = present(module.linked.type(node.type))
        found = found.of if is_list and isinstance(found, ArrayOf) else found
        if isinstance(found, Id) and found.table is not None:
            yield found.table
        node = node.of
    by = use.parent.callee if isinstance(use.parent, Call) and not is_list else None
    for call in documents.find(module) if isinstance(by, Member) and by.name in BY_ID else ():
        if call.call is use.parent and call.id is use and call.named is not None:
            yield call.named


def _is_parsed(module: Module, use: Expression) -> bool:
    around = use.parent
    if isinstance(around, Unary):
        return around.operator == "typeof"
    if isinstance(around, Call) and use in around.arguments and _PARSES.match(_called_as(around)):
        return True
    return any(one.form == "name" and one.name == "unknown" for one in _taken_as(module, use))


def _called_as(call: Call) -> str:
    callee = bare(call.callee)
    return callee.name if isinstance(callee, Member) else callee.text if isinstance(callee, Name) else ""


def _taken_as(module: Module, node: Expression) -> Iterator[Type]:
    """Yield the type that something is taken as: by a cast, by a constant, or by the function that it is given to."""
    around = node.parent
    if isinstance(node, Cast) and node.type is not None:
        yield node.type
    if isinstance(around, Declare):
        yield from (one.type for one in around.bindings if one.type is not None and not one.steps)
    elif isinstance(around, Property) and isinstance(around.parent, Object):
        for whole in _taken_as(module, outermost(around.parent)):
            parts = zip(whole.names, whole.items, strict=False)
            yield from (one for name, one in parts if name.rstrip("?") == around.key)
    elif isinstance(around, Call) and node in around.arguments:
        closure = modules.callee(module.linked, around) or _method(module, around)
        taken = module.linked.function(closure).parameters if closure is not None else []
        yield from (one.type for one in taken[around.arguments.index(node) :][:1] if one.type is not None)


def _method(module: Module, call: Call) -> Closure | None:
    """Return the method of a class that a call goes to."""
    found = signatures.callee(module.linked, present(module.linked.value(call.callee)))
    return found[0] if found is not None else None


def _joined(path: str, more: str) -> str:
    return f"{path}{more}" if more.startswith("[]") or not path or not more else f"{path}.{more}"


@once
def find(module: Module) -> Iterator[Argument]:
    """Yield the arguments of the functions that a module registers and validates with Convex."""
    for function in functions.find_registered(module):
        args = function.made.args
        if args is not None and function.made.builder.validates and not function.takes_anything:
            yield from _parts(function, args.value, "")


def _parts(function: Registered, node: Expression, path: str, *, alone: bool = True) -> Iterator[Argument]:
    """Yield the pieces that a validator is written in."""
    inner = bare(node)
    if isinstance(inner, Object):
        for entry in inner.properties:
            if not isinstance(entry, Property):
                yield Argument(function, entry.of, path)
            elif entry.key is not None:
                yield from _parts(function, entry.value, _joined(path, entry.key))
        return
    name = _called(function.module, inner) if isinstance(inner, Call) else ""
    if isinstance(inner, Call) and name == "union":
        others = [one for one in inner.arguments if function.module.linked.value(one) != NULL_VALIDATOR]
        for argument in inner.arguments:
            yield from _parts(function, argument, path, alone=len(others) == 1)
    elif isinstance(inner, Call) and name in _INSIDE and len(inner.arguments) > _INSIDE[name][0]:
        at, end = _INSIDE[name]
        yield from _parts(function, inner.arguments[at], f"{path}{end}", alone=alone or name not in _SAME)
    else:
        yield Argument(function, node, path, alone=alone)


def _called(module: Module, call: Call) -> str:
    """Return the name of the function of `v` that is called; empty for another one."""
    callee = module.linked.value(call.callee)
    is_v = isinstance(callee, Package) and callee.specifier == "convex/values" and callee.name.startswith("v.")
    return callee.name.removeprefix("v.") if isinstance(callee, Package) and is_v else ""
