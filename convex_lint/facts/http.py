"""What may be routed to HTTP actions.

Read in `server/router.ts` of the npm package `convex` 1.48.0.
"""

from __future__ import annotations

METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
"""The methods of a route (`ROUTABLE_HTTP_METHODS`); a request with `HEAD` is answered by the route for `GET`."""

RESERVED = "/.files"
"""The path that Convex serves files below."""
