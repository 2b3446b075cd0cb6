r"""Disallow `any` for ctx, and for the database.

With `ctx: any`, the compiler lets everything through that is done with it: a table that is not there, an index with a
name of its own, a write in a query, a promise that nobody waits for. What comes out of it is `any`, too, and so it goes
on through the callers. `QueryCtx`, `MutationCtx` and `ActionCtx` of `_generated/server` say what there is. A helper that
queries and mutations call takes a `QueryCtx`: the ctx of a mutation has all that it has.

Reported is a parameter that is declared as `any` and surely receives ctx, or its database, where the function is
registered or called.

Sources: <https://docs.convex.dev/understanding/best-practices/typescript#type-annotating-server-side-helpers>

## Bad

```ts
async function latest(ctx: any) {
                           ~~~ ctx loses its type here
  return await ctx.db.query("messages").order("desc").first();
}

export const last = query({
  args: {},
  handler: async (ctx) => await latest(ctx),
});
```

## Good

```ts
async function latest(ctx: QueryCtx) {
  return await ctx.db.query("messages").order("desc").first();
}

export const last = query({
  args: {},
  handler: async (ctx) => await latest(ctx),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, Untyped, rule


@rule("no-ctx-any", Category.STYLE, Severity.WARNING, preset=Preset.STRICT, each=Untyped)
def check(untyped: Untyped) -> Findings:
    """Report each parameter that is ctx, or a database, and is declared as `any`."""
    if untyped.type is None:
        help_ = "declare it as what the builder of the function gives it"
    elif untyped.inferred:
        help_ = "leave the type out: it is known from where the function is written"
    else:
        help_ = f"declare it as `{untyped.type}`"
    yield Finding(untyped, f"{untyped.of} loses its type here", help=help_)
