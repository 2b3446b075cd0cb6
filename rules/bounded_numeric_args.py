r"""Require a bound on the number of documents that a client asks for.

Anyone can call a public function, with any number. `.take(args.limit)` reads as many documents as a client says: a
million of them make the call slow and dear, and fail at the limits of a transaction. What a page of the app sends says
nothing about what others do.

Bound the number: `Math.min(args.limit, 100)`. A number that the handler compares with another one, or gives to a
function, is left alone, and so are internal functions, and what `paginationOptsValidator` lets in: that is how Convex has
clients choose the size of a page, although it bounds that by the limits of a transaction alone. There is no fix where
the number is used for something else, too, as to say whether there is more.

Sources: <https://docs.convex.dev/production/state/limits>,
<https://docs.convex.dev/understanding/best-practices/#use-argument-validators-for-all-public-functions>

## Bad

```ts
export const list = query({
  args: { limit: v.optional(v.number()) },
  handler: async (ctx, args) => {
    return await ctx.db.query("messages").order("desc").take(args.limit ?? 50);
                                                             ~~~~~~~~~~~~~~~~ whoever calls the query `list` says how much it reads, by `limit`
  },
});
```

```ts fixed
export const list = query({
  args: { limit: v.optional(v.number()) },
  handler: async (ctx, args) => {
    return await ctx.db.query("messages").order("desc").take(Math.min(args.limit ?? 50, 100));
  },
});
```

## Good

```ts
export const list = query({
  args: { limit: v.optional(v.number()) },
  handler: async (ctx, args) => {
    return await ctx.db.query("messages").order("desc").take(Math.min(args.limit ?? 50, 100));
  },
});
```
"""

from convex_lint.api import Category, ChosenLimit, Finding, Findings, Fix, Preset, Safety, Severity, rule


@rule("bounded-numeric-args", Category.SECURITY, Severity.WARNING, preset=Preset.STRICT, each=ChosenLimit)
def check(limit: ChosenLimit) -> Findings:
    """Report a number of documents that comes from a public function's arguments without a bound."""
    argument = limit.argument
    if argument.exposed:
        message = f"whoever calls the {argument.kind} `{argument.name}` says how much it reads, by `{argument.spelt}`"
        edits = limit.bounded()
        fix = Fix(f"read at most {limit.most}", Safety.UNSAFE, edits) if edits else None
        help_ = f"bound it: `Math.min({argument.spelt}, 100)`"
        yield Finding(limit, message, help=help_, related=limit.related, fix=fix)
