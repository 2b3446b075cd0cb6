r"""Disallow reading the variables of a component as its modules are loaded.

A component has only the variables that it declares, and their values belong to where it is installed: they are there
when one of its functions runs, and not when its modules are loaded to be deployed. A constant that is made of one outside
of functions is `undefined` then, and what throws for that stops the push. Read the variable in the function.

The configuration of a component cannot read any variable, and is refused if it does; that of the app can. A schema that
reads one is reported by `valid-schema-shape`.

Sources: <https://docs.convex.dev/components/authoring#environment-variables>, and
`crates/isolate/src/environment/component_definitions.rs` of get-convex/convex-backend.

## Bad

```ts convex/mailer/convex.config.ts
import { defineComponent } from "convex/server";
import { v } from "convex/values";
export default defineComponent("mailer", { env: { MAIL_KEY: v.string() } });
```

```ts convex/mailer/send.ts
import { action, env } from "./_generated/server";

const headers = { key: env.MAIL_KEY };
                       ~~~~~~~~~~~~ a component is deployed without the variable `MAIL_KEY`, which is read as this file is loaded

export const send = action({
  args: {},
  handler: async () => {
    await fetch("https://mail.example.com", { headers });
  },
});
```

## Good

```ts convex/mailer/convex.config.ts
import { defineComponent } from "convex/server";
import { v } from "convex/values";
export default defineComponent("mailer", { env: { MAIL_KEY: v.string() } });
```

```ts convex/mailer/send.ts
import { action, env } from "./_generated/server";

export const send = action({
  args: {},
  handler: async () => {
    await fetch("https://mail.example.com", { headers: { key: env.MAIL_KEY } });
  },
});
```
"""

from convex_lint.api import Category, EnvRead, Finding, Findings, Preset, Severity, rule


@rule("no-env-module-scope", Category.RUNTIME, Severity.ERROR, preset=Preset.RECOMMENDED, each=EnvRead)
def check(read: EnvRead) -> Findings:
    """Report a read outside of functions; in the configuration it is refused."""
    if read.at_once and read.is_for_component and not read.is_for_schema:
        which = f"the variable `{read.variable}`, which" if read.variable else "a variable that"
        yield Finding(
            read,
            f"a component is deployed without {which} is read as this file is loaded",
            help="read it in a function",
            at_most=None if read.is_for_configuration else Severity.WARNING,
        )
