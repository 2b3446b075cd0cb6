r"""Require a schema where functions use the database.

Without a schema every document may be anything: `ctx.db` gives `any`, a field that is misspelt is stored, a table that is
misspelt is made, and there are no indexes but the built-in ones. `npx convex` and the dashboard can generate a first
schema from the documents that are there.

A project may well begin without one, and so this rule is opt-in. It reports one place for a functions folder.

Source: <https://docs.convex.dev/database/schemas>

## Bad

```ts convex/messages.ts
export const list = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("messages").take(50),
                                ~~~~~~~~~~~~ the database is used, and there is no schema
});
```

## Good

```ts convex/schema.ts
export default defineSchema({ messages: defineTable({ body: v.string() }) });
```

```ts convex/messages.ts
export const list = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("messages").take(50),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Schemaless, Severity, rule


@rule("require-schema", Category.SCHEMA, Severity.WARNING, preset=Preset.OPT_IN, each=Schemaless)
def check(use: Schemaless) -> Findings:
    """Report the first use of the database in a functions folder without a schema."""
    help_ = "add `schema.ts` with `export default defineSchema({ … })`"
    yield Finding(use, "the database is used, and there is no schema", help=help_)
