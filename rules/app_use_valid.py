r"""Require a `convex.config.ts` that installs components as it should.

Convex evaluates `convex.config.ts` when it deploys, and the push fails when the app is not its default export, when it
has other exports, or when two components have one name. What is installed is the configuration of a component, a
module called `convex.config`: the package that it comes with is another thing, and so is its folder.

That a component which is used is not installed is said by `no-unresolved-function-reference`.

Sources: <https://docs.convex.dev/components/using>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/components/index.ts>,
<https://github.com/get-convex/convex-backend/blob/main/crates/isolate/src/environment/component_definitions.rs>

## Bad

```ts convex/convex.config.ts
import { defineApp } from "convex/server";
import workpool from "@convex-dev/workpool/convex.config";
import agent from "@convex-dev/agent";

const app = defineApp();
            ~~~~~~~~~ what this defines is not the default export
app.use(agent);
        ~~~~~ `@convex-dev/agent` is not the configuration of a component
app.use(workpool, { name: "mailPool" });
app.use(workpool, { name: "mailPool" });
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ there is a component `mailPool` already
```

```ts convex/convex.config.ts fixed
import { defineApp } from "convex/server";
import workpool from "@convex-dev/workpool/convex.config";
import agent from "@convex-dev/agent/convex.config";

const app = defineApp();
app.use(agent);
app.use(workpool, { name: "mailPool" });
app.use(workpool, { name: "mailPool" });
```

## Good

```ts convex/convex.config.ts
import { defineApp } from "convex/server";
import workpool from "@convex-dev/workpool/convex.config";
import agent from "@convex-dev/agent/convex.config";

const app = defineApp();
app.use(agent);
app.use(workpool, { name: "mailPool" });
app.use(workpool, { name: "imagePool" });
export default app;
```
"""

from convex_lint.api import AppDefinition, Category, Finding, Findings, Fix, Preset, Safety, Severity, rule


@rule(
    "app-use-valid",
    Category.CORRECTNESS,
    Severity.ERROR,
    preset=Preset.RECOMMENDED,
    each=AppDefinition,
)
def check(app: AppDefinition) -> Findings:
    """Report what is wrong with a configuration, so that it cannot be deployed."""
    for fault in app.faults:
        edits = (fault.edit,) if fault.edit is not None else ()
        fix = Fix("import the configuration", Safety.UNSAFE, edits) if edits else None
        yield Finding(fault, fault.message, help=fault.help, fix=fix)
