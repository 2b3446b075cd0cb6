r"""Disallow running a query or a mutation for each item of an array in an action.

Each `ctx.runQuery` and `ctx.runMutation` of an action is a transaction of its own, and a way from the action to the database
and back. A loop of them is slow, its queries may not agree with each other, and when a round fails, the mutations before
it stay done. One query or mutation that is given the whole array, or some hundred items of it, does all that at once.

Reported are loops over arrays, and callbacks for each item of one, in which only functions of the app are run.
Nothing is said of a loop that a round may end (as one over pages does), that waits for something else in a round
(such as a request, or another action), that catches what fails in a round, that gives a batch of items to the
function, or that goes over a list which is written in the code; nor of functions of components.

Source: <https://docs.convex.dev/understanding/best-practices/#avoid-sequential-ctxrunmutation--ctxrunquery-calls-from-actions>

## Bad

```ts convex/users.ts
export const add = internalMutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => void (await ctx.db.insert("users", { name })),
});
export const load = action({
  args: { names: v.array(v.string()) },
  handler: async (ctx, { names }) => {
    for (const name of names) {
      await ctx.runMutation(internal.users.add, { name });
            ~~~~~~~~~~~~~~~ this runs `internal.users.add` for one item at a time, each in a transaction of its own
    }
  },
});
```

## Good

```ts convex/users.ts
export const addAll = internalMutation({
  args: { names: v.array(v.string()) },
  handler: async (ctx, { names }) => {
    for (const name of names) {
      await ctx.db.insert("users", { name });
    }
  },
});
export const load = action({
  args: { names: v.array(v.string()) },
  handler: async (ctx, { names }) => void (await ctx.runMutation(internal.users.addAll, { names })),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Precision, Preset, RunLoop, Severity, rule


@rule(
    "no-run-in-loop",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.STRICT,
    precision=Precision.LIKELY,
    each=RunLoop,
)
def check(loop: RunLoop) -> Findings:
    """Report the first function that each round of a loop in an action runs."""
    if loop.is_slow:
        first = loop.uses[0]
        message = f"this runs `{first.spelt}` for one item at a time, each in a transaction of its own"
        what = "query" if first.words == "ctx.runQuery" else "mutation"
        yield Finding(
            loop, message, help=f"give some hundred items at a time to one {what}, or all of them", related=loop.related
        )
