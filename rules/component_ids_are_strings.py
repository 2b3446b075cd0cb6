r"""Disallow ids of a component's tables outside of it, and ids of an app's tables inside a component.

An id is checked against the tables of the part that it is checked in: the app, or one component. There is no validator
for an id of another part's table, and `v.id("users")` in a component means a table `users` of the component itself. At the border
Convex makes strings of all ids: a component takes ids of its app as `v.string()`, and the app keeps ids of the
component's documents as strings, too.

Reported is a table that the schema at hand does not have, and that of the app, or of a component in the same
workspace, has. A table that no one has is the matter of `no-unknown-table`.

Source: <https://docs.convex.dev/components/authoring#id-types-and-validation>

## Bad

```ts convex/schema.ts
export default defineSchema({ users: defineTable({ name: v.string() }) });
```

```ts convex/likes/convex.config.ts
import { defineComponent } from "convex/server";

export default defineComponent("likes");
```

```ts convex/likes/schema.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  likes: defineTable({ user: v.id("users"), post: v.string() }),
                                  ~~~~~~~ `users` is a table of the app, whose ids are strings here
});
```

```ts convex/likes/schema.ts fixed
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  likes: defineTable({ user: v.string(), post: v.string() }),
});
```

## Good

```ts convex/schema.ts
export default defineSchema({ users: defineTable({ name: v.string() }) });
```

```ts convex/likes/convex.config.ts
import { defineComponent } from "convex/server";

export default defineComponent("likes");
```

```ts convex/likes/schema.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  likes: defineTable({ user: v.string(), post: v.string() }),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Safety, Severity, TableUse, rule


@rule("component-ids-are-strings", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=TableUse)
def check(use: TableUse) -> Findings:
    """Report an id of a table that another part of the project has."""
    if use.owner is None:
        return
    edit = use.as_string()
    yield Finding(
        use,
        f"`{use.name}` is a table of {use.owner}, whose ids are strings here",
        help="use `v.string()`" if edit is not None else "use `string`",
        fix=Fix("use `v.string()`", Safety.UNSAFE, (edit,)) if edit is not None else None,
        at_most=Severity.WARNING if use.is_given_away else None,
    )
