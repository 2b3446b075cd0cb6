"""What a database query has no method for, and what is done instead.

Read in the npm package `convex` 1.48.0: `server/query.d.ts`, and `src/server/impl/query_impl.ts` for what is there when
the code runs and not in the types.
"""

from __future__ import annotations

INTERNAL = frozenset({"count", "limit"})
"""The methods that Convex keeps to itself: they are in the code, marked as internal, and not in the types."""

_READ = "read the documents with `.take(n)` or `.collect()`"
_ARRAY = "run the query first, with `await` and `.take(n)` or `.collect()`, and do that with the array"
_PAGES = "use `.paginate()`, which goes on from a cursor"
_RANGE = "use `.withIndex()` with a range"
_ORDER = "use an index, and `.order()` with `asc` or `desc`"

INSTEAD = {
    "count": "keep the number in a document of its own, or use the aggregate component",
    "length": _ARRAY,
    "delete": f"{_READ}, and delete each with `ctx.db.delete()`",
    "remove": f"{_READ}, and delete each with `ctx.db.delete()`",
    "update": f"{_READ}, and change each with `ctx.db.patch()`",
    "patch": f"{_READ}, and change each with `ctx.db.patch()`",
    "replace": f"{_READ}, and replace each with `ctx.db.replace()`",
    "insert": "use `ctx.db.insert()`",
    "get": "use `ctx.db.get()` for the document of an id",
    "skip": _PAGES,
    "offset": _PAGES,
    "after": _PAGES,
    "startAfter": _PAGES,
    "cursor": _PAGES,
    "limit": "use `.take(n)`",
    "top": "use `.take(n)`",
    "where": _RANGE,
    "range": _RANGE,
    "eq": _RANGE,
    "neq": "use `.filter()`",
    "lt": _RANGE,
    "lte": _RANGE,
    "gt": _RANGE,
    "gte": _RANGE,
    "index": _RANGE,
    "useIndex": _RANGE,
    "search": "use `.withSearchIndex()`",
    "match": "use `.withSearchIndex()`",
    "vectorSearch": "use `ctx.vectorSearch()`, in an action",
    "withVectorIndex": "use `ctx.vectorSearch()`, in an action",
    "orderBy": _ORDER,
    "sortBy": _ORDER,
    "sort": _ORDER,
    "desc": "use `.order()` with `desc`",
    "asc": "use `.order()` with `asc`",
    "reverse": "use `.order()` with `desc`",
    "last": "use `.order()` with `desc`, and `.first()`",
    "findOne": "use `.first()` or `.unique()`",
    "one": "use `.first()` or `.unique()`",
    "single": "use `.unique()`",
    "maybeSingle": "use `.unique()`",
    "findFirst": "use `.first()`",
    "findUnique": "use `.unique()`",
    "findMany": "use `.take(n)` or `.collect()`",
    "all": "use `.collect()`",
    "toArray": "use `.collect()`",
    "toList": "use `.collect()`",
    "exec": "use `.collect()`",
    "execute": "use `.collect()`",
    "fetch": "use `.collect()`",
    "run": "use `.collect()`",
    "then": "use `.collect()`, which gives a promise",
    "select": "run the query, and take the fields out of the documents: a query gives them whole",
    "pluck": "run the query, and take the fields out of the documents: a query gives them whole",
    "populate": "read the other documents with `ctx.db.get()`",
    "with": "read the other documents with `ctx.db.get()`",
    "join": "read the other documents with `ctx.db.get()`",
    "include": "read the other documents with `ctx.db.get()`",
} | dict.fromkeys(
    ("map", "forEach", "find", "findIndex", "findLast", "some", "every", "reduce", "flatMap", "slice", "at", "concat",
     "includes", "groupBy", "distinct", "toSorted", "entries", "keys", "values"), _ARRAY
)  # fmt: skip
"""The methods that other databases have, or arrays, and what does that with Convex."""

FIRST = frozenset({"fullTableScan", "withIndex", "withSearchIndex"})
"""The methods that only a query has on which nothing was called yet (`QueryInitializer`)."""

ORDERS = ("asc", "desc")
"""What `.order()` takes."""

REQUIRED = {"withIndex": 1, "withSearchIndex": 2, "order": 1, "filter": 1, "take": 1, "paginate": 1}
"""How many arguments each method cannot do without (`validateArg` in `query_impl.ts`)."""
