"""What the built-in functions of JavaScript give, as far as the model needs it (ECMA-262, 2025)."""

from __future__ import annotations

PROMISE_MAKERS = frozenset(
    {"Promise.all", "Promise.allSettled", "Promise.race", "Promise.any", "Promise.resolve", "Promise.reject"}
)
"""The static methods of Promise that return a promise."""

PROMISE_METHODS = frozenset({"then", "catch", "finally"})
"""The methods of a promise; each returns a promise."""

SAME_ARRAY = frozenset(
    {"filter", "slice", "concat", "reverse", "sort", "toSorted", "toReversed", "splice", "flat", "toSpliced"}
)
"""The array methods that return an array of the same items."""

ITEM = frozenset({"find", "findLast", "at", "pop", "shift"})
"""The array methods that return an item, or undefined."""

CALLBACKS = frozenset(
    {"map", "forEach", "filter", "find", "findLast", "findIndex", "findLastIndex", "some", "every", "flatMap", "sort",
     "toSorted"}
)  # fmt: skip
"""The array methods that call their first argument with an item first."""

PREDICATES = frozenset({"filter", "find", "findLast", "findIndex", "findLastIndex", "some", "every"})
"""The array methods that take what their callback returns as a condition."""

CLOCK_CALLS = frozenset({"Date.now", "performance.now"})
"""The functions that read the clock; `new Date()` and `Date()` without arguments do too."""

PLAIN_METHODS = frozenset(
    # arrays
    {"concat", "copyWithin", "entries", "every", "fill", "filter", "findIndex", "findLastIndex", "flat", "forEach",
     "includes", "indexOf", "join", "keys", "lastIndexOf", "map", "push", "reverse", "slice", "some", "sort", "splice",
     "toReversed", "toSorted", "toSpliced", "unshift", "values", "with"}
    # strings
    | {"charAt", "charCodeAt", "codePointAt", "endsWith", "localeCompare", "match", "matchAll", "normalize", "padEnd",
       "padStart", "repeat", "replace", "replaceAll", "search", "split", "startsWith", "substr", "substring",
       "toLowerCase", "toUpperCase", "trim", "trimEnd", "trimStart"}
    # numbers, dates, regular expressions, objects, JSON, Math
    | {"toFixed", "toPrecision", "toString", "toLocaleString", "toISOString", "getTime", "valueOf", "exec", "test",
       "hasOwnProperty", "isArray", "parse", "stringify", "assign", "freeze", "fromEntries", "floor", "ceil", "round",
       "abs", "min", "max", "now", "isInteger", "isFinite", "isNaN"}
)  # fmt: skip
"""The names of built-in methods none of which gives a promise, nor an item that could be one."""

BODIES = frozenset({"Blob", "File", "Request", "Response"})
"""The classes of the web whose content is read by methods that return promises (Fetch Standard, File API)."""

BODY_READERS = frozenset({"arrayBuffer", "blob", "bytes", "formData", "json", "text"})
"""Those methods."""

BODY_METHODS = BODY_READERS | {"clone", "slice", "stream"}
"""All methods of such an object; what else it has are plain values."""

BODY_COPIES = frozenset({"clone", "slice"})
"""The methods that return another such object."""


RESERVED_WORDS = frozenset(
    {"await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
     "else", "enum", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import",
     "in", "instanceof", "interface", "let", "new", "null", "package", "private", "protected", "public",
     "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while",
     "with", "yield"}
)  # fmt: skip
"""The words that nothing can be called in a module (ECMA-262, 12.7.2, strict mode)."""

FOREVER = frozenset({"Infinity", "NaN", "Number.POSITIVE_INFINITY", "Number.NEGATIVE_INFINITY", "Number.NaN"})
"""The numbers that are not finite."""

GREATEST = {"Number.MAX_SAFE_INTEGER": 2.0**53 - 1, "Number.MAX_VALUE": 1.7976931348623157e308}
"""Numbers that have a name because there is none that is greater."""

COMPUTING = frozenset(
    {"Array", "BigInt", "Boolean", "Date", "Error", "JSON", "Map", "Math", "Number", "Object", "Promise", "Set",
     "String", "console"}
)  # fmt: skip
"""The globals whose members only compute, in queries and mutations, too."""
