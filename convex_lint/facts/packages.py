"""The tables that npm packages export for one's own schema, and the fields of Convex's own tables.

A table is its fields and its indexes. A field is written as the function of `v` that makes its validator, `id` with the
table behind it; one that may be left out ends in `?`.
"""

from __future__ import annotations

Fields = dict[str, str]
Indexes = dict[str, tuple[str, ...]]
Tables = dict[str, tuple[Fields, Indexes]]

RATE_LIMIT_TABLES: Tables = {
    "rateLimits": (
        {"name": "string", "key": "string?", "value": "number", "ts": "number"},
        {"name": ("name", "key")},
    )
}
"""`rateLimitTables` of `convex-helpers/server/rateLimit` 0.1.135."""

SYSTEM_TABLES: Tables = {
    "_storage": ({"sha256": "string", "size": "number", "contentType": "string?"}, {}),
    "_scheduled_functions": (
        {"name": "string", "args": "array", "scheduledTime": "number", "completedTime": "number?", "state": "state"},
        {},
    ),
}
"""The tables that `db.system` reads (`convex` 1.48.0, `server/schema.d.ts`, `_systemSchema`)."""

SCHEDULED_STATES = ("pending", "inProgress", "success", "failed", "canceled")
"""The kinds of the `state` of a scheduled function; one that failed has an `error`, a string, too."""

BUILT_IN_INDEXES: Indexes = {"by_id": ("_id",), "by_creation_time": ("_creationTime",)}
"""The indexes that every table has (`server/system_fields.d.ts`, `SystemIndexes`)."""

TIEBREAKERS = ("_creationTime", "_id")
"""The fields that Convex puts behind those of every index (`crates/common/src/query.rs`)."""

WRAPPERS = ("convex-helpers/server/triggers", "convex-helpers/server/rowLevelSecurity")
"""What puts a database of its own in the stead of `ctx.db`."""

WRAPPERS_TAKE_TABLES = (0, 1, 108)
"""The version of `convex-helpers` since which these take a table before the id (its CHANGELOG.md)."""

AUTH_INDEXES: dict[str, tuple[str, ...]] = {
    "users": ("email", "phone"),
    "authSessions": ("userId",),
    "authAccounts": ("userIdAndProvider", "providerAndAccountId"),
    "authRefreshTokens": ("sessionId", "sessionIdAndParentRefreshTokenId"),
    "authVerificationCodes": ("accountId", "code"),
    "authVerifiers": ("signature",),
    "authRateLimits": ("identifier",),
}
"""The indexes that `@convex-dev/auth` 0.0.95 reads in one's own tables (`src/server/implementation/types.ts`)."""
