r"""Require the steps of a database query in an order that Convex allows.

`withIndex`, `withSearchIndex` and `fullTableScan` say where a query reads, and only the query that `ctx.db.query()` gives
has them: behind `order`, `filter` or one another they are not there, and the call fails. TypeScript does not see it behind
`filter`. A query has one order, and a search has none, as its results come by relevance. What the steps are given is checked
when they run: `take` wants a whole number, not a text, `order` wants `asc` or `desc`, and a page has at least one document.

Reported is what surely fails, also where the query is in a name or comes from a helper. The fix moves an index to the start
of its chain.

Sources: <https://docs.convex.dev/database/reading-data/>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/impl/query_impl.ts>

## Bad

```ts
export const latest = query({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("messages")
      .order("desc")
      .withIndex("by_author", (q) => q.eq("author", args.author))
       ~~~~~~~~~ `withIndex` must be the first step of a query
      .take(20);
  },
});
```

```ts fixed
export const latest = query({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_author", (q) => q.eq("author", args.author))
      .order("desc")
      .take(20);
  },
});
```

## Good

```ts
export const latest = query({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_author", (q) => q.eq("author", args.author))
      .order("desc")
      .filter((q) => q.neq(q.field("hidden"), true))
      .take(20);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, QueryChain, Safety, Severity, rule

LATE = {
    "started": ("`{}` must be the first step of a query", "put it right behind `ctx.db.query()`"),
    "index": ("`{}` is called on a query that has an index already", "use one index, and filter for the rest"),
    "search": ("`{}` is called on a search, whose results come by relevance", "sort the array of the results"),
    "ordered": ("`{}` is called on a query that is ordered already", "use `order` once"),
}
WRONG = {
    "missing": ("`{}` is called without what it needs", "give it all of its arguments"),
    "number": ("`{}` takes a whole number that is not negative", "give it a number, as in `.take(50)`"),
    "order": ("`{}` takes `asc` or `desc`", "use one of these two, and an index to order by its fields"),
    "page": ("`{}` takes an object with `numItems` and `cursor`", "give it the `paginationOpts` of the client"),
    "size": ("the `numItems` of `{}` is a whole number from 1 on", "ask for at least one document"),
}


@rule("valid-query-chain-order", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=QueryChain)
def check(chain: QueryChain) -> Findings:
    """Report a step that its query does not have any more, and one that is given what it does not take."""
    for step in chain.steps:
        late, wrong = step.late, step.wrong
        if late is not None:
            message, help_ = LATE[late]
            edits = chain.first(step)
            fix = Fix(f"move `{step.name}` to the start", Safety.UNSAFE, edits) if edits else None
            yield Finding(step, message.format(step.name), help=help_, fix=fix)
            return  # what comes behind a step that fails is never called
        if wrong is not None:
            what, place = wrong
            message, help_ = WRONG[what]
            yield Finding(place, message.format(step.name), help=help_)
