"""What tells who calls, and what names who somebody is.

Read in the npm packages `convex` 1.48.0 (`server/authentication.d.ts`) and `@convex-dev/auth` 0.0.90 (`server`).
"""

from __future__ import annotations

GIVERS = frozenset(
    {
        ("@convex-dev/auth/server", "getAuthUserId"),
        ("@convex-dev/auth/server", "getAuthSessionId"),
    }
)
"""The functions of packages that give who calls, or null."""

IDENTITY_CALLS = frozenset({"getUserIdentity", *(name for _, name in GIVERS)})
"""The names of the functions that give who calls, or null."""
