"""What the methods of strings, numbers and booleans give, and the functions of JavaScript that give such (ECMA-262)."""

from __future__ import annotations

_STRING = "string"
_NUMBER = "number"
_BOOLEAN = "boolean"

METHODS: dict[str, dict[str, str]] = {
    "string": {
        **dict.fromkeys(
            ("charAt", "concat", "normalize", "padEnd", "padStart", "repeat", "replace", "replaceAll", "slice",
             "substr", "substring", "toLocaleLowerCase", "toLocaleUpperCase", "toLowerCase", "toString", "toUpperCase",
             "toWellFormed", "trim", "trimEnd", "trimStart", "valueOf"),
            _STRING,
        ),
        **dict.fromkeys(("charCodeAt", "indexOf", "lastIndexOf", "localeCompare", "search"), _NUMBER),
        **dict.fromkeys(("endsWith", "includes", "isWellFormed", "startsWith"), _BOOLEAN),
        "split": "strings",
        "at": "string?",
        "codePointAt": "number?",
        "match": "strings?",
    },
    "number": {
        **dict.fromkeys(("toExponential", "toFixed", "toLocaleString", "toPrecision", "toString"), _STRING),
        "valueOf": _NUMBER,
    },
    "bigint": {"toString": _STRING, "toLocaleString": _STRING, "valueOf": "bigint"},
    "boolean": {"toString": _STRING, "valueOf": _BOOLEAN},
    "bytes": {"slice": "bytes"},
    "array": {
        **dict.fromkeys(("every", "includes", "some"), _BOOLEAN),
        **dict.fromkeys(("findIndex", "findLastIndex", "indexOf", "lastIndexOf", "push", "unshift"), _NUMBER),
        "join": _STRING,
        "toString": _STRING,
    },
    "map": {"has": _BOOLEAN, "delete": _BOOLEAN},
    "set": {"has": _BOOLEAN, "delete": _BOOLEAN},
}  # fmt: skip
"""What each method gives, by what it is a method of: a form of primitive, `strings` for an array, `?` for perhaps none.

`array` has those of arrays that give a primitive.
"""

PARTS: dict[str, str] = {
    **dict.fromkeys(("method", "name", "statusText", "type", "url"), _STRING),
    **dict.fromkeys(("size", "status"), _NUMBER),
    **dict.fromkeys(("bodyUsed", "ok", "redirected"), _BOOLEAN),
}
"""What a `Request`, `Response`, `Blob` or `File` has besides its methods (Fetch Standard, File API)."""

FUNCTIONS: dict[str, str] = {
    **dict.fromkeys(("String", "JSON.stringify", "crypto.randomUUID", "btoa", "atob", "encodeURIComponent",
                     "decodeURIComponent", "String.fromCharCode"), _STRING),
    **dict.fromkeys(("Number", "Date.now", "Date.parse", "Date.UTC", "parseInt", "parseFloat", "Number.parseInt",
                     "Number.parseFloat", "performance.now"), _NUMBER),
    **dict.fromkeys((f"Math.{name}" for name in (
        "abs", "ceil", "cos", "exp", "floor", "hypot", "log", "log10", "log2", "max", "min", "pow", "random", "round",
        "sign", "sin", "sqrt", "tan", "trunc")), _NUMBER),
    **dict.fromkeys(("Boolean", "Array.isArray", "Number.isFinite", "Number.isInteger", "Number.isNaN", "isNaN",
                     "isFinite", "Number.isSafeInteger"), _BOOLEAN),
    "BigInt": "bigint",
}  # fmt: skip
"""What global functions give when they are called without `new`."""

OPERATORS: dict[str, str] = {
    **dict.fromkeys(("===", "!==", "==", "!=", "<", ">", "<=", ">=", "in", "instanceof", "!"), _BOOLEAN),
    "typeof": _STRING,
}
"""What operators give, whatever they are applied to."""

ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", "~", "++", "--"})
"""The operators that give a number of numbers, and a bigint of bigints; `+` a string where one side is a string."""
