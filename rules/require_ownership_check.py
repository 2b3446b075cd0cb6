r"""Require mutations to look whose a document is before they write one that a client named.

To be logged in is not enough: the id of a document is no secret, and whoever knows it can send it. A mutation that looks
whether somebody is logged in, and then changes or deletes the document that an argument names, lets every user change the
documents of all others. Load the document, and compare its owner with who calls, or look for a membership in the team that
it belongs to.

Reported are public mutations that write a document which an argument names, of a table with a field that says whose it is,
where nothing that they run tells one user from another: they only look whether somebody is logged in, whether documents are
there, and what the client sent. Whatever else they test may be a check, and then nothing is said.

Sources: <https://docs.convex.dev/understanding/best-practices/#use-some-form-of-access-control-for-all-public-functions>,
<https://docs.convex.dev/auth/functions-auth>

## Bad

```ts convex/schema.ts
export default defineSchema({
  notes: defineTable({ ownerId: v.string(), text: v.string() }),
});
```

```ts convex/notes.ts
export const remove = mutation({
  args: { id: v.id("notes") },
          ~~~~~~~~~~~~~~~~~ every user can write any document of `notes` here: nothing looks at `ownerId`
  handler: async (ctx, args) => {
    const identity = await ctx.auth.getUserIdentity();
    if (identity === null) {
      throw new ConvexError("Not logged in");
    }
    await ctx.db.delete(args.id);
  },
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  notes: defineTable({ ownerId: v.string(), text: v.string() }),
});
```

```ts convex/notes.ts
export const remove = mutation({
  args: { id: v.id("notes") },
  handler: async (ctx, args) => {
    const identity = await ctx.auth.getUserIdentity();
    const note = await ctx.db.get(args.id);
    if (identity === null || note?.ownerId !== identity.tokenIdentifier) {
      throw new ConvexError("Not your note");
    }
    await ctx.db.delete(args.id);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Precision, Preset, Severity, UnownedWrite, rule


@rule(
    "require-ownership-check",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.STRICT,
    precision=Precision.LIKELY,
    each=UnownedWrite,
)
def check(write: UnownedWrite) -> Findings:
    """Report an argument by which every user can write the documents of others."""
    message = f"every user can write any document of `{write.table}` here: nothing looks at `{write.owner}`"
    help_ = f"load the document, and compare `{write.owner}`, or whoever may write it, with who calls"
    yield Finding(write, message, help=help_, related=write.related)
