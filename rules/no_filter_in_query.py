r"""Disallow `.filter()` on a database query that reads a whole table.

`.filter()` on a query does not use an index: Convex reads every document of the table and throws away those that do
not match. The query gets slower as the table grows, conflicts with every write to the table, and fails once it
reads more than a transaction may. `.withIndex()` reads only the documents in the range; where no index can serve, a
plain `.filter()` on the array costs the same and is easier to read.

Reported is a filter on a query without an index, and on one with an index but no range, which reads all of it too. A
filter behind an index range or a search reads only what the range leaves, one that ends in `.paginate()` is the
exception that Convex's documentation names, and system tables have no indexes to use. With `mode` set to `all`, every
filter on a query is reported, as the official ESLint plugin does.

The message names the index of the schema that would serve what the filter compares, and the help says how to use it, or
which one to add. No index can serve a filter that only asks that a field has another value (`q.neq`).

Sources: <https://docs.convex.dev/understanding/best-practices/#avoid-filter-on-database-queries>,
<https://docs.convex.dev/database/reading-data/filters>

## Bad

```ts
export const byAuthor = query({
  args: { author: v.id("users") },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("messages")
      .filter((q) => q.eq(q.field("author"), args.author))
       ~~~~~~ this filter reads every document of the table `messages`
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

from convex_lint.api import Category, Filter, Finding, Findings, Preset, QueryChain, Schema, Severity, rule

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
    """Report the filters of a chain that nothing narrows before."""
    for step in chain.steps:
        query = step.before
        if step.name != "filter" or query is None:
            continue
        table = f"the table `{query.table}`" if query.table is not None else "a table"
        if options.mode == "all" and query.ranged is not False:
            yield Finding(step, f"this filter on {table} uses no index", help=HELP)
        elif options.mode == "all" or (
            query.index is not None and query.ranged is False and not _is_system(query.table) and _is_collected(chain)
        ):
            whole = ", as its index has no range" if query.index else ""
            serving, help_ = _advice(chain, schema, query.table, step.compared)
            yield Finding(step, f"this filter reads every document of {table}{whole}{serving}", help=help_)


def _advice(chain: QueryChain, schema: Schema, table: str | None, compared: Filter) -> tuple[str, str]:
    """Return what the schema offers, for the message, and what to do."""
    if compared.only_unequal:
        return "", "no index can serve a `neq`: filter the array, or store what is looked for in a field of its own"
    if table is None or not compared.fields:
        return "", HELP
    index = schema.serving(chain.module, table, compared)
    if index is None:
        fields = ", ".join(f'"{field}"' for field in compared.fields)
        name = "_and_".join(compared.fields).replace(".", "_")
        return "", f'add `.index("by_{name}", [{fields}])` to `{table}`, and use it with `.withIndex()`'
    first = index.fields[0] if index.fields else "_creationTime"
    method = "eq" if first in compared.equal else "gt"
    use = f'`.withIndex("{index.name}", (q) => q.{method}("{first}", …))`'
    ordered = any(step.name == "order" for step in chain.steps) and index.name != "by_creation_time"
    order = ", in an order of its own" if ordered else ""
    return f"; the index `{index.name}` would serve{order}", f"use {use}, and filter the array for the rest"


def _is_collected(chain: QueryChain) -> bool:
    """Say whether a query is surely run, and never page by page."""
    ends = chain.ends
    return ends is not None and len(ends) > 0 and "paginate" not in ends


def _is_system(table: str | None) -> bool:
    """Say whether a table is one of Convex's own, which have no indexes but the built-in ones."""
    return table is not None and table.startswith("_")
