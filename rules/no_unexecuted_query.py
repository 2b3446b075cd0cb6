r"""Disallow database queries that are used without having been run.

`ctx.db.query("messages").order("desc")` reads nothing yet: only `collect`, `take`, `first`, `unique`, `paginate` and
`for await` run a query. `await` does not: what is awaited is still the query, which is always true as a condition and has
none of the fields of a document. A function that returns a query fails with "Return value is a Query", and a `for` loop
without `await` with "is not iterable".

Reported is a query that a registered function returns, alone or inside an object or an array, one that is awaited,
looped over or asked for its fields and surely not run after that, and one that is thrown away. Helpers may return a query
for their callers to go on with.

Sources: <https://docs.convex.dev/database/reading-data/>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/impl/registration_impl.ts>

## Bad

```ts
export const latest = query({
  args: {},
  handler: async (ctx) => {
    return ctx.db.query("messages").order("desc");
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ this query is returned, and was not run
  },
});
```

```ts
export const signUp = mutation({
  args: { email: v.string() },
  handler: async (ctx, args) => {
    const known = await ctx.db.query("users").withIndex("by_email", (q) => q.eq("email", args.email));
                        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ `await` does not run this query
    if (known) throw new Error("this address is taken");
    return await ctx.db.insert("users", { email: args.email });
  },
});
```

## Good

```ts
export const latest = query({
  args: {},
  handler: async (ctx) => {
    return await ctx.db.query("messages").order("desc").take(50);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, UnrunQuery, rule

ENDS = "end it with `.take(n)`, `.first()`, `.unique()`, `.paginate()` or `.collect()`"
SAID = {
    "returned": ("this query is returned, and was not run", ENDS),
    "awaited": ("`await` does not run this query", ENDS),
    "looped": (
        "this query is looped over, and was not run",
        "use `for await`, or end it with `.take(n)` and `await` it",
    ),
    "dropped": ("this query is thrown away, and never run", ENDS),
    "used": ("this query is used as what it finds, and never run", ENDS),
}


@rule("no-unexecuted-query", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=UnrunQuery)
def check(query: UnrunQuery) -> Findings:
    """Report a query that is taken for what it would give."""
    message, help_ = SAID[query.how]
    yield Finding(query, message, help=help_)
