r"""Disallow making keys in queries and mutations.

Queries and mutations are deterministic: what is random there comes from a seed, and Convex refuses to make keys of it with
`crypto.subtle.generateKey`. Digests, signatures and `crypto.randomUUID` work.

A helper counts when a query or a mutation reaches it, through whatever functions, and surely comes by the call: what
stands behind a condition there may be for actions only.

Sources: <https://docs.convex.dev/functions/runtimes>, <https://github.com/get-convex/convex-backend/blob/main/crates/isolate/src/ops/mod.rs>

## Bad

```ts
export const rotate = mutation({
  args: {},
  handler: async (ctx) => {
    const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, true, ["sign"]);
                      ~~~~~~~~~~~~~~~~~~~~~~~~~ a mutation cannot call `crypto.subtle.generateKey`
    await ctx.db.insert("keys", { key: await crypto.subtle.exportKey("raw", key) });
  },
});
```

## Good

```ts
export const rotate = action({
  args: {},
  handler: async (ctx) => {
    const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, true, ["sign"]);
    await ctx.runMutation(internal.keys.store, { key: await crypto.subtle.exportKey("raw", key) });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, HostCall, Preset, Reach, Severity, rule


@rule(
    "no-unsupported-crypto-in-transaction",
    Category.RUNTIME,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=HostCall,
    given=Reach,
)
def check(call: HostCall, reach: Reach) -> Findings:
    """Report a call once, with the function that comes to it on the shortest way."""
    for first in reach.transactions(call)[:1] if call.what == "crypto" else ():
        help_ = "make the key in an action"
        at_most = Severity.WARNING if len(first.calls) > 1 else None
        yield Finding(call, call.refused(first), help=help_, related=first.related, at_most=at_most)
