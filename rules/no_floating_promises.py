r"""Require promises to be awaited or returned.

A Convex function ends when its handler returns. Work that nobody waited for may not have happened by then: a write
is lost or comes after the transaction was read, a job is never scheduled, an error is swallowed. Convex's best
practices ask to await every promise.

Reported is a call, as a statement of its own or kept in a name that nobody reads, that gives a promise: of the
database, the scheduler, storage, auth, `ctx.run…`, of a helper of the project that is asynchronous or returns one of
these, of `Promise.all` and its like, of `fetch`, and a `.then()`, `.catch()` or `.finally()` on any of them. It does
not matter what ctx is called or that it is typed `any`. `void` says that nobody waits on purpose; on a write or a
schedule inside a query or a mutation it is reported all the same.

Sources: <https://docs.convex.dev/understanding/best-practices/#await-all-promises>,
<https://docs.convex.dev/functions/actions#dangling-promises>

## Bad

```ts
export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, args) => {
    const id = await ctx.db.insert("messages", { body: args.body });
    ctx.scheduler.runAfter(0, internal.push.notify, { id });
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the promise of `ctx.scheduler.runAfter` is not awaited
  },
});
```

```ts fixed
export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, args) => {
    const id = await ctx.db.insert("messages", { body: args.body });
    await ctx.scheduler.runAfter(0, internal.push.notify, { id });
  },
});
```

## Good

```ts
export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, args) => {
    const id = await ctx.db.insert("messages", { body: args.body });
    await Promise.all([
      ctx.scheduler.runAfter(0, internal.push.notify, { id }),
      ctx.scheduler.runAfter(60_000, internal.digest.add, { id }),
    ]);
    return id;
  },
});
```
"""

from convex_lint.api import Call, Category, Finding, Findings, Fix, Preset, Safety, Severity, rule


@rule("no-floating-promises", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Call)
def check(call: Call) -> Findings:
    """Report a promise that is dropped, and a write or a schedule that is thrown away with `void`."""
    voided = call.voided
    if not (call.dropped or voided) or call.promise is None:
        return
    if voided and not (call.writes_or_schedules and call.transactional):
        return
    message = f"the promise of `{call.words}` is {'thrown away' if voided else 'not awaited'}"
    edit = call.awaited()
    fix = Fix("await the promise", Safety.UNSAFE, (edit,)) if edit is not None else None
    yield Finding(call, message, help="put `await` before it, or return it", fix=fix)
