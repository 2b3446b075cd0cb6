r"""Disallow the check of who calls to be written out in handler after handler.

`getUserIdentity`, a check for null, an error: where every handler has them, one will be without, or with another error,
and what is to be checked besides (a role, an account that is closed) has to be put into all of them. A helper
`requireUser(ctx)` that throws, or a custom builder that does so before the handler runs, is one place.

Only handlers count that throw where nobody is logged in: one that answers nobody with an empty list, or that tells who
is logged in, could not call a helper that throws. The option `times` says how many of a functions folder may have a
check of their own: 2 where it is not given. It is a matter of taste, and so this rule is opt-in. It reports one place
in each file, with the number of them.

Source: <https://docs.convex.dev/understanding/best-practices/#use-helper-functions-to-write-shared-code>

## Bad

```ts options={"times": 1}
export const list = query({
  args: {},
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
                           ~~~~~~~~~~~~~~~~~~~~~~~~ 2 handlers here, 2 in all, check who calls with code of their own
    if (identity === null) throw new Error("Not logged in");
    return await ctx.db.query("messages").take(50);
  },
});

export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, { body }) => {
    const identity = await ctx.auth.getUserIdentity();
    if (!identity) throw new Error("Not logged in");
    await ctx.db.insert("messages", { body, author: identity.tokenIdentifier });
  },
});
```

## Good

```ts options={"times": 1}
async function requireUser(ctx: QueryCtx) {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null) throw new Error("Not logged in");
  return identity;
}

export const list = query({
  args: {},
  handler: async (ctx) => {
    await requireUser(ctx);
    return await ctx.db.query("messages").take(50);
  },
});

export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, { body }) => {
    const identity = await requireUser(ctx);
    await ctx.db.insert("messages", { body, author: identity.tokenIdentifier });
  },
});
```
"""

from dataclasses import dataclass

from convex_lint.api import Category, Finding, Findings, OwnChecks, Preset, Severity, rule

HELP = "write it once, in a helper such as `requireUser(ctx)` or in a custom builder"


@dataclass(frozen=True)
class Options:
    """`times`: how many handlers of a functions folder may have a check of their own."""

    times: int = 2


@rule(
    "no-duplicated-auth-block", Category.STYLE, Severity.WARNING, preset=Preset.OPT_IN, each=OwnChecks, options=Options
)
def check(checks: OwnChecks, options: Options) -> Findings:
    """Report the handlers of a file that check who calls, where too many of the project do."""
    if checks.total > options.times:
        here = f"{checks.count} {'handler' if checks.count == 1 else 'handlers'} here"
        message = f"{here}, {checks.total} in all, check who calls with code of their own"
        yield Finding(checks, message, help=HELP)
