"""Require `db.get`, `db.patch`, `db.replace` and `db.delete` to name the table.

Since version 1.31 of `convex`, these take the table before the id. It says what is read or written to everyone who
reads the code; an id of another table, which a client may send where its validator is `v.string()`, makes the call
fail instead of reaching a document that nobody meant; and Convex says that ids can be custom one day only where the
table is named.

The fix names the table that the id surely is of: it was validated by `v.id("users")`, typed as `Id<"users">`, read
from a document, or given by the database. Where an id may be of several tables, or where nothing proves of which it
is, there is no fix; and it is not a safe one with versions of `convex-helpers` before 0.1.108, whose triggers and
row-level security do not take a table, nor where a test of the project runs the code with a database of its own
making, whose `get` takes an id alone. Calls on what is not surely a database, such as a `Map`, are left alone, those
of a method for which the code has a type of its own, and all code with an older version of `convex`, or one that is
not known.

Like the rule of this name in `@convex-dev/eslint-plugin`, which needs types for its fix. Sources:
<https://docs.convex.dev/understanding/best-practices/>, <https://docs.convex.dev/eslint>,
<https://news.convex.dev/db-table-name/>

## Bad

```ts
export const rename = mutation({
  args: { user: v.id("users"), name: v.string() },
  handler: async (ctx, args) => {
    const user = await ctx.db.get(args.user);
                              ~~~ `db.get` does not name the table `users`
    if (user !== null) await ctx.db.patch(user._id, { name: args.name });
                                    ~~~~~ `db.patch` does not name the table `users`
  },
});
```

```ts fixed
export const rename = mutation({
  args: { user: v.id("users"), name: v.string() },
  handler: async (ctx, args) => {
    const user = await ctx.db.get("users", args.user);
    if (user !== null) await ctx.db.patch("users", user._id, { name: args.name });
  },
});
```

## Good

```ts
export const rename = mutation({
  args: { user: v.id("users"), name: v.string() },
  handler: async (ctx, args) => {
    await ctx.db.patch("users", args.user, { name: args.name });
  },
});
```
"""

from convex_lint.api import ById, Category, Finding, Findings, Fix, Preset, Severity, rule


@rule("explicit-table-ids", Category.STYLE, Severity.WARNING, preset=Preset.RECOMMENDED, each=ById, since=(1, 31))
def check(call: ById) -> Findings:
    """Report a call without a table."""
    if call.explicit or call.is_otherwise:
        return
    table = call.table
    message, help_, fix = f"`db.{call.method}` does not name the table", "put the name of the table before the id", None
    if table is not None:
        message, help_ = f"{message} `{table}`", f"put `{call.module.quoted(table)}` before the id"
        edits = call.naming(table)
        fix = Fix(f"name the table `{table}`", call.safety, edits) if edits else None
    yield Finding(call, message, help=help_, fix=fix)
