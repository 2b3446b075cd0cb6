r"""Require that a search asks its index for what the index holds.

The callback of `.withSearchIndex()` must search the `searchField` of that index, once, and may compare with `.eq()` only
its `filterFields`, at most eight times. The filter of `ctx.vectorSearch()` may compare only the `filterFields` of its
vector index, and its `limit` lies between 1 and 256. Everything else is an error when the query runs.

Sources: <https://docs.convex.dev/search/text-search>, <https://docs.convex.dev/search/vector-search>,
<https://docs.convex.dev/production/state/limits>,
<https://github.com/get-convex/convex-backend/blob/main/crates/search/src/lib.rs>

## Bad

```ts convex/schema.ts
export default defineSchema({
  notes: defineTable({ body: v.string(), owner: v.string(), tag: v.string() }).searchIndex("search_body", {
    searchField: "body",
    filterFields: ["owner"],
  }),
});
```

```ts convex/notes.ts
export const search = query({
  args: { words: v.string(), owner: v.string() },
  handler: async (ctx, { words, owner }) => {
    const first = await ctx.db
      .query("notes")
      .withSearchIndex("search_body", (q) => q.eq("owner", owner))
                                             ~~~~~~~~~~~~~~~~~~~~ this search does not say what to search
      .take(10);
    const second = await ctx.db
      .query("notes")
      .withSearchIndex("search_body", (q) => q.search("body", words).eq("tag", "x"))
                                                                        ~~~~~ `tag` is no filter field of the search index `search_body`
      .take(10);
    return [first, second];
  },
});
```

## Good

```ts
export const search = query({
  args: { words: v.string(), owner: v.string() },
  handler: async (ctx, { words, owner }) => {
    return await ctx.db
      .query("notes")
      .withSearchIndex("search_body", (q) => q.search("body", words).eq("owner", owner))
      .take(10);
  },
});
```
"""

from convex_lint.api import (
    Category,
    Comparison,
    Comparisons,
    Finding,
    Findings,
    IndexDefinition,
    IndexUse,
    Preset,
    Schema,
    Severity,
    nearest,
    rule,
)

MOST_FILTERS, MOST_RESULTS = 8, 256
"""`crates/search/src/constants.rs` and `crates/vector/src/lib.rs` of convex-backend at 94a42c3."""

NOTHING = "this search does not say what to search"


@rule(
    "valid-search-query", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=IndexUse, given=Schema
)
def check(use: IndexUse, schema: Schema) -> Findings:
    """Report what a search asks of an index that the index cannot give."""
    limit = use.number("limit")
    if limit is not None and not (1 <= limit <= MOST_RESULTS and limit.is_integer()):
        yield Finding(
            use.at_option("limit"), f"a vector search gives between 1 and {MOST_RESULTS} results, not {limit:g}"
        )
    if use.form == "index" or use.table is None or use.name is None:
        return
    if use.form == "search" and (len(use.call.arguments) == 1 or use.silent is not None):
        yield Finding(use.silent or use, NOTHING, help="search a field: `(q) => q.search(…)`")
    index = schema.index(use.module, use.table, use.name, use.form)
    if index is None or index.open:
        return
    yield from _filters(use.filtered_by, use, index)
    for given in use.ranges if use.form == "search" else ():
        yield from _search(given, use, index)


def _search(given: Comparisons, use: IndexUse, index: IndexDefinition) -> Findings:
    searched, filters = given.of("search"), given.of("eq")
    field = index.fields[0] if index.fields else None
    if not searched and field is not None:
        yield Finding(given, NOTHING, help=f'search its field first: `q.search("{field}", …)`')
    for step in searched[1:]:
        yield Finding(step, "a search has one `search`", help="search for all words at once")
    if searched and field is not None and searched[0].field not in {field, None}:
        message = f"the search index `{use.name}` searches `{field}`, not `{searched[0].field}`"
        yield Finding(searched[0], message, help=f"search `{field}`, or use another index")
    yield from _filters(filters, use, index)
    if len(filters) > MOST_FILTERS:
        yield Finding(filters[MOST_FILTERS], f"a search compares at most {MOST_FILTERS} fields")
    for step in given.steps:
        if step not in {*searched, *filters}:
            yield Finding(
                step, f"a search has no `{step.method}`", help="compare with `eq`, or filter the documents found"
            )


def _filters(steps: tuple[Comparison, ...], use: IndexUse, index: IndexDefinition) -> Findings:
    for step, field in ((one, one.field) for one in steps if one.field not in {*index.filters, None}):
        near = nearest(field or "", index.filters)
        help_ = f"use `{near}`" if near is not None else f"add it to the `filterFields` of `{use.name}`"
        yield Finding(step, f"`{field}` is no filter field of the {use.form} index `{use.name}`", help=help_)
