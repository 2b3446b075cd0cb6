"""A mutant: a fault planted in code, and where which rules are to find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.mutation.code import Change


def _by(*names: str) -> frozenset[str]:
    return frozenset(names)


CLOCK = frozenset({"no-date-now-in-query"})
FILTER = frozenset({"no-filter-in-query"})
LOST = frozenset({"no-floating-promises", "no-misused-promise", "no-unawaited-async-callback"})
REFERENCE = frozenset({"no-public-function-reference"})
ARGS = frozenset({"require-args-validator"})
CTX = frozenset({"no-db-in-action", "no-invalid-ctx-member", "no-write-in-query"})

KINDS = {
    "await-statement": LOST,
    "await-condition": LOST,
    "await-member": LOST,
    "promise-all": LOST,
    "for-each": LOST,
    "public-reference": REFERENCE,
    "no-args": ARGS,
    "anybody": _by("require-access-control", "no-identity-from-args"),
    "raw-builder": _by("require-access-control"),
    "filter": FILTER,
    "filter-all": FILTER,
    "clock": CLOCK,
    "random": _by("no-random-in-query"),
    **dict.fromkeys(("identity-dropped", "identity-asserted"), _by("no-unchecked-identity")),
    **dict.fromkeys(
        ("person-from-args", "person-written", "person-looked-up", "person-for-caller"),
        _by("no-identity-from-args"),
    ),
    **dict.fromkeys(("subject-as-token", "subject-as-id"), _by("prefer-token-identifier")),
    **dict.fromkeys(("email-compared", "email-tested", "email-looked-up"), _by("no-email-access-control")),
    "owner-unchecked": _by("require-ownership-check"),
    "past-triggers": _by("no-raw-builder"),
    **dict.fromkeys(("secret-returned", "secret-in-object"), _by("no-sensitive-return")),
    "plain-error": _by("require-convex-error"),
    "open-route": _by("no-unauthenticated-http"),
    **dict.fromkeys(("index-name", "search-index-name"), _by("valid-index-name")),
    **dict.fromkeys(("range-field", "range-twice", "range-bounds", "range-gap"), _by("valid-index-range")),
    **dict.fromkeys(
        ("query-delete", "query-skip"),
        _by("no-invalid-query-method"),
    ),
    **dict.fromkeys(
        ("second-order", "order-of-search", "late-index", "take-string"),
        _by("valid-query-chain-order"),
    ),
    "no-end": _by("no-unexecuted-query"),
    **dict.fromkeys(
        ("insert-unknown-field", "insert-missing-field", "patch-unknown-field"),
        _by("no-unknown-field"),
    ),
    **dict.fromkeys(
        ("table-of-query", "table-of-call", "table-of-validator", "table-of-type"),
        _by("no-unknown-table"),
    ),
    "table-left-out": _by("explicit-table-ids"),
    "table-of-another": _by("id-table-mismatch"),
    **dict.fromkeys(("index-field", "index-creation-time", "index-field-twice"), _by("valid-index-fields")),
    **dict.fromkeys(("index-reserved", "index-bad-name", "index-name-twice"), _by("valid-schema-names")),
    **dict.fromkeys(
        ("reference-name", "reference-module", "cron-target"),
        _by("no-unresolved-function-reference"),
    ),
    **dict.fromkeys(("args-unknown", "args-missing", "args-none"), _by("args-mismatch")),
    "whole-table": _by("no-unbounded-collect"),
    "read-all": _by("require-index-for-read"),
    "index-unused": _by("no-unused-index"),
    "key-unindexed": _by("require-foreign-key-index"),
    "array-grows": _by("no-unbounded-array-field"),
    "action-in-loop": _by("no-run-action-in-loop"),
    "run-in-transaction": _by("no-run-in-transaction"),
    "run-in-loop": _by("no-run-in-loop"),
    "run-twice": _by("no-sequential-run"),
    "run-action": _by("no-run-action-same-runtime"),
    "run-kind": _by("function-kind-mismatch"),
    "api-as-internal": _by("function-visibility-mismatch"),
    "internal-as-api": _by("function-visibility-mismatch", "no-public-function-reference"),
    "string-reference": _by("no-string-function-reference"),
    "direct-call": _by("no-direct-function-call"),
    "network": _by("no-network-in-transaction"),
    "timer": _by("no-timers-in-transaction"),
    "new-key": _by("no-unsupported-crypto-in-transaction"),
    "db-in-action": _by("no-db-in-action"),
    **dict.fromkeys(("write-in-query", "scheduler-in-query"), _by("no-write-in-query")),
    **dict.fromkeys(("action-in-query", "search-in-mutation", "bad-ctx-member"), _by("no-invalid-ctx-member")),
    **dict.fromkeys(("validator-name", "validator-missing", "record-optional"), _by("no-invalid-validator")),
    "index-twice": _by("no-duplicate-indexes"),
    **dict.fromkeys(("import-of-builder", "import-of-v", "import-of-api"), _by("no-wrong-import-source")),
    "conditional-export": _by("no-conditional-export"),
    "function-name": _by("valid-function-name"),
    **dict.fromkeys(("cron-schedule", "cron-string", "cron-twice", "crons-not-exported"), _by("valid-cron")),
    "no-response": _by("http-action-response"),
    "http-not-exported": _by("http-default-export"),
    **dict.fromkeys(("route-slash", "route-reserved", "route-twice", "route-method"), _by("valid-http-route")),
    "document-array": _by("valid-schema-shape"),
    "schema-not-exported": _by("valid-schema-shape"),
    **dict.fromkeys(("negative-delay", "absolute-delay", "relative-time"), _by("valid-scheduler-delay")),
    **dict.fromkeys(("search-field", "search-filter"), _by("valid-search-query")),
    "query-twice": _by("no-query-reuse"),
    "page-twice": _by("component-no-paginate", "no-multiple-paginate"),
    "page-in-component": _by("component-no-paginate"),
    "auth-in-component": _by("component-no-auth"),
    "returns-of-component": _by("component-require-validators"),
    "page-options": _by("require-pagination-opts-validator"),
    "schema-off": _by("no-schema-validation-off"),
    "url-in-document": _by("no-storage-url-in-db"),
    "file-as-string": _by("require-storage-id-validator"),
    "unused-table": _by("no-unused-table"),
    "misnamed-index": _by("index-name-convention"),
    "fat-handler": _by("thin-handlers"),
    "ctx-any": _by("no-ctx-any"),
    "circular-result": _by("annotate-recursive-result"),
    "blinded-reference": _by("no-stale-api-types"),
    "write-loop": _by("no-unbounded-write-loop"),
    "length-of-all": _by("no-collect-length"),
    "filter-of-some": _by("no-filter-after-take"),
    **dict.fromkeys(("date-value", "map-value"), _by("no-unsupported-value")),
    "any-arg": _by("no-any-args"),
    "id-cast": _by("no-unsafe-id-cast"),
    "optional-in-patch": _by("no-optional-arg-in-patch"),
    "optional-in-range": _by("no-optional-arg-in-index-eq"),
    "unbounded-take": _by("bounded-numeric-args"),
    **dict.fromkeys(("broad-patch", "privilege-in-patch"), _by("no-overly-broad-patch")),
    "scheduled-login": _by("scheduled-auth-use"),
    **dict.fromkeys(("node-import", "node-export", "node-require"), _by("no-node-builtin")),
    **dict.fromkeys(("node-global", "node-method", "browser-global"), _by("no-missing-global")),
    "browser-import": _by("no-browser-import"),
    "import-of-node": _by("import-wrong-runtime"),
    **dict.fromkeys(("late-directive", "directive-of-http"), _by("use-node-directive")),
    "directive-of-component": _by("no-node-in-component"),
    "directive-of-database": _by("no-query-mutation-in-node"),
    **dict.fromkeys(("frozen-time", "frozen-random"), _by("no-module-scope-nondeterminism")),
    "early-variable": _by("no-env-module-scope", "valid-schema-shape"),
    **dict.fromkeys(("variable", "variable-by-name", "variable-undeclared"), _by("no-process-env")),
    "no-provider": _by("auth-config-required"),
    "ctx": CTX,
    "unsupported": _by("no-unsupported-value"),
    "get-metadata": _by("no-storage-get-metadata"),
}
"""The kinds of mutants, and the rules of which any may find one."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: `changes` plant it; it is found by a finding that starts in `start` to `end` of the text before.

    `what` says in a word or two what was mutated, to group those that were missed.
    """

    kind: str
    path: str
    changes: tuple[Change, ...]
    start: int
    end: int
    what: str
