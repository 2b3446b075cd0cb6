r"""Disallow patching a required field with an argument that may be left out.

`ctx.db.patch(id, { title: undefined })` takes the field `title` away from the document. Where `title` is the value of an
optional argument, every call without it does so; and where the schema requires the field, such a call fails with an
error of the schema instead of leaving the field as it is. The type checker does not see that.

Leave out what was not sent: put the field there under a condition, fall back on the old value with `??`, or require the
argument. Reported are public mutations that patch a field which all documents of the table have to have; with the
option `optional` also fields that may be missing, which such a call takes away, and internal mutations with `internal`.
An argument that a condition has shown to be there is left alone.

Sources: <https://docs.convex.dev/database/writing-data#updating-existing-documents>,
<https://docs.convex.dev/database/types#working-with-undefined>

## Bad

```ts convex/schema.ts
export default defineSchema({ notes: defineTable({ title: v.string(), text: v.optional(v.string()) }) });
```

```ts convex/notes.ts
export const update = mutation({
  args: { id: v.id("notes"), title: v.optional(v.string()) },
  handler: async (ctx, args) => {
    await ctx.db.patch("notes", args.id, { title: args.title });
                                                  ~~~~~~~~~~ `title` may be left out, and then the schema refuses this patch
  },
});
```

## Good

```ts convex/schema.ts
export default defineSchema({ notes: defineTable({ title: v.string(), text: v.optional(v.string()) }) });
```

```ts convex/notes.ts
export const update = mutation({
  args: { id: v.id("notes"), title: v.optional(v.string()) },
  handler: async (ctx, args) => {
    if (args.title !== undefined) {
      await ctx.db.patch("notes", args.id, { title: args.title });
    }
  },
});
```
"""

from dataclasses import dataclass

from convex_lint.api import Category, Finding, Findings, Omission, Preset, Severity, rule


@dataclass(frozen=True)
class Options:
    """`optional`: fields that may be missing, too. `internal`: internal mutations, too."""

    optional: bool = False
    internal: bool = False


@rule(
    "no-optional-arg-in-patch",
    Category.CORRECTNESS,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=Omission,
    options=Options,
)
def check(found: Omission, options: Options) -> Findings:
    """Report an argument that may be left out, as the value of a field in a patch."""
    argument = found.argument
    if found.by != "patch" or not (argument.exposed or options.internal) or not (found.needed or options.optional):
        return
    then = "the schema refuses this patch" if found.needed else f"this takes `{found.field}` away"
    message = f"`{argument.spelt}` may be left out, and then {then}"
    yield Finding(found, message, help="leave the field out where the argument is missing, or require the argument")
