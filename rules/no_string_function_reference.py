r"""Disallow strings, modules and registered functions where a reference to a function belongs.

A registered function is no reference to itself: `ctx.runMutation(create, …)` throws `is not a functionReference`, and a
cron job that is given one stops the push. So it is with a module, `internal.messages`. A string such as `"messages:list"` still runs, which only old code needs: it
has no types, so neither its arguments nor its result are checked, and nothing finds it when the function moves. That is
a warning.

Write the path of the function through `internal` or `api`. A handle that `createFunctionHandle` made, and what
`makeFunctionReference` gives, are references.

Sources: <https://docs.convex.dev/functions/query-functions#query-names>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/components/paths.ts>

## Bad

```ts convex/messages.ts
import { internalMutation, mutation } from "./_generated/server";
import { internal } from "./_generated/api";

export const purge = internalMutation({ args: {}, handler: async () => null });
export const clear = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(0, purge, {});
                                    ~~~~~ `purge` is a registered function, and `ctx.scheduler.runAfter` takes a reference to it
    await ctx.runMutation("messages:purge" as any, {});
                          ~~~~~~~~~~~~~~~~~~~~~~~ `ctx.runMutation` is given the name of a function, which nothing checks
  },
});
```

```ts convex/messages.ts fixed
import { internalMutation, mutation } from "./_generated/server";
import { internal } from "./_generated/api";

export const purge = internalMutation({ args: {}, handler: async () => null });
export const clear = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(0, internal.messages.purge, {});
    await ctx.runMutation(internal.messages.purge as any, {});
  },
});
```

## Good

```ts convex/messages.ts
export const purge = internalMutation({ args: {}, handler: async () => null });
export const clear = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(0, internal.messages.purge, {});
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Misreference, Preset, Safety, Severity, rule


@rule(
    "no-string-function-reference",
    Category.CORRECTNESS,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=Misreference,
)
def check(given: Misreference) -> Findings:
    """Report a registered function, and a string, that is given in the place of a reference."""
    meant, edits = given.reference, given.mend()
    yield Finding(
        given,
        _what(given),
        help=f"use `{meant}`" if meant is not None else "use a reference through `internal` or `api`",
        fix=Fix(f"use `{meant}`", Safety.UNSAFE, edits) if edits else None,
        at_most=Severity.WARNING if given.form == "string" else None,
    )


def _what(given: Misreference) -> str:
    taker = f"`{given.words}`" if "." in given.words else given.words
    if given.form == "string":
        return f"{taker} is given the name of a function, which nothing checks"
    if given.form == "module":
        return f"`{given.spelt}` is a module, and {taker} takes a reference to one of its functions"
    return f"`{given.spelt}` is a registered function, and {taker} takes a reference to it"
