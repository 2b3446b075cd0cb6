r"""Disallow random numbers in queries.

Convex seeds what is random in a query, and caches the result: all callers get the same "random" order or choice (each
their own, where the query asks who calls), until the data changes that the query reads, and then another one, in the
middle of a list that somebody is looking at. Where
chance is meant, a query gives less of it than it seems to.

Take a seed as an argument, choose in the client, or store the choice with a mutation, where random numbers are fine.
They are drawn by `Math.random()`, `crypto.randomUUID()` and `crypto.getRandomValues()`, and by functions of packages such
as `nanoid()`. A helper that several queries reach is reported once, where it draws; where a parameter stands in for
what is drawn, `seed ?? Math.random()`, only calls that leave it out count. Some do want a choice that all share, so the
rule has to be asked for.

Source: <https://docs.convex.dev/functions/runtimes#using-randomness-and-time-in-queries-and-mutations>

## Bad

```ts
export const tip = query({
  args: {},
  handler: async (ctx) => {
    const tips = await ctx.db.query("tips").take(100);
    return tips[Math.floor(Math.random() * tips.length)];
                           ~~~~~~~~~~~~~ what `Math.random()` gives in a query is cached
  },
});
```

## Good

```ts
export const tip = query({
  args: { seed: v.number() },
  handler: async (ctx, { seed }) => {
    const tips = await ctx.db.query("tips").take(100);
    return tips[Math.floor(seed * tips.length)];
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Function, Preset, Reach, Severity, rule


@rule("no-random-in-query", Category.CORRECTNESS, Severity.WARNING, preset=Preset.OPT_IN, each=Function, given=Reach)
def check(function: Function, reach: Reach) -> Findings:
    """Report each call that draws a random number once, with the shortest way from a query."""
    for draw in function.random_draws:
        for first in reach.queries(function, draw.guard)[:1]:
            comes = f", and the query `{first.name}` comes here" if first.calls else ""
            message = f"what `{draw.words}` gives in a query is cached{comes}"
            yield Finding(
                draw, message, help="take a seed as an argument, or choose in the client", related=first.related
            )
