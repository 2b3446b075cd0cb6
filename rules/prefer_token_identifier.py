r"""Disallow the `subject` of an identity where its `tokenIdentifier`, or an id of a user, belongs.

An identity has a `subject`, which one provider of logins gives to one user, and a `tokenIdentifier`, which is made of the
issuer and the subject and is unique over all providers. They are different strings: a field that is called
`tokenIdentifier` and holds a subject finds nobody who was stored with the real one, and lets users of two providers who
have the same subject pass for each other. An id of a document is another string again: comparing one with a subject is
false for everyone.

A field with another name that holds subjects, as in an app with one provider, is left alone. So is a subject with a cast,
`identity.subject as Id<"users">`, where the app issues its tokens itself.

Source: <https://docs.convex.dev/auth/functions-auth>

## Bad

```ts
export const store = mutation({
  args: {},
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    if (identity === null) {
      throw new ConvexError("Not logged in");
    }
    await ctx.db.insert("users", { tokenIdentifier: identity.subject });
                                                    ~~~~~~~~~~~~~~~~ `tokenIdentifier` gets the subject of the identity, which is another string
  },
});
```

## Good

```ts
export const store = mutation({
  args: {},
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    if (identity === null) {
      throw new ConvexError("Not logged in");
    }
    await ctx.db.insert("users", { tokenIdentifier: identity.tokenIdentifier });
  },
});
```
"""

from convex_lint.api import Category, ClaimUse, Finding, Findings, Preset, Severity, rule


@rule("prefer-token-identifier", Category.SECURITY, Severity.WARNING, preset=Preset.RECOMMENDED, each=ClaimUse)
def check(use: ClaimUse) -> Findings:
    """Report a subject in the place of a token identifier, or of an id."""
    if use.claim != "subject":
        return
    other = "the subject of the identity, which is another string"
    if use.field == "tokenIdentifier":
        verb = "gets" if use.how == "written" else "is compared with"
        yield Finding(use, f"`tokenIdentifier` {verb} {other}", help="use `tokenIdentifier` of the identity")
    elif use.with_id is not None:
        id_ = f"an id of `{use.with_id}`" if use.with_id else "an id"
        help_ = "look the user up by `tokenIdentifier`, and compare with its `_id`"
        yield Finding(use, f"{id_} is compared with {other}", help=help_)
