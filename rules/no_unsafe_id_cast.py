r"""Disallow taking a string that a client sends for the id of a document.

`args.user as Id<"users">` says to the type checker that the string is an id, and checks nothing. Where the string is no
id, or the id of a document of another table, `ctx.db.get(id)` fails with an error of the server, or gives a document
that nobody meant, and what writes the string as a reference fails or writes a wrong one. `v.id("users")` refuses such a
call before the handler runs, and makes the cast needless.

Reported is an argument with the validator `v.string()` that is cast to an id of a table of the schema, or given to a
method of the database together with the name of the table. A string that is given to `ctx.db.normalizeId()`, compared
with one that is known (`"me"`), or looked into (`user.startsWith("user_")`), is left alone, and so are the functions of components, to which the ids of other
components are strings. Ids of files are the matter of `require-storage-id-validator`. The fix changes what callers may send, so it is not a safe one.

Sources: <https://docs.convex.dev/database/document-ids>, <https://docs.convex.dev/functions/validation>

## Bad

```ts convex/schema.ts
export default defineSchema({ users: defineTable({ name: v.string() }) });
```

```ts convex/users.ts
export const rename = mutation({
  args: { user: v.string(), name: v.string() },
                ~~~~~~~~~~ `user` is taken for an id of `users`, and may be any string
  handler: async (ctx, args) => {
    await ctx.db.patch(args.user as Id<"users">, { name: args.name });
  },
});
```

```ts convex/users.ts fixed
export const rename = mutation({
  args: { user: v.id("users"), name: v.string() },
  handler: async (ctx, args) => {
    await ctx.db.patch(args.user as Id<"users">, { name: args.name });
  },
});
```

## Good

```ts convex/schema.ts
export default defineSchema({ users: defineTable({ name: v.string() }) });
```

```ts convex/users.ts
export const rename = mutation({
  args: { user: v.id("users"), name: v.string() },
  handler: async (ctx, args) => {
    await ctx.db.patch("users", args.user, { name: args.name });
  },
});
```
"""

from convex_lint.api import Argument, Category, Finding, Findings, Fix, Preset, Related, Safety, Severity, rule


@rule("no-unsafe-id-cast", Category.SECURITY, Severity.WARNING, preset=Preset.RECOMMENDED, each=Argument)
def check(argument: Argument) -> Findings:
    """Report an argument that is validated as a string and used as an id."""
    found = argument.used_as_id
    if found is None or found.table == "_storage":
        return
    validator = f'v.id("{found.table}")'
    fix = Fix(f"validate it with `{validator}`", Safety.UNSAFE, (found.edit,)) if found.edit is not None else None
    yield Finding(
        argument,
        f"`{argument.path}` is taken for an id of `{found.table}`, and may be any string",
        help=f"validate it with `{validator}`",
        fix=fix,
        related=(Related(found.place, "it is taken for an id here"),),
    )
