r"""Require a `returns` validator on every function.

`returns` says what a function gives back. Convex checks it when the function runs, so that a field that should stay on
the server is not sent by mistake, and code that calls the function from another component or language can rely on it:
types end at the border of a component. In an app whose client shares its TypeScript types, it is a matter of taste,
and so this rule is opt-in.

HTTP actions return a `Response` and have no validators. The public functions of a component are the business of
`component-require-validators`, which says what the app gets from them; and a function in the old syntax that of
`no-old-registered-function-syntax`.

Sources: <https://docs.convex.dev/functions/validation>, <https://docs.convex.dev/components/authoring>

## Bad

```ts
export const count = query({
                     ~~~~~ the public query `count` does not validate what it returns
  args: {},
  handler: async (ctx) => (await ctx.db.query("messages").take(100)).length,
});
```

## Good

```ts
export const count = query({
  args: {},
  returns: v.number(),
  handler: async (ctx) => (await ctx.db.query("messages").take(100)).length,
});

export const clear = internalMutation({
  args: { id: v.id("messages") },
  returns: v.null(),
  handler: async (ctx, { id }) => {
    await ctx.db.delete(id);
    return null;
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Registered, Severity, rule


@rule("require-returns-validator", Category.STYLE, Severity.WARNING, preset=Preset.OPT_IN, each=Registered)
def check(function: Registered) -> Findings:
    """Report a function in the object syntax that has no `returns`."""
    is_left = function.kind == "httpAction" or (function.module.in_component and not function.internal)
    if not is_left and not function.positional and not function.returns_validated:
        yield Finding(
            function,
            f"the {function.deployed_as} `{function.name}` does not validate what it returns",
            help="add `returns`, `v.null()` where it returns nothing",
        )
