r"""Disallow values that Convex cannot store or send.

Convex takes strings, numbers, bigints, booleans, `null`, bytes (`ArrayBuffer`), arrays and plain objects. A `Date`, a
`Map`, a `Set`, a `URL`, an object of a class, a function, or `undefined` in an array makes the call throw that it is given
to, or the function that returns it.

Give what it is made of: a number for a date, an array for a set, an array or an object for a map. A field of an object
that is `undefined` is left out, and is fine.

Reported is what is made in place, or in a constant, in the documents of `ctx.db.insert`, `patch` and `replace`, in the
arguments of `ctx.run…` and of the scheduler, and in what a function returns; and names of fields that start with `$` or
are no plain ASCII. HTTP actions return a `Response`, and are left alone, as are functions whose builder may encode what
they return.

Sources: <https://docs.convex.dev/database/types>, <https://docs.convex.dev/functions/validation>; `convexToJson` in
`src/values/value.ts` of the npm package `convex` 1.48.0

## Bad

```ts
export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, { body }) => {
    await ctx.db.insert("messages", { body, at: new Date() });
                                                ~~~~~~~~~~ a `Date` in the arguments of `ctx.db.insert` is no value of Convex
  },
});
```

```ts fixed
export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, { body }) => {
    await ctx.db.insert("messages", { body, at: Date.now() });
  },
});
```

## Good

```ts
export const tags = query({
  args: {},
  handler: async (ctx) => {
    const found = new Set<string>();
    for (const note of await ctx.db.query("notes").take(100)) {
      found.add(note.tag);
    }
    return [...found];
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Safety, Severity, Unsupported, rule


@rule("no-unsupported-value", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Unsupported)
def check(value: Unsupported) -> Findings:
    """Report what Convex does not take, where it is given to it."""
    edit = value.as_number()
    yield Finding(
        value,
        f"{value.what} {value.where} {value.why or 'is no value of Convex'}",
        help=value.instead,
        fix=Fix("give a number", Safety.UNSAFE, (edit,)) if edit is not None else None,
    )
