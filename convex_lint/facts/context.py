"""What the ctx of each kind of function has, when it runs.

Read in `server/impl/registration_impl.ts`, `database_impl.ts`, `storage_impl.ts`, `scheduler_impl.ts`,
`authentication_impl.ts` and `meta_impl.ts` of the npm package `convex` 1.49.0.
"""

from __future__ import annotations

from functools import cache

READ_IN = (1, 49)
"""The version that the lists were read in: a newer one may offer more."""

_EVERYWHERE = frozenset({"auth", "meta", "runQuery", "storage"})

MEMBERS = {
    "query": _EVERYWHERE | {"db"},
    "mutation": _EVERYWHERE | {"db", "runMutation", "runSnapshotQuery", "scheduler"},
    "action": _EVERYWHERE | {"runAction", "runMutation", "scheduler", "vectorSearch"},
}
"""What the ctx of each kind of function has; `runSnapshotQuery` was there from 1.36 to 1.41."""

_READS = frozenset({"get", "normalizeId", "query", "system", "table"})
_FILES = frozenset({"getMetadata", "getUrl"})
_META = frozenset({"getDeploymentMetadata", "getFunctionMetadata"})
_TRANSACTION = frozenset({"getSnapshotTs", "getTransactionMetrics"})
_ALL_FILES = _FILES | {"delete", "generateUploadUrl", "get", "store"}
_SCHEDULER = frozenset({"cancel", "runAfter", "runAt"})

METHODS: dict[str, dict[str, frozenset[str]]] = {
    "db": {"query": _READS, "mutation": _READS | {"delete", "insert", "patch", "replace", "vars"}},
    "storage": {"query": _FILES, "mutation": _ALL_FILES, "action": _ALL_FILES},
    "scheduler": {"mutation": _SCHEDULER, "action": _SCHEDULER},
    "auth": {
        "query": frozenset({"getUserIdentity"}),
        "mutation": frozenset({"getUserIdentity", "signJwt"}),
        "action": frozenset({"getUserIdentity"}),
    },
    "meta": {
        "query": _META | _TRANSACTION,
        "mutation": _META | _TRANSACTION | {"getRequestMetadata"},
        "action": _META | {"getRequestMetadata"},
    },
}
"""What the members of ctx have that have parts, by the kind of function."""

SINCE = {("storage", "get"): (1, 48), ("storage", "store"): (1, 48)}
"""The first version that has a part in mutations, where that is not as old as the others."""

ANYWHERE = frozenset[str]().union(*MEMBERS.values())
"""What the ctx of any kind of function has."""

SYNONYMS = {"add": "insert", "create": "insert", "put": "replace", "remove": "delete", "update": "patch"}
"""What other databases call what the database of Convex does, too."""


WRITES = frozenset(
    {("db", "delete"), ("db", "insert"), ("db", "patch"), ("db", "replace"), ("scheduler",), ("storage", "delete"),
     ("storage", "generateUploadUrl"), ("storage", "store")}
)  # fmt: skip
"""What changes something."""


@cache
def has(kinds: frozenset[str], version: tuple[int, ...] | None) -> frozenset[tuple[str, ...]]:
    """Return what the ctx of one of some kinds of functions has, and what is in its members.

    Without a version, it has what any version has.
    """
    found: set[tuple[str, ...]] = set()
    for kind in kinds:
        late = {path for path, since in SINCE.items() if kind == "mutation" and version is not None and version < since}
        found |= {(name,) for name in MEMBERS[kind]}
        found |= {(member, name) for member, names in METHODS.items() for name in names.get(kind, ())} - late
    return frozenset(found)


def exists(path: tuple[str, ...]) -> bool:
    """Say whether the ctx of any kind of function has something."""
    if len(path) == 1 or path[0] not in METHODS:
        return path[0] in ANYWHERE
    return any(path[1] in names for names in METHODS[path[0]].values())
