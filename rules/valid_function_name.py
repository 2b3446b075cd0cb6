r"""Disallow names of functions that Convex does not take.

The name under which a query, mutation or action is exported is the last part of its reference, `api.notes.list`. It has
letters, digits and `_` in it, no more than 64, begins with a letter or `_`, and is not made of `_` alone. With any other
name, one with a `$` or an umlaut for instance, the push fails.

Nor can a constant be called `delete` or by another word that is reserved in JavaScript. Call it `remove`, or export it
with `export { remove as delete }`, which is fine: `api.notes.delete` is found.

Sources: `FunctionName` in
[`function_name.rs`](https://github.com/get-convex/convex-backend/blob/main/crates/convex/sync_types/src/function_name.rs),
[`identifier.rs`](https://github.com/get-convex/convex-backend/blob/main/crates/convex/sync_types/src/identifier.rs)

## Bad

```ts
export const $list = query({
             ~~~~~ a function cannot be called `$list`: it has a `$`
  args: {},
  handler: async (ctx) => await ctx.db.query("notes").take(5),
});
```

## Good

```ts
export const list = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("notes").take(5),
});
```
"""

from convex_lint.api import Category, Finding, Findings, MisnamedFunction, Preset, Severity, rule


@rule("valid-function-name", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=MisnamedFunction)
def check(function: MisnamedFunction) -> Findings:
    """Report the name."""
    better = "call it `remove`" if function.name == "delete" else "choose a name of letters, digits and `_`"
    yield Finding(function, f"a function cannot be called `{function.name}`: {function.why}", help=better)
