r"""Disallow registering a function without an object around it.

`query(async (ctx, args) => …)` is the syntax of before Convex had validators. It cannot declare `args` or `returns`, so
whatever a client sends reaches the handler as it is. The object syntax, with `args` and `handler`, has replaced it.

The fix wraps the function in an object. Where the handler has no parameter for arguments, it declares that there are
none, which is safe unless code or a test gives it some; where it has one, write the validators yourself: `require-args-validator` asks for them next.

Like the rule of this name in `@convex-dev/eslint-plugin`; default exports, `export { … }` and functions made by custom
builders are found too. Source: <https://docs.convex.dev/eslint#no-old-registered-function-syntax>

## Bad

```ts
export const list = query(async (ctx) => {
                    ~~~~~ `list` is registered in the old syntax, without an object
  return await ctx.db.query("messages").take(50);
});
```

```ts fixed
export const list = query({ args: {}, handler: async (ctx) => {
  return await ctx.db.query("messages").take(50);
} });
```

## Good

```ts
export const list = query({
  args: {},
  handler: async (ctx) => {
    return await ctx.db.query("messages").take(50);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Registered, Severity, rule


@rule(
    "no-old-registered-function-syntax",
    Category.STYLE,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=Registered,
)
def check(function: Registered) -> Findings:
    """Report a function that is registered by its handler alone."""
    if function.kind != "httpAction" and function.positional:
        yield Finding(
            function,
            f"`{function.name}` is registered in the old syntax, without an object",
            help="write `{ args: { … }, handler: … }`",
            fix=Fix("wrap the handler in an object", function.refusing, function.as_object()),
        )
