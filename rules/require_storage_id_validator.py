r"""Require `v.id("_storage")` for arguments and fields that are ids of files.

What goes to `ctx.storage` has to be the id of a file. `v.string()` lets any string in: what is no id fails
deep inside the function, after it may have done half of its work in an action, and the types no longer say what the
value is. `v.id("_storage")` lets in what can be an id of a file, and gives it its type.

Reported is an argument that a registered function gives to storage as it is, also as one of an array, or casts to
`Id<"_storage">`, and a field of a document, where it is given to storage first in a file, unless a condition asks of the document what is in the field. A string that code looks into (`image.startsWith("http")`) may be a link as well, and is left alone. So is a component, which gets the ids of its app as strings.

Sources: <https://docs.convex.dev/file-storage/upload-files#writing-the-new-storage-id-to-the-database>,
<https://docs.convex.dev/file-storage/serve-files>

## Bad

```ts
export const link = query({
  args: { file: v.string() },
                ~~~~~~~~~~ `file` goes to `ctx.storage.getUrl`, and its validator lets any string in
  handler: async (ctx, { file }) => await ctx.storage.getUrl(file),
});
```

```ts fixed
export const link = query({
  args: { file: v.id("_storage") },
  handler: async (ctx, { file }) => await ctx.storage.getUrl(file),
});
```

## Good

```ts
export const link = query({
  args: { file: v.id("_storage") },
  handler: async (ctx, { file }) => await ctx.storage.getUrl(file),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, LooseFileId, Preset, Safety, Severity, rule


@rule("require-storage-id-validator", Category.SCHEMA, Severity.WARNING, preset=Preset.RECOMMENDED, each=LooseFileId)
def check(argument: LooseFileId) -> Findings:
    """Report each argument, and each field, that is the id of a file, and is validated as a string."""
    edit = argument.as_id()
    yield Finding(
        argument,
        f"{argument.words} {argument.use}, and its validator lets any string in",
        help='use `v.id("_storage")`',
        fix=Fix('use `v.id("_storage")`', Safety.UNSAFE, (edit,)) if edit is not None else None,
    )
