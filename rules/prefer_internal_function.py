r"""Require functions that only the server calls to be internal.

A public function is a door: whoever has the address of the deployment can call it with arguments of their own. If only
other functions call it, the door is there for nobody but an attacker. Registered with `internalQuery`,
`internalMutation` or `internalAction`, and referred to through `internal`, it does the same for its callers.

The rule speaks only where a function of the same folder names this one, where a client of the folder is seen, and where
of all that it, scripts, tests and clients in other languages say nothing may mean the function. All of the repository is looked through for that (or the
`clientRoots` of the configuration, for code), so the rule takes longer than others and is off unless it is asked for.
The functions of a component are left alone: who installs it calls those that are public.

Sources: <https://docs.convex.dev/understanding/best-practices#only-schedule-and-ctxrun-internal-functions>,
<https://docs.convex.dev/functions/internal-functions>

## Bad

```ts convex/mail.ts
export const send = action({ args: { to: v.string() }, handler: async () => null });
                    ~~~~~~ the public action `send` is called by the server alone
```

```ts convex/users.ts
export const invite = mutation({
  args: { email: v.string() },
  handler: async (ctx, { email }) => {
    await ctx.scheduler.runAfter(0, api.mail.send, { to: email });
  },
});
```

```tsx src/Invite.tsx
import { useMutation } from "convex/react";
import { api } from "../convex/_generated/api";

export const useInvite = () => useMutation(api.users.invite);
```

## Good

```ts convex/mail.ts
export const send = internalAction({ args: { to: v.string() }, handler: async () => null });
```

```ts convex/users.ts
export const invite = mutation({
  args: { email: v.string() },
  handler: async (ctx, { email }) => {
    await ctx.scheduler.runAfter(0, internal.mail.send, { to: email });
  },
});
```

```tsx src/Invite.tsx
import { useMutation } from "convex/react";
import { api } from "../convex/_generated/api";

export const useInvite = () => useMutation(api.users.invite);
```
"""

from convex_lint.api import Category, Clients, Finding, Findings, Precision, Preset, Registered, Severity, rule


@rule(
    "prefer-internal-function",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    each=Registered,
    given=Clients,
    precision=Precision.LIKELY,
)
def check(function: Registered, clients: Clients) -> Findings:
    """Report a public function that code of the functions folder surely refers to, and surely nobody else."""
    if not function.exposed or function.kind == "httpAction":
        return
    callers = clients.callers(function)
    if callers.seen and callers.surely and not callers.others:
        yield Finding(
            function,
            f"the {function.deployed_as} `{function.name}` is called by the server alone",
            help=f"register it by `internal{function.kind.capitalize()}` or its like, and refer to it through `internal`",
        )
