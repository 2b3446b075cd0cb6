"""What known npm packages export that is no function: validators, and tables for one's own schema.

Read in the npm packages `convex` 1.48.0, `convex-helpers` 0.1.135 and, for names that are gone, 0.1.50.
"""

from __future__ import annotations

from functools import cache

from convex_lint.facts.packages import RATE_LIMIT_TABLES, SCHEDULED_STATES, SYSTEM_TABLES, Tables
from convex_lint.validators import NULL_VALIDATOR, objects, optional, union
from convex_lint.values import (
    Constant,
    IndexDefinition,
    Package,
    Structure,
    TableDefinition,
    Validator,
    Value,
)

STRING, NUMBER, BOOLEAN = Validator("string"), Validator("float64"), Validator("boolean")
CURSOR = union((STRING, NULL_VALIDATOR))
ANY = Validator("any")

_KINDS = {"string": STRING, "number": NUMBER, "boolean": BOOLEAN, "array": Validator("array", items=(ANY,))}

PAGINATION_OPTIONS = objects(
    {
        "numItems": NUMBER,
        "cursor": CURSOR,
        "endCursor": optional(CURSOR),
        "id": optional(NUMBER),
        "maximumRowsRead": optional(NUMBER),
        "maximumBytesRead": optional(NUMBER),
    }
)
"""`paginationOptsValidator` of `convex/server`."""

_FORMER = {
    "any": ANY,
    "bigint": Validator("int64"),
    "boolean": BOOLEAN,
    "float64": NUMBER,
    "int64": Validator("int64"),
    "null": NULL_VALIDATOR,
    "null_": NULL_VALIDATOR,
    "number": NUMBER,
    "string": STRING,
}
"""The validators that `convex-helpers/validators` exported once."""

_FUNCTIONS = ("array", "bytes", "id", "literal", "object", "optional", "union")
"""The functions of `v` that `convex-helpers/validators` exported once."""


def found(specifier: str, name: str) -> Value | None:
    """Return what a package exports under a name, or None for what is not known, or is a function."""
    return _exports().get((specifier, name))


@cache
def _exports() -> dict[tuple[str, str], Value]:
    helpers = "convex-helpers/validators"
    known: dict[tuple[str, str], Value] = {
        ("convex/server", "paginationOptsValidator"): PAGINATION_OPTIONS,
        (helpers, "deprecated"): optional(ANY),
        ("convex-helpers/server/rateLimit", "rateLimitTables"): tables(RATE_LIMIT_TABLES),
    }
    known |= {(helpers, name): one for name, one in _FORMER.items()}
    known |= {(helpers, name): Package("convex/values", f"v.{name}") for name in _FUNCTIONS}
    known[helpers, "arrayBuffer"] = Package("convex/values", "v.bytes")
    return known


def tables(written: Tables) -> Structure:
    """Return tables, by name, of how they are written in the facts."""
    return Structure(tuple((name, _table(fields, indexes)) for name, (fields, indexes) in written.items()))


def _table(fields: dict[str, str], indexes: dict[str, tuple[str, ...]]) -> TableDefinition:
    return TableDefinition(
        objects({name: _field(text) for name, text in fields.items()}),
        tuple(IndexDefinition("index", name, of) for name, of in indexes.items()),
    )


def _field(text: str) -> Validator:
    kind, _, table = text.removesuffix("?").partition(" ")
    validator = Validator("id", table=table) if kind == "id" else _state() if kind == "state" else _KINDS[kind]
    return optional(validator) if text.endswith("?") else validator


def _state() -> Validator:
    kinds = {name: Validator("literal", literal=Constant("string", name)) for name in SCHEDULED_STATES}
    return union(
        objects({"kind": kind, "error": STRING} if name == "failed" else {"kind": kind}) for name, kind in kinds.items()
    )


@cache
def system_tables() -> dict[str, TableDefinition]:
    """Return Convex's own tables by name."""
    return {name: table for name, table in tables(SYSTEM_TABLES).fields if isinstance(table, TableDefinition)}


def page_of(item: Validator) -> Validator:
    """Return what `paginationResultValidator` makes."""
    status = [Validator("literal", literal=Constant("string", name)) for name in ("SplitRecommended", "SplitRequired")]
    return objects(
        {
            "page": Validator("array", items=(item,)),
            "continueCursor": STRING,
            "isDone": BOOLEAN,
            "splitCursor": optional(CURSOR),
            "pageStatus": optional(union((*status, NULL_VALIDATOR))),
        }
    )
