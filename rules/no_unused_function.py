r"""Disallow functions that nothing in the repository refers to.

A function that is deployed and never run still has to be read, kept up with the schema, and, where it is public,
defended: anyone can call it. Nothing points at it any more once its last caller is gone, as a reference is no import.

A function is used if anything may refer to it: code of the functions folder, the front end, scripts and tests,
clients in other languages, a command that names it in `package.json` or in what is written about it, a sentence there
that says to run `messages.purge`, or other code that has it by its value. All of the repository is looked through for
that (or the `clientRoots` of the configuration, for code), so the rule takes longer than others and is off unless it
is asked for. Where a part of `api` or `internal` is handed on, or a member is computed, all functions below it are
used. A public function is reported only where a client of the same functions folder is seen, and that of a component
never: who installs it may call it. Of a function that is run by hand, from the dashboard for example, nothing in the
repository may tell: say so in a comment that silences the rule.

Sources: <https://docs.convex.dev/functions/internal-functions>,
<https://docs.convex.dev/cli#run-convex-functions>

## Bad

```ts convex/messages.ts
export const purge = internalMutation({ args: {}, handler: async () => null });
export const sweep = internalMutation({ args: {}, handler: async () => null });
                     ~~~~~~~~~~~~~~~~ nothing refers to the internal mutation `sweep`
export const clear = action({
  args: {},
  handler: async (ctx) => {
    await ctx.runMutation(internal.messages.purge, {});
  },
});
```

## Good

```ts convex/messages.ts
export const purge = internalMutation({ args: {}, handler: async () => null });
export const clear = action({
  args: {},
  handler: async (ctx) => {
    await ctx.runMutation(internal.messages.purge, {});
  },
});
```
"""

from convex_lint.api import Category, Clients, Finding, Findings, Precision, Preset, Registered, Severity, rule


@rule(
    "no-unused-function",
    Category.MAINTENANCE,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    each=Registered,
    given=Clients,
    precision=Precision.LIKELY,
)
def check(function: Registered, clients: Clients) -> Findings:
    """Report a function that surely is referred to nowhere."""
    if function.kind == "httpAction" or (function.module.in_component and not function.internal):
        return
    callers = clients.callers(function)
    if callers.server or callers.named or callers.others or not (function.internal or callers.seen):
        return
    yield Finding(
        function,
        f"nothing refers to the {'internal' if function.internal else 'public'} {function.kind} `{function.name}`",
        help="delete it, or say in a comment who runs it by hand",
    )
