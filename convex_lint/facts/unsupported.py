"""What JavaScript makes that is no value of Convex.

Read in `convexToJson` of `values/value.ts` in the npm package `convex` 1.49.0: it takes strings, numbers, bigints,
booleans, null, `ArrayBuffer`, arrays and plain objects, and throws for the rest.
"""

from __future__ import annotations

_PLAIN = "make a plain object of what is needed of it"
_BYTES = "give its `buffer`: bytes are an `ArrayBuffer`"
_NUMBERS = ("BigInt64", "BigUint64", "Float32", "Float64", "Int16", "Int32", "Int8", "Uint16", "Uint32", "Uint8")

MADE = {
    "Date": "give a number: `Date.now()`, or what `getTime()` gives",
    "Map": "make an array or an object of it: `[...map]`, `Object.fromEntries(map)`",
    "Set": "make an array of it: `[...set]`",
    "WeakMap": _PLAIN,
    "WeakSet": _PLAIN,
    "RegExp": "give its `source`",
    "URL": "give its `href`",
    "URLSearchParams": "give it as a string",
    "Headers": _PLAIN,
    "FormData": _PLAIN,
    "Request": _PLAIN,
    "Response": _PLAIN,
    "Blob": "store it with `ctx.storage.store`, and give the id",
    "File": "store it with `ctx.storage.store`, and give the id",
    "Error": "give its `message`",
    "TypeError": "give its `message`",
    "RangeError": "give its `message`",
    "DataView": _BYTES,
    **{f"{name}Array": _BYTES for name in (*_NUMBERS, "Uint8Clamped")},
}
"""The classes whose objects Convex does not take, and what to give instead."""

LONGEST = 1024
"""How many characters the name of a field may have."""


_OF_DOCUMENTS = frozenset({"_id", "_creationTime"})


def unfit(key: str, *, stored: bool = False) -> str | None:
    """Return what is wrong with the name of a field, or of one of a document, in words; None for one that may be used.

    What a document may not have is in `crates/common/src/document.rs` of get-convex/convex-backend (94a42c3).
    """
    if stored and key.startswith("_") and key not in _OF_DOCUMENTS and not key.startswith("_fivetran"):
        return "starts with `_`, which only fields of the system do"
    if key.startswith("$"):
        return "starts with `$`, which is reserved"
    if not key.isascii() or not key.isprintable():
        return "has characters that are not plain ASCII"
    return f"is longer than {LONGEST} characters" if len(key) > LONGEST else None
