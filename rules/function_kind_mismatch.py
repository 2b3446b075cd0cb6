r"""Require queries, mutations and actions to be run as what they are.

Convex looks up what a reference names when it is run, and refuses to run a query as a mutation, or the other way round.
Only mutations and actions can be scheduled: a query that was scheduled fails when its time comes, where nobody sees it,
and a cron job for one stops the push. An HTTP action can be run by a request only.

The kind is that of the builder that registers the function, custom builders included. The methods of workflows and
workpools are held to their names, too.

Sources: <https://docs.convex.dev/functions/actions#action-context>,
<https://docs.convex.dev/scheduling/scheduled-functions>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/registration.ts>

## Bad

```ts convex/notes.ts
export const count = internalQuery({ args: {}, handler: async () => 0 });
export const report = action({
  args: {},
  handler: async (ctx) => {
    await ctx.runMutation(internal.notes.count, {});
                          ~~~~~~~~~~~~~~~~~~~~ `internal.notes.count` is a query, and `ctx.runMutation` runs mutations
    await ctx.scheduler.runAfter(1000, internal.notes.count, {});
                                       ~~~~~~~~~~~~~~~~~~~~ `internal.notes.count` is a query, and only mutations and actions can be scheduled
  },
});
```

```ts fixed convex/notes.ts
export const count = internalQuery({ args: {}, handler: async () => 0 });
export const report = action({
  args: {},
  handler: async (ctx) => {
    await ctx.runQuery(internal.notes.count, {});
    await ctx.scheduler.runAfter(1000, internal.notes.count, {});
  },
});
```

## Good

```ts convex/notes.ts
export const count = internalQuery({ args: {}, handler: async () => 0 });
export const report = action({
  args: {},
  handler: async (ctx) => {
    await ctx.runQuery(internal.notes.count, {});
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, ReferenceUse, Safety, Severity, rule

KINDS = {"query": "a query", "mutation": "a mutation", "action": "an action", "httpAction": "an HTTP action"}
MANY = {"query": "queries", "mutation": "mutations", "action": "actions"}


@rule(
    "function-kind-mismatch",
    Category.CORRECTNESS,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=ReferenceUse,
    clients=True,
)
def check(use: ReferenceUse) -> Findings:
    """Report a function that is given to what runs functions of another kind."""
    target, accepts = use.target, use.accepts
    if target is None or not accepts or target.kind in accepts:
        return
    is_seen = not target.opaque  # what a package makes, a workflow for one, may be started by its own methods alone
    other = use.ran_by(target.kind) if target.kind in MANY and is_seen else None
    edit = other[1] if other is not None else None
    yield Finding(
        use,
        f"`{use.spelt}` is {KINDS[target.kind]}, and {_what(use)}",
        help=f"use `ctx.{other[0]}`" if other is not None else _otherwise(use, target.kind, is_seen=is_seen),
        fix=Fix(f"use `ctx.{other[0]}`", Safety.UNSAFE, (edit,)) if other is not None and edit is not None else None,
    )


def _what(use: ReferenceUse) -> str:
    if use.by == "cron":
        job = f"the cron job `{use.job}`" if use.job is not None else "a cron job"
        return f"{job} can run only mutations and actions"
    if use.by == "scheduler":
        return "only mutations and actions can be scheduled"
    return f"`{use.words}` runs {' and '.join(MANY[kind] for kind in use.accepts)}"


def _otherwise(use: ReferenceUse, kind: str, *, is_seen: bool) -> str:
    if kind == "httpAction":
        return "put what it does into a function of another kind, and run that"
    if use.by in {"scheduler", "cron"}:
        return "give it a mutation or an action that runs the query"
    if not is_seen:
        return f"run {KINDS[kind]} by the method for {MANY[kind]}, or by that of the package that makes it"
    return f"run {KINDS[kind]} by the method for {MANY[kind]}, where there is one"
