r"""Disallow tables that no code names.

A table that nothing reads, writes or refers to is left over: it costs its storage, its indexes are kept up to date by
nobody, and whoever reads the schema believes that it matters. Remove it, and its documents in the dashboard.

Reported is a table of the schema whose name no other code of the project has in a string, as a key or as a member, another
table's `v.id(…)` and tests included. A table that is used from outside only (the dashboard, an export, another service)
looks just the same, and so this rule is opt-in. Tables of ents and of packages are left alone, and those of a schema that
is given to a package, such as `@convex-dev/better-auth`.

Source: <https://docs.convex.dev/database/schemas>

## Bad

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ body: v.string() }),
  drafts: defineTable({ body: v.string() }),
          ~~~~~~~~~~~ nothing uses the table `drafts`
});
```

```ts convex/messages.ts
export const list = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("messages").take(50),
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ body: v.string() }),
});
```

```ts convex/messages.ts
export const list = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("messages").take(50),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Precision, Preset, Severity, Table, rule


@rule(
    "no-unused-table",
    Category.MAINTENANCE,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    precision=Precision.LIKELY,
    each=Table,
)
def check(table: Table) -> Findings:
    """Report a table that no code names."""
    if not table.is_named:
        yield Finding(table, f"nothing uses the table `{table.name}`", help="remove it from the schema")
