r"""Disallow reading a name before the module that defines it is run, in a circle of imports.

Of modules that import one another in a circle one has to run first, and everything that the others define is still
`undefined` there. Read in a function, that does not matter; read while the module is run, it ends the push with
`undefined is not a function` or `Undefined validator`, or, spread into an object of validators, leaves fields out
without a word. Move what both need to a module that imports neither of them.

Which module runs first is worked out as esbuild does it, from all entry points together, so a circle that happens to
work is not reported. `import type` makes no circle, nor does an import that is used for types only. Functions that are
declared with `function` are there from the start.

Reads of the schema are the business of `no-schema-import-cycle`.

Source: <https://docs.convex.dev/error#undefined-validator>

## Bad

```ts convex/notes.ts
import { v } from "convex/values";
import { query } from "./_generated/server";
import { userFields } from "./users";

export const noteFields = v.object({ text: v.string(), author: userFields });
                                                               ~~~~~~~~~~ `userFields` is still undefined here: `users.ts` and this file load each other, and it runs later
export const list = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").take(5) });
```

```ts convex/users.ts
import { v } from "convex/values";
import { noteFields } from "./notes";

export const userFields = v.object({ name: v.string() });
export const userWithNotes = () => v.object({ user: userFields, notes: v.array(noteFields) });
```

## Good

```ts convex/fields.ts
import { v } from "convex/values";
export const userFields = v.object({ name: v.string() });
```

```ts convex/notes.ts
import { v } from "convex/values";
import { query } from "./_generated/server";
import { userFields } from "./fields";

export const noteFields = v.object({ text: v.string(), author: userFields });
export const list = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").take(5) });
```

```ts convex/users.ts
import { v } from "convex/values";
import { userFields } from "./fields";
import { noteFields } from "./notes";

export const userWithNotes = v.object({ user: userFields, notes: v.array(noteFields) });
```
"""

from convex_lint.api import Category, Finding, Findings, LateRead, Preset, Severity, rule


@rule("no-validator-import-cycle", Category.RUNTIME, Severity.ERROR, preset=Preset.STRICT, each=LateRead)
def check(read: LateRead) -> Findings:
    """Report the first read of each module that is run too late."""
    yield Finding(
        read,
        f"`{read.node.text}` is still undefined here: `{read.file}` and this file load each other, and it runs later",
        help="move what both need to a file that imports neither",
        at_most=None if read.fails else Severity.WARNING,
    )
