r"""Disallow filtering what `.take(n)` gave, where the filter should have come first.

`.take(50)` gives the first fifty documents, and a `.filter()` on the array keeps those of them that match: fewer than
fifty, or none, though the table has hundreds further on. What is looked for is not found, and nothing says so. Put the
condition into the range of an index, or use `filter` of `convex-helpers/server/filter`, which goes on until it has enough.

Reported is a `take` from a whole table, or from a search, of whose array nothing is used but a `filter` or a `find` that
asks only for fields of the document. An array that is cut to size afterwards was taken with some to spare, and is left
alone; so is a `take` from the range of an index, or of more than 200, which is mostly a limit that nothing reaches.

Sources: <https://docs.convex.dev/database/reading-data/filters>, <https://stack.convex.dev/complex-filters-in-convex>

## Bad

```ts
export const live = query({
  args: {},
  handler: async (ctx) => {
    const streams = await ctx.db.query("streams").order("desc").take(50);
                                                                ~~~~ only what `take` gave is filtered: what matches further on is missing
    return streams.filter((stream) => stream.live);
  },
});
```

## Good

```ts
export const live = query({
  args: {},
  handler: async (ctx) => {
    return await ctx.db
      .query("streams")
      .withIndex("by_live", (q) => q.eq("live", true))
      .order("desc")
      .take(50);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, QueryChain, Severity, rule

MANY = 200
"""What is more than a page: a limit against too much, and not the number of documents that are wanted."""

HELP = "put the condition into the range of an index, or use `filter` of `convex-helpers/server/filter`"


@rule("no-filter-after-take", Category.CORRECTNESS, Severity.WARNING, preset=Preset.STRICT, each=QueryChain)
def check(chain: QueryChain) -> Findings:
    """Report a `take` of whose result only what passes a test of its fields is used."""
    step = chain.steps[-1]
    query = step.before
    if step.name != "take" or query is None or not (query.ranged is False or query.search):
        return
    if (step.number or 0) > MANY:
        return
    read = chain.reads
    if read and all(one.narrows for one in read):
        message = "only what `take` gave is filtered: what matches further on is missing"
        yield Finding(step, message, help=HELP)
