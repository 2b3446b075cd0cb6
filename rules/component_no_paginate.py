r"""Disallow `.paginate()` in the functions of a component.

Convex keeps track of the pages of a query for the clients that watch it, and no client watches the functions of a
component: there, `.paginate()` fails with "paginate() is only supported in the app". Use the `paginator` of
`convex-helpers`, which reads pages with index ranges, or take a cursor of your own and read with `.take()`.

Sources: <https://docs.convex.dev/components/authoring#pagination>,
<https://github.com/get-convex/convex-backend/blob/main/crates/isolate/src/environment/udf/async_syscall.rs>

## Bad

```ts convex/likes/convex.config.ts
import { defineComponent } from "convex/server";

export default defineComponent("likes");
```

```ts convex/likes/public.ts
import { paginationOptsValidator } from "convex/server";
import { query } from "./_generated/server";

export const list = query({
  args: { paginationOpts: paginationOptsValidator },
  returns: v.any(),
  handler: async (ctx, args) => {
    return await ctx.db.query("likes").order("desc").paginate(args.paginationOpts);
                                                     ~~~~~~~~ `paginate` fails in a component
  },
});
```

## Good

```ts convex/likes/convex.config.ts
import { defineComponent } from "convex/server";

export default defineComponent("likes");
```

```ts convex/likes/public.ts
import { paginator } from "convex-helpers/server/pagination";
import { paginationOptsValidator } from "convex/server";
import { query } from "./_generated/server";
import schema from "./schema";

export const list = query({
  args: { paginationOpts: paginationOptsValidator },
  returns: v.any(),
  handler: async (ctx, args) => {
    return await paginator(ctx.db, schema).query("likes").order("desc").paginate(args.paginationOpts);
  },
});
```
"""

from convex_lint.api import AppOnly, Category, Finding, Findings, Preset, Severity, rule

HELP = "use the `paginator` of `convex-helpers/server/pagination`"


@rule("component-no-paginate", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=AppOnly)
def check(call: AppOnly) -> Findings:
    """Report each page of a query that a function of a component reads."""
    if call.form == "paginate":
        yield Finding(call, "`paginate` fails in a component", help=HELP)
