r"""Disallow using a promise as if it were its value.

A promise is an object: as a condition it is always true, compared with `null` it is never equal, and it has none of the
fields of what it is a promise of. `if (!ctx.auth.getUserIdentity()) throw …` lets everyone in. TypeScript sees some of
this, and nothing where ctx is typed `any`.

Reported is a promise of ctx, of a helper of the project or of another call that surely gives one, and a name that holds
one, used as a condition, in a comparison or an expression, for a field of its value, taken apart by a pattern or a
spread, as a text, or as what is looped over; and one that is given to Convex, in a document, in arguments or in what a
function returns, as Convex takes plain data only and throws. `.then()`, `.catch()` and `.finally()` are what a promise
is for.

Sources: <https://docs.convex.dev/understanding/best-practices/#await-all-promises>,
<https://docs.convex.dev/auth/functions-auth>; what Convex takes is in `values/value.ts` of the npm package `convex`
(1.48.0), `convexToJson`

## Bad

```ts
export const whoami = query({
  args: {},
  handler: async (ctx) => {
    if (!ctx.auth.getUserIdentity()) throw new Error("who are you?");
         ~~~~~~~~~~~~~~~~~~~~~~~~~~ the promise of `ctx.auth.getUserIdentity` is used as a condition, without being awaited
    return "a friend";
  },
});
```

```ts fixed
export const whoami = query({
  args: {},
  handler: async (ctx) => {
    if (!(await ctx.auth.getUserIdentity())) throw new Error("who are you?");
    return "a friend";
  },
});
```

## Good

```ts
export const whoami = query({
  args: {},
  handler: async (ctx) => {
    const identity = ctx.auth.getUserIdentity();
    const found = await identity;
    if (!found) throw new Error("who are you?");
    return found.name;
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, PromiseUse, Safety, Severity, rule


@rule("no-misused-promise", Category.SECURITY, Severity.ERROR, preset=Preset.RECOMMENDED, each=PromiseUse)
def check(use: PromiseUse) -> Findings:
    """Report a promise that is used as a value."""
    edits = use.awaited()
    yield Finding(
        use,
        f"the promise of {use.words} is used {use.how}, without being awaited",
        help="put `await` before it",
        fix=Fix("await the promise", Safety.UNSAFE, edits) if edits else None,
    )
