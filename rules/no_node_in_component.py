r"""Disallow `"use node"` in components.

A component has no functions in Node: the push stops with `Node actions are not supported in components`. Write its actions
for the default runtime, which has `fetch` and the other interfaces of the web, or leave what needs Node to the app, which
can hand the result to the component, or a function that the component calls back.

A component is a folder whose `convex.config.ts` calls `defineComponent`.

Source: `crates/application/src/deploy_config.rs` of get-convex/convex-backend (`NodeActionsNotSupported`).

## Bad

```ts convex/mailer/convex.config.ts
import { defineComponent } from "convex/server";
export default defineComponent("mailer");
```

```ts convex/mailer/send.ts
"use node";
~~~~~~~~~~ a component has no functions in Node, and the push stops at `"use node"`
import nodemailer from "nodemailer";
import { action } from "./_generated/server";

export const send = action({ args: {}, handler: async () => nodemailer.createTransport() });
```

## Good

```ts convex/mailer/convex.config.ts
import { defineComponent } from "convex/server";
export default defineComponent("mailer");
```

```ts convex/mailer/send.ts
import { action } from "./_generated/server";

export const send = action({
  args: {},
  handler: async () => {
    await fetch("https://mail.example.com", { method: "POST" });
  },
});
```
"""

from convex_lint.api import Category, DirectiveFault, Finding, Findings, Preset, Severity, rule


@rule("no-node-in-component", Category.RUNTIME, Severity.ERROR, preset=Preset.RECOMMENDED, each=DirectiveFault)
def check(fault: DirectiveFault) -> Findings:
    """Report the directive."""
    if fault.form == "component":
        yield Finding(
            fault,
            f"a component has no functions in Node, and the push stops at `{fault.written}`",
            help="write it for the default runtime, or move it to the app",
        )
