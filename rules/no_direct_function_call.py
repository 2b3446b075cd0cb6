r"""Disallow calling a registered function as if it were a plain one.

What `query`, `mutation` and their like give is there to be deployed, not to be called. A call of it runs the handler at
once, in the context of whoever calls: nothing checks the arguments against their validator, nor the result, and what a
custom builder adds to the context or makes sure of is not done. The types do not allow it, and Convex 1.48 prints a
warning each time, but the handler runs.

Put what both need into a plain function that takes `ctx`, and call that; or run the function by its reference.

Sources: <https://docs.convex.dev/understanding/best-practices/#use-helper-functions-to-write-shared-code>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/impl/registration_impl.ts>

## Bad

```ts convex/users.ts
export const get = query({
  args: { id: v.id("users") },
  handler: async (ctx, args) => await ctx.db.get("users", args.id),
});
export const rename = mutation({
  args: { id: v.id("users"), name: v.string() },
  handler: async (ctx, args) => {
    const user = await get(ctx as any, { id: args.id });
                       ~~~ `get` is a registered query, and is called like a plain function
    if (user) await ctx.db.patch("users", args.id, { name: args.name });
  },
});
```

## Good

```ts convex/users.ts
const getUser = async (ctx: QueryCtx, id: Id<"users">) => await ctx.db.get("users", id);

export const get = query({
  args: { id: v.id("users") },
  handler: async (ctx, args) => await getUser(ctx, args.id),
});
export const rename = mutation({
  args: { id: v.id("users"), name: v.string() },
  handler: async (ctx, args) => {
    const user = await getUser(ctx, args.id);
    if (user) await ctx.db.patch("users", args.id, { name: args.name });
  },
});
```
"""

from convex_lint.api import Category, DirectCall, Finding, Findings, Preset, Severity, rule

KINDS = {"httpAction": "HTTP action"}


@rule(
    "no-direct-function-call",
    Category.CORRECTNESS,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=DirectCall,
)
def check(call: DirectCall) -> Findings:
    """Report a call of a registered function."""
    yield Finding(
        call,
        f"{call.words} is a registered {KINDS.get(call.kind, call.kind)}, and is called like a plain function",
        help="put what it does into a function that takes `ctx`, and call that in both places",
    )
