r"""Disallow writing whatever a client sends into a document.

`ctx.db.patch(id, args.fields)` writes every field that the validator of `fields` lets in. With `v.any()` that is every
field there is: whose the document is, and what role somebody has. And where the validator names such fields, because it
was taken from the schema for example, a client may set them, too.

Name the fields that a client may change, in the validator or in the patch. Reported are arguments of public functions
that are written as a whole or spread into what is written, and are not validated, or have fields whose names say that
nobody should choose them (`role`, `isAdmin`, `ownerId`, `balance` …); those that are taken out before, or replaced
behind the spread, do not count, and neither does the `role` of what is no person with a login, as that of a message in
a chat. Nothing is said where a function lets in only those who know a secret, or have a right: these may be trusted.

Source: <https://docs.convex.dev/understanding/best-practices/#use-argument-validators-for-all-public-functions>

## Bad

```ts
export const update = mutation({
  args: { id: v.id("users"), fields: v.object({ name: v.string(), role: v.string() }) },
  handler: async (ctx, args) => {
    await ctx.db.patch("users", args.id, args.fields);
                                         ~~~~~~~~~~~ a client may write `role`, as all of `fields` is written
  },
});
```

## Good

```ts
export const update = mutation({
  args: { id: v.id("users"), fields: v.object({ name: v.string() }) },
  handler: async (ctx, args) => {
    await ctx.db.patch("users", args.id, args.fields);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Handover, Precision, Preset, Severity, rule


@rule(
    "no-overly-broad-patch",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.STRICT,
    precision=Precision.LIKELY,
    each=Handover,
)
def check(found: Handover) -> Findings:
    """Report an argument that is written as a whole, and lets in everything or what a client should not choose."""
    if not found.exposed or not (found.takes_anything or found.privileges):
        return
    fields = "any field" if found.takes_anything else ", ".join(f"`{name}`" for name in found.privileges)
    message = f"a client may write {fields}, as all of `{found.spelt}` is written"
    yield Finding(found, message, help="name the fields that a client may change")
