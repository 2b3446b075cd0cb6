r"""Require times that a function can be scheduled at.

`ctx.scheduler.runAfter` takes a delay in milliseconds, and throws for one that is negative or not finite.
`ctx.scheduler.runAt` takes a time in milliseconds since 1970, or a `Date`. Both throw for a time that is more than five
years away, which mostly is one taken for the other: `runAfter(Date.now() + 1000, …)` means the year 2080, and
`runAt(60_000, …)` the first minute of 1970.

Only what can be added up from constants and the present time is looked at; the difference of two times is a delay.

Sources: <https://docs.convex.dev/scheduling/scheduled-functions>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/impl/scheduler_impl.ts>,
<https://github.com/get-convex/convex-backend/blob/main/crates/udf/src/validation.rs>

## Bad

```ts
export const remind = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(Date.now() + 60_000, internal.mail.remind, {});
                                 ~~~~~~~~~~~~~~~~~~~ this is a time, and `ctx.scheduler.runAfter` takes a delay
    await ctx.scheduler.runAt(60_000, internal.mail.remind, {});
                              ~~~~~~ this is a delay, and `ctx.scheduler.runAt` takes a time
  },
});
```

```ts fixed
export const remind = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAt(Date.now() + 60_000, internal.mail.remind, {});
    await ctx.scheduler.runAfter(60_000, internal.mail.remind, {});
  },
});
```

## Good

```ts
export const remind = mutation({
  args: { at: v.number() },
  handler: async (ctx, args) => {
    await ctx.scheduler.runAfter(60_000, internal.mail.remind, {});
    await ctx.scheduler.runAt(Date.now() + 60_000, internal.mail.remind, {});
    await ctx.scheduler.runAfter(args.at - Date.now(), internal.mail.remind, {});
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Safety, Scheduled, Severity, rule


@rule(
    "valid-scheduler-delay",
    Category.CORRECTNESS,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=Scheduled,
)
def check(scheduled: Scheduled) -> Findings:
    """Report a delay, or a time, that the scheduler throws for."""
    fault = scheduled.fault
    if fault is None:
        return
    edit = scheduled.with_method(fault.method)
    fix = Fix(f"use `{fault.method}`", Safety.UNSAFE, (edit,)) if edit is not None else None
    yield Finding(scheduled, fault.message, help=fault.help, fix=fix)
