r"""Disallow adding to an array of ids or objects in a document, without a bound.

An array in a document is read and written as a whole: with each item that is added, all those that are there are sent and
stored again, every query that reads the document runs again, and two that add at the same time conflict. An array
holds 8,192 items at most, and a document 1 MiB; from then on, each write fails. A table of its own, with the id of the
document in a field and an index on it, has room for any number.

Reported is a `patch` or `replace` that writes an array of the document with something added to it, where the schema
says that it holds ids or objects. Nothing is said where the length of the array is looked at, where it is cut, where
an item of it is changed in the place of adding another (so that it holds one for each key), and where the document
goes along another array of its own, as a game does with its rounds.

Sources: <https://docs.convex.dev/production/state/limits>, <https://docs.convex.dev/database/document-ids>

## Bad

```ts convex/schema.ts
export default defineSchema({ teams: defineTable({ members: v.array(v.id("users")) }) });
```

```ts convex/teams.ts
export const join = mutation({
  args: { team: v.id("teams"), user: v.id("users") },
  handler: async (ctx, args) => {
    const team = await ctx.db.get("teams", args.team);
    if (team === null) throw new ConvexError("no such team");
    await ctx.db.patch("teams", team._id, { members: [...team.members, args.user] });
                                                     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ this adds to the array `members` of a document of `teams`, which is stored anew as a whole and holds 8,192 items at most
  },
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  teams: defineTable({ name: v.string() }),
  members: defineTable({ team: v.id("teams"), user: v.id("users") }).index("by_team", ["team"]),
});
```

```ts convex/teams.ts
export const join = mutation({
  args: { team: v.id("teams"), user: v.id("users") },
  handler: async (ctx, args) => {
    await ctx.db.insert("members", { team: args.team, user: args.user });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, GrowingArray, Precision, Preset, Severity, rule


@rule(
    "no-unbounded-array-field",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    precision=Precision.LIKELY,
    each=GrowingArray,
)
def check(array: GrowingArray) -> Findings:
    """Report an array that a document is written with, and that is longer each time."""
    message = (
        f"this adds to the array `{array.field}` of a document of `{array.table}`, "
        "which is stored anew as a whole and holds 8,192 items at most"
    )
    yield Finding(array, message, help="keep them in a table of their own, with an index on the id of the document")
