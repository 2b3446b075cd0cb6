r"""Disallow public functions that take from their arguments who it is that calls.

Anyone can call a public function, with any arguments: who sends the `userId` of somebody else is that somebody. Where a
mutation, or an action, never asks `ctx.auth` who calls, and stores such an argument as the owner of a document, writes the
document of that user or finds by it what it changes, anyone can do so for everyone. Take the user from `ctx.auth`; keep the
argument only where it names another user, and check there what the caller may do to that one.

Reported are arguments that are called `userId`, `ownerId`, `authorId` and so on, and that are an id or a string, in
functions that surely never look who calls, themselves, by their builder or by what they call. Nothing is said of functions
that take a secret, of internal functions, nor of queries, many of which show what is public of a user.

Sources: <https://docs.convex.dev/understanding/best-practices/#use-some-form-of-access-control-for-all-public-functions>,
<https://docs.convex.dev/auth/functions-auth>

## Bad

```ts
export const add = mutation({
  args: { userId: v.id("users"), text: v.string() },
          ~~~~~~~~~~~~~~~~~~~~~ `userId` is whoever the caller says: this mutation never asks who calls
  handler: async (ctx, args) => {
    await ctx.db.insert("notes", { userId: args.userId, text: args.text });
  },
});
```

## Good

```ts
export const add = mutation({
  args: { text: v.string() },
  handler: async (ctx, args) => {
    const userId = await getAuthUserId(ctx);
    if (userId === null) {
      throw new ConvexError("Not logged in");
    }
    await ctx.db.insert("notes", { userId, text: args.text });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Precision, Preset, Severity, TrustedArgument, rule


@rule(
    "no-identity-from-args",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    precision=Precision.LIKELY,
    each=TrustedArgument,
)
def check(argument: TrustedArgument) -> Findings:
    """Report an argument that says whose documents are written."""
    message = f"`{argument.name}` is whoever the caller says: this {argument.kind} never asks who calls"
    help_ = (
        "take it from `ctx.auth.getUserIdentity()`, or look there what the caller may do to it, or make it internal"
        if argument.can_be_asked
        else "nobody logs in here yet: let your own server call it, as an internal function or with a secret"
    )
    yield Finding(argument, message, help=help_, related=argument.related)
