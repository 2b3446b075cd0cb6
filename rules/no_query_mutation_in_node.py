r"""Disallow queries, mutations and HTTP actions in modules with `"use node"`.

Only actions run in Node. A query or a mutation runs inside the database, and an HTTP action in the default runtime: with
one of them in a module with `"use node"`, the push stops with `Only actions can be defined in Node.js`. Move it to a
module without the directive, which the actions can call by `ctx.runQuery` and `ctx.runMutation`.

Sources: <https://docs.convex.dev/functions/runtimes#nodejs-runtime>, and `crates/node_executor/src/executor.rs` of
get-convex/convex-backend.

## Bad

```ts convex/images.ts
"use node";
import sharp from "sharp";
import { v } from "convex/values";
import { internalAction, internalQuery } from "./_generated/server";

export const list = internalQuery({
                    ~~~~~~~~~~~~~ an internal query cannot be defined in a file with `use node`
  args: {},
  handler: async (ctx) => await ctx.db.query("images").take(50),
});
export const shrink = internalAction({
  args: { data: v.bytes() },
  handler: async (ctx, args) => await sharp(args.data).resize(100).toBuffer(),
});
```

## Good

```ts convex/images.ts
import { internalQuery } from "./_generated/server";

export const list = internalQuery({
  args: {},
  handler: async (ctx) => await ctx.db.query("images").take(50),
});
```

```ts convex/shrinking.ts
"use node";
import sharp from "sharp";
import { v } from "convex/values";
import { internalAction } from "./_generated/server";

export const shrink = internalAction({
  args: { data: v.bytes() },
  handler: async (ctx, args) => await sharp(args.data).resize(100).toBuffer(),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Registered, Severity, rule

KINDS = {"httpAction": "an HTTP action", "mutation": "a mutation", "query": "a query"}


@rule("no-query-mutation-in-node", Category.RUNTIME, Severity.ERROR, preset=Preset.RECOMMENDED, each=Registered)
def check(made: Registered) -> Findings:
    """Report each function that is no action."""
    if made.in_node and made.kind != "action":
        kind = f"an internal {made.kind}" if made.internal and made.kind in KINDS else KINDS.get(made.kind, made.kind)
        yield Finding(
            made,
            f"{kind} cannot be defined in a file with `use node`",
            help="move it to a file without the directive",
        )
