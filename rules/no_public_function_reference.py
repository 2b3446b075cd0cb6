r"""Disallow `api.` references where the server calls its own functions.

A function that only the server calls should be internal: a public one can be called by anyone on the internet, with
any arguments, at any time, whatever the code that schedules it had checked before. Scheduling and cron jobs always
mean an internal function, so a reference through `api` there is an error; `ctx.runQuery`, `ctx.runMutation` and
`ctx.runAction` sometimes share a function with the client, and so do workflows, workpools and their like, so it is a
warning.

Components are left alone: their `api` is seen by their parent only.

Sources: <https://docs.convex.dev/understanding/best-practices/#only-schedule-and-ctxrun-internal-functions>,
<https://docs.convex.dev/functions/internal-functions>

## Bad

```ts
export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, args) => {
    const id = await ctx.db.insert("messages", { body: args.body });
    await ctx.scheduler.runAfter(0, api.push.notify, { id });
                                    ~~~~~~~~~~~~~~~ `api.push.notify` is public, and `ctx.scheduler.runAfter` needs only an internal function
  },
});
```

## Good

```ts
export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, args) => {
    const id = await ctx.db.insert("messages", { body: args.body });
    await ctx.scheduler.runAfter(0, internal.push.notify, { id });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, ReferenceUse, Safety, Severity, rule

TWIN = "make it internal, or give the server an internal function of its own beside it"


@rule(
    "no-public-function-reference",
    Category.SECURITY,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=ReferenceUse,
)
def check(use: ReferenceUse) -> Findings:
    """Report a reference through `api` that the server itself calls, schedules or registers."""
    if use.reference.root != "api" or use.is_public or use.module.in_component:
        return
    target = use.target
    internal = target is not None and target.internal
    edits = use.through("internal") if internal else ()
    what = "means an internal function" if internal else f"is public, and {_taker(use)} needs only an internal function"
    yield Finding(
        use,
        f"`{use.spelt}` {what}",
        help=TWIN if not internal else "refer to it through `internal`",
        fix=Fix("refer to it through `internal`", Safety.UNSAFE, edits) if edits else None,
        at_most=Severity.WARNING if use.by in {"run", "package"} else None,
    )


def _taker(use: ReferenceUse) -> str:
    return use.words if use.by == "cron" else f"`{use.words}`"
