r"""Disallow writing fields that the table does not have, and documents without those that it needs.

Convex holds every document to the validator of its table in `schema.ts`: a write with a field that is not in it, without
one that may not be left out, or with a value of another type fails, and with it the whole mutation. `as any` and
`@ts-expect-error` hide that from the type checker. Setting a field to `undefined` in `patch` takes it away.

Nothing is said of a table whose fields are not all seen, nor where `schemaValidation` is off.

Sources: <https://docs.convex.dev/database/schemas>, <https://docs.convex.dev/database/writing-data>,
<https://github.com/get-convex/convex-backend/blob/main/crates/common/src/schemas/validator.rs>

## Bad

```ts convex/schema.ts
export default defineSchema({
  posts: defineTable({ title: v.string(), slug: v.string(), likes: v.optional(v.number()) }),
});
```

```ts convex/posts.ts
export const add = mutation({
  args: { id: v.id("posts"), title: v.string() },
  handler: async (ctx, { id, title }) => {
    await ctx.db.insert("posts", { titel: title, title, slug: "a" });
                                   ~~~~~ the table `posts` has no field `titel`
    await ctx.db.insert("posts", { title } as any);
                                 ~~~~~~~~~ a document of `posts` needs `slug`
    await ctx.db.patch("posts", id, { likes: "1" as any });
                                             ~~~ `likes` of `posts` must be a number
  },
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  posts: defineTable({ title: v.string(), slug: v.string(), likes: v.optional(v.number()) }),
});
```

```ts convex/posts.ts
export const add = mutation({
  args: { id: v.id("posts"), title: v.string() },
  handler: async (ctx, { id, title }) => {
    await ctx.db.insert("posts", { title, slug: "a", likes: 0 });
    await ctx.db.patch("posts", id, { likes: undefined });
  },
});
```
"""

from convex_lint.api import (
    Category,
    FieldUse,
    Finding,
    Findings,
    Fix,
    Misfit,
    Preset,
    Safety,
    Schema,
    Severity,
    rule,
)


@rule(
    "no-unknown-field",
    Category.CORRECTNESS,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=FieldUse,
    given=Schema,
)
def check(use: FieldUse, schema: Schema) -> Findings:
    """Report what surely does not fit of the fields that are written."""
    for one in use.misfits(schema):
        yield from _misfit(one, f"`{use.table}`")


def _misfit(one: Misfit, table: str) -> Findings:
    path, names = one.path, ", ".join(f"`{name}`" for name in one.names)
    match one.kind:
        case "unknown":
            help_ = f"use `{one.near}`" if one.near is not None else "add it to the schema, or leave it out"
            fix = Fix(help_, Safety.UNSAFE, (one.edit,)) if one.edit is not None else None
            yield Finding(one, f"the table {table} has no field `{path}`", help=help_, fix=fix)
        case "missing":
            of = f"`{path}` of {table}" if path else f"a document of {table}"
            yield Finding(one, f"{of} needs {names}", help="give it, or make it optional in the schema")
        case _:
            what = (
                f"`{path}` of {table} must be {one.wanted}" if path else f"a document of {table} must be {one.wanted}"
            )
            yield Finding(one, what)
