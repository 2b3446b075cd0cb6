"""What an expression gives, held against a validator: only what surely does not fit is told.

As `check_value` in `crates/common/src/schemas/validator.rs` of convex-backend at 94a42c3 has it: an object has all the
fields that may not be left out, and no others; one that is `undefined` is not there.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.link.shapes import bare
from convex_lint.nearest import meant, nearest
from convex_lint.records import entity
from convex_lint.source import Span
from convex_lint.syntax.nodes import Array, Conditional, Function, Object, Property, Spread
from convex_lint.validators import PRIMITIVES, members
from convex_lint.values import (
    NULL,
    UNDEFINED,
    UNKNOWN,
    ArrayOf,
    Constant,
    Document,
    FileUrl,
    Id,
    Nullable,
    Primitive,
    RecordOf,
    Structure,
    Validator,
    is_undefined,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from convex_lint.diagnostics import Edit
    from convex_lint.subjects.module import Module, Ranged
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Value

SYSTEM_FIELDS = frozenset({"_id", "_creationTime"})
"""The fields that every document has, and that no validator of a table names."""

_SHAPES = {
    "array": "array",
    "object": "object",
    "record": "object",
    "null": "null",
    "id": "string",
    **PRIMITIVES,
}
"""The kinds of validators, and the form of the values that they let in."""

_ANYTHING = frozenset({"", "any", "function"})
"""The kinds of validators that nothing surely does not fit."""

_DEFINED = (Array, Function, Object)
"""The forms of expressions that are something, whatever is in them."""


@entity
class Misfit:
    """One thing that does not fit: at `place`, the field at `path` (`author.name`; empty for the whole).

    `kind` is `unknown` (there is no such field), `missing` (these fields may not be left out), `value`, or `table` (an
    id of another table). `names` are the fields that there are, or that are missing, or the tables of the ids let in;
    `wanted` is in words what is let in where a value does not fit, or the table that an id is of. `near` is the field
    that was probably meant by one that is unknown, and `edit` names it instead. `others` are unknown fields that are
    given instead of the missing ones (see `together`).
    """

    kind: str
    place: Place
    path: str = ""
    names: tuple[str, ...] = ()
    wanted: str = ""
    near: str | None = None
    edit: Edit | None = None
    others: tuple[str, ...] = ()


def misfits(module: Module, given: Expression, wanted: Validator, *, partial: bool = False) -> Iterator[Misfit]:
    """Yield what surely does not fit, but ids; with `partial`, the outermost object may leave out any field."""
    return (one for one in _found(module, given, wanted, partial=partial) if one.kind != "table")


def strange_ids(module: Module, given: Expression, wanted: Validator, *, partial: bool = False) -> Iterator[Misfit]:
    """Yield the ids that surely are of another table than is let in."""
    return (one for one in _found(module, given, wanted, partial=partial) if one.kind == "table")


def together(found: Iterable[Misfit]) -> tuple[Misfit, ...]:
    """Return what was found with the fields of an object that lack told together with those that nothing is meant by.

    Whoever gives `id` where `userId` is wanted has made one mistake, not two.
    """
    every = tuple(found)
    lacking = {one.path: one for one in every if one.kind == "missing"}
    vain: dict[str, list[Misfit]] = {path: [] for path in lacking}
    for one in every:
        of, _, _ = one.path.rpartition(".")
        if one.kind == "unknown" and one.near is None and of in vain:
            vain[of].append(one)
    told = {one for each in vain.values() for one in each}
    names = {path: tuple(one.path.rpartition(".")[2] for one in each) for path, each in vain.items()}
    left = (one for one in every if one not in told)
    return tuple(replace(one, others=names[one.path]) if one.kind == "missing" else one for one in left)


def _found(module: Module, given: Expression, wanted: Validator, *, partial: bool) -> tuple[Misfit, ...]:
    """Return all that does not fit; what one rule asks of arguments, another one asks, too."""
    key = (given, wanted, partial)
    known: tuple[Misfit, ...] | None = module.found.get(key)
    if known is None:
        known = module.found[key] = tuple(_misfits(module, given, wanted, partial=partial))
    return known


def _misfits(
    module: Module, given: Expression, wanted: Validator, path: str = "", *, partial: bool = False
) -> Iterator[Misfit]:
    inner = bare(given)
    options = members(wanted)
    if isinstance(inner, Conditional):
        yield from _misfits(module, inner.yes, wanted, path, partial=partial)
        yield from _misfits(module, inner.no, wanted, path, partial=partial)
    elif isinstance(inner, Object):
        yield from _of_object(module, inner, options, path, partial=partial)
    elif isinstance(inner, Array) and len(options) == 1 and options[0].kind == "array":
        for at, item in enumerate(inner.items):
            if not isinstance(item, Spread):
                yield from _misfits(module, item, options[0].items[0], f"{path}[{at}]")
    elif not any(one.kind in _ANYTHING for one in options):
        value = module.linked.value(inner)
        if value is not UNKNOWN:
            yield from _of_value(module.at(inner), value, options, path, partial=partial)


def _of_object(
    module: Module, given: Object, options: Sequence[Validator], path: str, *, partial: bool
) -> Iterator[Misfit]:
    """Yield what does not fit of an object, which has to fit one of several validators."""
    found: list[list[Misfit]] = []
    for one in options:
        if one.kind == "object":
            found.append(list(_of_fields(module, given, one, path, partial=partial)))
        elif one.kind == "record":
            found.append(list(_of_record(module, given, one, path)))
        elif one.kind in _SHAPES or one.kind == "literal":
            continue
        else:
            return
        if not found[-1]:
            return
    if len(found) == 1:
        yield from found[0]
        return
    # Of several objects, that is meant whose literals fit: `kind: v.literal("text")`.
    meant = [each for each in found if not any(one.kind == "value" for one in each)]
    if len(meant) == 1:
        yield from meant[0]
    else:
        wanted = "one of the objects of its union" if found else _listed(options)
        yield Misfit("value", module.at(given), path, wanted=wanted)


def _of_fields(module: Module, given: Object, wanted: Validator, path: str, *, partial: bool) -> Iterator[Misfit]:
    seen, strange, more = set[str](), list[str](), False
    left_out: list[Misfit] = []
    for entry in given.properties:
        if isinstance(entry, Spread):
            names, whole = _brought(module.linked.value(entry.of))
            seen |= names
            more |= not whole
        elif entry.key is None:
            more = True
        else:
            at = _joined(path, entry.key)
            field = wanted.field(entry.key)
            is_left_out = entry.value.__class__ not in _DEFINED and is_undefined(module.linked.value(entry.value))
            if is_left_out and not (partial and field is not None):
                seen.discard(entry.key)
                continue
            seen.add(entry.key)
            if is_left_out and field is not None and field.kind and not field.optional:
                left_out.append(Misfit("missing", module.at(entry.value), path, (entry.key,)))
            elif field is not None and not is_left_out and entry.form in {"pair", "shorthand"}:
                yield from _misfits(module, entry.value, field, at)
            elif field is None and not wanted.open and not (entry.key in SYSTEM_FIELDS and not path):
                strange.append(entry.key)
                yield _strange(module, given, entry, wanted, at)
    yield from left_out
    needed = _missing(wanted, seen, strange)
    if needed and not more and not partial:
        yield Misfit("missing", module.at(given), path, needed)


def _of_value(
    place: Place, value: Value, options: Sequence[Validator], path: str, *, partial: bool
) -> Iterator[Misfit]:
    """Yield what does not fit of a value that is put together elsewhere, all of it at one place."""
    if value is UNKNOWN:
        return
    if all(fits(value, one) is False for one in options):
        yield Misfit("value", place, path, wanted=_listed(options))
    strange = strange_table(value, options)
    if strange is not None:
        yield Misfit("table", place, path, *strange)
    if not isinstance(value, Structure) or len(options) != 1 or options[0].kind != "object":
        return
    wanted, unknown = options[0], list[str]()
    for name, one in value.fields:
        field = wanted.field(name)
        is_there = one is not UNKNOWN and not isinstance(one, Nullable) and not is_undefined(one)
        if field is not None:
            yield from _of_value(place, one, members(field), _joined(path, name), partial=False)
        elif is_there and not wanted.open and not (name in SYSTEM_FIELDS and not path):
            unknown.append(name)
            names = tuple(known for known, _ in wanted.fields)
            yield Misfit("unknown", place, _joined(path, name), names, near=nearest(name, names))
    seen = {name for name, one in value.fields if not is_undefined(one)}
    needed = _missing(wanted, seen, unknown)
    if needed and not value.open and not partial:
        yield Misfit("missing", place, path, needed)


def _of_record(module: Module, given: Object, wanted: Validator, path: str) -> Iterator[Misfit]:
    for entry in given.properties:
        if isinstance(entry, Property) and entry.key is not None and entry.form in {"pair", "shorthand"}:
            yield from _misfits(module, entry.value, wanted.items[1], _joined(path, entry.key))


def _missing(wanted: Validator, seen: set[str], strange: Sequence[str]) -> tuple[str, ...]:
    """Return the fields that may not be left out and are; one that is there under a name near to it is not missing."""
    needed = [name for name in wanted.needed if name not in seen and name not in SYSTEM_FIELDS]
    near = {nearest(name, needed) for name in strange}
    return tuple(name for name in needed if name not in near)


def _brought(value: Value) -> tuple[set[str], bool]:
    """Return the fields that a spread surely brings, and whether these are all that it may bring."""
    if not isinstance(value, Structure):
        return set(), value in {NULL, UNDEFINED}
    sure = {name for name, one in value.fields if one is not UNKNOWN and not isinstance(one, Nullable)}
    return sure, not value.open and len(sure) == len(value.fields)


def _strange(module: Module, given: Object, entry: Property, wanted: Validator, path: str) -> Misfit:
    """Return that there is no such field; one that is given already was not meant."""
    names, key = tuple(name for name, _ in wanted.fields), entry.key or ""
    written = {one.key for one in given.properties if isinstance(one, Property)}
    free = [name for name in names if name not in written]
    own, sure = Span(entry.key_start, entry.key_end), meant(key, free)
    edit = renamed(module, own, key, sure) if sure is not None and entry.form in {"pair", "shorthand"} else None
    if edit is not None and entry.form == "shorthand":
        edit = module.replace(own, f"{sure}: {key}")
    return Misfit("unknown", Place(module.path, own), path, names, near=nearest(key, free), edit=edit)


def renamed(module: Module, node: Ranged, name: str, other: str) -> Edit | None:
    """Return the edit that writes another name for one that is written as it is, or in quotes."""
    text = module.text(node)
    quote = text.removesuffix(text[1:]) if text[1:-1] == name else ""
    is_plain = other.isidentifier() and text == f"{quote}{name}{quote}"
    return module.replace(node, f"{quote}{other}{quote}") if is_plain else None


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def fits(value: Value, wanted: Validator) -> bool | None:
    """Say whether a value fits a validator, or None where that is not sure."""
    if wanted.kind in _ANYTHING:
        return None
    if wanted.kind == "union":
        found = {fits(value, one) for one in wanted.items}
        return True if True in found else None if None in found or wanted.open else False
    shape = _shape(value)
    if shape is None:
        return None
    if wanted.kind == "literal":
        return _fits_literal(value, shape, wanted.literal)
    if shape != _SHAPES.get(wanted.kind):
        return False
    return None if wanted.kind in {"id", "array", "object", "record"} else True


def strange_table(value: Value, options: Sequence[Validator]) -> tuple[tuple[str, ...], str] | None:
    """Return the tables whose ids are let in, and the one that an id is of, where that surely is none of these."""
    found = present(value)
    if not isinstance(found, ArrayOf | Id):
        return None
    if isinstance(found, ArrayOf):
        inner = [member for one in options if one.kind == "array" for member in members(one.items[0])]
        is_seen = all(one.kind in _SHAPES or one.kind == "literal" for one in options)
        return strange_table(found.of, inner) if is_seen else None
    tables = tuple(dict.fromkeys(one.table for one in options if one.kind == "id" and one.table is not None))
    others = [one for one in options if one.kind != "id" or one.table is None]
    is_certain = all(one.kind != "id" and fits(found, one) is False for one in others)
    if found.table in {None, *tables} or not tables or not is_certain:
        return None
    return tables, found.table or ""


def _fits_literal(value: Value, shape: str, wanted: Constant | None) -> bool | None:
    if wanted is None:
        return None
    if isinstance(value, Constant):
        return value == wanted
    return None if wanted.form == shape else False


def _shape(value: Value) -> str | None:
    """Return what a value surely is as JavaScript has it: `string`, `array`, `object` and so on; None for a map, too.

    That no validator lets a map in is told by `no-unsupported-value`.
    """
    match value:
        case Constant(form=form) if form in {"string", "number", "boolean", "bigint", "null"}:
            return form
        case Primitive(form=form):
            return form
        case Id() | FileUrl():
            return "string"
        case ArrayOf():
            return "array"
        case Document() | Structure() | RecordOf():
            return "object"
        case _:
            return None


_WORDS = {
    "float64": "a number",
    "int64": "a bigint",
    "commitTs": "a bigint",
    "boolean": "a boolean",
    "string": "a string",
    "bytes": "bytes",
    "null": "`null`",
    "array": "an array",
    "object": "an object",
    "record": "an object",
}


def _listed(options: Sequence[Validator]) -> str:
    return " or ".join(dict.fromkeys(map(described, options)))


def described(wanted: Validator) -> str:
    """Return in words what a validator lets in that is no union."""
    if wanted.kind == "id":
        return f"an id of `{wanted.table}`" if wanted.table is not None else "an id"
    if wanted.kind == "literal":
        known = wanted.literal
        return f"`{json.dumps(known.value)}`" if known is not None else "a literal"
    return _WORDS.get(wanted.kind, "another value")
