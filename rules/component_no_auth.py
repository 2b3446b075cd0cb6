r"""Disallow `ctx.auth` in the functions of a component.

A component does not know who calls: Convex has it that within a component `ctx.auth` is not available, neither in its
queries and mutations nor in its HTTP actions. A check that rests on it lets in everyone, or no one, depending on the
version that runs it. The app knows who calls: it asks, checks, and passes on what the component needs, a user id or a
name, as an argument. An HTTP action that has to know who calls belongs into the app, or into code of the component's
package that the app mounts.

Code of a component's package that runs in the app, such as a client class, may use the `ctx.auth` of the app: reported
is what a function of the component runs, the helpers that it calls included.

Source: <https://docs.convex.dev/components/authoring#authentication-via-ctxauth>

## Bad

```ts convex/likes/convex.config.ts
import { defineComponent } from "convex/server";

export default defineComponent("likes");
```

```ts convex/likes/public.ts
import { mutation } from "./_generated/server";
import { v } from "convex/values";

export const like = mutation({
  args: { post: v.string() },
  returns: v.null(),
  handler: async (ctx, { post }) => {
    const identity = await ctx.auth.getUserIdentity();
                           ~~~~~~~~~~~~~~~~~~~~~~~~ a component has no `ctx.auth`
    if (identity === null) throw new Error("Not logged in");
    await ctx.db.insert("likes", { post, user: identity.subject });
    return null;
  },
});
```

## Good

```ts convex/likes/convex.config.ts
import { defineComponent } from "convex/server";

export default defineComponent("likes");
```

```ts convex/likes/public.ts
import { mutation } from "./_generated/server";
import { v } from "convex/values";

export const like = mutation({
  args: { post: v.string(), user: v.string() },
  returns: v.null(),
  handler: async (ctx, { post, user }) => {
    await ctx.db.insert("likes", { post, user });
    return null;
  },
});
```
"""

from convex_lint.api import AppOnly, Category, Finding, Findings, Preset, Severity, rule

HELP = "ask in the app, and pass on who calls as an argument"


@rule("component-no-auth", Category.CORRECTNESS, Severity.WARNING, preset=Preset.RECOMMENDED, each=AppOnly)
def check(call: AppOnly) -> Findings:
    """Report what asks who calls in a function of a component."""
    if call.form == "auth":
        by = f", which `{call.by}` needs" if call.by is not None else ""
        yield Finding(call, f"a component has no `ctx.auth`{by}", help=HELP)
