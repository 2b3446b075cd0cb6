r"""Disallow going on for callers of whom it was never looked at whether they are logged in.

`ctx.auth.getUserIdentity()` does not fail for a caller who is not logged in: it gives `null`. So does `getAuthUserId(ctx)` of
Convex Auth, and so do helpers that pass it on. A call whose result nobody reads keeps nobody out: it looks like a check, and
is none. Where everybody may call the function, it does nothing at all, and can go. With `!` the code says that there is
somebody, and fails with a `TypeError` where there is nobody, which tells the client nothing. A lookup by
`identity?.subject` finds, for nobody, the documents that do not have the field.

Nothing is said where the function checks the caller in another way, itself, by its builder, or in every function that calls
it, nor where it asks for a secret instead, nor about internal functions. A lookup for nobody or somebody in a field that all documents have is fine.

Sources: <https://docs.convex.dev/auth/functions-auth>,
<https://docs.convex.dev/understanding/best-practices/#use-some-form-of-access-control-for-all-public-functions>

## Bad

```ts
export const remove = mutation({
  args: { id: v.id("messages") },
  handler: async (ctx, args) => {
    await ctx.auth.getUserIdentity();
          ~~~~~~~~~~~~~~~~~~~~~~~~~~ what `ctx.auth.getUserIdentity` says is thrown away, so it keeps nobody out
    await ctx.db.delete(args.id);
  },
});
export const mine = query({
  args: {},
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    return identity!.subject;
           ~~~~~~~~~ `ctx.auth.getUserIdentity` gives null to callers who are not logged in, which `!` hides
  },
});
```

## Good

```ts
export const remove = mutation({
  args: { id: v.id("messages") },
  handler: async (ctx, args) => {
    const identity = await ctx.auth.getUserIdentity();
    if (identity === null) {
      throw new ConvexError("Not logged in");
    }
    await ctx.db.delete(args.id);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, UncheckedIdentity, rule


@rule(
    "no-unchecked-identity",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=UncheckedIdentity,
)
def check(found: UncheckedIdentity) -> Findings:
    """Report who calls where it is thrown away, and where it is taken for granted."""
    gives = f"`{found.source}` gives null to callers who are not logged in"
    said = {
        "dropped": f"what `{found.source}` says is thrown away, so it keeps nobody out",
        "asserted": f"{gives}, which `!` hides",
        "taken": f"{gives}, of which no member can be taken",
        "looked_up": f"{gives}, and then this finds the documents without `{found.field}`",
    }
    help_ = "check for null first, and throw an error there"
    if found.how == "dropped":
        help_ = "throw an error where it is null, or leave the call out where everybody may call this"
    yield Finding(found, said[found.how], help=help_)
