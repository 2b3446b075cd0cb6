"""What a value of a written type is: a small, closed evaluator of the type syntax that Convex code uses.

A type is looked at with what its type parameters stand for (`Reading.known`). Here are the forms of types and the names
that code declares; the generic types of TypeScript are in `generics`, those of Convex in `vocabulary`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.link import classes, collections, generics, members, modules, promising, vocabulary
from convex_lint.syntax.nodes import Class, Name
from convex_lint.values import (
    NULL,
    UNDEFINED,
    UNKNOWN,
    ArrayOf,
    Constant,
    Ctx,
    Document,
    Instance,
    Nullable,
    Primitive,
    Promise,
    RecordOf,
    Signature,
    Structure,
    Value,
    join,
    maybe,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Export, Scope, Type, TypeDeclaration

DEEP = 5
"""Declared types within one another that are looked at: types that name themselves, and each other, have no end."""

_IMPORTED = re.compile(r"""import\(\s*["']([^"']*)["']\s*\)\s*\.\s*(.+)""", re.DOTALL)


class Reading(NamedTuple):
    """How a type is looked at: what its type parameters stand for, and how many declared types more to look at."""

    linked: Linked
    known: Mapping[str, Value]
    depth: int


def value(linked: Linked, written: Type) -> Value:
    """Return what a value of a type is."""
    return of(Reading(linked, {}, DEEP), written)


def known(linked: Linked, written: Type, parameters: Mapping[str, Value]) -> Value:
    """Return what a value of a type is, where it is known what type parameters stand for."""
    return of(Reading(linked, parameters, DEEP), written)


def of(reading: Reading, written: Type) -> Value:  # noqa: C901, PLR0911, PLR0912  one case a form
    """Return what a value of a type is, as it is looked at."""
    match written.form:
        case "name":
            return _named(reading, written)
        case "literal":
            return Constant("string", written.name)
        case "union":
            return _union(reading, written)
        case "intersection":
            return _intersection(reading, written)
        case "array":
            return ArrayOf(of(reading, written.items[0]))
        case "tuple":
            return collections.listed(of(reading, item) for item in written.items)
        case "object":
            return _object(reading, written)
        case "function":
            return _signature(reading, written)
        case "typeof":
            return _typeof(reading, written)
        case "keyof":
            return Primitive("string")
        case "index":
            return _member(reading, *written.items)
        case "conditional":
            return _conditional(reading, *written.items)
        case _:
            return UNKNOWN


def _union(reading: Reading, written: Type) -> Value:
    """Return one of several; a field that only some objects have is read by who knows which object it is."""
    parts = [of(reading, item) for item in written.items]
    there = [present(part) for part in parts if part not in (NULL, UNDEFINED)]
    if not there:
        return NULL
    objects = [replace(part, open=False) for part in there if isinstance(part, Structure)]
    found = reduce(join, objects if len(objects) == len(there) else there)
    if isinstance(found, Structure):
        found = replace(found, open=any(isinstance(part, Structure) and part.open for part in there))
    is_maybe = len(there) < len(parts) or any(isinstance(part, Nullable) for part in parts)
    return maybe(found) if is_maybe else found


def _signature(reading: Reading, written: Type) -> Signature:
    """Return a function of which the type is written; a rest parameter takes what is known of its array by places."""
    result, *takes = (of(reading, item) for item in written.items)
    if takes and written.names[-1].startswith("..."):
        rest = takes.pop()
        takes += rest.items if isinstance(rest, ArrayOf) else ()
    return Signature(result, tuple(takes))


def _conditional(reading: Reading, of_: Type, extends: Type, yes: Type, no: Type) -> Value:
    """Return one of two, where it is sure whether an object has the fields that are asked for; else what both are."""
    found = of(reading, of_) if extends.form == "object" else UNKNOWN
    if isinstance(found, Structure):
        wanted = [name for name in extends.names if not name.endswith("?")]
        if all(found.has(name) for name in wanted):
            return of(reading, yes)
        if not found.open:
            return of(reading, no)
    return join(of(reading, yes), of(reading, no))


def _intersection(reading: Reading, written: Type) -> Value:
    parts = [of(reading, item) for item in written.items]
    if len(parts) == 1:
        return parts[0]
    promises = [part for part in parts if isinstance(part, Promise)]
    if len(promises) == 1 and len(parts) == 2:  # noqa: PLR2004  a promise that has methods of its own
        return replace(promises[0], also=next(part for part in parts if part is not promises[0]))
    whole = [part for part in parts if not isinstance(part, Structure | Document) and part is not UNKNOWN]
    fields = [found for part in parts if (found := fields_of(reading.linked, part)) is not None]
    added = tuple({name: one for part in fields for name, one in part.fields}.items())
    if len(whole) == 1 and isinstance(whole[0], Ctx):
        only = whole[0]
        return Ctx(only.kinds, (*only.extra, *added), only.open or UNKNOWN in parts)
    if whole:
        return whole[0] if len(whole) == 1 else UNKNOWN  # a brand
    return Structure(added, any(part.open for part in fields) or len(fields) < len(parts)) if fields else UNKNOWN


def fields_of(linked: Linked, found: Value) -> Structure | None:
    """Return the fields of an object, or of a document as far as they are known."""
    if isinstance(found, Structure):
        return found
    if isinstance(found, Document):
        return linked.document_fields(found.table)
    return None


def _object(reading: Reading, written: Type) -> Value:
    fields: dict[str, Value] = {}
    for name, item in zip(written.names, written.items, strict=True):
        inner = of(reading, item)
        if name.endswith("?") and inner is not UNKNOWN:
            inner = Nullable(present(inner))
        fields[name.removesuffix("?")] = inner
    if fields.keys() == {"[]"}:
        return RecordOf(fields["[]"])
    fields.pop("[]", None)
    return Structure(tuple(fields.items()), open=True)


def _typeof(reading: Reading, written: Type) -> Value:
    """Return the value of the name, or of the member of a name, that a type is taken from."""
    imported = _IMPORTED.fullmatch(written.name)
    if imported is not None:
        name, *steps = imported[2].split(".")
        found = modules.imported(reading.linked, imported[1], name, written.scope.path)
    else:
        name, *steps = written.name.split(".")
        bound = written.scope.find(name)
        if bound is None:
            return UNKNOWN
        found = _of_binding(reading.linked, bound, written.scope.path)
    for step in steps:
        found = members.member(reading.linked, found, step)
    return found


def _of_binding(linked: Linked, bound: Binding, path: str) -> Value:
    if bound.form == "import":  # a type may ask what a name stands for that is imported for its type alone
        return modules.imported(linked, bound.specifier, bound.imported, path)
    return linked.binding(bound, path)


def _member(reading: Reading, whole: Type, index: Type) -> Value:
    """Return what `T[K]` is."""
    parameter = generics.parameter(reading, whole, index)
    if parameter is not None:
        return parameter
    found = present(of(reading, whole))
    if isinstance(found, ArrayOf) and index.form == "name" and index.name.isdecimal():
        return collections.item(found, int(index.name))
    if isinstance(found, ArrayOf | RecordOf) and index.form == "name":
        return found.of
    names = generics.keys(reading, index)
    if isinstance(found, Structure) and index.form == "keyof" and not found.open:
        names = frozenset(name for name, _ in found.fields)
    if not names:
        return UNKNOWN
    return reduce(join, (vocabulary.member(reading.linked, found, name) for name in sorted(names)))


def _named(reading: Reading, written: Type) -> Value:
    imported = _IMPORTED.fullmatch(written.name) if written.name.startswith("import(") else None
    if imported is not None:
        return _imported(reading, written, imported[1], imported[2])
    first, _, rest = written.name.partition(".")
    if not rest and first in reading.known and not written.items:
        return reading.known[first]
    found = _lookup(written.scope, first)
    if isinstance(found, tuple):
        return UNKNOWN if rest else _declared(reading, *found, written)
    if found is None:
        return UNKNOWN if rest else generics.builtin(reading, written)
    if found.form == "import":
        name = found.imported if not rest else rest if found.imported == "*" else ""
        return _imported(reading, written, found.specifier, name)
    return _instance(found, tuple(of(reading, item) for item in written.items))


def _instance(bound: Binding, given: tuple[Value, ...]) -> Value:
    """Return an object of a class that has a name."""
    return Instance(classes.class_of(bound.of), given) if isinstance(bound.of, Class) else UNKNOWN


def _lookup(scope: Scope | None, name: str) -> tuple[TypeDeclaration, str] | Binding | None:
    """Return the type that a name is, with its module, or the import, class or enumeration of that name."""
    while scope is not None:
        declaration = scope.types.get(name)
        if declaration is not None:
            return declaration, scope.path
        bound = scope.names.get(name)
        if bound is not None and bound.form in {"import", "class", "enum"}:
            return bound
        scope = scope.parent
    return None


def _declared(reading: Reading, declaration: TypeDeclaration, path: str, written: Type) -> Value:
    """Return what a value of a declared type is; one with type parameters is looked at anew each time."""
    given = tuple(of(reading, item) for item in written.items)
    return _applied(reading.linked, declaration, path, given, reading.depth)


def _applied(linked: Linked, declaration: TypeDeclaration, path: str, given: tuple[Value, ...], depth: int) -> Value:
    """Return what a value of a declared type is, with what its type parameters stand for."""
    if not depth:
        return UNKNOWN
    if not declaration.parameters:
        return linked.declared(declaration, path, depth)
    known: dict[str, Value] = {}
    for at, name in enumerate(declaration.parameters):
        default = declaration.defaults[at]
        known[name] = (
            given[at]
            if at < len(given)
            else of(Reading(linked, known, depth - 1), default)
            if default is not None
            else UNKNOWN
        )
    return _body(Reading(linked, known, depth - 1), declaration)


def _body(reading: Reading, declaration: TypeDeclaration) -> Value:
    """Return what a value of the type is that a declaration gives a name."""
    own = of(reading, declaration.type)
    if not declaration.extends:
        is_least = declaration.bounds and isinstance(own, Ctx) and own.kinds == {"query"}
        # What extends the ctx of a query may be that of a mutation.
        return replace(own, kinds=frozenset({"query", "mutation"})) if is_least and isinstance(own, Ctx) else own
    parts = [of(reading, parent) for parent in declaration.extends]
    contexts = [part for part in parts if isinstance(part, Ctx)]
    added = own.fields if isinstance(own, Structure) else ()
    if contexts:
        base = contexts[0]
        return Ctx(base.kinds, (*base.extra, *added), base.open)
    bases = [found for part in parts if (found := fields_of(reading.linked, part)) is not None]
    inherited = {name: one for part in bases for name, one in part.fields}
    return Structure(tuple({**inherited, **dict(added)}.items()), open=True)


def declared(linked: Linked, declaration: TypeDeclaration, depth: int) -> Value:
    """Return what a value of a declared type without type parameters is."""
    return _body(Reading(linked, {}, depth - 1), declaration)


def _imported(reading: Reading, written: Type, specifier: str, name: str) -> Value:
    given = tuple(of(reading, item) for item in written.items)
    found = vocabulary.imported(reading.linked, specifier, name, given, written.scope.path)
    if found is not None:
        return found
    path = reading.linked.resolve(specifier, written.scope.path)
    if path is None:
        return promising.instance(specifier, name) or UNKNOWN
    return reading.linked.exported_type(path, name, given, reading.depth)


def exported(linked: Linked, path: str, name: str, given: tuple[Value, ...], depth: int) -> Value:  # noqa: PLR0911  one case a way
    """Return what a value of a type is that a module exports under a name."""
    summary = linked.summaries.get(path)
    if summary is None:
        return UNKNOWN
    export = summary.exports.get(name)
    if export is not None and export.specifier:
        return _reexported(linked, export, given, path, depth)
    found = _lookup(summary.code.scope, _local(export) or name)
    if isinstance(found, tuple):
        return _applied(linked, *found, given, depth)
    if found is not None and found.form == "import":
        return _reexported(linked, found, given, path, depth)
    if found is not None:
        return _instance(found, given)
    for star in summary.stars:
        target = linked.resolve(star.specifier, path)
        passed_on = linked.exported_type(target, name, given, depth) if target is not None else UNKNOWN
        if passed_on is not UNKNOWN:
            return passed_on
    return UNKNOWN


def _local(export: Export | None) -> str | None:
    return export.of.text if export is not None and isinstance(export.of, Name) else None


def _reexported(linked: Linked, by: Export | Binding, given: tuple[Value, ...], importer: str, depth: int) -> Value:
    found = vocabulary.imported(linked, by.specifier, by.imported, given, importer)
    if found is not None:
        return found
    target = linked.resolve(by.specifier, importer)
    return linked.exported_type(target, by.imported, given, depth) if target is not None else UNKNOWN
