r"""Disallow comparing the field of an index with an argument that may be left out.

`q.eq("org", args.org)` with no `org` does not leave the comparison out: it finds the documents that have no field
`org`, which are others than a caller means who does not care about it. Where the schema requires the field there are no
such documents, and the query finds nothing.

Choose the query by whether the argument is there, or require it. Where the documents without the field are what is
meant, the rule has nothing to say that helps, which is why it has to be asked for. With the option `required` only fields
are reported that all documents have to have. An argument that a condition has shown to be there is left alone.

Source: <https://docs.convex.dev/database/types#working-with-undefined>

## Bad

```ts convex/schema.ts
export default defineSchema({ notes: defineTable({ org: v.optional(v.id("orgs")) }).index("by_org", ["org"]) });
```

```ts convex/notes.ts
export const list = query({
  args: { org: v.optional(v.id("orgs")) },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("notes")
      .withIndex("by_org", (q) => q.eq("org", args.org))
                                              ~~~~~~~~ `org` may be left out, and then this finds the documents without `org`
      .take(50);
  },
});
```

## Good

```ts convex/schema.ts
export default defineSchema({ notes: defineTable({ org: v.optional(v.id("orgs")) }).index("by_org", ["org"]) });
```

```ts convex/notes.ts
export const list = query({
  args: { org: v.optional(v.id("orgs")) },
  handler: async (ctx, { org }) => {
    const notes = ctx.db.query("notes");
    return org === undefined
      ? await notes.take(50)
      : await notes.withIndex("by_org", (q) => q.eq("org", org)).take(50);
  },
});
```
"""

from dataclasses import dataclass

from convex_lint.api import Category, Finding, Findings, Omission, Preset, Severity, rule


@dataclass(frozen=True)
class Options:
    """`required`: only fields that all documents of the table have to have."""

    required: bool = False


@rule(
    "no-optional-arg-in-index-eq",
    Category.CORRECTNESS,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    each=Omission,
    options=Options,
)
def check(found: Omission, options: Options) -> Findings:
    """Report an argument that may be left out, where a range of an index compares a field with it."""
    if found.by != "index" or (options.required and not found.needed):
        return
    finds = "nothing" if found.needed else f"the documents without `{found.field}`"
    message = f"`{found.argument.spelt}` may be left out, and then this finds {finds}"
    yield Finding(found, message, help="choose the query by whether the argument is there, or require it")
