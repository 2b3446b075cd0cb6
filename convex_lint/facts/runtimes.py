"""What the two runtimes of Convex have, and what only the other one, or a browser, has.

Read in convex-backend at 94a42c3: `npm-packages/convex/src/bundler/index.ts` and `debugBundle.ts` (how modules are
bundled), `npm-packages/udf-runtime/src/setup.ts` (the globals of the default runtime),
`crates/node_executor/src/executor.rs` (what may be defined in Node), and in
<https://docs.convex.dev/functions/runtimes>. What esbuild makes of an import was tried with version 0.27.0.
"""

from __future__ import annotations

NODE_MODULES = frozenset(
    {"assert", "assert/strict", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto",
     "dgram", "diagnostics_channel", "dns", "dns/promises", "domain", "events", "fs", "fs/promises", "http", "http2",
     "https", "inspector", "inspector/promises", "module", "net", "os", "path", "path/posix", "path/win32",
     "perf_hooks", "process", "punycode", "querystring", "readline", "readline/promises", "repl", "stream",
     "stream/consumers", "stream/promises", "stream/web", "string_decoder", "sys", "timers", "timers/promises", "tls",
     "trace_events", "tty", "url", "util", "util/types", "v8", "vm", "wasi", "worker_threads", "zlib"}
)  # fmt: skip
"""The modules that Node has under a name without `node:` (`module.builtinModules` of Node 20)."""

SHIMMED = frozenset({"async_hooks", "node:async_hooks"})
"""Those of them that the default runtime has, too."""

SHIMMED_SINCE = (1, 39)
"""The version of `convex` from which on it has them (its CHANGELOG.md)."""

NODE_GLOBALS = frozenset({"Buffer", "__dirname", "__filename", "clearImmediate", "setImmediate"})
"""The globals of Node that the default runtime lacks: to read one throws."""

NODE_METHODS = frozenset(
    {"chdir", "cpuUsage", "cwd", "emitWarning", "exit", "getuid", "hrtime", "kill", "memoryUsage", "nextTick", "on",
     "once", "uptime"}
)  # fmt: skip
"""Methods of `process`, which has nothing but `env` in the default runtime."""

BROWSER_GLOBALS = frozenset({"document", "localStorage", "sessionStorage", "window"})
"""The globals of a browser that neither runtime has."""

BROWSER_MODULES = frozenset(
    {"@convex-dev/auth/nextjs", "@convex-dev/auth/nextjs/server", "@convex-dev/auth/react", "convex-helpers/react",
     "convex/nextjs", "convex/react", "convex/react-auth0", "convex/react-clerk", "next/headers", "next/image",
     "next/link", "next/navigation", "next/router", "next/script", "react-dom/client", "react-router-dom"}
)  # fmt: skip
"""Modules that are there for the pages of an app, not for its backend."""

FROZEN = frozenset({"Math.random", "crypto.getRandomValues", "crypto.randomUUID"})
"""The globals besides the clock that give the same in each run where they are called as a module is loaded."""

ALWAYS_DEFAULT = frozenset({"crons", "http"})
"""The modules that are deployed to the default runtime, and in which `"use node"` stops the push (`mustBeIsolate`)."""

NODE_FOLDER = "actions/"
"""The folder in which each module has to begin with `"use node"` (`actionsDir`)."""
