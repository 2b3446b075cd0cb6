"""What validators let in, and the validators that are made from others.

Read in the npm package `convex` 1.48.0: `values/validator.d.ts`, `values/validators.d.ts`, `server/schema.d.ts`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from convex_lint.values import (
    NULL,
    UNKNOWN,
    ArrayOf,
    Id,
    Nullable,
    Primitive,
    RecordOf,
    Structure,
    Validator,
    Value,
    join,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

NOT_KNOWN = Validator()
"""The validator of which nothing is known."""

NULL_VALIDATOR = Validator("null")

PRIMITIVES = {
    "float64": "number",
    "int64": "bigint",
    "commitTs": "bigint",
    "boolean": "boolean",
    "string": "string",
    "bytes": "bytes",
}
"""The kinds of validators that let in values without parts, and the form of these; an id is a string, too."""


def let_in(validator: Validator) -> Value:  # noqa: PLR0911  one case a kind
    """Return what a value is that a validator lets in; where it may be left out, the one that is there."""
    match validator.kind:
        case "id":
            return Id(validator.table)
        case "null":
            return NULL
        case "literal":
            return validator.literal or UNKNOWN
        case "array":
            return ArrayOf(let_in(validator.items[0]))
        case "record":
            return RecordOf(let_in(validator.items[1]))
        case "object":
            return Structure(tuple((name, of_field(one)) for name, one in validator.fields), validator.open)
        case "union" if validator.items and not validator.open:
            return reduce(join, (let_in(one) for one in validator.items))
        case kind:
            return Primitive(PRIMITIVES[kind]) if kind in PRIMITIVES else UNKNOWN


def of_field(validator: Validator) -> Value:
    """Return what the field of an object holds: perhaps nothing, where it may be left out."""
    inner = let_in(validator)
    return Nullable(present(inner)) if validator.optional and inner is not UNKNOWN else inner


def members(validator: Validator) -> tuple[Validator, ...]:
    """Return the validators of which one must match: the members of a union, those of its unions too, or itself.

    The last one of a union with members that are not seen is one that is not known.
    """
    if validator.kind != "union":
        return (validator,)
    found = tuple(one for item in validator.items for one in members(item))
    return (*found, NOT_KNOWN) if validator.open else found


def property_of(validator: Validator, name: str) -> Value | None:
    """Return what a field holds of an object that a validator lets in; None where no object has it.

    In a union of objects those count that have the field: who reads it has made sure that it is one of these.
    """
    found = [(one, one.field(name)) for one in members(validator)]
    inner = [of_field(field) for _, field in found if field is not None]
    if not inner:
        return None if all(one.kind == "object" and not one.open for one, _ in found) else UNKNOWN
    if any(field is None and (one.open or one.kind in {"", "any", "record"}) for one, field in found):
        return UNKNOWN
    return reduce(join, inner)


def lacks(validator: Validator, path: str) -> bool:
    """Say whether surely no value that a validator lets in has a field at a path, as `home.city`."""
    first, _, rest = path.partition(".")
    for one in members(validator):
        if one.kind in {"", "any", "record", "function"} or one.open:
            return False
        found = one.field(first) if one.kind == "object" else None
        if found is not None and not (rest and lacks(found, rest)):
            return False
    return True


def as_validator(value: Value) -> Validator:
    """Return the validator that a value is; an object of validators stands for that of an object."""
    if isinstance(value, Validator):
        return value
    if isinstance(value, Structure):
        return Validator("object", fields=tuple((name, _field(one)) for name, one in value.fields), open=value.open)
    return NOT_KNOWN


def _field(value: Value) -> Validator:
    return value if isinstance(value, Validator) else NOT_KNOWN


def optional(validator: Validator) -> Validator:
    """Return the validator that lets a field be left out."""
    return replace(validator, optional=True)


def required(validator: Validator) -> Validator:
    """Return the validator that does not let a field be left out."""
    return replace(validator, optional=False)


def union(items: Iterable[Validator], *, more: bool = False) -> Validator:
    """Return the validator that lets in what one of several lets in."""
    return Validator("union", items=tuple(items), open=more)


def objects(fields: dict[str, Validator], *, more: bool = False) -> Validator:
    """Return the validator of an object."""
    return Validator("object", fields=tuple(fields.items()), open=more)


def pick(validator: Validator, names: Iterable[str] | None) -> Validator:
    """Return the validator of an object with some of the fields only; the names are None where not known."""
    if names is None:
        return Validator("object", validator.optional, open=True)
    kept = frozenset(names)
    return replace(validator, fields=tuple(field for field in validator.fields if field[0] in kept))


def omit(validator: Validator, names: Iterable[str] | None) -> Validator:
    """Return the validator of an object without some of the fields; the names are None where not known."""
    if names is None:
        return Validator("object", validator.optional, open=True)
    left_out = frozenset(names)
    return replace(validator, fields=tuple(field for field in validator.fields if field[0] not in left_out))


def partial(validator: Validator) -> Validator:
    """Return the validator of an object of which every field may be left out; in a union, of each of its objects."""
    if validator.kind == "union":
        return replace(validator, items=tuple(partial(one) for one in validator.items))
    return replace(validator, fields=tuple((name, optional(one)) for name, one in validator.fields))


def extend(validator: Validator, more: Validator) -> Validator:
    """Return the validator of an object with the fields of another one as well; in a union, of each of its objects."""
    if validator.kind == "union":
        return replace(validator, items=tuple(extend(one, more) for one in validator.items))
    if validator.kind != "object":
        return validator
    fields = {**dict(validator.fields), **dict(more.fields)}
    return replace(validator, fields=tuple(fields.items()), open=validator.open or more.open or more.kind != "object")


def system_fields(table: str | None) -> Validator:
    """Return the validator of the fields that Convex adds to every document of a table."""
    return objects({"_id": Validator("id", table=table), "_creationTime": Validator("float64")})


@lru_cache(maxsize=4096)
def document(table: str | None, validator: Validator) -> Validator:
    """Return the validator of the whole documents of a table."""
    return extend(validator, system_fields(table))


def can_hold(validator: Validator, path: tuple[str, ...]) -> bool | None:
    """Say whether what a validator lets in may have a field, through objects; None where that is not known.

    As `can_contain_field` in the backend (`crates/common/src/schemas/validator.rs`): one member of a union is enough.
    """
    found = _at(validator, path)
    return True if found else None if found is None else False


def at_path(validator: Validator, path: tuple[str, ...]) -> frozenset[str] | None:
    """Return the kinds of the validators that a field may have; None where they are not all known."""
    found = _at(validator, path)
    inner = None if found is None else [one for item in found for one in members(item)]
    if inner is None or any(not one.kind or (one.kind == "union" and one.open) for one in inner):
        return None
    return frozenset(one.kind for one in inner)


def can_hold_vector(validator: Validator, path: tuple[str, ...]) -> bool | None:
    """Say whether a field may be a vector; None where that is not known.

    As `is_valid_vector_validator` in the backend: an array of numbers, or of anything, perhaps one of a union.
    """
    found = _at(validator, path)
    if found is None:
        return None
    inner = [one for item in found for one in members(item)]
    if any(not one.kind or one.open for one in inner):
        return None
    arrays = [one.items[0].kind for one in inner if one.kind == "array"]
    if "" in arrays:
        return None
    return any(one.kind == "any" for one in inner) or any(kind in {"float64", "any"} for kind in arrays)


def _at(validator: Validator, path: tuple[str, ...]) -> list[Validator] | None:
    """Return the validators of a field in all members of a union that have it; None where not all are known."""
    if not path:
        return [validator]
    found: list[Validator] = []
    for one in members(validator):
        if one.kind == "any":
            found.append(one)
        elif not one.kind or (one.kind == "union" and one.open):
            return None
        elif one.kind == "object":
            field = one.field(path[0])
            if field is None and one.open:
                return None
            inner = _at(field, path[1:]) if field is not None else []
            if inner is None:
                return None
            found.extend(inner)
    return found


def field_names(validator: Validator) -> tuple[str, ...]:
    """Return the fields that are known of the objects that a validator lets in, of all members of a union."""
    return tuple(dict.fromkeys(name for one in members(validator) for name, _ in one.fields))
