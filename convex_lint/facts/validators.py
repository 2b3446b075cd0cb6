"""What `v` has, what code asks of it that it has not, and which kinds of keys a record can have.

Read in the npm package `convex` 1.49.0 (`values/validator.ts`) and in the backend, `get-convex/convex-backend` at
94a42c3 (`crates/common/src/schemas/json.rs`, `ValidatorJson::Record`).
"""

from __future__ import annotations

FUNCTIONS = frozenset(
    {
        "any",
        "array",
        "bigint",
        "boolean",
        "bytes",
        "commitTs",
        "float64",
        "function",
        "id",
        "int64",
        "literal",
        "null",
        "nullable",
        "number",
        "object",
        "optional",
        "record",
        "string",
        "union",
    }
)
"""The functions of `v`."""

INSTEAD = {
    "blob": "v.bytes()",
    "bool": "v.boolean()",
    "buffer": "v.bytes()",
    "date": "v.number()",
    "datetime": "v.number()",
    "dict": "v.record(v.string(), …)",
    "double": "v.number()",
    "email": "v.string()",
    "enum": "v.union(v.literal(…), …)",
    "file": 'v.id("_storage")',
    "float": "v.number()",
    "int": "v.number()",
    "int32": "v.number()",
    "integer": "v.number()",
    "json": "v.any()",
    "list": "v.array(…)",
    "map": "v.record(v.string(), …)",
    "nullish": "v.optional(v.nullable(…))",
    "or": "v.union(…)",
    "set": "v.array(…)",
    "text": "v.string()",
    "timestamp": "v.number()",
    "tuple": "v.array(…)",
    "undefined": "v.optional(…)",
    "unknown": "v.any()",
    "url": "v.string()",
    "uuid": "v.string()",
}
"""What takes the place of functions of other libraries, which are often written and are not there."""

DEPRECATED = {"bigint": "int64"}
"""The functions of `v` that have another name now."""

OPERANDS = {
    "array": ("the element of an array",),
    "nullable": ("what may be null",),
    "optional": ("what may be left out",),
    "record": ("the key of a record", "the value of a record"),
    "union": ("a member of a union",),
}
"""The functions of `v` that take validators, and what these are; a union takes any number of them."""

RESULT = "a result"
"""In the place of the name of a function: what validates the result of a function that is registered."""

KEY_KINDS = frozenset({"string", "id"})
"""The kinds of validators that the keys of a record can have: strings that are not known in advance."""

CONSTRUCTORS = frozenset({"Array", "BigInt", "Boolean", "Date", "Map", "Number", "Object", "Set", "String"})
"""Names of JavaScript that are written for types of values in other libraries."""

METHODS = frozenset({"asOptional", "optional"})
"""The methods that every validator has (`values/validators.ts`); `optional` came with 1.46."""

OBJECT_METHODS = frozenset({"extend", "omit", "partial", "pick"})
"""The methods that a validator of an object has besides."""

INSTEAD_OF_METHODS = {
    "array": "v.array(…)",
    "nullable": "v.nullable(…)",
    "nullish": "v.optional(v.nullable(…))",
    "or": "v.union(…)",
}
"""What takes the place of methods of other libraries that change a validator."""
