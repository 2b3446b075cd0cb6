r"""Disallow `process.env` where the project declares its environment variables.

`defineApp({ env: { … } })` in `convex.config.ts` declares the variables that the app needs. They are checked when it is
deployed, and the `env` of `_generated/server` has their types; `process.env` may read anything, and everything in it may
be `undefined`. The fix reads a declared variable by `env`. One that is not declared may be missing without anyone
noticing: declare it.

Nothing is said where nothing is declared: there `process.env` is the only way. Nor is anything said of `auth.config.ts`
and `convex.config.ts`, which are read before there are types, of a name that is computed, or of `process.env` as a whole,
for a package may want it. `NODE_ENV` is no variable, but a word that the bundler replaces.

The same as the rule of this name in `@convex-dev/eslint-plugin`, which speaks wherever it finds `process.env` in a folder
`convex`, whether the project declares its variables or not.

Source: <https://docs.convex.dev/production/environment-variables#declaring>

## Bad

```ts convex/convex.config.ts
import { defineApp } from "convex/server";
import { v } from "convex/values";
export default defineApp({ env: { MAIL_KEY: v.string() } });
```

```ts convex/mail.ts
import { internalAction } from "./_generated/server";

export const send = internalAction({
  args: {},
  handler: async () => {
    await fetch("https://mail.example.com", { headers: { key: process.env.MAIL_KEY ?? "" } });
                                                              ~~~~~~~~~~~~~~~~~~~~ the variable `MAIL_KEY` is declared, and read here without its type
  },
});
```

```ts fixed convex/mail.ts
import { internalAction, env } from "./_generated/server";

export const send = internalAction({
  args: {},
  handler: async () => {
    await fetch("https://mail.example.com", { headers: { key: env.MAIL_KEY ?? "" } });
  },
});
```

## Good

```ts convex/convex.config.ts
import { defineApp } from "convex/server";
import { v } from "convex/values";
export default defineApp({ env: { MAIL_KEY: v.string() } });
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

from convex_lint.api import Category, EnvRead, Finding, Findings, Fix, Preset, Safety, Severity, rule


@rule("no-process-env", Category.STYLE, Severity.WARNING, preset=Preset.RECOMMENDED, each=EnvRead, since=(1, 39, 0))
def check(read: EnvRead) -> Findings:
    """Report a read by name, with the fix where the variable is declared."""
    is_too_early = read.at_once and read.is_for_component  # which is another fault
    if read.typed or not read.variable or read.is_declared is None or is_too_early:
        return
    if read.is_declared:
        edits = read.by_type()
        yield Finding(
            read,
            f"the variable `{read.variable}` is declared, and read here without its type",
            help=f"read it as `env.{read.variable}`, with the `env` of `_generated/server`",
            fix=Fix(f"read it as `env.{read.variable}`", Safety.SAFE, edits) if edits else None,
        )
    else:
        yield Finding(
            read,
            f"the variable `{read.variable}` is read here, and not declared as others are",
            help="declare it in the `env` of `convex.config.ts`",
        )
