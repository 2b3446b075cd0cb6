r"""Disallow casts that take the types off a function reference.

`(internal as any).users.get` is written where the types of `_generated/api` are not up to date, or where the compiler
gives up on them. From there on nothing checks that the function is there, what kind it is, and what it is given; when
it is renamed, the call compiles and fails. Run `npx convex dev`, or `npx convex codegen`, so that the types are what
the code is. Where the types go round in circles, the return type of the handler is what to write down.

Some large projects need such casts ("type instantiation is excessively deep"), and so this rule is opt-in. What is left
of the checks by this linter goes on: it looks through the cast.

Source: <https://docs.convex.dev/functions/actions#dealing-with-circular-type-inference>

## Bad

```ts
import { internal } from "./_generated/api";
import { action } from "./_generated/server";

export const greet = action({
  args: {},
  handler: async (ctx) => {
    const name: string = await ctx.runQuery((internal as any).users.name, {});
                                             ~~~~~~~~~~~~~~~ nothing checks what is taken from `internal` here
    return `Hello ${name}`;
  },
});
```

## Good

```ts
import { internal } from "./_generated/api";
import { action } from "./_generated/server";

export const greet = action({
  args: {},
  handler: async (ctx) => {
    const name: string = await ctx.runQuery(internal.users.name, {});
    return `Hello ${name}`;
  },
});
```
"""

from convex_lint.api import Blinded, Category, Finding, Findings, Preset, Severity, rule

HELP = "renew the types with `npx convex codegen`, and take the cast away"


@rule("no-stale-api-types", Category.STYLE, Severity.WARNING, preset=Preset.OPT_IN, each=Blinded)
def check(reference: Blinded) -> Findings:
    """Report each reference, or part of one, that is cast to `any`."""
    yield Finding(reference, f"nothing checks what is taken from `{reference.spelt}` here", help=HELP)
