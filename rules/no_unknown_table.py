r"""Disallow tables that the schema does not have.

Convex does not stop a query, an insert or an id that names a table which is not in the schema: the query finds nothing,
the document goes to a table that no schema watches over, and a validator `v.id("…")` lets no id in. TypeScript rejects
some of that, where types are not lost. Convex's own tables, such as `_storage`, are read with `ctx.db.system` alone, and
the others never; ids may be of any of them.

Nothing is reported where the schema is not understood as a whole (tables of unknown packages), where it says
`strictTableNameTypes: false`, and in tests and modules that have a schema of their own.

Sources: <https://docs.convex.dev/database/schemas>, <https://docs.convex.dev/database/advanced/system-tables>

## Bad

```ts convex/schema.ts
export default defineSchema({
  tasks: defineTable({ owner: v.id("user"), text: v.string() }),
                                   ~~~~~~ the schema has no table `user`
  users: defineTable({ name: v.string() }),
});
```

```ts convex/tasks.ts
export const list = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("task").take(50),
                                             ~~~~~~ the schema has no table `task`
});
```

```ts fixed convex/schema.ts
export default defineSchema({
  tasks: defineTable({ owner: v.id("users"), text: v.string() }),
  users: defineTable({ name: v.string() }),
});
```

```ts fixed convex/tasks.ts
export const list = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("tasks").take(50),
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  tasks: defineTable({ image: v.id("_storage"), text: v.string() }),
});
```

```ts convex/tasks.ts
export const list = query({
  args: { image: v.id("_storage") },
  handler: async (ctx, args) => {
    const image = await ctx.db.system.get("_storage", args.image);
    return { image, tasks: await ctx.db.query("tasks").take(50) };
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Safety, Severity, TableUse, meant, nearest, rule


@rule("no-unknown-table", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=TableUse)
def check(use: TableUse) -> Findings:
    """Report a table that is not there, and one that is asked of the wrong database."""
    if use.system is not None and use.system is not use.is_private:
        what, where = ("a", "ctx.db.system") if use.is_private else ("not a", "ctx.db")
        yield Finding(use, f"`{use.name}` is {what} table of Convex's own", help=f"read it with `{where}`")
    elif use.exists and not use.is_name:
        yield Finding(use, f"no table can have the name `{use.name}`", help="use letters, digits and underscores")
    elif not use.exists and use.owner is None:
        near = nearest(use.name, use.tables)
        sure = meant(use.name, use.tables)
        edit = use.renamed(sure) if sure is not None else None
        yield Finding(
            use,
            f"the schema has no table `{use.name}`",
            help=f"use `{near}`" if near is not None else "name a table of the schema, or add this one to it",
            fix=Fix(f"use `{sure}`", Safety.UNSAFE, (edit,)) if edit is not None else None,
            at_most=Severity.WARNING if use.is_given_away else None,
        )
