r"""Disallow indexes that no query uses.

Convex keeps every index up to date on each write to the table, and its entries count as storage. An index that nothing reads
costs that for nothing; deploying a schema without it deletes it.

Reported is an index that no `withIndex`, `withSearchIndex` or `vectorSearch` of the project names, tests included. Nothing is
said where that is not sure: where a query of the table chooses its index by a name that is not known, where a string of
that name is given to a function, where a filter of a query should rather use it, and where the schema is handed to a package, which may use any index of it. A query that
somebody writes in the dashboard is not seen, so that this rule is only there for those who ask for it.

Source: <https://docs.convex.dev/database/reading-data/indexes/>

## Bad

```ts convex/schema.ts
export default defineSchema({
  notes: defineTable({ author: v.id("users"), folder: v.string() })
    .index("by_author", ["author"])
    .index("by_folder", ["folder"]),
           ~~~~~~~~~~~ nothing uses the index `by_folder` of `notes`, and each write keeps it up to date
});
```

```ts convex/notes.ts
export const list = query({
  args: { author: v.id("users") },
  handler: async (ctx, { author }) => {
    return await ctx.db
      .query("notes")
      .withIndex("by_author", (q) => q.eq("author", author))
      .take(50);
  },
});
```

```ts fixed convex/schema.ts
export default defineSchema({
  notes: defineTable({ author: v.id("users"), folder: v.string() })
    .index("by_author", ["author"]),
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  notes: defineTable({ author: v.id("users"), folder: v.string() }).index("by_author", ["author"]),
});
```

```ts convex/notes.ts
export const list = query({
  args: { author: v.id("users") },
  handler: async (ctx, { author }) => {
    return await ctx.db
      .query("notes")
      .withIndex("by_author", (q) => q.eq("author", author))
      .take(50);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Index, Need, Precision, Preset, Safety, Severity, rule


@rule(
    "no-unused-index",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    precision=Precision.LIKELY,
    each=Index,
)
def check(index: Index) -> Findings:
    """Report an index that nothing in the project may use."""
    name = index.definition.name
    if index.need is Need.NOTHING and not index.definition.staged:
        message = f"nothing uses the index `{name}` of `{index.table}`, and each write keeps it up to date"
        edits = index.removed()
        fix = Fix("take the index out of the schema", Safety.UNSAFE, edits) if edits else None
        yield Finding(index, message, help="take it out of the schema, or use it", fix=fix)
