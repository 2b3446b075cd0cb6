r"""Disallow writing, in one mutation, for each document of a whole table.

A mutation is one transaction: it may read 32,000 documents and write 16,000. A loop that changes or
deletes every document of a table works while the table is small, then fails, as a whole, and keeps failing; before that it
conflicts with every other write to the table. Take some documents at a time, and let the mutation schedule itself for the
rest, or use the migrations component, which does that.

Reported is a loop, or a `map`, over all documents of a table, each round of which writes, itself or by a helper of the
module. A loop that may end before it is through is left alone, and so are a loop that writes for some documents only, and a
query that an index range or a filter narrows.

Sources: <https://docs.convex.dev/production/state/limits>,
<https://docs.convex.dev/scheduling/scheduled-functions>, <https://www.convex.dev/components/migrations>

## Bad

```ts
export const clear = internalMutation({
  args: {},
  handler: async (ctx) => {
    const messages = await ctx.db.query("messages").collect();
                                                    ~~~~~~~ `ctx.db.delete` runs for every document of the table `messages`, in one transaction
    for (const message of messages) {
      await ctx.db.delete(message._id);
    }
  },
});
```

## Good

```ts
export const clear = internalMutation({
  args: {},
  handler: async (ctx) => {
    const messages = await ctx.db.query("messages").take(500);
    for (const message of messages) {
      await ctx.db.delete(message._id);
    }
    if (messages.length === 500) {
      await ctx.scheduler.runAfter(0, internal.messages.clear, {});
    }
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, QueryChain, Severity, rule


@rule("no-unbounded-write-loop", Category.PERFORMANCE, Severity.WARNING, preset=Preset.RECOMMENDED, each=QueryChain)
def check(chain: QueryChain) -> Findings:
    """Report a query that reads a whole table, for each document of which something is written."""
    step = chain.steps[-1]
    if step.name != "collect" and not chain.is_streamed:
        return
    query = chain.found
    if query is None or query.table is None or query.ranged is not False or query.index is None or query.filtered:
        return
    written = chain.written
    if written is not None:
        message = f"`{written}` runs for every document of the table `{query.table}`, in one transaction"
        yield Finding(step, message, help="use `.take(n)`, and schedule the function again for the rest")
