"""What a value of a written type is: a small, closed evaluator of the type syntax that Convex code uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import CONTEXT_TYPES, DATABASE_TYPES, QUERY_TYPES, SERVICE_TYPES
from convex_lint.link import classes, members, modules
from convex_lint.syntax.nodes import Class
from convex_lint.validators import let_in
from convex_lint.values import (
    NULL,
    UNDEFINED,
    UNKNOWN,
    ArrayOf,
    Constant,
    Ctx,
    Db,
    Document,
    Id,
    Identity,
    Instance,
    Nullable,
    Promise,
    Query,
    Service,
    Signature,
    Structure,
    Validator,
    Value,
    join,
    present,
)

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Scope, Type, TypeDeclaration

_DEEP = 12


def value(linked: Linked, written: Type, depth: int = 0) -> Value:  # noqa: PLR0911  one case a form
    """Return what a value of a type is."""
    if depth > _DEEP:
        return UNKNOWN
    match written.form:
        case "name":
            return _named(linked, written, depth)
        case "union":
            return _union(linked, written, depth)
        case "intersection":
            return _intersection(linked, written, depth)
        case "array":
            return ArrayOf(value(linked, written.items[0], depth + 1)) if written.items else UNKNOWN
        case "object":
            return _object(linked, written, depth)
        case "function":
            return Signature(value(linked, written.items[0], depth + 1)) if written.items else UNKNOWN
        case "index" if len(written.items) == 2:  # noqa: PLR2004  `T["name"]`
            return _member(linked, *written.items, depth=depth)
        case "literal":
            return Constant("string", written.name)
        case _:
            return UNKNOWN


def _member(linked: Linked, of: Type, name: Type, depth: int) -> Value:
    whole = present(value(linked, of, depth + 1))
    if name.form == "literal":
        return members.member(linked, whole, name.name)
    return whole.of if isinstance(whole, ArrayOf) and name.name == "number" else UNKNOWN


def _union(linked: Linked, written: Type, depth: int) -> Value:
    found: Value | None = None
    for item in written.items:
        new = value(linked, item, depth + 1)
        found = new if found is None else join(found, new)
    return found if found is not None else UNKNOWN


def _intersection(linked: Linked, written: Type, depth: int) -> Value:
    parts = [value(linked, item, depth + 1) for item in written.items]
    contexts = [part for part in parts if isinstance(part, Ctx)]
    added = tuple(field for part in parts if isinstance(part, Structure) for field in part.fields)
    if len(contexts) == 1:
        only = contexts[0]
        return Ctx(only.kinds, (*only.extra, *added), only.open or UNKNOWN in parts)
    if all(isinstance(part, Structure) for part in parts):
        return Structure(added, any(isinstance(part, Structure) and part.open for part in parts))
    return UNKNOWN


def _object(linked: Linked, written: Type, depth: int) -> Value:
    fields: list[tuple[str, Value]] = []
    for name, item in zip(written.names, written.items, strict=True):
        inner = value(linked, item, depth + 1)
        if name.endswith("?") and inner is not UNKNOWN:
            inner = Nullable(present(inner))
        fields.append((name.removesuffix("?"), inner))
    return Structure(tuple(fields), open=True)


def _named(linked: Linked, written: Type, depth: int) -> Value:
    name = written.name
    bound = written.scope.find(name)
    if bound is not None and bound.form == "import":
        return _imported(linked, written, bound.specifier, bound.imported)
    if bound is not None and isinstance(bound.of, Class):
        return Instance(classes.class_of(bound.of))
    declaration = written.scope.find_type(name)
    if declaration is not None:
        return _declared(linked, declaration, depth)
    return _builtin(linked, written, depth)


def _builtin(linked: Linked, written: Type, depth: int) -> Value:
    first = written.items[0] if written.items else None
    match written.name:
        case "null":
            return NULL
        case "undefined" | "void":
            return UNDEFINED
        case "Promise" | "PromiseLike":
            return Promise(value(linked, first, depth + 1) if first is not None else UNKNOWN)
        case "Array" | "ReadonlyArray" | "Set" | "Iterable":
            return ArrayOf(value(linked, first, depth + 1) if first is not None else UNKNOWN)
        case "Pick" | "Omit" | "Partial" | "Readonly" | "Required" | "NonNullable" | "Awaited" if first is not None:
            return _picked(value(linked, first, depth + 1), written)
        case _:
            return UNKNOWN


def _picked(of: Value, written: Type) -> Value:
    if written.name == "Awaited":
        return of.of if isinstance(of, Promise) else of
    if written.name == "NonNullable":
        return present(of)
    # What is left out of a context is not used by what type-checks.
    return of


def _declared(linked: Linked, declaration: TypeDeclaration, depth: int) -> Value:
    own = value(linked, declaration.type, depth + 1)
    for parent in declaration.extends:
        base = value(linked, parent, depth + 1)
        if isinstance(base, Ctx):
            added = own.fields if isinstance(own, Structure) else ()
            return Ctx(base.kinds, (*base.extra, *added), base.open)
    return own if not declaration.extends else UNKNOWN


def _imported(linked: Linked, written: Type, specifier: str, name: str) -> Value:
    place = modules.generated(specifier, written.scope.path)
    if place is not None or specifier in {"convex/server", "convex/values"}:
        return _vocabulary(linked, written, name)
    path = linked.resolve(specifier, written.scope.path)
    return linked.exported_type(path, name) if path is not None else UNKNOWN


def exported(linked: Linked, path: str, name: str) -> Value:
    """Return what a value of a type is that a module exports under a name."""
    summary = linked.summaries.get(path)
    if summary is None:
        return UNKNOWN
    scope: Scope = summary.code.scope
    declaration = scope.types.get(name)
    if declaration is not None:
        return _declared(linked, declaration, 0)
    export = summary.exports.get(name)
    if export is not None and export.specifier:
        return _reexported(linked, export.specifier, export.imported, path)
    bound = scope.names.get(name)
    if bound is not None and isinstance(bound.of, Class):
        return Instance(classes.class_of(bound.of))
    if bound is not None and bound.form == "import":
        return _reexported(linked, bound.specifier, bound.imported, path)
    return UNKNOWN


def _reexported(linked: Linked, specifier: str, name: str, importer: str) -> Value:
    if modules.generated(specifier, importer) is not None or specifier == "convex/server":
        return _context(name)
    target = linked.resolve(specifier, importer)
    return linked.exported_type(target, name) if target is not None else UNKNOWN


def _vocabulary(linked: Linked, written: Type, name: str) -> Value:
    first = written.items[0] if written.items else None
    if name in {"Id", "GenericId"}:
        return Id(first.name if first is not None and first.form == "literal" else None)
    if name == "Doc":
        return Document(first.name if first is not None and first.form == "literal" else None)
    if name == "Infer" and first is not None and first.form == "typeof":
        return _inferred(linked, first)
    return _context(name)


def _inferred(linked: Linked, query: Type) -> Value:
    bound = query.scope.find(query.name)
    found = linked.binding(bound, query.scope.path) if bound is not None else UNKNOWN
    return let_in(found) if isinstance(found, Validator) else UNKNOWN


def _context(name: str) -> Value:
    if name in CONTEXT_TYPES:
        return Ctx(frozenset(CONTEXT_TYPES[name]))
    if name in DATABASE_TYPES:
        return Db(writer=DATABASE_TYPES[name])
    if name in SERVICE_TYPES:
        return Service(SERVICE_TYPES[name])
    if name in QUERY_TYPES:
        return Query(None, None, None)
    return Identity() if name == "UserIdentity" else UNKNOWN
