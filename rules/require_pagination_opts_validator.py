r"""Require that what a client gives to `.paginate()` is validated by `paginationOptsValidator`.

`.paginate()` takes a size and a cursor. With `v.any()` a client may send any of it: a size that reads the whole table, or
something that fails deep inside. With a validator that has no `cursor`, or no `numItems`, the second page can never be
asked for. `paginationOptsValidator` of `convex/server` lets in what `usePaginatedQuery` sends, and nothing else.

Reported is an argument that a registered function gives to `.paginate()` as it is, whose validator lets anything in, or
lacks a field. A validator of one's own that has these fields is fine, and so are options that the function makes itself.

Source: <https://docs.convex.dev/database/pagination#writing-paginated-query-functions>

## Bad

```ts
import { query } from "./_generated/server";
import { v } from "convex/values";

export const list = query({
  args: { paginationOpts: v.any() },
                          ~~~~~~~ `paginationOpts` goes to `paginate`, and its validator lets anything in
  handler: async (ctx, args) => {
    return await ctx.db.query("messages").order("desc").paginate(args.paginationOpts);
  },
});
```

```ts fixed
import { query } from "./_generated/server";
import { v } from "convex/values";
import { paginationOptsValidator } from "convex/server";

export const list = query({
  args: { paginationOpts: paginationOptsValidator },
  handler: async (ctx, args) => {
    return await ctx.db.query("messages").order("desc").paginate(args.paginationOpts);
  },
});
```

## Good

```ts
import { query } from "./_generated/server";
import { paginationOptsValidator } from "convex/server";

export const list = query({
  args: { paginationOpts: paginationOptsValidator },
  handler: async (ctx, args) => {
    return await ctx.db.query("messages").order("desc").paginate(args.paginationOpts);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, PageOptions, Preset, Safety, Severity, rule

HELP = "use `paginationOptsValidator` of `convex/server`"


@rule(
    "require-pagination-opts-validator",
    Category.CORRECTNESS,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=PageOptions,
)
def check(options: PageOptions) -> Findings:
    """Report options of a page that are not validated, or whose validator keeps out what is needed."""
    name = f"`{options.name}` goes" if options.name else "what a client sends goes"
    edits = options.replaced()
    fix = Fix("use `paginationOptsValidator`", Safety.UNSAFE, edits) if edits else None
    if options.unchecked:
        yield Finding(options, f"{name} to `paginate`, and its validator lets anything in", help=HELP, fix=fix)
    elif options.missing is not None:
        message = f"{name} to `paginate`, and its validator has no `{options.missing}`"
        yield Finding(options, message, help=HELP, fix=fix)
