r"""Require `ConvexError` for what a client is told.

What a function throws reaches the client of a development deployment with its message, and that of a production
deployment as "Server Error": nobody there sees that the title is too long, or that a room is full. The data of a
`ConvexError` reaches both, so that a client can show it.

Reported are plain errors with a message that a function which clients can call throws, itself or in a helper, and that
are not caught on the way: by a `try` round the call, a `.catch(…)` behind it. A helper is reported once. Some errors are for the log only, and are best left as
they are, so the rule has to be asked for.

Source: <https://docs.convex.dev/functions/error-handling/application-errors>

## Bad

```ts
import { mutation } from "./_generated/server";
import { v } from "convex/values";

export const rename = mutation({
  args: { id: v.id("rooms"), name: v.string() },
  handler: async (ctx, { id, name }) => {
    if (name.length > 50) throw new Error("the name is too long");
                                    ~~~~~ in production, no client of `example.rename` sees what this error says
    await ctx.db.patch("rooms", id, { name });
  },
});
```

```ts fixed
import { mutation } from "./_generated/server";
import { v, ConvexError } from "convex/values";

export const rename = mutation({
  args: { id: v.id("rooms"), name: v.string() },
  handler: async (ctx, { id, name }) => {
    if (name.length > 50) throw new ConvexError("the name is too long");
    await ctx.db.patch("rooms", id, { name });
  },
});
```

## Good

```ts
import { mutation } from "./_generated/server";
import { ConvexError, v } from "convex/values";

export const rename = mutation({
  args: { id: v.id("rooms"), name: v.string() },
  handler: async (ctx, { id, name }) => {
    if (name.length > 50) throw new ConvexError("the name is too long");
    await ctx.db.patch("rooms", id, { name });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, PlainError, Preset, Reach, Safety, Severity, rule


@rule("require-convex-error", Category.STYLE, Severity.WARNING, preset=Preset.OPT_IN, each=PlainError, given=Reach)
def check(error: PlainError, reach: Reach) -> Findings:
    """Report an error once, with the public function that comes to it on the shortest way."""
    for first in reach.told(error.closure)[:1]:
        edits = error.as_convex_error()
        yield Finding(
            error,
            f"in production, no client of `{first.name}` sees what this error says",
            help="throw a `ConvexError`",
            fix=Fix("throw a `ConvexError`", Safety.UNSAFE, edits) if edits else None,
            related=first.related,
        )
