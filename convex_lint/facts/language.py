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
