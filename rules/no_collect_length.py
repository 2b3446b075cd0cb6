r"""Disallow reading all documents of a query only to count them, or to see the first.

`.collect()` reads every document that the query finds, and sends each of them through the function. To know how many there
are, or whether there is one, that is far more than is needed: the function gets slower as the table grows, conflicts with
every write to what it read, and fails at the limit of a transaction. Keep a count in a document of its own, or use the
aggregate component; `.first()` reads one document, and `.take(n)` as many as are looked at.

Reported is a `.collect()` of whose result only the `length` is read, or only the first document, or whether it is empty.

Sources: <https://docs.convex.dev/understanding/best-practices/#only-use-collect-with-a-small-number-of-results>,
<https://www.convex.dev/components/aggregate>

## Bad

```ts
export const unread = query({
  args: { user: v.id("users") },
  handler: async (ctx, args) => {
    const messages = await ctx.db
      .query("messages")
      .withIndex("by_reader", (q) => q.eq("reader", args.user).eq("seen", false))
      .collect();
       ~~~~~~~ all documents are read only to count them
    return messages.length;
  },
});
```

```ts
export const latest = query({
  args: {},
  handler: async (ctx) => {
    return (await ctx.db.query("messages").order("desc").collect())[0];
                                                         ~~~~~~~ all documents are read only to see the first
  },
});
```

```ts fixed
export const latest = query({
  args: {},
  handler: async (ctx) => {
    return (await ctx.db.query("messages").order("desc").first());
  },
});
```

## Good

```ts
export const latest = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("messages").order("desc").first(),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, QueryChain, Safety, Severity, rule

FIRST = frozenset({"[0]", "is empty"})


@rule("no-collect-length", Category.PERFORMANCE, Severity.WARNING, preset=Preset.STRICT, each=QueryChain)
def check(chain: QueryChain) -> Findings:
    """Report a `collect` whose result is only counted, asked if it is empty, or asked for its first item."""
    step = chain.steps[-1]
    if step.name != "collect" or step.before is None:
        return
    read = {one.what for one in chain.reads}
    if read == {"is empty"}:
        message = "all documents are read only to see if there is one"
        yield Finding(step, message, help="use `.first()`, and compare what it gives with `null`")
    elif read and read <= FIRST:
        edits = chain.first_of_all()
        fix = Fix("read one document", Safety.UNSAFE, edits) if edits else None
        yield Finding(step, "all documents are read only to see the first", help="use `.first()`", fix=fix)
    elif read and read <= {"compared", "is empty"}:
        help_ = "use `.take(n)`, with as many as make the difference"
        yield Finding(step, "all documents are read only to see if there are so many", help=help_)
    elif read and read <= {"length", "compared", "is empty"}:
        help_ = "keep the number in a document of its own, or use the aggregate component"
        yield Finding(step, "all documents are read only to count them", help=help_)
