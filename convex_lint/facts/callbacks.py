"""What npm packages give to the functions that they are given, where these get a ctx, or a database query.

Read from the types of the versions that `tests/test_promises.py` installs, and held to them there.
"""

from __future__ import annotations

HANDED: dict[tuple[str, str], dict[tuple[str, int], str]] = {
    ("@convex-dev/auth/server", "convexAuth"): {
        ("callbacks.afterUserCreatedOrUpdated", 0): "mutation",
        ("callbacks.beforeSessionCreation", 0): "mutation",
        ("callbacks.createOrUpdateUser", 0): "mutation",
    },
    ("@convex-dev/auth/providers/ConvexCredentials", "ConvexCredentials"): {("authorize", 1): "action"},
    ("@convex-dev/migrations", "Migrations().define"): {("customRange", 0): "table", ("migrateOne", 0): "mutation"},
    ("@convex-dev/rag", "RAG().defineChunkerAction"): {("", 0): "action"},
    ("@convex-dev/rag", "RAG().defineOnComplete"): {("", 0): "mutation"},
    ("@convex-dev/resend", "Resend().defineOnEmailEvent"): {("", 0): "mutation"},
    ("@convex-dev/workpool", "Workpool().defineOnComplete"): {("handler", 0): "mutation"},
}
"""By package and function: the keys that lead to a callback in the first argument, and the number of its parameter;
then the kind of the ctx that this one gets, or `table` for a database query."""
