r"""Disallow the name of an index that the table does not have.

`.withIndex()`, `.withSearchIndex()` and `ctx.vectorSearch()` take the index by its name. One that the schema does not
define for this table, one of another form and one that is still staged are errors when the query runs; a type checker
sees it only where nothing is `any`. Every table has `by_creation_time` and `by_id` without any definition.

Nothing is said where the tables or the indexes of the schema are not all seen.

Sources: <https://docs.convex.dev/database/reading-data/indexes/>,
<https://docs.convex.dev/search/text-search>, <https://docs.convex.dev/search/vector-search>

## Bad

```ts convex/schema.ts
export default defineSchema({
  users: defineTable({ email: v.string() }).index("by_email", ["email"]),
});
```

```ts convex/users.ts
export const byEmail = query({
  args: { email: v.string() },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("users")
      .withIndex("by_mail", (q) => q.eq("email", args.email))
                 ~~~~~~~~~ the table `users` has no index `by_mail`
      .unique();
  },
});
```

```ts fixed convex/users.ts
export const byEmail = query({
  args: { email: v.string() },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("users")
      .withIndex("by_email", (q) => q.eq("email", args.email))
      .unique();
  },
});
```

## Good

```ts
export const newest = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("users").withIndex("by_creation_time").order("desc").take(10),
});
```
"""

from convex_lint.api import (
    Category,
    Finding,
    Findings,
    Fix,
    IndexUse,
    Preset,
    Safety,
    Schema,
    Severity,
    meant,
    nearest,
    rule,
)

_KINDS = {"index": "index", "search": "search index", "vector": "vector index"}
_OTHERS = {"index": "an index", "search": "a search index", "vector": "a vector index"}
_USED_BY = {"index": ".withIndex()", "search": ".withSearchIndex()", "vector": "ctx.vectorSearch()"}


@rule("valid-index-name", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=IndexUse, given=Schema)
def check(use: IndexUse, schema: Schema) -> Findings:
    """Report a name that is surely not that of an index that the call can use."""
    if use.table is None or use.name is None or schema.table(use.module, use.table) is None:
        return
    table, name = use.table, use.name
    found = schema.index(use.module, table, name, use.form)
    if found is not None:
        if found.staged:
            message = f"the index `{name}` of `{table}` is staged, and cannot be used yet"
            yield Finding(use, message, help="deploy it without `staged: true` once it is filled")
        return
    other = next((form for form in _KINDS if schema.index(use.module, table, name, form) is not None), None)
    if other is not None:
        yield Finding(
            use,
            f"`{name}` of `{table}` is no {_KINDS[use.form]}, but {_OTHERS[other]}",
            help=f"use `{_USED_BY[other]}`",
        )
        return
    names = schema.index_names(use.module, table, use.form)
    near = nearest(name, names)
    known = ", ".join(f"`{each}`" for each in names)
    yield Finding(
        use,
        f"the table `{table}` has no {_KINDS[use.form]} `{name}`",
        help=f"use `{near}`" if near is not None else f"add it to the schema, or use one of {known}" if known else None,
        fix=_renamed(use, meant(name, names)),
    )


def _renamed(use: IndexUse, name: str | None) -> Fix | None:
    if use.written is None or name is None:
        return None
    quote = use.module.text(use.written)[0]
    return Fix(f"use `{name}`", Safety.UNSAFE, (use.module.replace(use.written, f"{quote}{name}{quote}"),))
