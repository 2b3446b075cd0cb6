r"""Disallow the network in queries and mutations.

Queries and mutations run inside the database, as transactions that may be run again: Convex refuses `fetch` there, and the
function fails. Schedule an action from the mutation, which calls out once the transaction has been written.

A helper counts when a query or a mutation reaches it, through whatever functions, and surely comes by the call: what
stands behind a condition there may be for actions only.

Sources: <https://docs.convex.dev/functions/runtimes>, <https://docs.convex.dev/functions/actions>

## Bad

```ts
export const invite = mutation({
  args: { email: v.string() },
  handler: async (ctx, args) => {
    await ctx.db.insert("invites", { email: args.email });
    await fetch("https://mail.example/send", { method: "POST", body: args.email });
          ~~~~~ a mutation cannot call `fetch`
  },
});
```

## Good

```ts
export const invite = mutation({
  args: { email: v.string() },
  handler: async (ctx, args) => {
    await ctx.db.insert("invites", { email: args.email });
    await ctx.scheduler.runAfter(0, internal.mail.send, { email: args.email });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, HostCall, Preset, Reach, Severity, rule


@rule(
    "no-network-in-transaction",
    Category.RUNTIME,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=HostCall,
    given=Reach,
)
def check(call: HostCall, reach: Reach) -> Findings:
    """Report a call once, with the function that comes to it on the shortest way."""
    for first in reach.transactions(call)[:1] if call.what == "network" else ():
        help_ = "call it in an action, which a mutation can schedule"
        at_most = Severity.WARNING if len(first.calls) > 1 else None
        yield Finding(call, call.refused(first), help=help_, related=first.related, at_most=at_most)
