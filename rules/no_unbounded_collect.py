r"""Disallow `.collect()` on a query that reads a whole table.

Without an index range, `.collect()` reads every document of the table. It gets slower with each document, a query that a client
has subscribed to runs again after every write to the table, a mutation conflicts with each of them, and beyond the limits
of a transaction it fails. The same is true of `for await` over such a query.

A range of an index bounds what is read, and so do `.take()`, `.first()` and `.paginate()`. Reported are tables that
surely grow: a function that anyone can call adds documents to them. Not counted is what is made only where none is
found by a query that is always the same, or by one for each item of a list in the code, and what is made beside it;
nor what is added by a function that goes through the whole table and deletes from it. Nothing is said of what such a
function reads itself, as one does that removes what is old. Tables that stay small all the same can be named in
the option `boundedTables`. A filter on such a query is the matter of `no-filter-in-query`, a count that of `no-
collect-length`, and writes for each document that of `no-unbounded-write-loop`.

Sources: <https://docs.convex.dev/understanding/best-practices/#only-use-collect-with-a-small-number-of-results>,
<https://docs.convex.dev/production/state/limits>

## Bad

```ts
export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, { body }) => void (await ctx.db.insert("messages", { body })),
});
export const list = query({
  args: {},
  handler: async (ctx) => {
    const messages = await ctx.db.query("messages").collect();
                                                    ~~~~~~~ this reads every document of the table `messages`, and runs again whenever any of them changes
    return messages.map((message) => message.body);
  },
});
```

## Good

```ts
export const list = query({
  args: { channel: v.id("channels") },
  handler: async (ctx, { channel }) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", channel))
      .collect();
  },
});
```
"""

from dataclasses import dataclass

from convex_lint.api import Category, Finding, Findings, Precision, Preset, QueryChain, Schema, Severity, rule

COUNTED = frozenset({"[0]", "is empty", "compared", "length"})
"""What `no-collect-length` speaks of, where it is all that becomes of the documents."""


@dataclass(frozen=True)
class Options:
    """`boundedTables`: the tables that stay small."""

    bounded_tables: tuple[str, ...] = ()


@rule(
    "no-unbounded-collect",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    precision=Precision.LIKELY,
    each=QueryChain,
    given=Schema,
    options=Options,
)
def check(chain: QueryChain, schema: Schema, options: Options) -> Findings:
    """Report the end of a query that surely reads all documents of a table that grows."""
    step, query = chain.steps[-1], chain.found
    if query is None or query.table is None or (step.name != "collect" and not chain.is_streamed):
        return
    if query.index is None or query.ranged is not False or query.search or query.filtered:
        return
    is_small = query.table.startswith("_") or query.table in options.bounded_tables
    read = {one.what for one in chain.reads}
    if (
        is_small
        or (read and read <= COUNTED)
        or chain.written is not None
        or chain.is_swept
        or not schema.grows(chain.module, query.table)
    ):
        return
    whole = ", as its index has no range" if query.index else ""
    again = ", and runs again whenever any of them changes" if chain.reruns else ""
    cost = ", and conflicts with whatever changes one of them" if chain.conflicts else again
    message = f"this reads every document of the table `{query.table}`{whole}{cost}"
    yield Finding(step, message, help="read a range of an index, or use `.take(n)` or `.paginate()`")
