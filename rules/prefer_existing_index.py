r"""Suggest the index of the schema that would leave out what a filter leaves out.

A query reads every document in the range of its index. Where a filter on the query, or on the array that it gives, then
keeps only those with one value in a field, and another index of the table has that field next, that index reads only
what is kept: less to read, fewer conflicts, and less that makes the query run again.

The message names the index. The fix uses it in the place of `.filter()`, where the order of the documents stays the
same. A filter on a query without any range is reported by `no-filter-in-query`.

Sources: <https://docs.convex.dev/understanding/best-practices/#avoid-filter-on-database-queries>,
<https://docs.convex.dev/database/reading-data/indexes/indexes-and-query-perf>

## Bad

```ts convex/schema.ts
export default defineSchema({
  tasks: defineTable({ team: v.id("teams"), status: v.string() })
    .index("by_team", ["team"])
    .index("by_team_status", ["team", "status"]),
});
```

```ts convex/tasks.ts
export const open = query({
  args: { team: v.id("teams") },
  handler: async (ctx, { team }) => {
    return await ctx.db
      .query("tasks")
      .withIndex("by_team", (q) => q.eq("team", team))
      .filter((q) => q.eq(q.field("status"), "open"))
       ~~~~~~ the index `by_team_status` would serve this filter, too
      .collect();
  },
});
```

```ts fixed convex/tasks.ts
export const open = query({
  args: { team: v.id("teams") },
  handler: async (ctx, { team }) => {
    return await ctx.db
      .query("tasks")
      .withIndex("by_team_status", (q) => q.eq("team", team).eq("status", "open"))
      .collect();
  },
});
```

## Good

```ts
export const open = query({
  args: { team: v.id("teams") },
  handler: async (ctx, { team }) => {
    return await ctx.db
      .query("tasks")
      .withIndex("by_team_status", (q) => q.eq("team", team).eq("status", "open"))
      .collect();
  },
});
```
"""

from convex_lint.api import (
    Category,
    Finding,
    Findings,
    Fix,
    LateFilter,
    Precision,
    Preset,
    Safety,
    Schema,
    Severity,
    rule,
)


@rule(
    "prefer-existing-index",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    precision=Precision.LIKELY,
    each=LateFilter,
    given=Schema,
)
def check(late: LateFilter, schema: Schema) -> Findings:
    """Report a filter of which another index would serve more than the query uses."""
    found = late.served(schema)
    if found is None:
        return
    edits = late.using(found)
    fix = Fix(f"use the index `{found.index.name}`", Safety.UNSAFE, edits) if edits else None
    order = ", in an order of its own" if late.chain.is_ordered(found) else ""
    yield Finding(
        late,
        f"the index `{found.index.name}` would serve this filter{', too' if late.range else ''}{order}",
        help=f"use `{found.written}`" + (", and filter for the rest" if found.rest else ""),
        fix=fix,
    )
