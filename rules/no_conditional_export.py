r"""Disallow functions whose export hangs on an environment variable.

Which functions there are, and which of them are public, is settled when they are pushed, with the variables as they are
then. When a variable changes later, the modules are loaded with the new one, and a call of a function that is not there
any more fails. Export the function always, and read the variable in its handler.

A condition on `CONVEX_CLOUD_URL`, `CONVEX_SITE_URL` or `NODE_ENV`, which do not change, and one that reads no variable
are left alone. Where a variable only chooses the builder, it is a warning.

Source: <https://docs.convex.dev/production/environment-variables#accessing-via-process-env>

## Bad

```ts
export const seed = process.env.DEBUG ? mutation({ args: {}, handler: async () => null }) : undefined;
                    ~~~~~~~~~~~~~~~~~ whether `seed` is deployed hangs on the environment at the push: `DEBUG`
```

## Good

```ts
export const seed = internalMutation({
  args: {},
  handler: async () => {
    if (!process.env.DEBUG) throw new Error("only for debugging");
    return null;
  },
});
```
"""

from convex_lint.api import Category, ConditionalExport, Finding, Findings, Preset, Severity, rule


@rule("no-conditional-export", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=ConditionalExport)
def check(export: ConditionalExport) -> Findings:
    """Report the condition, with the function that it decides about."""
    names = ": " + ", ".join(f"`{name}`" for name in export.variables) if export.variables else ""
    what = f"which builder makes `{export.name}`" if export.only_builder else f"whether `{export.name}` is deployed"
    yield Finding(
        export,
        f"{what} hangs on the environment at the push{names}",
        help="export it always, and read the variable in the handler",
        at_most=Severity.WARNING if export.only_builder else None,
    )
