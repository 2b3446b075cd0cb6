r"""Disallow asynchronous callbacks that an array method does not wait for.

`forEach` drops what its callback returns, so the writes of an asynchronous callback are still under way when the handler
goes on, and in an action they may never be made. `map` returns the promises, and somebody must wait for them. `filter`,
`find`, `some` and `every` take a promise for a yes, because an object is always true.

Reported is a callback that is asynchronous, or that surely returns a promise, given to `forEach`, to a `map` whose result
is dropped, or to a method that takes its answer as a condition.

Source: <https://docs.convex.dev/understanding/best-practices/#await-all-promises>

## Bad

```ts
export const clear = mutation({
  args: { ids: v.array(v.id("messages")) },
  handler: async (ctx, { ids }) => {
    ids.forEach(async (id) => {
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~ `forEach` does not wait for its asynchronous callback
      await ctx.db.delete(id);
    });
  },
});
```

```ts fixed
export const clear = mutation({
  args: { ids: v.array(v.id("messages")) },
  handler: async (ctx, { ids }) => {
    await Promise.all(ids.map(async (id) => {
      await ctx.db.delete(id);
    }));
  },
});
```

```ts
export const readable = query({
  args: { ids: v.array(v.id("messages")) },
  handler: async (ctx, { ids }) => {
    return ids.filter(async (id) => (await ctx.db.get(id)) !== null);
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ `filter` takes the promise of its asynchronous callback for a yes
  },
});
```

## Good

```ts
export const clear = mutation({
  args: { ids: v.array(v.id("messages")) },
  handler: async (ctx, { ids }) => {
    await Promise.all(ids.map((id) => ctx.db.delete(id)));
    for (const id of ids) {
      await ctx.scheduler.runAfter(0, internal.search.forget, { id });
    }
  },
});
```
"""

from convex_lint.api import AsyncCallback, Category, Finding, Findings, Fix, Preset, Safety, Severity, rule


@rule(
    "no-unawaited-async-callback",
    Category.CORRECTNESS,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=AsyncCallback,
)
def check(callback: AsyncCallback) -> Findings:
    """Report a callback whose promise is lost, or taken for a yes."""
    method = callback.method
    if method in {"map", "flatMap"}:
        message = f"nobody waits for the promises that `{method}` returns"
    elif method == "forEach":
        message = "`forEach` does not wait for its asynchronous callback"
    else:
        message = f"`{method}` takes the promise of its asynchronous callback for a yes"
    edits = callback.combined()
    yield Finding(
        callback,
        message,
        help="use `await Promise.all(….map(…))`, or a `for … of` loop with `await`",
        fix=Fix("wait for all of them at once", Safety.UNSAFE, edits) if edits else None,
    )
