r"""Disallow writing and scheduling in queries.

A query only reads: its `ctx.db` has no `insert`, `patch`, `replace` or `delete`, its `ctx.storage` stores and deletes no
files, and there is no `ctx.scheduler`. What is not there fails when the query comes to it, for every caller and each time
that the query is run again.

Make it a mutation. Where a client shows what a query gives and also wants to count or to mark something, it calls a
mutation for that.

A helper that only queries come to is reported where it writes; where mutations come to it as well, the call is reported
that hands it the ctx of a query, if the helper writes whatever it is given, or says in its type that it wants the ctx of
a mutation. A helper that asks first (`"scheduler" in ctx`) is left alone.

Sources: <https://docs.convex.dev/functions/query-functions>, <https://docs.convex.dev/functions/mutation-functions>;
`GenericQueryCtx` in `src/server/registration.ts` of the npm package `convex` 1.48.0

## Bad

```ts
export const show = query({
  args: { id: v.id("posts") },
  handler: async (ctx, { id }) => {
    await ctx.db.patch(id, { seen: true });
          ~~~~~~~~~~~~ a query has no `ctx.db.patch`
    return await ctx.db.get(id);
  },
});
```

## Good

```ts
export const show = query({
  args: { id: v.id("posts") },
  handler: async (ctx, { id }) => await ctx.db.get(id),
});

export const markSeen = mutation({
  args: { id: v.id("posts") },
  handler: async (ctx, { id }) => {
    await ctx.db.patch(id, { seen: true });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Lack, Preset, Severity, rule


@rule("no-write-in-query", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Lack)
def check(lack: Lack) -> Findings:
    """Report each write where only queries run."""
    if lack.about == "write":
        yield Finding(lack, lack.message, help="make it a mutation", related=lack.related)
