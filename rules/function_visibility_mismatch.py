r"""Require that `internal` means internal functions, and `api` public ones.

`api` and `internal` are the same at run time: each reaches any function of the project. Only the types keep them apart,
so a mismatch behind an `any` runs, and hides a mistake: a function that everything refers to through `internal` looks
as if nobody else could call it, but when it is registered by `mutation` or `action` anyone on the internet can.

Where the server runs an internal function through `api`, `no-public-function-reference` says so.

Sources: <https://docs.convex.dev/functions/internal-functions>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/api.ts>

## Bad

```ts convex/rates.ts
const refs = internal as any;
export const calculate = action({ args: {}, handler: async () => null });
export const refresh = internalAction({
  args: {},
  handler: async (ctx) => {
    await ctx.runAction(refs.rates.calculate, {});
                        ~~~~~~~~~~~~~~~~~~~~ `internal.rates.calculate` is a public action
  },
});
```

## Good

```ts convex/rates.ts
export const calculate = internalAction({ args: {}, handler: async () => null });
export const refresh = internalAction({
  args: {},
  handler: async (ctx) => {
    await ctx.runAction(internal.rates.calculate, {});
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Safety, Severity, WrittenReference, rule

PUBLIC = "clients can run only public functions: give them one of these"


@rule(
    "function-visibility-mismatch",
    Category.CORRECTNESS,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=WrittenReference,
    clients=True,
)
def check(written: WrittenReference) -> Findings:
    """Report a reference through `internal` to a public function, and one through `api` to an internal one."""
    target = written.target
    if target is None or target.kind == "httpAction" or target.internal == (written.reference.root == "internal"):
        return
    if not target.internal:
        builder = f"internal{target.kind.capitalize()}"
        yield Finding(
            written,
            f"`{written.spelt}` is a public {target.kind}",
            help=f"register it by `{builder}` or its like, or refer to it through `api`",
        )
    elif written.module.in_component or written.is_of_client or not written.is_run:
        edits = written.through("internal") if not written.is_of_client else ()
        yield Finding(
            written,
            f"`{written.spelt}` is an internal {target.kind}",
            help="refer to it through `internal`" if not written.is_of_client else PUBLIC,
            fix=Fix("refer to it through `internal`", Safety.UNSAFE, edits) if edits else None,
        )
