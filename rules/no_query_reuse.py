r"""Disallow a second use of a database query that is used up.

Each step of a query (`order`, `filter`) gives a new query and closes the old one, and a query can be run once: a second
`collect`, `take` or `first` on it, or a step after it, throws "A query can only be chained once and can't be chained after
iteration begins". Only what `ctx.db.query()` gives, before any step, starts anew each time.

Reported is a use of a query in a name after another one that surely came before it, or that a loop repeats. Branches of
which only one runs are left alone, and so is a name that is assigned again.

Source:
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/impl/query_impl.ts>

## Bad

```ts
export const overview = query({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    const messages = ctx.db
      .query("messages")
      .withIndex("by_author", (q) => q.eq("author", args.author));
    const first = await messages.first();
    const latest = await messages.order("desc").take(10);
                                  ~~~~~ the query `messages` is used up already
    return { first, latest };
  },
});
```

## Good

```ts
export const overview = query({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    const messages = () =>
      ctx.db.query("messages").withIndex("by_author", (q) => q.eq("author", args.author));
    const first = await messages().first();
    const latest = await messages().order("desc").take(10);
    return { first, latest };
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, QueryReuse, Severity, rule


@rule("no-query-reuse", Category.CORRECTNESS, Severity.ERROR, preset=Preset.STRICT, each=QueryReuse)
def check(use: QueryReuse) -> Findings:
    """Report a use of a query that the use before it closed."""
    help_ = "build the query anew for each use, with a function that returns it"
    if use.looped:
        yield Finding(use, f"the query `{use.name}` is used up in the first round of the loop", help=help_)
    else:
        yield Finding(use, f"the query `{use.name}` is used up already", help=help_, related=(use.before,))
