r"""Disallow environment variables that the configuration does not declare.

The `env` of `_generated/server` has the variables that `defineApp` declares in `convex.config.ts`, and the two that
Convex sets itself, `CONVEX_CLOUD_URL` and `CONVEX_SITE_URL`. Any other name is a spelling mistake, or a variable that
nobody checks for when the app is pushed: it is `undefined` in the deployment that it was not set in.

In the configuration itself, `app.env.NAME` throws for a name that is not declared. What Convex sets itself cannot be
declared; neither can a name with other characters than letters, digits and `_`. The value of a variable is a string, so
its validator is `v.string()`, a literal, or a union of these.

Nothing is said of `process.env`, which may read anything.

Source: <https://docs.convex.dev/production/environment-variables#declaring>

## Bad

```ts convex/convex.config.ts
export default defineApp({ env: { MAIL_KEY: v.string(), RETRIES: v.number() } });
                                                                 ~~~~~~~~~~ the variable `RETRIES` is a string, and this validates something else
```

```ts convex/mail.ts
import { env, internalAction } from "./_generated/server";

export const send = internalAction({
  args: {},
  handler: async () => {
    await fetch("https://mail.example.com", { headers: { key: env.MAIL_KEYS } });
                                                                  ~~~~~~~~~ the variable `MAIL_KEYS` is not declared
  },
});
```

## Good

```ts convex/convex.config.ts
export default defineApp({ env: { MAIL_KEY: v.string(), RETRIES: v.optional(v.string()) } });
```

```ts convex/mail.ts
import { env, internalAction } from "./_generated/server";

export const send = internalAction({
  args: {},
  handler: async () => {
    await fetch("https://mail.example.com", { headers: { key: env.MAIL_KEY } });
  },
});
```
"""

from convex_lint.api import Category, EnvFault, Finding, Findings, Preset, Severity, rule

SAID = {
    "platform": ("`{}` is set by Convex itself, and cannot be declared", "read it without a declaration"),
    "name": ("`{}` cannot be the name of a variable", "choose a name of letters, digits and `_`"),
    "type": (
        "the variable `{}` is a string, and this validates something else",
        "validate it with `v.string()` or literals, and convert it where it is read",
    ),
}


@rule(
    "undeclared-env",
    Category.CORRECTNESS,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=EnvFault,
    since=(1, 39, 0),
)
def check(fault: EnvFault) -> Findings:
    """Report a name that is not declared, or what cannot be declared so; only what stops a push is an error."""
    if fault.form in SAID:
        message, help_ = SAID[fault.form]
    else:
        message = "the variable `{}` is not declared"
        help_ = f"use `{fault.near}`" if fault.near is not None else "declare it in the `env` of `convex.config.ts`"
    at_most = Severity.WARNING if fault.form in {"read", "type"} else None
    yield Finding(fault, message.format(fault.name), help=help_, at_most=at_most)
