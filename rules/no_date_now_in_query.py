r"""Disallow reading the clock inside a query.

Convex caches the result of a query and runs it again when the data that it read changes. A query that reads the clock
is cached only for a moment, so it costs a run per caller; and as time passing is no change of data, what it returned
stays on the screen although it is out of date. It does not matter how deep the clock is read: a helper in another file
makes every query that calls it uncacheable.

Take the time as an argument, rounded by the client so that callers share a cache entry, or let a cron job or a
scheduled function store what depends on time (`isReleased`) in the document. Where the time decides who gets in, as it
does with a link that expires, only the second will do: who calls may send any time.

The clock is read by `Date.now()`, `new Date()` and `Date()` without arguments, `performance.now()`, and by functions of
date packages such as `isPast()` and `dayjs()`. `new Date(at)` is fine, and so are mutations and actions. Where a
parameter stands in for the clock, `now = Date.now()` or `now ?? Date.now()`, only calls that leave it out count. A
helper that several queries reach is reported once, where the clock is read. `ctx.meta.getSnapshotTs()` shortens the
life of a cached result in the same way, but is the bound that reading in the order of commits needs.

Sources: <https://docs.convex.dev/understanding/best-practices/#date-in-queries>,
<https://docs.convex.dev/functions/runtimes#using-randomness-and-time-in-queries-and-mutations>; how long a result that
has seen the time is kept is in `crates/application/src/cache/mod.rs` of get-convex/convex-backend (94a42c3)

## Bad

```ts
export const recent = query({
  args: {},
  handler: async (ctx) => {
    const since = Date.now() - 86_400_000;
                  ~~~~~~~~~~ a query must not read the clock with `Date.now()`
    return await ctx.db
      .query("messages")
      .withIndex("by_creation_time", (q) => q.gt("_creationTime", since))
      .take(50);
  },
});
```

```ts convex/model/plans.ts
export function isActive(plan: { endsAt: number }) {
  return plan.endsAt > Date.now();
                       ~~~~~~~~~~ the query `plans.list` reads the clock here with `Date.now()`
}
```

```ts convex/plans.ts
import { query } from "./_generated/server";
import { isActive } from "./model/plans";

export const list = query({
  args: {},
  handler: async (ctx) => {
    const plans = await ctx.db.query("plans").take(100);
    return plans.filter((plan) => isActive(plan));
  },
});
```

## Good

```ts
export const recent = query({
  args: { since: v.number() },
  handler: async (ctx, { since }) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_creation_time", (q) => q.gt("_creationTime", since))
      .take(50);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Function, Preset, Reach, Severity, Way, rule

HELP = "take the time as an argument, or store what depends on it"


@rule(
    "no-date-now-in-query",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=Function,
    given=Reach,
)
def check(function: Function, reach: Reach) -> Findings:
    """Report each read of the clock once, with the number of queries that reach it and the shortest way."""
    for read in function.clock_reads:
        ways = reach.queries(function, read.guard)
        if ways:
            yield Finding(read, _message(read.words, ways), help=HELP, related=ways[0].related)


def _message(words: str, ways: list[Way]) -> str:
    first = ways[0]
    if not first.calls:
        return f"a query must not read the clock with `{words}`"
    if len(ways) > 1:
        return f"{len(ways)} queries, `{first.name}` among them, read the clock here with `{words}`"
    return f"the query `{first.name}` reads the clock here with `{words}`"
