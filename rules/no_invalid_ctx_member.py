r"""Disallow members of ctx that the kind of function does not have.

The ctx of queries, mutations and actions differ. Only mutations and actions have `ctx.runMutation`, only actions have
`ctx.runAction` and `ctx.vectorSearch`. A query or a mutation cannot read a file with `ctx.storage.get` (mutations can
since 1.48 of Convex). What ctx does not have is undefined, and calling it fails.

Names that no ctx has are reported as well, on ctx, its database and its services: a slip (`ctx.runQuerry`), a step that
was left out (`ctx.runAfter` for `ctx.scheduler.runAfter`), the name of another database (`ctx.db.update`).

What a custom builder or a type adds to ctx is known, and what may be added by a builder that is not understood is not
reported. The database in actions and writes in queries have rules of their own, `no-db-in-action` and
`no-write-in-query`.

Sources: <https://docs.convex.dev/functions/actions>, <https://docs.convex.dev/file-storage/store-files>; the contexts in
`src/server/registration.ts`, the services in `src/server/storage.ts`, `scheduler.ts` and `meta.ts` of the npm package
`convex` 1.48.0

## Bad

```ts
export const publish = mutation({
  args: { id: v.id("posts") },
  handler: async (ctx, { id }) => {
    await ctx.db.patch(id, { published: true });
    await ctx.runAction(internal.feeds.push, { id });
          ~~~~~~~~~~~~~ a mutation has no `ctx.runAction`
  },
});
```

## Good

```ts
export const publish = mutation({
  args: { id: v.id("posts") },
  handler: async (ctx, { id }) => {
    await ctx.db.patch(id, { published: true });
    await ctx.scheduler.runAfter(0, internal.feeds.push, { id });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Lack, Preset, Severity, rule

HELPS = {
    ("mutation", "runAction"): "schedule the action with `ctx.scheduler.runAfter(0, …)`",
    ("query", "runAction"): "run the action from the client, or schedule it in a mutation",
    ("query", "runMutation"): "make it a mutation, or run the mutation from the client",
    ("mutation", "vectorSearch"): "search in an action, and give what it finds to a query or a mutation",
    ("query", "vectorSearch"): "search in an action, and give what it finds to a query",
    ("mutation", "storage.get"): "read the file in an action",
    ("mutation", "storage.store"): "store the file in an action",
    ("query", "storage.get"): "read the file in an action, or give its address with `ctx.storage.getUrl`",
}


@rule("no-invalid-ctx-member", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Lack)
def check(lack: Lack) -> Findings:
    """Report each use of what ctx does not have, but for the database in actions and writes in queries."""
    if lack.about == "other":
        at_most = Severity.WARNING if lack.late else None
        yield Finding(lack, lack.message, help=_help(lack), related=lack.related, at_most=at_most)


def _help(lack: Lack) -> str | None:
    if not lack.known:
        return f"use `{lack.meant}`" if lack.meant is not None else None
    return next((text for kind in sorted(lack.kinds) if (text := HELPS.get((kind, ".".join(lack.path))))), None)
