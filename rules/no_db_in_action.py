r"""Disallow the database in actions.

The ctx of an action has no `db`: an action runs outside of a transaction, so that it may call other services, and reads
and writes by running queries and mutations. `ctx.db` is undefined there, and the action fails when it comes to it. HTTP
actions are actions, too.

Move what reads or writes into an internal query or mutation, and run that: `ctx.runQuery(internal.…)`,
`ctx.runMutation(internal.…)`. What several reads or writes do together belongs into one of these, as each run is a
transaction of its own.

A helper that only actions come to is reported where it uses the database; where others come to it as well, the call is
reported that hands it the ctx of an action. A helper that asks first (`"db" in ctx`) is left alone, and so is ctx where a
builder adds a `db` of its own.

Sources: <https://docs.convex.dev/functions/actions#action-context>,
<https://docs.convex.dev/functions/http-actions>; `GenericActionCtx` in `src/server/registration.ts` of the npm package
`convex` 1.48.0

## Bad

```ts
export const summarise = action({
  args: { id: v.id("notes") },
  handler: async (ctx, { id }) => {
    const note = await ctx.db.get(id);
                       ~~~~~~ an action has no `ctx.db`
    return note?.text.slice(0, 100);
  },
});
```

## Good

```ts
export const summarise = action({
  args: { id: v.id("notes") },
  handler: async (ctx, { id }) => {
    const note = await ctx.runQuery(internal.notes.get, { id });
    return note?.text.slice(0, 100);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Lack, Preset, Severity, rule

HELP = "move this into an internal query or mutation, and run it with `ctx.runQuery` or `ctx.runMutation`"


@rule("no-db-in-action", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Lack)
def check(lack: Lack) -> Findings:
    """Report each use of the database where only actions run."""
    if lack.about == "database":
        yield Finding(lack, lack.message, help=HELP, related=lack.related)
