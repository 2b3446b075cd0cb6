r"""Disallow imports of modules with `"use node"` in modules without it.

A module without `"use node"` is bundled for Convex's own runtime, together with all that it imports. What it imports from
a module with `"use node"` is bundled for that runtime as well, and run there, whatever the directive says: the push fails
at the first module of Node that is needed, or the code runs in a runtime that it was not written for. Move what both
need to a module without the directive and without Node, and call what needs Node as an action.

A module is for the default runtime if it, or a module that loads it, has no directive; imports are followed through
re-exports and aliases. An import whose names are used as types only, or not at all, is left out of the bundle and not
reported; nor is `import type`. It is an error where what is imported surely needs a module that only Node has.

The same as the rule of this name in `@convex-dev/eslint-plugin`, which reports these imports in modules with
`"use node"` as well, and those of types.

Source: <https://docs.convex.dev/functions/runtimes#nodejs-runtime>

## Bad

```ts convex/pdf.ts
"use node";
import { createHash } from "node:crypto";
import { internalAction } from "./_generated/server";

export const nameOf = (text: string) => createHash("sha1").update(text).digest("hex");
export const render = internalAction({ args: {}, handler: async () => nameOf("report") });
```

```ts convex/reports.ts
import { v } from "convex/values";
import { query } from "./_generated/server";
import { nameOf } from "./pdf";
                       ~~~~~~~ `pdf.ts` is written for Node, and this file is bundled for the default runtime

export const name = query({ args: { text: v.string() }, handler: async (ctx, args) => nameOf(args.text) });
```

## Good

```ts convex/pdf.ts
"use node";
import { createHash } from "node:crypto";
import { internalAction } from "./_generated/server";

export const render = internalAction({
  args: {},
  handler: async () => createHash("sha1").update("report").digest("hex"),
});
```

```ts convex/reports.ts
import { action } from "./_generated/server";
import { internal } from "./_generated/api";

export const name = action({ args: {}, handler: async (ctx) => await ctx.runAction(internal.pdf.render, {}) });
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, StrayImport, rule


@rule("import-wrong-runtime", Category.RUNTIME, Severity.ERROR, preset=Preset.RECOMMENDED, each=StrayImport)
def check(found: StrayImport) -> Findings:
    """Report the import, and by which module it comes into the bundle."""
    if found.form == "directive":
        by = f", because `{found.loaded_by}` loads it" if found.loaded_by is not None else ""
        yield Finding(
            found,
            f"`{found.file}` is written for Node, and this file is bundled for the default runtime{by}",
            help="move what both need to a file without `use node`, or run it as an action",
            at_most=None if found.fails else Severity.WARNING,
        )
