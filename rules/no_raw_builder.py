r"""Require mutations that write to tables with triggers to be made by the builder that runs these.

The triggers of `convex-helpers` run for the writes of mutations whose builder wraps the database with `wrapDB`. A
mutation that is made by `mutation` or `internalMutation` of `_generated/server` writes past them, and nothing says so:
what they keep up to date (a count, a copy, a search index) is wrong from then on, and what they forbid goes through.
An import of the wrong module is all it takes, as both builders have one name as a rule.

A mutation is reported that surely writes to a table for which a trigger is registered, itself or in a helper, where the
project exports a builder that runs triggers and could make it. Whoever means to write past them says so by another
name for the builder: `import { mutation as rawMutation } from "./_generated/server"`. Modules that call `wrapDB`
themselves are left alone.

Source: <https://stack.convex.dev/triggers>, and the README of the npm package `convex-helpers`, 0.1.114, on triggers.

## Bad

```ts convex/functions.ts
import { customCtx, customMutation } from "convex-helpers/server/customFunctions";
import { Triggers } from "convex-helpers/server/triggers";
import { mutation as rawMutation } from "./_generated/server";

const triggers = new Triggers<DataModel>();
triggers.register("teams", async (ctx, change) => {
  await ctx.db.insert("log", { team: change.id });
});
export const mutation = customMutation(rawMutation, customCtx(triggers.wrapDB));
```

```ts convex/teams.ts
import { mutation } from "./_generated/server";

export const rename = mutation({
                      ~~~~~~~~ this writes past the triggers of `teams`
  args: { id: v.id("teams"), name: v.string() },
  handler: async (ctx, args) => await ctx.db.patch("teams", args.id, { name: args.name }),
});
```

```ts fixed convex/teams.ts
import { mutation } from "./functions";

export const rename = mutation({
  args: { id: v.id("teams"), name: v.string() },
  handler: async (ctx, args) => await ctx.db.patch("teams", args.id, { name: args.name }),
});
```

## Good

```ts convex/functions.ts
import { customCtx, customMutation } from "convex-helpers/server/customFunctions";
import { Triggers } from "convex-helpers/server/triggers";
import { mutation as rawMutation } from "./_generated/server";

const triggers = new Triggers<DataModel>();
triggers.register("teams", async (ctx, change) => {
  await ctx.db.insert("log", { team: change.id });
});
export const mutation = customMutation(rawMutation, customCtx(triggers.wrapDB));
```

```ts convex/teams.ts
import { mutation } from "./functions";

export const rename = mutation({
  args: { id: v.id("teams"), name: v.string() },
  handler: async (ctx, args) => await ctx.db.patch("teams", args.id, { name: args.name }),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, MissedTrigger, Precision, Preset, Safety, Severity, rule


@rule(
    "no-raw-builder",
    Category.CORRECTNESS,
    Severity.WARNING,
    preset=Preset.STRICT,
    precision=Precision.LIKELY,
    each=MissedTrigger,
)
def check(missed: MissedTrigger) -> Findings:
    """Report a mutation that writes past the triggers of a table."""
    tables = ", ".join(f"`{table}`" for table in missed.tables)
    edits = missed.wrapped()
    help_ = f"use `{missed.wrapper}` of `{missed.home}`"
    fix = Fix(help_, Safety.UNSAFE, edits) if edits else None
    yield Finding(missed, f"this writes past the triggers of {tables}", help=help_, fix=fix)
