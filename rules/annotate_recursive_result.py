r"""Require a type where a function returns what another function of the project gives.

The type of `api.users.get` is made of the types of all functions of the project. When a function returns what
`ctx.runQuery(api.users.get, …)` gives, its own type is made of them too, and so of itself: TypeScript says that it
"implicitly has type 'any' because it does not have a type annotation and is referenced directly or indirectly in its
own initializer", and gives `any` to whoever uses the function. Write down the type of the handler's result, or that of
what the call gives. A `returns` validator is not enough.

TypeScript reports it itself as soon as the code is generated. This rule, which is opt-in, says so before, and in code
whose types are not checked. It says nothing where `convex.json` asks for the types to be written out, by
`codegen.staticApi`: then they are not made of the functions.

Source: <https://docs.convex.dev/functions/actions#dealing-with-circular-type-inference>

## Bad

<!-- no-metamorphic: as-js because JavaScript has no types to go round in circles -->

```ts
import { internal } from "./_generated/api";
import { action } from "./_generated/server";

export const greet = action({
  args: {},
  handler: async (ctx) => {
    const name = await ctx.runQuery(internal.users.name, {});
                                    ~~~~~~~~~~~~~~~~~~~ the type of `greet` goes round in circles, as it returns what `internal.users.name` gives
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
  handler: async (ctx): Promise<string> => {
    const name = await ctx.runQuery(internal.users.name, {});
    return `Hello ${name}`;
  },
});
```
"""

from convex_lint.api import Category, Circular, Finding, Findings, Preset, Severity, rule

HELP = "write down the type of what the handler returns, or of what the call gives"


@rule("annotate-recursive-result", Category.STYLE, Severity.WARNING, preset=Preset.OPT_IN, each=Circular)
def check(function: Circular) -> Findings:
    """Report the first reference for which the type of a function is made of itself."""
    what = f"as it returns what `{function.spelt}` gives"
    yield Finding(function, f"the type of `{function.name}` goes round in circles, {what}", help=HELP)
