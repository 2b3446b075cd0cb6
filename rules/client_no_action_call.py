r"""Disallow calling an action from a client that does nothing but run queries and mutations.

An action is there to reach what lies outside of Convex. One that only runs queries and mutations costs a function of
its own for each of them, is no transaction, is not tried again, and does not wait its turn behind the mutations that
the same client has sent. A mutation does the same in one transaction; work that has to reach outside is scheduled by
it, so that what was asked for is written down before it is tried.

Reported is the call in the front end, of an action in Convex's own runtime of which all calls are understood: it runs
queries or mutations, none of them in a loop, schedules, asks who is logged in, and computes. The front end is read only
where the rule is on.

Sources: <https://docs.convex.dev/functions/actions#calling-actions-from-clients>,
<https://docs.convex.dev/understanding/zen>

## Bad

```ts convex/posts.ts
export const save = internalMutation({ args: { text: v.string() }, handler: async () => null });
export const publish = action({
  args: { text: v.string() },
  handler: async (ctx, { text }) => {
    await ctx.runMutation(internal.posts.save, { text: text.trim() });
  },
});
```

```tsx src/Editor.tsx
import { useAction } from "convex/react";
import { api } from "../convex/_generated/api";

export const usePublish = () => useAction(api.posts.publish);
                                          ~~~~~~~~~~~~~~~~~ the action `api.posts.publish` only runs queries and mutations
```

## Good

```ts convex/posts.ts
export const publish = mutation({
  args: { text: v.string() },
  handler: async (ctx, { text }) => {
    await ctx.db.insert("posts", { text: text.trim() });
  },
});
```

```tsx src/Editor.tsx
import { useMutation } from "convex/react";
import { api } from "../convex/_generated/api";

export const usePublish = () => useMutation(api.posts.publish);
```
"""

from convex_lint.api import (
    Category,
    Clients,
    Finding,
    Findings,
    Precision,
    Preset,
    ReferenceUse,
    Severity,
    rule,
)


@rule(
    "client-no-action-call",
    Category.PERFORMANCE,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    each=ReferenceUse,
    given=Clients,
    precision=Precision.LIKELY,
    clients=True,
)
def check(use: ReferenceUse, clients: Clients) -> Findings:
    """Report an action that a client runs and that could be a mutation."""
    if clients.could_be_mutation(use):
        yield Finding(
            use,
            f"the action `{use.spelt}` only runs queries and mutations",
            help="make it a mutation (or a query) that does what these do, and call that",
        )
