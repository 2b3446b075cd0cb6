r"""Disallow `ctx.runQuery` and `ctx.runMutation` in queries and mutations, where a plain function does.

A query or a mutation can call any helper with its ctx. `ctx.runQuery` and `ctx.runMutation` there validate the arguments
anew and run the function in a context of its own, which costs time, and it counts against the limits of the same
transaction.

They are right where the function belongs to a component, where the call stands in a `try` (what a mutation that throws
has written is taken back alone), where the call sets limits of its own, where a function runs itself, and where both the
function and what else is run may read a page: one run of a function may `.paginate()` once. Nothing is said then, nor in
components.

Sources: <https://docs.convex.dev/understanding/best-practices/#use-runmutation-and-runquery-sparingly>,
<https://docs.convex.dev/database/pagination>

## Bad

```ts convex/users.ts
export const count = internalQuery({ args: {}, handler: async (ctx) => (await ctx.db.query("users").take(100)).length });
export const add = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    const number = await ctx.runQuery(internal.users.count, {});
                         ~~~~~~~~~~~~ a mutation runs `internal.users.count` as a function of its own, which is slower than a helper
    await ctx.db.insert("users", { name, number });
  },
});
```

## Good

```ts convex/users.ts
async function count(ctx: QueryCtx) {
  return (await ctx.db.query("users").take(100)).length;
}
export const add = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    await ctx.db.insert("users", { name, number: await count(ctx) });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Precision, Preset, ReferenceUse, Severity, rule


@rule(
    "no-run-in-transaction",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    precision=Precision.LIKELY,
    each=ReferenceUse,
)
def check(use: ReferenceUse) -> Findings:
    """Report a function of the app that a query or a mutation runs by its reference."""
    if use.by != "run" or use.target is None or use.module.in_component or use.limited or use.tried:
        return
    kinds = use.kinds
    if kinds and kinds <= {"query", "mutation"} and not use.stands_alone:
        kind = " or ".join(sorted(kinds))
        message = f"a {kind} runs `{use.spelt}` as a function of its own, which is slower than a helper"
        help_ = "call a helper with `ctx` that both of them share"
        yield Finding(use.module.at(use.call.callee), message, help=help_, related=use.handed)
