r"""Disallow modules that only Node has, in what is bundled for the default runtime.

A module without `"use node"` is bundled for Convex's own runtime, which has the interfaces of the web and none of Node's
modules: the push fails with `Could not resolve "fs"`. Put `"use node"` at the top of a file that has only actions, or use
what the web has: `crypto.subtle` for `crypto`, `Uint8Array` for `buffer`, `fetch` for `http`.

What such a module loads is bundled with it, so the import is reported where it is written, wherever that is. An import
whose names are used as types only, or not at all, is left out of the bundle, unless `verbatimModuleSyntax` is set. A call
of `require` or `import()` is reported unless something is around it that lets it fail. A package of the same name that is
installed stands in for a module of Node, but not for one with `node:` before it; and since version 1.39 the default
runtime has `async_hooks`.

Source: <https://docs.convex.dev/functions/runtimes>

## Bad

```ts convex/tokens.ts
import { randomBytes } from "crypto";
                            ~~~~~~~~ only Node has `crypto`, and this file is bundled for the default runtime
import { mutation } from "./_generated/server";

export const create = mutation({
  args: {},
  handler: async (ctx) => await ctx.db.insert("tokens", { text: randomBytes(16).toString("hex") }),
});
```

## Good

```ts convex/tokens.ts
import { mutation } from "./_generated/server";

export const create = mutation({
  args: {},
  handler: async (ctx) => await ctx.db.insert("tokens", { text: crypto.randomUUID() }),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, StrayImport, rule


@rule("no-node-builtin", Category.RUNTIME, Severity.ERROR, preset=Preset.RECOMMENDED, each=StrayImport)
def check(found: StrayImport) -> Findings:
    """Report the import, and by which module it comes into the bundle."""
    if found.form == "builtin":
        by = f", because `{found.loaded_by}` loads it" if found.loaded_by is not None else ""
        yield Finding(
            found,
            f"only Node has `{found.specifier}`, and this file is bundled for the default runtime{by}",
            help="use what the web has, or move the code to a file of actions that begins with `use node`",
        )
