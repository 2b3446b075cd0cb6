r"""Require a `returns` validator on the public functions of a component.

An app sees a component through the types that Convex generates from its validators. Code and types of the component end
at its border: a public function without `returns` gives `any` to the app, and nothing checks what leaves the component.
Convex asks for both validators on all public functions of a component. That `args` are missing is said by
`require-args-validator`, for a component as for an app; this rule is about `returns`.

Internal functions are seen by the component alone, and HTTP actions have no validators.

Source: <https://docs.convex.dev/components/authoring#validation>

## Bad

```ts convex/likes/convex.config.ts
import { defineComponent } from "convex/server";

export default defineComponent("likes");
```

```ts convex/likes/public.ts
import { query } from "./_generated/server";
import { v } from "convex/values";

export const count = query({
                     ~~~~~ the app gets `any` from `count`, which does not validate what it returns
  args: { post: v.string() },
  handler: async (ctx, { post }) => {
    const likes = await ctx.db
      .query("likes")
      .withIndex("by_post", (q) => q.eq("post", post))
      .take(1000);
    return likes.length;
  },
});
```

## Good

```ts convex/likes/convex.config.ts
import { defineComponent } from "convex/server";

export default defineComponent("likes");
```

```ts convex/likes/public.ts
import { query } from "./_generated/server";
import { v } from "convex/values";

export const count = query({
  args: { post: v.string() },
  returns: v.number(),
  handler: async (ctx, { post }) => {
    const likes = await ctx.db
      .query("likes")
      .withIndex("by_post", (q) => q.eq("post", post))
      .take(1000);
    return likes.length;
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Registered, Severity, rule

HELP = "add `returns`, `v.null()` where it returns nothing"


@rule("component-require-validators", Category.SCHEMA, Severity.WARNING, preset=Preset.STRICT, each=Registered)
def check(function: Registered) -> Findings:
    """Report a public function of a component that has no `returns`."""
    is_public = function.module.in_component and not function.internal and function.kind != "httpAction"
    if is_public and not function.positional and not function.returns_validated:
        name = function.name
        yield Finding(function, f"the app gets `any` from `{name}`, which does not validate what it returns", help=HELP)
