r"""Require `args` validators on every function.

Anyone on the internet can call a public function, with any arguments. Without `args`, Convex passes on whatever
arrives, and the TypeScript types are only a hope: an object where a string belongs becomes part of a query, a field
nobody expected is written to the database. Validators check every call before the handler runs, and give the
types too. `args: v.any()` lets everything in. Internal functions and those of a component, which only other code
calls, are reported as warnings; with the option `internal` set to `error` or `off`, as errors or not at all. Where
the handler takes no arguments, none can do harm, and it is a warning, too: `args: {}` turns down what is sent.

A function whose configuration is spread from elsewhere, or made by a builder with validation of its own (zod), is left
alone. A function in the old syntax is the business of `no-old-registered-function-syntax`.

Like the rule of this name in `@convex-dev/eslint-plugin` (`require-argument-validators` in its documentation); default
exports, `export { … }`, spreads and functions made by custom builders are understood too.
Source: <https://docs.convex.dev/functions/validation>

## Bad

```ts
export const send = mutation({
                    ~~~~~~~~ the public mutation `send` does not validate its arguments
  handler: async (ctx, args: { body: string }) => {
    await ctx.db.insert("messages", { body: args.body });
  },
});
```

```ts
export const list = query({
                    ~~~~~ the public query `list` does not say that it takes no arguments
  handler: async (ctx) => await ctx.db.query("messages").take(50),
});
```

```ts fixed
export const list = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("messages").take(50),
});
```

## Good

```ts
export const send = mutation({
  args: { body: v.string() },
  handler: async (ctx, args) => {
    await ctx.db.insert("messages", { body: args.body });
  },
});
```
"""

from dataclasses import dataclass
from typing import Literal

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Registered, Severity, rule


@dataclass(frozen=True)
class Options:
    """`internal`: how functions are reported that only other code can call."""

    internal: Literal["error", "warn", "off"] = "warn"


@rule(
    "require-args-validator",
    Category.SECURITY,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=Registered,
    options=Options,
    aliases=("require-argument-validators",),
)
def check(function: Registered, options: Options) -> Findings:
    """Report a function in the object syntax that has no `args`, or `args` that let everything in."""
    if function.kind == "httpAction" or function.positional or function.validated:
        return
    if options.internal == "off" and not function.exposed:
        return
    none = function.takes_arguments is False and not function.takes_anything
    what = "does not say that it takes no arguments" if none else "does not validate its arguments"
    edit = function.declare_no_arguments() if none else None
    is_harmless = none if function.exposed else options.internal != "error"
    yield Finding(
        function,
        f"the {function.deployed_as} `{function.name}` {what}",
        help="add `args: {}`" if none else "add `args` with a validator for each argument",
        fix=Fix("add `args: {}`", function.refusing, (edit,)) if edit is not None else None,
        at_most=Severity.WARNING if is_harmless else None,
    )
