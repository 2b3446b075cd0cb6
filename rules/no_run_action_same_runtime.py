r"""Disallow `ctx.runAction` for an action that runs in the same runtime.

`ctx.runAction` calls a function anew: it is billed as one, with memory and time of its own, while the action that calls it
waits and pays for that, too. A plain function that both of them call does the same for nothing. It is worth its price only
where the other action runs in the other runtime, that is where one of the two modules has `"use node"` and the other
has not.

Reported is a call of which all deployed functions that come to it run in the runtime of the action. Nothing is said of
actions of components, and of references that are not seen.

Source: <https://docs.convex.dev/understanding/best-practices/#use-runaction-only-when-using-a-different-runtime>

## Bad

```ts convex/scrape.ts
export const page = internalAction({
  args: { url: v.string() },
  handler: async (ctx, { url }) => await (await fetch(url)).text(),
});
export const site = action({
  args: { url: v.string() },
  handler: async (ctx, { url }) => {
    return await ctx.runAction(internal.scrape.page, { url });
                 ~~~~~~~~~~~~~ `internal.scrape.page` runs in this runtime anyway, and is paid for as a second function while this one waits
  },
});
```

## Good

```ts convex/scrape.ts
async function page(url: string) {
  return await (await fetch(url)).text();
}
export const site = action({
  args: { url: v.string() },
  handler: async (ctx, { url }) => await page(url),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, ReferenceUse, Severity, rule


@rule(
    "no-run-action-same-runtime",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=ReferenceUse,
)
def check(use: ReferenceUse) -> Findings:
    """Report an action that another one of the same runtime runs by its reference."""
    if use.words == "ctx.runAction" and use.kinds == {"action"} and use.stays:
        message = (
            f"`{use.spelt}` runs in this runtime anyway, and is paid for as a second function while this one waits"
        )
        help_ = "call a plain function that both of them share"
        yield Finding(use.module.at(use.call.callee), message, help=help_, related=use.handed)
