r"""Disallow modules for the pages of an app in what is bundled for the backend.

`convex/react`, `next/navigation` and their like are there for code that runs in a browser, or renders pages. Imported in
the backend, they are bundled and deployed with it: the bundle is larger, each function is slower to load, and whatever of
them is called fails, because there is no page. Functions read the database by `ctx`, and call each other by `ctx.runQuery`
and its like.

What a module of the backend loads is bundled with it, so the import is reported where it is written. An import whose
names are used as types only, or not at all, is left out of the bundle. Packages that render on a server as well, as
`react` and `react-email` do, are left alone.

Source: <https://docs.convex.dev/functions/runtimes>

## Bad

```ts convex/notes.ts
import { useQuery } from "convex/react";
                         ~~~~~~~~~~~~~~ `convex/react` is for the pages of an app, and this file is bundled for the backend
import { api } from "./_generated/api";
import { query } from "./_generated/server";

export const count = query({ args: {}, handler: async (ctx) => useQuery(api.notes.list)?.length });
export const list = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").take(50) });
```

## Good

```ts convex/notes.ts
import { query } from "./_generated/server";

export const list = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").take(50) });
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, StrayImport, rule


@rule("no-browser-import", Category.RUNTIME, Severity.WARNING, preset=Preset.RECOMMENDED, each=StrayImport)
def check(found: StrayImport) -> Findings:
    """Report the import, and by which module it comes into the bundle."""
    if found.form == "browser":
        by = f", because `{found.loaded_by}` loads it" if found.loaded_by is not None else ""
        yield Finding(
            found,
            f"`{found.specifier}` is for the pages of an app, and this file is bundled for the backend{by}",
            help="move what the pages need to a file that the backend does not load",
        )
