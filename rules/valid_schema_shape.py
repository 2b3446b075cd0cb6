r"""Require a schema that Convex can read: a default export, tables, and documents that are objects.

Convex runs `convex/schema.ts` when code is deployed and takes its default export. It has to be what `defineSchema`
gives, with tables made by `defineTable`, whose documents are objects: `v.object(…)`, a union of these, an object of
validators, or `v.any()`. A union cannot have another union in it.

The schema is read without an environment: `process.env.NAME` in it, or in a module that it imports, is an error as soon
as it is run (in the modules that it imports, which the bundler may leave out, a warning). `process.env.NODE_ENV` is put
in place by the bundler.

Sources: <https://docs.convex.dev/database/schemas>,
<https://github.com/get-convex/convex-backend/blob/94a42c3/crates/isolate/src/environment/schema.rs>,
<https://github.com/get-convex/convex-backend/blob/94a42c3/crates/common/src/schemas/json.rs>

## Bad

```ts convex/schema.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export const schema = defineSchema({
             ~~~~~~ `schema.ts` does not export its schema as default
  users: defineTable({ name: v.string() }),
  counts: defineTable(v.record(v.string(), v.number())),
                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the documents of a table are objects, and these are not
  drafts: v.object({ text: v.string() }),
          ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ `drafts` is not a table
});
```

```ts fixed convex/schema.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export const schema = defineSchema({
  users: defineTable({ name: v.string() }),
  counts: defineTable(v.record(v.string(), v.number())),
  drafts: v.object({ text: v.string() }),
});
export default schema;
```

## Good

```ts convex/schema.ts
export default defineSchema({
  users: defineTable({ name: v.string() }),
  events: defineTable(v.union(v.object({ opened: v.number() }), v.object({ closed: v.number() }))),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Safety, SchemaFault, Severity, rule


@rule("valid-schema-shape", Category.SCHEMA, Severity.ERROR, preset=Preset.RECOMMENDED, each=SchemaFault)
def check(fault: SchemaFault) -> Findings:
    """Say what keeps the schema from being deployed."""
    match fault.form:
        case "missing":
            what = (
                "does not export its schema as default"
                if fault.name
                else "has no default export, but must have a schema"
            )
            edit = fault.export_default()
            yield Finding(
                fault,
                f"`{fault.file}` {what}",
                help=f"add `export default {fault.name or 'defineSchema({ … })'};`",
                fix=Fix(f"export `{fault.name}` as default", Safety.UNSAFE, (edit,)) if edit is not None else None,
            )
        case "other":
            message = f"the default export of `{fault.file}` is not a schema"
            yield Finding(fault, message, help="export what `defineSchema({ … })` gives")
        case "entry":
            help_ = "make it with `defineTable(…)`; what `Table` of convex-helpers gives has it as `.table`"
            yield Finding(fault, f"`{fault.name}` is not a table", help=help_)
        case "table" if not fault.name:
            yield Finding(fault, "`defineTable` is not given the fields of the table", help="give it `{}` for none")
        case "table":
            help_ = "use an object of validators, or a union of `v.object(…)`"
            yield Finding(fault, "the documents of a table are objects, and these are not", help=help_)
        case _:
            what = f"the variable `{fault.name}`" if fault.name else "a variable of the environment"
            help_ = "write the value down, or read it in a function"
            severity = None if fault.is_own else Severity.WARNING
            yield Finding(fault, f"the schema is read without {what}", help=help_, at_most=severity)
