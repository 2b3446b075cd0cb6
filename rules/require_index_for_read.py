r"""Require an index for every query that reads more than it is asked to give.

A query without an index starts at the oldest document of its table, or at the newest one with `.order("desc")`, and goes on
until it has what it wants: `.collect()` and `.unique()` want all of them, and with `.filter()` nobody knows how many it
reads to find the first that fits. This rule is for a project that wants an index for each of these, whatever the size
of the table; `no-filter-in-query` and `no-unbounded-collect` report those that surely cost something.

The first documents of a table (`.first()`, `.take(n)`, `.paginate()` without a filter) are read in the order of their creation
and no others, so that nothing is said of them, unless `n` is known to be more than the option `maxTake`. Tables that stay
small can be named in the option `boundedTables`. Searches use an index of their own.

Sources: <https://docs.convex.dev/database/reading-data/indexes/indexes-and-query-perf>,
<https://docs.convex.dev/production/state/limits>

## Bad

```ts
export const byName = query({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    return await ctx.db
      .query("users")
      .filter((q) => q.eq(q.field("name"), name))
      .first();
       ~~~~~ this reads the table `users` without an index
  },
});
```

## Good

```ts
export const byName = query({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    return await ctx.db
      .query("users")
      .withIndex("by_name", (q) => q.eq("name", name))
      .first();
  },
});
```
"""

from dataclasses import dataclass

from convex_lint.api import Category, Finding, Findings, Preset, QueryChain, Severity, rule

ALL = frozenset({"collect", "unique", "count"})
SOME = frozenset({"first", "take"})


@dataclass(frozen=True)
class Options:
    """`boundedTables`: the tables that stay small. `maxTake`: how many documents may be taken without an index."""

    bounded_tables: tuple[str, ...] = ()
    max_take: int = 1000


@rule(
    "require-index-for-read",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    each=QueryChain,
    options=Options,
)
def check(chain: QueryChain, options: Options) -> Findings:
    """Report the end of a query that has no index and may read more documents than it gives."""
    step, query = chain.steps[-1], chain.found
    if query is None or not query.table or query.index != "" or query.search:
        return
    if query.table.startswith("_") or query.table in options.bounded_tables:
        return
    taken = step.number if step.name == "take" else None
    reads_more = query.filtered or (taken is not None and taken > options.max_take)
    if step.name in ALL or chain.is_streamed or (step.name in SOME and reads_more):
        message = f"this reads the table `{query.table}` without an index"
        yield Finding(step, message, help="use `.withIndex()` with a range")
