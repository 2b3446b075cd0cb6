r"""Disallow deciding who may do what by the email of an identity that nobody verified.

The `email` of an identity is what its provider says, and many providers let everyone sign up with any address: who enters
the address of an administrator is one. An address can also change hands, and one person can have several logins. Decide
by a role in a document of the user, found by `tokenIdentifier`, or look at `emailVerified` of the identity first.

Reported are comparisons of the email of an identity, and lookups of documents by it, in modules that say nothing of
verified emails. That a copy in a document is compared and brought up to date is no decision, and left alone, nor is
that a function for those who are logged in writes down the id of who called.

Sources: <https://docs.convex.dev/understanding/best-practices/#use-some-form-of-access-control-for-all-public-functions>,
<https://docs.convex.dev/auth/functions-auth>

## Bad

```ts
export const publish = mutation({
  args: { id: v.id("posts") },
  handler: async (ctx, args) => {
    const identity = await ctx.auth.getUserIdentity();
    if (identity?.email !== process.env.ADMIN_EMAIL) {
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the email of the identity decides here, and whoever has a login may have chosen it
      throw new ConvexError("Not allowed");
    }
    await ctx.db.patch(args.id, { published: true });
  },
});
```

## Good

```ts
export const publish = mutation({
  args: { id: v.id("posts") },
  handler: async (ctx, args) => {
    const identity = await ctx.auth.getUserIdentity();
    if (!identity?.emailVerified || identity.email !== process.env.ADMIN_EMAIL) {
      throw new ConvexError("Not allowed");
    }
    await ctx.db.patch(args.id, { published: true });
  },
});
```
"""

from convex_lint.api import Category, ClaimUse, Finding, Findings, Precision, Preset, Severity, rule


@rule(
    "no-email-access-control",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    precision=Precision.LIKELY,
    each=ClaimUse,
)
def check(use: ClaimUse) -> Findings:
    """Report an email of an identity that decides something."""
    if use.claim == "email" and use.how not in {"written", "renewed", "signed"} and not use.is_verified:
        message = "the email of the identity decides here, and whoever has a login may have chosen it"
        yield Finding(use, message, help="check `emailVerified` first, or a role in the user's document")
