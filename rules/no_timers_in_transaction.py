r"""Disallow timers in queries and mutations.

Convex refuses `setTimeout` and `setInterval` in queries and mutations, which are transactions of at most a second: the
function fails. Schedule a function instead, which also survives a restart.

A helper counts when a query or a mutation reaches it, through whatever functions, and surely comes by the call: what
stands behind a condition there may be for actions only.

Sources: <https://docs.convex.dev/functions/runtimes>, <https://docs.convex.dev/scheduling/scheduled-functions>

## Bad

```ts
export const retry = mutation({
  args: { id: v.id("jobs") },
  handler: async (ctx, args) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
                                   ~~~~~~~~~~ a mutation cannot call `setTimeout`
    await ctx.db.patch("jobs", args.id, { state: "waiting" });
  },
});
```

## Good

```ts
export const retry = mutation({
  args: { id: v.id("jobs") },
  handler: async (ctx, args) => {
    await ctx.scheduler.runAfter(1000, internal.jobs.start, { id: args.id });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, HostCall, Preset, Reach, Severity, rule


@rule(
    "no-timers-in-transaction",
    Category.RUNTIME,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=HostCall,
    given=Reach,
)
def check(call: HostCall, reach: Reach) -> Findings:
    """Report a call once, with the function that comes to it on the shortest way."""
    for first in reach.transactions(call)[:1] if call.what == "timer" else ():
        help_ = "schedule a function for later with `ctx.scheduler.runAfter`"
        at_most = Severity.WARNING if len(first.calls) > 1 else None
        yield Finding(call, call.refused(first), help=help_, related=first.related, at_most=at_most)
