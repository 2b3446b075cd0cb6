r"""Require the fields of an index to be fields of its table.

Convex checks the indexes of a schema when it is deployed: each field must be one that a document of the table may have,
through objects with dots (`address.city`) and in one member of a union. A vector index needs an array of `v.float64()`
and between 2 and 4096 dimensions. `_creationTime` is the last field of every index already, and `_id` has an index of
its own (`ctx.db.get()`), so neither can be named. An index has between 1 and 16 fields, none of them twice, and
a table has at most 64 indexes (the documentation promises 32). Until all of that holds, nothing can be deployed.

A filter field of a vector index, and whether a search field holds text, are checked by TypeScript alone, and reported
as warnings. Where a table is not understood, or the schema says `schemaValidation: false`, what fields it has is not
known.

Sources: <https://docs.convex.dev/database/reading-data/indexes>, <https://docs.convex.dev/production/state/limits>,
<https://github.com/get-convex/convex-backend/blob/94a42c3/crates/common/src/schemas/mod.rs>

## Bad

```ts convex/schema.ts
export default defineSchema({
  users: defineTable({ name: v.string(), email: v.string() })
    .index("by_mail", ["mail"])
                       ~~~~~~ the table `users` has no field `mail`
    .index("by_name", ["name", "_creationTime"]),
                               ~~~~~~~~~~~~~~~ `_creationTime` is the last field of every index already
});
```

```ts fixed convex/schema.ts
export default defineSchema({
  users: defineTable({ name: v.string(), email: v.string() })
    .index("by_mail", ["email"])
    .index("by_name", ["name", "_creationTime"]),
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  users: defineTable({ name: v.string(), email: v.string(), address: v.object({ city: v.string() }) })
    .index("by_email", ["email"])
    .index("by_city", ["address.city"]),
});
```
"""

from collections.abc import Iterator

from convex_lint.api import Category, Finding, Findings, Fix, Index, IndexField, Preset, Safety, Severity, nearest, rule

_NO_TEXT = frozenset({"float64", "int64", "commitTs", "boolean", "bytes", "null", "array", "object", "record"})


@rule("valid-index-fields", Category.SCHEMA, Severity.ERROR, preset=Preset.RECOMMENDED, each=Index)
def check(index: Index) -> Findings:
    """Report what Convex would say of an index, and of each of its fields."""
    for name in index.lacks:
        yield Finding(index.fields_place, f"this index has no `{name}`", help=f"add `{name}`")
    if index.is_empty:
        yield Finding(index.fields_place, "an index needs at least one field", help="name the fields to look up by")
    if index.has_too_many_fields:
        yield Finding(index.fields_place, "an index has at most 16 fields", help="leave some of them out")
    if index.has_bad_dimensions:
        place = index.option("dimensions")
        yield Finding(place, "a vector has between 2 and 4096 dimensions", help="give the length of your embeddings")
    if index.is_one_too_many:
        yield Finding(index, "a table has at most 64 indexes", help="take away the indexes that no query uses")
    seen: set[str] = set()
    for field in index.written:
        found = next(_of_field(index, field, seen), None)
        seen.add(field.text)
        if found is not None:
            yield found


def _of_field(index: Index, field: IndexField, seen: set[str]) -> Iterator[Finding]:
    """Yield what is wrong with a field, the gravest first."""
    text, table = field.text, f"the table `{index.table}`" if index.table is not None else "the table"
    if not field.is_name:
        yield Finding(
            field, f"`{text}` is no name of a field", help="use letters, digits and underscores, and dots between"
        )
    if field.role == "fields" and field.is_reserved:
        what = (
            "is the last field of every index already" if text == "_creationTime" else "cannot be a field of an index"
        )
        yield Finding(field, f"`{text}` {what}", help="take it out" if text != "_id" else "use `ctx.db.get()` instead")
    if field.role == "fields" and text in seen:
        yield Finding(field, f"the index has the field `{text}` already", help="name it once")
    if (field.is_reserved and (field.role == "fields" or len(field.parts) == 1)) or not index.is_validated:
        return
    if field.exists is False:
        near = nearest(text, index.field_names) if len(field.parts) == 1 else None
        edit = field.renamed(near) if near is not None else None
        yield Finding(
            field,
            f"{table} has no field `{text}`",
            help=f"use `{near}`" if near is not None else "add the field to the table, or use one that it has",
            fix=Fix(f"use `{near}`", Safety.UNSAFE, (edit,)) if edit is not None else None,
            at_most=Severity.WARNING if field.role == "filterFields" and index.definition.form == "vector" else None,
        )
    elif field.role == "vectorField" and field.holds_vector is False:
        yield Finding(field, f"the field `{text}` holds no vectors", help="make it `v.array(v.float64())`")
    elif field.role == "searchField" and field.kinds is not None and field.kinds <= _NO_TEXT:
        message = f"the field `{text}` holds no text to search in"
        yield Finding(field, message, help="search in a field that is a string", at_most=Severity.WARNING)
