r"""Disallow reading the schema in a module that the schema loads.

When `schema.ts` is deployed, the modules that it imports run first. If one of them imports the schema back and reads it
while it is run, to build a validator from a table for instance, there is no schema yet: the push ends with `Cannot read
properties of undefined`. Move what both need to a module of its own that imports neither, or write `v.id("users")` for
`schema.tables.users`.

A read inside a function is fine, for the function is called later; so is `import type`, and so is `typeof schema`.

The same as the rule of this name in `@convex-dev/eslint-plugin`, and it follows path aliases. A schema that is handed to
a function is a warning; one that is only given another name, or exported, is left alone, for what the schema does not use
of it is left out when the schema is bundled.

Source: <https://docs.convex.dev/error#undefined-validator>

## Bad

```ts convex/schema.ts
import { defineSchema } from "convex/server";
import { users } from "./users";
export default defineSchema({ users });
```

```ts convex/users.ts
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { query } from "./_generated/server";
import schema from "./schema";

export const users = defineTable({ name: v.string() });
export const list = query({
  args: {},
  returns: v.array(schema.tables.users.validator),
                   ~~~~~~ `schema` is still undefined here: `schema.ts` loads this file before it is run itself
  handler: async (ctx) => await ctx.db.query("users").take(5),
});
```

## Good

```ts convex/schema.ts
import { defineSchema } from "convex/server";
import { users } from "./tables";
export default defineSchema({ users });
```

```ts convex/tables.ts
import { defineTable } from "convex/server";
import { v } from "convex/values";
export const users = defineTable({ name: v.string() });
```

```ts convex/users.ts
import { v } from "convex/values";
import { query } from "./_generated/server";
import schema from "./schema";

export const list = query({
  args: {},
  returns: v.array(schema.tables.users.validator),
  handler: async (ctx) => await ctx.db.query("users").take(5),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, SchemaRead, Severity, rule


@rule("no-schema-import-cycle", Category.RUNTIME, Severity.ERROR, preset=Preset.RECOMMENDED, each=SchemaRead)
def check(read: SchemaRead) -> Findings:
    """Report each read of a schema that is not there yet, with the way on which it loads the module."""
    first, *between, _ = read.names
    by = f", through {', '.join(f'`{name}`' for name in between)}," if between else ""
    yield Finding(
        read,
        f"`{read.node.text}` is still undefined here: `{first}` loads this file{by} before it is run itself",
        help="move what both need to a file that imports neither",
        at_most=None if read.fails else Severity.WARNING,
    )
