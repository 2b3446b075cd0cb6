r"""Require promises to be awaited or returned.

An action ends when its handler returns: work that nobody waited for may then never be done, so a mutation is not run, a
job not scheduled. A query or a mutation finishes what it started, but after the handler has gone on without it: it reads
what is not yet written, its `try` does not see the error, and what is returned does not wait. Convex's best practices
ask to await every promise.

Reported is a call, as a statement of its own or kept in a name or an array that nobody reads, that gives a promise: of the
database, the scheduler, storage, auth, `ctx.run…`, of a helper of the project that is asynchronous or returns one of
these, of `Promise.all` and its like, of `fetch`, and a `.then()`, `.catch()` or `.finally()` on any of them. It does
not matter what ctx is called or that it is typed `any`. `void` says that nobody waits on purpose, and is accepted, but
for a call of ctx in an action: that may be lost, and is reported as a warning.

Sources: <https://docs.convex.dev/understanding/best-practices/#await-all-promises>,
<https://docs.convex.dev/functions/actions#dangling-promises>; that queries and mutations run all that they started
to its end is in `crates/isolate/src/environment/udf/mod.rs` of get-convex/convex-backend (94a42c3).

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

from convex_lint.api import Call, Category, Dropped, Finding, Findings, Fix, Preset, Safety, Severity, rule


@rule("no-floating-promises", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Dropped)
def check(dropped: Dropped) -> Findings:
    """Report a promise that is dropped, and one of ctx that an action throws away with `void`."""
    call = dropped.call
    if dropped.void:
        if call.of_convex and call.in_action:
            yield _finding(call, "is thrown away, and an action may end before it is done", Severity.WARNING)
    elif call.promise is not None:
        yield _finding(call, "is not awaited", None)


def _finding(call: Call, what: str, at_most: Severity | None) -> Finding:
    edit = call.awaited()
    fix = Fix("await the promise", Safety.UNSAFE, (edit,)) if edit is not None else None
    message = f"the promise of {call.words} {what}"
    return Finding(call, message, help="put `await` before it, or return it", fix=fix, at_most=at_most)
