r"""Disallow running or scheduling an action for each item of an array.

Each action that is run with `ctx.runAction`, or scheduled to run at once, is a function call that is paid for. A loop
over an array of any length starts as many of them, at once where they are not waited for: they use up how many
actions may run at the same time, run into the limits of the service that they call, and a mutation may schedule only
1,000 functions. An action that is given all items, or some of them at a time, does with one call what a plain
function can do in a loop; a workpool runs only so many actions at once.

Starting many actions can well be what is wanted, so that this rule is only there for those who ask for it. Nothing is
said of a list which is written in the code, cut to a size, or refused where it is too long, nor of actions that are
scheduled for later, one after the other for example; `no-run-action-same-runtime` speaks of what is run for nothing.

Sources: <https://docs.convex.dev/production/state/limits>, <https://www.convex.dev/components/workpool>

## Bad

```ts convex/mail.ts
export const send = internalAction({ args: { to: v.string() }, handler: async () => null });
export const sendAll = mutation({
  args: { to: v.array(v.string()) },
  handler: async (ctx, args) => {
    for (const to of args.to) {
      await ctx.scheduler.runAfter(0, internal.mail.send, { to });
            ~~~~~~~~~~~~~~~~~~~~~~ this starts the action `internal.mail.send` for each item, however many there are
    }
  },
});
```

## Good

```ts convex/mail.ts
export const sendAll = internalAction({ args: { to: v.array(v.string()) }, handler: async () => null });
export const invite = mutation({
  args: { to: v.array(v.string()) },
  handler: async (ctx, { to }) => {
    await ctx.scheduler.runAfter(0, internal.mail.sendAll, { to });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, RunLoop, Severity, rule


@rule(
    "no-run-action-in-loop",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    each=RunLoop,
)
def check(loop: RunLoop) -> Findings:
    """Report each action that is run or scheduled in every round of a loop."""
    for use in loop.uses:
        is_action = use.target is not None and use.target.kind == "action" and loop.starts_together(use)
        if is_action and loop.is_long and not (loop.is_cut or use.takes_many) and not (use.by == "run" and use.stays):
            message = f"this starts the action `{use.spelt}` for each item, however many there are"
            help_ = "give all items to one action, or use a workpool"
            yield Finding(use.module.at(use.call.callee), message, help=help_)
