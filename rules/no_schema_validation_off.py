r"""Disallow a schema that does not hold its documents to it.

With `schemaValidation: false`, Convex stores any document in any table: the types say one thing, and the data may be
another, which nobody notices until code reads it. With `strictTableNameTypes: false`, a table that is misspelt is
another table, and its documents have no validator and no type. Both are there to try something out. Once there is data to keep, make a field optional, or
write a migration, and leave validation on.

Source: <https://docs.convex.dev/database/schemas#options>

## Bad

```ts convex/schema.ts
export default defineSchema(
  { messages: defineTable({ body: v.string() }) },
  { schemaValidation: false },
    ~~~~~~~~~~~~~~~~~~~~~~~ nothing holds the documents to the schema
);
```

## Good

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ body: v.string(), author: v.optional(v.string()) }),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, SchemaOption, Severity, rule


@rule("no-schema-validation-off", Category.SCHEMA, Severity.WARNING, preset=Preset.STRICT, each=SchemaOption)
def check(option: SchemaOption) -> Findings:
    """Report each option of a schema that switches a check off."""
    if option.name == "schemaValidation":
        message = "nothing holds the documents to the schema"
    else:
        message = "any name is taken for a table, whether the schema has it or not"
    yield Finding(option, message, help=f"remove `{option.name}`, and let the schema describe what there is")
