r"""Disallow `.collect()` on a query, whatever it reads.

This is the rule of that name in `@convex-dev/eslint-plugin`, for a project that wants every query to say how many
documents it reads. Most calls that it reports are bounded by a range of an index and do no harm: `no-unbounded-collect`
reports the others.

Sources: <https://docs.convex.dev/understanding/best-practices/#only-use-collect-with-a-small-number-of-results>,
<https://docs.convex.dev/eslint>

## Bad

```ts
export const list = query({
  args: { channel: v.id("channels") },
  handler: async (ctx, { channel }) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", channel))
      .collect();
       ~~~~~~~ `collect` reads all documents that the query finds
  },
});
```

## Good

```ts
export const list = query({
  args: { channel: v.id("channels") },
  handler: async (ctx, { channel }) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", channel))
      .take(100);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, QueryChain, Severity, rule


@rule("no-collect-in-query", Category.PERFORMANCE, Severity.WARNING, preset=Preset.OPT_IN, each=QueryChain)
def check(chain: QueryChain) -> Findings:
    """Report each `collect` of what surely is a query."""
    step = chain.steps[-1]
    if step.name == "collect" and step.before is not None:
        help_ = "use `.take(n)`, `.first()` or `.paginate()`"
        yield Finding(step, "`collect` reads all documents that the query finds", help=help_)
