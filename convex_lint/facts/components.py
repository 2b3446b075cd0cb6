"""The names that components of npm packages give themselves, where an app gives them no other.

Read in `convex.config` of the packages, in the versions that `tests/npm.py` pins, and in
`@convex-dev/expo-push-notifications` 0.3.1, `@convex-dev/geospatial` 0.2.1, `@convex-dev/launchdarkly` 0.4.0,
`@convex-dev/prosemirror-sync` 0.2.6, `@convex-dev/self-hosting` 0.1.1, `@convex-dev/twilio` 0.2.2 and
`@convex-dev/workos-authkit` 0.2.9. Their first versions have the same names. `@convex-dev/static-hosting`, whose name
is another since 0.2, is left out.
"""

from __future__ import annotations

CONFIGURATIONS = ("convex.config", "convex.config.js", "convex.config.ts")
"""How an import of the configuration of a component ends."""

NAMES = {
    "@convex-dev/action-cache": "actionCache",
    "@convex-dev/action-retrier": "actionRetrier",
    "@convex-dev/agent": "agent",
    "@convex-dev/aggregate": "aggregate",
    "@convex-dev/batch-worker": "batchWorker",
    "@convex-dev/better-auth": "betterAuth",
    "@convex-dev/crons": "crons",
    "@convex-dev/expo-push-notifications": "pushNotifications",
    "@convex-dev/geospatial": "geospatial",
    "@convex-dev/launchdarkly": "launchdarkly",
    "@convex-dev/migrations": "migrations",
    "@convex-dev/persistent-text-streaming": "persistentTextStreaming",
    "@convex-dev/polar": "polar",
    "@convex-dev/presence": "presence",
    "@convex-dev/prosemirror-sync": "prosemirrorSync",
    "@convex-dev/r2": "r2",
    "@convex-dev/rag": "rag",
    "@convex-dev/rate-limiter": "rateLimiter",
    "@convex-dev/resend": "resend",
    "@convex-dev/self-hosting": "selfHosting",
    "@convex-dev/sharded-counter": "shardedCounter",
    "@convex-dev/stripe": "stripe",
    "@convex-dev/twilio": "twilio",
    "@convex-dev/workflow": "workflow",
    "@convex-dev/workos-authkit": "workOSAuthKit",
    "@convex-dev/workpool": "workpool",
    "convex-fs": "fs",
}
