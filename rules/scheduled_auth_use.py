r"""Disallow scheduling functions that ask who is logged in.

A scheduled function, and one that a cron job runs, has no identity: that of whoever scheduled it is not passed on. In
there `ctx.auth.getUserIdentity()` gives `null`, so a function that throws without an identity, or returns at once, never
does its work, and nobody is there to see it.

Check who calls before the function is scheduled, and give it what it needs to know as an argument. Reported is what is
scheduled, where the function, or what its builder runs first, surely goes on for somebody only who is logged in; a
function that goes on for nobody, too, is left alone.

Source: <https://docs.convex.dev/scheduling/scheduled-functions#auth>

## Bad

```ts convex/mail.ts
export const remind = internalMutation({
  args: {},
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    if (identity === null) throw new Error("not logged in");
    await ctx.db.insert("reminders", { user: identity.tokenIdentifier });
  },
});
```

```ts convex/tasks.ts
export const later = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(60_000, internal.mail.remind, {});
                                         ~~~~~~~~~~~~~~~~~~~~ nobody is logged in when `internal.mail.remind` is run from here, and it stops there
  },
});
```

## Good

```ts convex/mail.ts
export const remind = internalMutation({
  args: { user: v.string() },
  handler: async (ctx, { user }) => {
    await ctx.db.insert("reminders", { user });
  },
});
```

```ts convex/tasks.ts
export const later = mutation({
  args: {},
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    if (identity === null) throw new Error("not logged in");
    await ctx.scheduler.runAfter(60_000, internal.mail.remind, { user: identity.tokenIdentifier });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, ReferenceUse, Severity, rule


@rule("scheduled-auth-use", Category.CORRECTNESS, Severity.WARNING, preset=Preset.RECOMMENDED, each=ReferenceUse)
def check(use: ReferenceUse) -> Findings:
    """Report a function that is scheduled, and that does nothing without an identity."""
    if use.by in {"scheduler", "cron"} and use.wants_login:
        message = f"nobody is logged in when `{use.spelt}` is run from here, and it stops there"
        yield Finding(use, message, help="check who calls before, and pass on what it needs as an argument")
