"""What the server refuses of what the package exports when functions are pushed, after its source.

Read in `get-convex/convex-backend` on 2026-11-28, in the files of `crates/` that each function names. The package does
not check these, so it exports them: what is checked is what a program comes to, not how it is written.
"""

from __future__ import annotations

import re
from typing import Any

MAX_FIELDS = 16
MAX_INDEXES = 64
DIMENSIONS = range(2, 4097)

_IDENTIFIER = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)

Exported = dict[str, Any]


def refusal(how: str, gives: Any) -> str | None:
    """Return why the server refuses what a program exports, None where it takes it."""
    match how:
        case "schema":
            return next((found for one in gives["tables"] if (found := _table(one, gives["schemaValidation"]))), None)
        case "args":
            return _validator(gives)
        case "crons":
            return next((found for one in gives.values() if (found := _cron(one["schedule"]))), None)
        case _:
            return None


def _is_identifier(name: str) -> bool:
    """`convex/sync_types/src/identifier.rs`, `check_valid_identifier`."""
    return _IDENTIFIER.fullmatch(name) is not None


def _table(table: Exported, validates: bool) -> str | None:  # noqa: FBT001  what the schema says
    """`common/src/schemas/json.rs`, `TryFrom<TableDefinitionJson> for TableDefinition`."""
    name, document = table["tableName"], table["documentType"]
    if not _is_identifier(name) or name.startswith("_"):
        return f"invalid table name {name}"
    database = [*table["indexes"], *table["stagedDbIndexes"]]
    search = [*table["searchIndexes"], *table["stagedSearchIndexes"]]
    vector = [*table["vectorIndexes"], *table["stagedVectorIndexes"]]
    every = [*database, *search, *vector]
    names = [one["indexDescriptor"] for one in every]
    checks = (
        _validator(document) or _document(document),
        "too many indexes" if len(every) > MAX_INDEXES else None,
        *(_index_name(one) for one in names),
        "two indexes have one name" if len(set(names)) < len(names) else None,
        *(_fields(one["fields"]) for one in database),
        *(_vector(one) for one in vector),
        *(_filters(one["filterFields"]) for one in (*search, *vector)),
        _same([tuple(one["fields"]) for one in database]),
        _same([(one["searchField"], frozenset(one["filterFields"])) for one in search]),
        _same([(one["vectorField"], one["dimensions"]) for one in vector]),
        _references(document, database, search, vector) if validates else None,
    )
    return next((found for found in checks if found), None)


def _index_name(name: str) -> str | None:
    """`common/src/types/index.rs`, `IndexDescriptor::new` and `GenericIndexName::new`."""
    if not _is_identifier(name):
        return f"invalid index name {name}"
    reserved = name in {"by_id", "by_creation_time"} or (name.startswith("_") and not name.startswith("_fivetran"))
    return f"reserved index name {name}" if reserved else None


def _fields(fields: list[str]) -> str | None:
    """`bootstrap_model/index/database_index/indexed_fields.rs`; `application/src/lib.rs` for fields of the system."""
    if not fields:
        return "an index without fields"
    if len(fields) > MAX_FIELDS:
        return "too many fields"
    if len(set(fields)) < len(fields):
        return "a field twice"
    parts = [part for field in fields for part in field.strip(".").split(".")]
    if any(part.startswith("_") for part in parts):
        return "a field of the system"
    return None if all(_is_identifier(part) for part in parts) else "an invalid field"


def _filters(fields: list[str]) -> str | None:
    """`common/src/schemas/mod.rs`, `TextIndexSchema::new` and `VectorIndexSchema::new`."""
    return "too many filter fields" if len(set(fields)) > MAX_FIELDS else None


def _vector(index: Exported) -> str | None:
    """`bootstrap_model/index/vector_index/dimensions.rs`."""
    dimensions = index["dimensions"]
    return None if isinstance(dimensions, int) and dimensions in DIMENSIONS else f"dimensions {dimensions}"


def _same(keys: list[object]) -> str | None:
    """`common/src/schemas/json.rs`, `validate_unique_index_fields`."""
    return "two indexes are the same" if len(set(keys)) < len(keys) else None


def _document(document: Exported) -> str | None:
    """`common/src/schemas/json.rs`, `TryFrom<ValidatorJson> for DocumentSchema`."""
    kinds = [one["type"] for one in document["value"]] if document["type"] == "union" else [document["type"]]
    fine = document["type"] == "any" or all(kind == "object" for kind in kinds)
    return None if fine else f"a document is a {document['type']}"


def _references(document: Exported, database: list[Exported], search: list[Exported], vector: list[Exported]) -> str:
    """`common/src/schemas/mod.rs`, `check_index_references`."""
    fields = [field for one in database for field in one["fields"]]
    fields += [field for one in search for field in (one["searchField"], *one["filterFields"])]
    fields += [field for one in vector for field in (one["vectorField"], *one["filterFields"])]
    missing = [field for field in fields if not field.startswith("_") and not _has(document, field.split("."))]
    unfit = [one["vectorField"] for one in vector if not _is_vector(document, one["vectorField"].split("."))]
    return f"no such field: {', '.join(missing)}" if missing else f"no vector: {', '.join(unfit)}" if unfit else ""


def _has(validator: Exported, path: list[str]) -> bool:
    """`common/src/schemas/validator.rs`, `can_contain_field`."""
    if not path or validator["type"] == "any":
        return True
    if validator["type"] == "union":
        return any(_has(one, path) for one in validator["value"])
    inner = validator["value"].get(path[0]) if validator["type"] == "object" else None
    return inner is not None and _has(inner["fieldType"], path[1:])


def _is_vector(validator: Exported, path: list[str]) -> bool:
    """`common/src/schemas/validator.rs`, `overlaps_with_array_float64`."""
    kind = validator["type"]
    if kind == "any":
        return True
    if kind == "union":
        return any(_is_vector(one, path) for one in validator["value"])
    if not path:
        return kind == "array" and validator["value"]["type"] in {"number", "any"}
    inner = validator["value"].get(path[0]) if kind == "object" else None
    return kind == "object" and (inner is None or _is_vector(inner["fieldType"], path[1:]))


def _validator(validator: Exported) -> str | None:  # noqa: PLR0911  one case a kind
    """`common/src/schemas/json.rs`, `TryFrom<ValidatorJson> for Validator`."""
    match validator["type"]:
        case "array":
            return _validator(validator["value"])
        case "union":
            return next((found for one in validator["value"] if (found := _validator(one))), None)
        case "object":
            fields = validator["value"].items()
            named = next((f"invalid field {name}" for name, _ in fields if not _is_identifier(name)), None)
            return named or next((found for _, one in fields if (found := _validator(one["fieldType"]))), None)
        case "id":
            return None if _is_identifier(validator["tableName"]) else "invalid table"
        case "record":
            kinds = {one["type"] for one in _members(validator["keys"])}
            if not kinds <= {"string", "id"}:
                return f"a record with keys of {', '.join(sorted(kinds))}"
            return _validator(validator["keys"]) or _validator(validator["values"]["fieldType"])
        case _:
            return None


def _members(validator: Exported) -> list[Exported]:
    if validator["type"] != "union":
        return [validator]
    return [inner for one in validator["value"] for inner in _members(one)]


def _cron(schedule: Exported) -> str | None:
    """`model/src/cron_jobs/types.rs`, `CronSpec::from_exported_json`, for plain numbers and stars."""
    if schedule["type"] != "cron":
        return None
    fields = schedule["cron"].split()
    limits = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    if len(fields) != len(limits):
        return f"{len(fields)} fields"
    for text, (low, high) in zip(fields, limits, strict=True):
        if text != "*" and not (text.isdigit() and low <= int(text) <= high):
            return f"{text} in {schedule['cron']}"
    return None
