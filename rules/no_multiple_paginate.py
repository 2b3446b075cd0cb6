r"""Disallow a second `.paginate()` in one run of a function.

A query or a mutation may paginate one query: Convex keeps one place where the page ends, so that a client that watches it
gets pages without gaps. A second `.paginate()`, or one in a loop, fails with "This query or mutation function ran multiple
paginated queries". Read the rest with `take` or an index range, or let an action go through the pages, as each
`ctx.runQuery` is a run of its own.

Reported is a `.paginate()` behind another one that surely ran before it, also in helpers, and one that a loop repeats.
Branches of which only one runs are left alone, and so are the paginators and streams of `convex-helpers`, which do not use
it.

Sources: <https://docs.convex.dev/database/pagination>,
<https://github.com/get-convex/convex-backend/blob/main/crates/isolate/src/environment/udf/async_syscall.rs>

## Bad

```ts
export const feed = query({
  args: { paginationOpts: paginationOptsValidator },
  handler: async (ctx, args) => {
    const posts = await ctx.db.query("posts").order("desc").paginate(args.paginationOpts);
    const ads = await ctx.db.query("ads").paginate({ numItems: 3, cursor: null });
                                          ~~~~~~~~ a second `paginate` fails: a function may run one
    return { posts, ads: ads.page };
  },
});
```

## Good

```ts
export const feed = query({
  args: { paginationOpts: paginationOptsValidator },
  handler: async (ctx, args) => {
    const posts = await ctx.db.query("posts").order("desc").paginate(args.paginationOpts);
    const ads = await ctx.db.query("ads").take(3);
    return { posts, ads };
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, SecondPage, Severity, rule


@rule("no-multiple-paginate", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=SecondPage)
def check(page: SecondPage) -> Findings:
    """Report a page that is read after another one in the same run."""
    help_ = "paginate one query, and read the rest with `take`, or go through the pages in an action"
    if page.looped:
        yield Finding(page, "`paginate` fails in the second round of a loop: a function may run one", help=help_)
    else:
        message = "a second `paginate` fails: a function may run one"
        yield Finding(page, message, help=help_, related=(page.before,))
