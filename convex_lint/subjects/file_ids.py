"""Ids of files that are validated as strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.link.shapes import bare, literal
from convex_lint.subjects import arguments, given
from convex_lint.subjects.clock import around
from convex_lint.syntax.nodes import (
    Array,
    Await,
    Binary,
    Call,
    Conditional,
    If,
    Member,
    Name,
    Object,
    Property,
    Spread,
)
from convex_lint.validators import members
from convex_lint.values import Db, Document, Method, Service, present

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.link.registered import Registered
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression, Function, Node
    from convex_lint.values import Validator

_TAKERS = frozenset({"getUrl", "getMetadata", "delete", "get"})
"""The methods of storage that take the id of a file."""

_WITHIN = (Array, Await, Binary, Call, Conditional, Member, Object, Property, Spread)
"""What a call stands in, up to its statement."""

_WRAPPERS = frozenset({"optional", "array"})


class LooseFileId(NamedTuple):
    """An argument of a function, or a field of documents, that is used as the id of a file, and is any string.

    `words` say in a message what it is, and `use` what is done with it.
    """

    module: Module
    place: Place
    words: str
    use: str
    written: Expression | None = None

    @property
    def at_fault(self) -> object:
        """What is at fault, wherever it is used: the validator that is written, or the field."""
        return self.words if self.written is None else self.place

    def as_id(self) -> Edit | None:
        """Return the edit that validates ids, where the validator is written in place."""
        callee = self.written.callee if isinstance(self.written, Call) else None
        if self.written is None or not isinstance(callee, Member) or callee.name != "string":
            return None
        text = f"{self.module.text(callee.of)}.id({self.module.quoted('_storage')})"
        return self.module.replace(self.written, text)


def _innermost(written: Expression) -> Expression:
    """Return what validates the string in what may be left out, or is an array."""
    inner = bare(written)
    while isinstance(inner, Call) and isinstance(inner.callee, Member) and inner.callee.name in _WRAPPERS:
        if not inner.arguments:
            break
        inner = bare(inner.arguments[0])
    return inner


def find(module: Module) -> Iterator[LooseFileId]:
    """Yield what is the id of a file and validated as any string, once each; a component gets those of its app so."""
    if module.in_component:
        return
    seen: set[object] = set()
    for found in (*_taken(module), *_cast(module)):
        if found.at_fault not in seen:
            seen.add(found.at_fault)
            yield found


def _taken(module: Module) -> Iterator[LooseFileId]:
    """Yield what is given to storage."""
    calls = [call for call in module.summary.calls(_TAKERS) if call.arguments]
    made = given.handlers(module) if calls else {}
    for call in calls:
        taker = _taker(module, call)
        found = (_argument(module, call, made, taker) or _field(module, call, taker)) if taker else None
        if found is not None and module.whole(call, call.function):
            yield found


def _cast(module: Module) -> Iterator[LooseFileId]:
    """Yield the arguments that are cast to ids of files."""
    for argument in arguments.find(module) if b'"_storage"' in module.linked.text(module.path) else ():
        found = argument.used_as_id
        if found is not None and found.table == "_storage":
            words = f"`{argument.path}`"
            yield LooseFileId(module, argument.place, words, "is taken for the id of a file", bare(argument.node))


def _argument(module: Module, call: Call, made: Mapping[Function | None, Registered], taker: str) -> LooseFileId | None:
    found = given.find(module, call.arguments[-1], call.function, made)
    if found is None or not _is_string(found.validator) or found.is_looked_into:
        return None
    words = f"`{found.name}`" if found.name else "what a client sends"
    written = _innermost(found.written) if found.written is not None else None
    place = module.at(written) if written is not None else found.place
    return LooseFileId(module, place, words, f"goes to `{taker}`", written)


def _field(module: Module, call: Call, taker: str) -> LooseFileId | None:
    """Return the field of a document that is given to a call."""
    used = bare(call.arguments[-1])
    of = present(module.linked.value(used.of)) if isinstance(used, Member) else None
    folder = module.linked.schema_folder(module.path) if module.linked.project_of(module.path) is not None else None
    if not isinstance(used, Member) or not isinstance(of, Document) or of.table is None or folder is None:
        return None
    if _is_one_of_several(call, used):
        return None
    table = module.linked.table(folder, of.table)
    options = [one.field(used.name) for one in members(table.validator)] if table is not None else []
    if not options or not all(one is not None and _is_string(one) for one in options):
        return None
    if module.linked.looks_into(folder, of.table, used.name):
        return None
    return LooseFileId(module, module.at(used), f"`{used.name}` of `{of.table}`", f"goes to `{taker}`")


def _is_one_of_several(call: Call, used: Member) -> bool:
    """Say whether a condition asks something else of a document before its field is taken for an id."""
    holder = bare(used.of)
    uses = holder.binding.uses if isinstance(holder, Name) and holder.binding is not None else []
    others = [one for one in uses if isinstance(one.parent, Member) and one.parent.name != used.name]
    body = call.function.body if call.function is not None else None
    tests = [one.test for one in (around(body, call) if body is not None else ()) if isinstance(one, If)]
    node: Node | None = call.parent
    while isinstance(node, _WITHIN):
        if isinstance(node, Conditional):
            tests.append(node.test)
        elif isinstance(node, Binary):
            tests.append(node.left)
        node = node.parent
    return any(test.start <= one.start < test.end for test in tests for one in others)


def _taker(module: Module, call: Call) -> str:
    """Return what takes the id of a file, as it is spelt where ctx is called that; empty for another call."""
    match present(module.linked.value(call.callee)):
        case Method(of=Service(name="storage"), name=name) if len(call.arguments) == 1:
            return f"ctx.storage.{name}"
        case Method(of=Db(system=True), name="get") if literal(module.linked, call, 0) == "_storage":
            return "ctx.db.system.get"
        case _:
            return ""


def _is_string(validator: Validator | None) -> bool:
    """Say whether a validator, or that of the elements of an array, lets in any string, and nothing else but null."""
    if validator is None:
        return False
    one = validator.items[0] if validator.kind == "array" and validator.items else validator
    return {found.kind for found in members(one)} - {"null"} == {"string"}
