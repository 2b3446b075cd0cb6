"""What the host of queries and mutations refuses to do.

Read in convex-backend at 94a42c3: `crates/isolate/src/environment/async_op.rs` and `udf/mod.rs`
(`not_allowed_in_udf`), and in <https://docs.convex.dev/functions/runtimes>.
"""

from __future__ import annotations

REFUSED = {
    "fetch": "network",
    "setTimeout": "timer",
    "setInterval": "timer",
    "crypto.subtle.generateKey": "crypto",
}
"""The globals that fail in a query and in a mutation, and what they are for."""
