r"""Disallow references to functions that do not exist.

`api`, `internal` and `components` are proxies: every path through them is there at run time, whatever it names, and
what it names is looked up when it is run. So a function that was renamed, a module that was moved or a name that was
never written passes unnoticed wherever the type checker does not look, behind an `any` for example: then the call
throws, the job cannot be scheduled, and a cron job stops the push. For the same reason such a reference is true
wherever it is tested.

The rule knows the functions of the project from its code, not from `_generated/`, so it says so before
`npx convex dev` has run. A module with an export that is not understood is left alone, and so are paths that are
computed, and components where not all that the configuration installs is understood. A reference to a function that
is there is reported only where it is tested, as a warning.

Sources: <https://docs.convex.dev/functions/query-functions#query-names>,
<https://docs.convex.dev/components/using>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/api.ts>

## Bad

```ts convex/messages.ts
export const purge = internalMutation({ args: {}, handler: async () => null });
export const clear = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(0, internal.messages.purgeAll, {});
                                                      ~~~~~~~~ `internal.messages` has no function `purgeAll`
    await ctx.runMutation(internal.mesages.purge, {});
                                   ~~~~~~~ there is no module `mesages`
  },
});
```

```ts fixed convex/messages.ts
export const purge = internalMutation({ args: {}, handler: async () => null });
export const clear = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(0, internal.messages.purge, {});
    await ctx.runMutation(internal.messages.purge, {});
  },
});
```

## Good

```ts convex/messages.ts
export const purge = internalMutation({ args: {}, handler: async () => null });
export const clear = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(0, internal.messages.purge, {});
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Safety, Severity, WrittenReference, rule


@rule(
    "no-unresolved-function-reference",
    Category.CORRECTNESS,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=WrittenReference,
    clients=True,
)
def check(written: WrittenReference) -> Findings:
    """Report the name in a reference that leads nowhere."""
    name = written.missing
    if name is None:
        if written.is_tested:
            what = f"`{written.spelt}` is always true, whether or not there is such a function"
            yield Finding(written, what, help="leave the test out", at_most=Severity.WARNING)
        return
    meant = written.meant
    edit = written.corrected(meant) if meant is not None else None
    yield Finding(
        written.missing_place,
        f"{_what(written, name)}{f', which the cron job `{written.job}` runs' if written.job else ''}",
        help=f"use `{meant}`" if meant is not None else _otherwise(written),
        fix=Fix(f"use `{meant}`", Safety.UNSAFE, (edit,)) if edit is not None else None,
    )


def _what(written: WrittenReference, name: str) -> str:
    if written.reference.root == "components":
        return f"no component `{name}` is installed"
    if written.leads_to.exported:
        return f"`{written.before}.{name}` is no registered function"
    if written.leads_to.module:
        return f"`{written.before}` has no function `{name}`"
    return (
        f"there is no module `{name}`"
        if "." not in written.before
        else f"there is no module `{name}` in `{written.before}`"
    )


def _otherwise(written: WrittenReference) -> str:
    if written.reference.root == "components":
        return "install it with `app.use` in `convex.config.ts`"
    if written.leads_to.exported:
        return "register it with `internalQuery` or its like, or call it as it is"
    return "export a registered function under this name, or refer to another one"
