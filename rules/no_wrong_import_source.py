r"""Disallow imports of names from a module of Convex that does not export them.

`query`, `mutation` and the other builders know the tables of one's own schema, so they are generated, and come from
`./_generated/server`; `convex/server` has only what is the same in every project. References come from
`./_generated/api`, the types of documents and ids from `./_generated/dataModel`, validators and `ConvexError` from
`convex/values`. With a name that is not there the push fails, and with a type the type check does.

What each module exports is known for all versions up to 1.49; a newer version is left alone. A name that is in no module
of any version is reported where the installed version is known.

Sources: <https://docs.convex.dev/generated-api/>, <https://docs.convex.dev/api/>, and the type declarations of the npm
package `convex`.

## Bad

```ts convex/notes.ts
import { v } from "convex/server";
         ~ `convex/server` does not export `v`
import { mutation, query } from "convex/server";
         ~~~~~~~~ `convex/server` does not export `mutation`
                   ~~~~~ `convex/server` does not export `query`

export const list = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").take(5) });
export const add = mutation({
  args: { text: v.string() },
  handler: async (ctx, args) => await ctx.db.insert("notes", args),
});
```

```ts fixed convex/notes.ts
import { v } from "convex/values";
import { mutation, query } from "./_generated/server";

export const list = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").take(5) });
export const add = mutation({
  args: { text: v.string() },
  handler: async (ctx, args) => await ctx.db.insert("notes", args),
});
```

## Good

```ts convex/notes.ts
import { v } from "convex/values";
import { mutation } from "./_generated/server";

export const add = mutation({
  args: { text: v.string() },
  handler: async (ctx, args) => await ctx.db.insert("notes", args),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Misplaced, Preset, Safety, Severity, rule


@rule("no-wrong-import-source", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Misplaced)
def check(found: Misplaced) -> Findings:
    """Report the name, and say where it is exported."""
    what = "has no default export" if found.name == "default" else f"does not export `{found.name}`"
    fix = None
    if found.target is not None:
        help_: str | None = f"import it from `{found.target}`"
        edits, safety = (found.whole(), Safety.SAFE) if found.whole() else (found.single(), Safety.UNSAFE)
        fix = Fix(f"import it from `{found.target}`", safety, edits) if edits else None
    elif found.home is not None:
        help_ = f"import it from the `{found.home}` of the project"
    elif found.name == "default":
        help_ = "name what is imported in braces"
    else:
        help_ = f"use `{found.near}`" if found.near is not None else None
    at_most = None if found.stops else Severity.WARNING
    yield Finding(found, f"`{found.source}` {what}", help=help_, fix=fix, at_most=at_most)
