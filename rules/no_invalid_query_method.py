r"""Disallow methods that a database query does not have.

A query is built with `withIndex`, `withSearchIndex`, `order` and `filter`, and run by `collect`, `take`, `first`, `unique`,
`paginate` or `for await`. It has no `where`, `limit`, `skip` or `select` as queries of SQL libraries do, no `delete` or
`update`, and none of the methods of an array, before it was run. A call of one of these does not compile, or where it does
(in JavaScript, with a ctx typed `any`), it fails with "is not a function".

Reported is a call of such a method on what surely is a query: in a chain, in a name, from a helper. `count` and `limit` are
in Convex's code for its own use, and not in its types: where they would work, they are reported as a warning.

Sources: <https://docs.convex.dev/api/interfaces/server.Query>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/query.ts>

## Bad

```ts
export const clear = mutation({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    await ctx.db
      .query("messages")
      .withIndex("by_author", (q) => q.eq("author", args.author))
      .delete();
       ~~~~~~ a database query has no method `delete`
  },
});
```

## Good

```ts
export const clear = mutation({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    const messages = await ctx.db
      .query("messages")
      .withIndex("by_author", (q) => q.eq("author", args.author))
      .take(100);
    for (const message of messages) {
      await ctx.db.delete(message._id);
    }
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, UnknownStep, rule


@rule("no-invalid-query-method", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=UnknownStep)
def check(step: UnknownStep) -> Findings:
    """Report a call of a method that queries do not have, or that only Convex itself may use."""
    if step.internal:
        message = f"the method `{step.name}` of a database query is internal to Convex, and not in its types"
        yield Finding(step, message, help=step.instead, at_most=Severity.WARNING)
    else:
        yield Finding(step, f"a database query has no method `{step.name}`", help=step.instead)
