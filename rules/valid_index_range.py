r"""Require that the range of an index compares its fields in their order.

An index is sorted by its first field, then by its second, and so on, and at last by `_creationTime`. A range is one
piece of it: equalities on its first fields without a gap, then bounds on the field that comes next, and nothing else.
Any other range is an error when the query runs, and `any` hides it from the type checker.

Equalities in another order than that of the index, and bounds before them, do run, but the types of Convex do not allow
them; this is a warning. Ranges that the code puts together in helpers are left alone.

Sources: <https://docs.convex.dev/database/reading-data/indexes/#querying-documents-using-indexes>,
<https://github.com/get-convex/convex-backend/blob/main/crates/common/src/query.rs> (`IndexRange::compile`)

## Bad

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ channel: v.string(), author: v.string(), likes: v.number() })
    .index("by_channel_author", ["channel", "author"])
    .index("by_likes", ["likes"]),
});
```

```ts convex/messages.ts
export const byAuthor = query({
  args: { author: v.string() },
  handler: async (ctx, { author }) => {
    const all = await ctx.db
      .query("messages")
      .withIndex("by_channel_author", (q) => q.eq("author", author))
                                                  ~~~~~~~~ `author` cannot be compared alone: `channel` comes before it in the index `by_channel_author`
      .take(10);
    const last = await ctx.db
      .query("messages")
      .withIndex("by_likes", (q) => q.gt("_creationTime", 0))
                                         ~~~~~~~~~~~~~~~ `_creationTime` cannot be compared alone: `likes` comes before it in the index `by_likes`
      .take(10);
    return [all, last];
  },
});
```

## Good

```ts
export const recent = query({
  args: { channel: v.string(), since: v.number() },
  handler: async (ctx, { channel, since }) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", channel).gt("_creationTime", since))
      .take(10);
  },
});
```
"""

from convex_lint.api import (
    Category,
    Comparison,
    Comparisons,
    Finding,
    Findings,
    Fix,
    IndexUse,
    Preset,
    Safety,
    Schema,
    Severity,
    nearest,
    rule,
)

SAID = {
    "method": ("a range of an index has no `{method}`", "use `eq`, `gt`, `gte`, `lt` or `lte`"),
    "wrapped": ("a range compares fields by their names: only a filter has `field`", 'write `"{field}"`'),
    "field": ("`{field}` is no field of {index}", "use {near}"),
    "twice": ("`{field}` is compared twice in this range", "compare it once"),
    "bounds": ("`{field}` cannot be bounded as well as `{other}`: a range has bounds on one field", "filter by one"),
    "bounded": ("`{field}` cannot be compared once `{other}` is bounded", "filter by `{field}`, or use another index"),
    "gap": ("`{field}` cannot be compared alone: `{other}` comes before it in {index}", "compare `{other}` first"),
    "order": ("{index} has `{other}` before `{field}`, and the types want its order", "compare them in its order"),
}


@rule("valid-index-range", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=IndexUse, given=Schema)
def check(use: IndexUse, schema: Schema) -> Findings:
    """Report the first thing that is wrong with each range that is seen whole."""
    if use.form == "index" and use.silent is not None:
        yield Finding(use.silent, "this function gives no range", help="return what it compares")
    if use.form != "index" or use.table is None or use.name is None or not use.ranges:
        return
    index = schema.index(use.module, use.table, use.name)
    if index is not None and not index.open:
        for given in use.ranges:
            yield from _range(given, use, index.ordered)


def _range(given: Comparisons, use: IndexUse, fields: tuple[str, ...]) -> Findings:
    found = given.fault(fields)
    if found is None:
        return
    step, field = found.step, found.step.field or ""
    near = nearest(field, fields)
    words = {
        "method": step.method,
        "field": field,
        "other": found.other,
        "index": f"the index `{use.name}`",
        "near": f"`{near}`" if near is not None else f"one of its fields: {', '.join(f'`{one}`' for one in fields)}",
    }
    message, help_ = (text.format_map(words) for text in SAID[found.kind])
    fix = _sorted(given, use, found.ordered)
    yield Finding(step, message, help=help_, fix=fix, at_most=Severity.WARNING if found.kind == "order" else None)


def _sorted(given: Comparisons, use: IndexUse, ordered: tuple[Comparison, ...]) -> Fix | None:
    pairs = [(one, right) for one, right in zip(given.steps, ordered, strict=False) if one is not right]
    edits = tuple(use.module.replace(one.written, use.module.text(right.written)) for one, right in pairs)
    return Fix("compare the fields in the order of the index", Safety.UNSAFE, edits) if edits else None
