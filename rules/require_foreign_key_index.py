r"""Require an index on the id of another document by which documents are looked up.

A field that holds the id of another document, such as the author of a message, is there to find documents by it. Where no
index of the table starts with that field, the code reads others as well, all of the table or all in the range of another
index, and throws away those of other authors: the more there are, the longer it takes.

Reported is the `.filter()` of the array that a query gives, where it compares such a field with one value and no index has
the field first. Where an index is there that would serve, `prefer-existing-index` names it, and a filter on the
query itself is the matter of `no-filter-in-query`.

Sources: <https://docs.convex.dev/database/reading-data/indexes/>,
<https://docs.convex.dev/understanding/best-practices/#only-use-collect-with-a-small-number-of-results>

## Bad

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ author: v.id("users"), channel: v.id("channels") }).index("by_channel", ["channel"]),
});
```

```ts convex/messages.ts
export const byAuthor = query({
  args: { channel: v.id("channels"), author: v.id("users") },
  handler: async (ctx, { channel, author }) => {
    const messages = await ctx.db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", channel))
      .collect();
    return messages.filter((message) => message.author === author);
                    ~~~~~~ no index of `messages` has `author` first, so that those of all others are read, too
  },
});
```

```ts fixed convex/schema.ts
export default defineSchema({
  messages: defineTable({ author: v.id("users"), channel: v.id("channels") }).index("by_channel", ["channel"]).index("by_channel_and_author", ["channel", "author"]),
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ author: v.id("users"), channel: v.id("channels") }).index("by_channel_and_author", [
    "channel",
    "author",
  ]),
});
```

```ts convex/messages.ts
export const byAuthor = query({
  args: { channel: v.id("channels"), author: v.id("users") },
  handler: async (ctx, { channel, author }) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_channel_and_author", (q) => q.eq("channel", channel).eq("author", author))
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
    "require-foreign-key-index",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.STRICT,
    precision=Precision.LIKELY,
    each=LateFilter,
    given=Schema,
)
def check(late: LateFilter, schema: Schema) -> Findings:
    """Report the filter of an array by the id of another document, which no index has first."""
    found = late.unindexed(schema)
    if found is not None and late.served(schema) is None:
        field = found.terms[-1].field
        message = f"no index of `{late.table}` has `{field}` first, so that those of all others are read, too"
        edits = late.indexing(found)
        fix = Fix(f"add the index `{found.wanted.name}`", Safety.UNSAFE, edits) if edits else None
        yield Finding(
            late, message, help=f"add `{found.index}` to `{late.table}`, and use it with `.withIndex()`", fix=fix
        )
