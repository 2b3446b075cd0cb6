r"""Require names of tables, indexes and fields that Convex takes.

A table, an index and a field of an object have a name of at most 64 letters, digits and underscores that does not start
with a digit; in a field of a record (`v.record()`) any text may stand. Names of tables and indexes that start with an
underscore, and the indexes `by_id` and `by_creation_time`, which every table has, are reserved. No two indexes of a table
have one name, whether they are indexes, search indexes or vector indexes. A schema that does not keep to that cannot be
deployed.

A field of a table that starts with an underscore is reported as a warning: it can be deployed, but no document with it
can be stored.

Sources: <https://docs.convex.dev/production/state/limits#database>,
<https://github.com/get-convex/convex-backend/blob/94a42c3/crates/convex/sync_types/src/identifier.rs>,
<https://github.com/get-convex/convex-backend/blob/94a42c3/crates/common/src/schemas/json.rs>

## Bad

```ts convex/schema.ts
export default defineSchema({
  "chat-messages": defineTable({ author: v.string(), body: v.string() })
  ~~~~~~~~~~~~~~~ `chat-messages` is not a valid name for a table
    .index("by_creation_time", ["author"])
           ~~~~~~~~~~~~~~~~~~ the name `by_creation_time` is reserved for an index of Convex's own
    .index("find", ["body", "author"])
    .searchIndex("find", { searchField: "body" }),
                 ~~~~~~ the table has an index `find` already
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  chatMessages: defineTable({ author: v.string(), body: v.string() })
    .index("by_author", ["author"])
    .searchIndex("search_body", { searchField: "body" }),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Related, SchemaName, Severity, rule

_A = {"table": "a table", "index": "an index", "field": "a field"}


@rule("valid-schema-names", Category.SCHEMA, Severity.ERROR, preset=Preset.RECOMMENDED, each=SchemaName)
def check(name: SchemaName) -> Findings:
    """Report a name that Convex does not take, one that it keeps for itself, and one that is there already."""
    text, instead = name.text, f"name it `{name.legal}`" if name.legal is not None else "choose another name"
    if not name.is_identifier:
        help_ = instead if name.legal is not None else "use up to 64 letters, digits and underscores, a letter first"
        yield Finding(name, f"`{text}` is not a valid name for {_A[name.form]}", help=help_)
    elif name.is_reserved and name.form == "field":
        message = f"no document with the field `{text}` can be stored, for it starts with an underscore"
        yield Finding(name, message, help=instead, at_most=Severity.WARNING)
    elif name.is_reserved:
        message = f"the name `{text}` is reserved for {_A[name.form]} of Convex's own"
        yield Finding(name, message, help=instead)
    elif (earlier := name.earlier) is not None:
        related = (Related(earlier, "the first one"),)
        yield Finding(name, f"the table has an index `{text}` already", help="choose another name", related=related)
