r"""Disallow JavaScript's own operators between the conditions of a query.

What `q.eq(…)`, `q.field(…)` and the other methods of a filter's builder give are objects, which say to the database what to
compare. JavaScript runs its operators before any document is read, and to it every object is true: `a && b` is `b` alone,
`a || b` is `a` alone, `!a` is false, and `q.field("state") === "open"` is false for every document. Types let all but the
last of them pass. So a check of two fields silently becomes a check of one, and another user's document is found.

Reported is such an operator on what surely is a condition, in `filter`, and in the range of an index or of a search, where
the builder can be used only once: there, `&&` throws. A condition behind `&&` or in the branches of `? :` whose test is a
plain value is fine.

Sources: <https://docs.convex.dev/database/reading-data/filters>,
<https://docs.convex.dev/api/interfaces/server.FilterBuilder>; `server/impl/filter_builder_impl.ts` and
`server/impl/index_range_builder_impl.ts` in the npm package `convex` 1.31.6

## Bad

```ts
export const star = query({
  args: { user: v.id("users"), note: v.id("notes") },
  handler: async (ctx, args) =>
    await ctx.db
      .query("stars")
      .filter((q) => q.eq(q.field("user"), args.user) && q.eq(q.field("note"), args.note))
                     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ only the last of these conditions counts: `&&` does not join them
      .first(),
});
```

```ts fixed
export const star = query({
  args: { user: v.id("users"), note: v.id("notes") },
  handler: async (ctx, args) =>
    await ctx.db
      .query("stars")
      .filter((q) => q.and(q.eq(q.field("user"), args.user), q.eq(q.field("note"), args.note)))
      .first(),
});
```

## Good

```ts
export const star = query({
  args: { user: v.id("users"), note: v.id("notes") },
  handler: async (ctx, args) =>
    await ctx.db
      .query("stars")
      .filter((q) => q.and(q.eq(q.field("user"), args.user), q.eq(q.field("note"), args.note)))
      .first(),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, JudgedCondition, Preset, Safety, Severity, rule


@rule("no-js-operator-in-filter", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=JudgedCondition)
def check(judged: JudgedCondition) -> Findings:
    """Report an operator that judges the object which a condition is."""
    sign, is_filter = judged.operator, judged.form == "filter"
    help_ = f"use `{judged.builder or 'q'}.{judged.meant}(…)`" if judged.meant and is_filter else None
    match sign:
        case "&&" if not is_filter:
            message, help_ = "the builder of a range is used a second time here, which throws", "chain the calls"
        case "&&":
            message = "only the last of these conditions counts: `&&` does not join them"
        case "||":
            message = "only the first of these conditions counts: `||` does not join them"
        case "!":
            message = "this is always false: `!` does not negate a condition of a query"
        case "?":
            message = "a condition of a query is an object, which is always true here"
        case _:
            outcome = "true" if sign.startswith("!") else "false"
            message = f"this is always {outcome}: `{sign}` compares the object, and not what is in a document"
    fix = Fix(help_, Safety.UNSAFE, judged.edits) if help_ is not None and judged.edits else None
    yield Finding(judged, message, help=help_, fix=fix)
