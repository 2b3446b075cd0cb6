r"""Disallow running two queries, or two mutations, one right after the other in an action.

Each `ctx.runQuery` and `ctx.runMutation` of an action is a transaction of its own. Between two queries the data may change,
so that what they give need not fit together, nor what a mutation finds out with what the next one does; when the second of
two mutations fails, what the first one wrote stays. One query or mutation that does both is consistent, and saves a way to
the database and back.

Reported are two functions of the app of one kind with nothing between them that is waited for, such as a request. Nothing is
said of a query and the mutation that follows it, of two that never run in the same run, of functions of components,
and where a `try` is ready for only one of them to fail.

Source: <https://docs.convex.dev/understanding/best-practices/#avoid-sequential-ctxrunmutation--ctxrunquery-calls-from-actions>

## Bad

```ts convex/teams.ts
export const get = internalQuery({ args: {}, handler: async (ctx) => await ctx.db.query("teams").first() });
export const owner = internalQuery({ args: {}, handler: async (ctx) => await ctx.db.query("users").first() });
export const report = action({
  args: {},
  handler: async (ctx) => {
    const team = await ctx.runQuery(internal.teams.get, {});
    const user = await ctx.runQuery(internal.teams.owner, {});
                       ~~~~~~~~~~~~ `internal.teams.get` and `internal.teams.owner` run in a transaction each, and may not see the same data
    return [team, user];
  },
});
```

## Good

```ts convex/teams.ts
export const withOwner = internalQuery({
  args: {},
  handler: async (ctx) => [await ctx.db.query("teams").first(), await ctx.db.query("users").first()],
});
export const report = action({
  args: {},
  handler: async (ctx) => await ctx.runQuery(internal.teams.withOwner, {}),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Precision, Preset, RunSeries, Severity, rule


@rule(
    "no-sequential-run",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.STRICT,
    precision=Precision.LIKELY,
    each=RunSeries,
)
def check(series: RunSeries) -> Findings:
    """Report the second of some functions that one function could be."""
    first, second = (use.spelt for use in series.uses[:2])
    which = f"`{first}` and `{second}` run" if first != second else f"two calls of `{first}` run"
    lost = "when the second one fails, the first one stays done" if series.leaves else "may not see the same data"
    message = f"{which} in a transaction each, and {lost}"
    help_ = f"run one {'mutation' if series.writes else 'query'} that does both"
    yield Finding(series, message, help=help_, related=series.related)
