r"""Disallow indexes that find nothing that another index would not find.

An index of `["channel"]` finds what an index of `["channel", "author"]` finds, too. Each index is another copy of the
documents of the table that is stored, paid for, and kept up with every write. Two indexes with the same fields, two
search indexes with the same fields, and two vector indexes with the same field and dimensions are an error: such a
schema cannot be deployed.

The shorter index is needed where the order counts: it gives the documents of a channel in the order of their
creation, the longer one by their author. So it is not reported where a query takes the first of them (`first`,
`take`, `paginate`), asks for an order or a range of `_creationTime`, or where it is not seen what the index is used
for, as when a package such as `@convex-dev/better-auth` is given the schema. That is where this rule differs from the
one of its name in `@convex-dev/eslint-plugin`, which reports these as well; tables that are held in names are
understood, too. Nor is an index reported that would serve a filter which is there. Indexes that are staged are compared with equal ones only. Where queries use the shorter index and
none uses the longer one, that one is to be taken away.

Sources: <https://docs.convex.dev/understanding/best-practices/#check-for-redundant-indexes>,
<https://github.com/get-convex/convex-backend/blob/94a42c3/crates/common/src/schemas/json.rs>

## Bad

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ channel: v.string(), author: v.string(), body: v.string() })
    .index("by_channel", ["channel"])
           ~~~~~~~~~~~~ `by_channel` finds only what `by_channel_and_author` finds, too
    .index("by_channel_and_author", ["channel", "author"])
    .index("by_channel_author", ["channel", "author"]),
           ~~~~~~~~~~~~~~~~~~~ `by_channel_author` is the same index as `by_channel_and_author`
});
```

```ts fixed
export default defineSchema({
  messages: defineTable({ channel: v.string(), author: v.string(), body: v.string() })
    .index("by_channel_and_author", ["channel", "author"])
    .index("by_channel_author", ["channel", "author"]),
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ channel: v.string(), author: v.string(), body: v.string() })
    .index("by_channel", ["channel"])
    .index("by_channel_and_author", ["channel", "author"]),
});
```

```ts convex/messages.ts
export const newest = query({
  args: { channel: v.string() },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", args.channel))
      .order("desc")
      .take(50);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Index, Need, Preset, Related, Safety, Severity, rule


@rule("no-duplicate-indexes", Category.PERFORMANCE, Severity.ERROR, preset=Preset.RECOMMENDED, each=Index)
def check(index: Index) -> Findings:
    """Report an index that is equal to one before it, or else the start of another one that would do."""
    name = index.definition.name
    before = index.siblings[: index.siblings.index(index)] if name is not None else ()
    same = next((other for other in before if index.equals(other)), None)
    longer = _longer(index) if name is not None else None
    if same is not None:
        yield Finding(
            index,
            f"`{name}` is the same index as `{same.definition.name}`",
            help="take one of them away",
            related=(Related(same.place, "the other one"),),
        )
    elif longer is not None and (need := index.need) not in {Need.ORDER, Need.FILTER}:
        order = longer.definition.fields[len(index.definition.fields)]
        other = longer.definition.name
        left = index if need is Need.NOTHING else longer if longer.need is Need.NOTHING else None
        edits = left.removed() if left is not None else ()
        if left is not None:
            help_ = f"take {'it' if left is index else f'`{other}`'} away: no query uses it"
        else:
            help_ = f"take it away, and use `{other}`, which sorts by `{order}` next"
        yield Finding(
            index,
            f"`{name}` finds only what `{other}` finds, too",
            help=help_,
            fix=Fix("take the index out of the schema", Safety.UNSAFE, edits) if edits else None,
            related=(Related(longer.place, "the longer one"),),
            at_most=Severity.WARNING,
        )


def _longer(index: Index) -> Index | None:
    """Return an index that would do instead, one that is used first."""
    found = [other for other in index.siblings if index.starts(other)]
    return next((other for other in found if other.need is not Need.NOTHING), found[0] if found else None)
