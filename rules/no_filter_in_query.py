r"""Disallow `.filter()` on a database query that reads a whole table.

`.filter()` on a query does not use an index: Convex reads every document of the table and throws away those that do
not match. The query gets slower as the table grows, conflicts with every write to the table, and fails once it
reads more than a transaction may. `.withIndex()` reads only the documents in the range; where no index can serve, a
plain `.filter()` on the array costs the same and is easier to read.

Reported is a filter on a query without an index, and on one with an index but no range, which reads all of it too. A
filter behind an index range or a search reads only what the range leaves, one that ends in `.paginate()` is the
exception that Convex's documentation names, one that only leaves out some (`q.neq`) on the way to the first few could
not do better, and system tables have no indexes to use. With `mode` set to `all`, every filter on a query is reported,
as the rule of this name in `@convex-dev/eslint-plugin` does; queries in names and from helpers are found too.

The message names the index of the schema that would serve what the filter compares, and the help says how to use it, or
which one to add. The fix moves the filter into the index range, where all of it fits and the order stays the same, and
adds the index to the schema where there is none.

Sources: <https://docs.convex.dev/understanding/best-practices/#avoid-filter-on-database-queries>,
<https://docs.convex.dev/database/reading-data/filters>

## Bad

```ts convex/schema.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  messages: defineTable({ author: v.id("users"), seen: v.boolean() }).index("by_author", ["author"]),
});
```

```ts convex/messages.ts
import { query } from "./_generated/server";
import { v } from "convex/values";

export const byAuthor = query({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("messages")
      .filter((q) => q.eq(q.field("author"), args.author))
       ~~~~~~ this filter reads every document of the table `messages`; the index `by_author` would serve
      .collect();
  },
});
```

```ts fixed convex/messages.ts
import { query } from "./_generated/server";
import { v } from "convex/values";

export const byAuthor = query({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("messages")
      .withIndex("by_author", (q) => q.eq("author", args.author))
      .collect();
  },
});
```

Where no index serves:

```ts convex/schema.ts
export default defineSchema({
  tasks: defineTable({ owner: v.id("users"), done: v.boolean() }),
});
```

```ts convex/tasks.ts
export const open = query({
  args: { owner: v.id("users") },
  handler: async (ctx, { owner }) => {
    return await ctx.db
      .query("tasks")
      .filter((q) => q.and(q.eq(q.field("owner"), owner), q.eq(q.field("done"), false)))
       ~~~~~~ this filter reads every document of the table `tasks`
      .collect();
  },
});
```

```ts fixed convex/schema.ts
export default defineSchema({
  tasks: defineTable({ owner: v.id("users"), done: v.boolean() }).index("by_owner_and_done", ["owner", "done"]),
});
```

```ts fixed convex/tasks.ts
export const open = query({
  args: { owner: v.id("users") },
  handler: async (ctx, { owner }) => {
    return await ctx.db
      .query("tasks")
      .withIndex("by_owner_and_done", (q) => q.eq("owner", owner).eq("done", false))
      .collect();
  },
});
```

## Good

```ts
export const byAuthor = query({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    const messages = await ctx.db
      .query("messages")
      .withIndex("by_author", (q) => q.eq("author", args.author))
      .take(100);
    return messages.filter((message) => !message.deleted);
  },
});
```
"""

from dataclasses import dataclass
from typing import Literal

from convex_lint.api import Category, Filter, Finding, Findings, Fix, Preset, QueryChain, Safety, Schema, Severity, rule

_Of = tuple[str | None, str | None]

UNEQUAL = "no index can serve a `neq`: filter the array, or store what is looked for in a field of its own"
HELP = "use `.withIndex()` with a range, and filter the array where no index can serve"


@dataclass(frozen=True)
class Options:
    """`mode`: report the filters on queries without an index range, or all of them."""

    mode: Literal["unindexed", "all"] = "unindexed"


@rule(
    "no-filter-in-query",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=QueryChain,
    given=Schema,
    options=Options,
)
def check(chain: QueryChain, schema: Schema, options: Options) -> Findings:
    """Report all filters of a chain, or the first one where the chain reads a whole table."""
    every = options.mode == "all"
    for at, step in enumerate(chain.filters if every else chain.filters[:1]):
        query = step.before
        compared = step.compared if at else chain.compared
        if query is None or not (every or (chain.scans and not (compared.only_unequal and chain.may_stop))):
            continue  # nothing would do better than to take the first documents of all that are not left out
        reads = "may read" if chain.may_stop else "reads"
        table = f"the table `{query.table}`" if query.table is not None else "a table"
        if query.ranged is not False:
            left = " that the search finds" if query.search else " in the range of its index"
            what = f"{reads} every document of {table}{left}" if query.ranged else f"on {table} uses no index"
            yield Finding(step, f"this filter {what}", help=HELP)
            continue
        whole = ", as its index has no range" if query.index else ""
        serving, help_, fix = _advice(chain, schema, (query.table, query.index), compared)
        yield Finding(step, f"this filter {reads} every document of {table}{whole}{serving}", help=help_, fix=fix)


def _advice(chain: QueryChain, schema: Schema, of: _Of, compared: Filter) -> tuple[str, str, Fix | None]:
    """Return what the schema offers, for the message, what to do, and the fix; `of` is the table and the index in use."""
    table, used = of
    if compared.only_unequal and not compared.fields:
        return "", UNEQUAL, None
    if table is None or not compared.fields:
        return "", HELP, None
    if "_id" in compared.equal:
        return "", "read the document with `ctx.db.get()`", None
    found = schema.serving(chain.module, table, compared, used)
    if found is None:
        known = schema.table(chain.module, table)
        if known is None or known.open:
            return "", HELP, None
        edits = chain.indexing()
        fix = Fix(f"add the index `{compared.wanted.name}`, and use it", Safety.UNSAFE, edits) if edits else None
        return "", f"add `{compared.index}` to `{table}`, and use it with `.withIndex()`", fix
    order = ", in an order of its own" if chain.is_ordered(found) else ""
    rest = ", and filter the array for the rest" if found.rest else ", which reads only what matches"
    edits = chain.using(found)
    fix = Fix(f"use the index `{found.index.name}`", Safety.UNSAFE, edits) if edits else None
    serving = f"; the index `{found.index.name}` would serve{order}" if found.index.name != used else ""
    return serving, f"use `{found.written}`{rest}", fix
