"""What the members of ctx, of the database and of a query give when they are called.

Read in the type declarations of the npm package `convex` 1.48.0: `server/registration.d.ts`, `server/database.d.ts`,
`server/query.d.ts`, `server/scheduler.d.ts`, `server/storage.d.ts`, `server/authentication.d.ts`, `server/meta.d.ts`;
`tests/test_facts.py` holds the lists to the version that it installs.
"""

from __future__ import annotations

BANNER = b"THIS CODE IS AUTOMATICALLY GENERATED"
"""What each generated module says of itself (`npm-packages/convex/src/cli/codegen_templates/common.ts`)."""

BUILDERS = {
    "query": ("query", False),
    "mutation": ("mutation", False),
    "action": ("action", False),
    "httpAction": ("httpAction", False),
    "internalQuery": ("query", True),
    "internalMutation": ("mutation", True),
    "internalAction": ("action", True),
}
"""The builders that `_generated/server` exports: their kind, and whether the functions are internal."""

GENERIC_BUILDERS = {
    "queryGeneric": "query",
    "mutationGeneric": "mutation",
    "actionGeneric": "action",
    "httpActionGeneric": "httpAction",
    "internalQueryGeneric": "internalQuery",
    "internalMutationGeneric": "internalMutation",
    "internalActionGeneric": "internalAction",
}
"""The builders of `convex/server`, and those of `_generated/server` that they are the general form of."""

CONTEXT_TYPES = {
    "QueryCtx": ("query",),
    "MutationCtx": ("mutation",),
    "ActionCtx": ("action",),
    "GenericQueryCtx": ("query",),
    "GenericMutationCtx": ("mutation",),
    "GenericActionCtx": ("action",),
    "GenericQueryCtxWithTable": ("query",),
    "GenericMutationCtxWithTable": ("mutation",),
}
"""The types of `_generated/server` and `convex/server` that are contexts, and of which kind of function."""

DATABASE_TYPES = {
    "DatabaseReader": False,
    "DatabaseWriter": True,
    "GenericDatabaseReader": False,
    "GenericDatabaseWriter": True,
}
"""The types that are a database, and whether it can write."""

SERVICE_TYPES = {
    "Scheduler": "scheduler",
    "StorageReader": "storage",
    "StorageWriter": "storage",
    "StorageActionWriter": "storage",
    "Auth": "auth",
}
"""The types of `convex/server` that are a service of ctx."""

QUERY_TYPES = frozenset({"Query", "OrderedQuery", "QueryInitializer"})
"""The types of `convex/server` that are a database query."""

SERVICES = {
    "query": frozenset({"auth", "storage", "meta"}),
    "mutation": frozenset({"auth", "storage", "scheduler", "meta"}),
    "action": frozenset({"auth", "storage", "scheduler", "meta"}),
}
"""The services that the ctx of each kind of function has."""

RUNS = frozenset({"runQuery", "runMutation", "runAction"})
"""The members of ctx that call another function by its reference."""

SCHEDULED = ("mutation", "action")
"""The kinds of functions that can be scheduled (`server/scheduler.d.ts`), and that a cron job can run."""

ACCEPTED = {
    "runQuery": ("query",),
    "runMutation": ("mutation",),
    "runAction": ("action",),
    "runAfter": SCHEDULED,
    "runAt": SCHEDULED,
    "enqueueQuery": ("query",),
    "enqueueQueryBatch": ("query",),
    "enqueueMutation": ("mutation",),
    "enqueueMutationBatch": ("mutation",),
    "enqueueAction": ("action",),
    "enqueueActionBatch": ("action",),
    "query": ("query",),
    "consistentQuery": ("query",),
    "watchQuery": ("query",),
    "onUpdate": ("query",),
    "mutation": ("mutation",),
    "action": ("action",),
    "useQuery": ("query",),
    "usePaginatedQuery": ("query",),
    "useMutation": ("mutation",),
    "useAction": ("action",),
    "preloadQuery": ("query",),
    "fetchQuery": ("query",),
    "fetchMutation": ("mutation",),
    "fetchAction": ("action",),
    "useConvexQuery": ("query",),
    "useConvexPaginatedQuery": ("query",),
    "useConvexMutation": ("mutation",),
    "useConvexAction": ("action",),
    "convexQuery": ("query",),
    "convexAction": ("action",),
}
"""The kinds of functions that what takes a reference runs: ctx, the scheduler, workflows, workpools, clients, hooks."""

RUNNABLE = {
    "query": frozenset({"query"}),
    "mutation": frozenset({"query", "mutation"}),
    "action": frozenset({"query", "mutation", "action"}),
}
"""The kinds of functions that the ctx of each kind of function can run."""

SERVICE_METHODS = {
    "scheduler": frozenset({"runAfter", "runAt", "cancel"}),
    "storage": frozenset({"getUrl", "getMetadata", "generateUploadUrl", "delete", "get", "store"}),
    "auth": frozenset({"getUserIdentity", "signJwt"}),
    "meta": frozenset({"getDeploymentMetadata", "getFunctionMetadata", "getRequestMetadata", "getTransactionMetrics"}),
}
"""The methods of each service that return a promise."""

WRITES = frozenset({"insert", "patch", "replace", "delete"})
"""The methods of a database writer that write; each returns a promise."""

BY_ID = {"get": 1, "patch": 2, "replace": 2, "delete": 1}
"""The methods of a database that take the id of a document, and how many arguments without the table before it."""

DATABASE = frozenset({"query", "normalizeId", "table", *WRITES, *BY_ID})
"""The methods of a database."""

CHAINED = frozenset({"fullTableScan", "withIndex", "withSearchIndex", "order", "filter"})
"""The methods of a query that return a query."""

TERMINALS = frozenset({"collect", "take", "first", "unique", "paginate", "next", "count"})
"""The methods of a query that run it; each returns a promise."""

TABLE_INDEXES = {"index": "index", "searchIndex": "search", "vectorIndex": "vector"}
"""The methods of a table that add an index to it, and what form the index has (`server/schema.d.ts`)."""

CRON_METHODS = frozenset({"interval", "hourly", "daily", "weekly", "monthly", "cron"})
"""The methods of what `cronJobs()` returns that register a job (`server/cron.d.ts`)."""
