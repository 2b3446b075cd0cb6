r"""Disallow the deprecated `ctx.storage.getMetadata`.

What Convex knows of a file is a document of the system table `_storage`, which is read as any other document:
`ctx.db.system.get("_storage", id)`. It has `sha256`, `size` and `contentType`, and `_id` instead of `storageId`, and can be
queried as well. `ctx.storage.getMetadata` is deprecated in favour of it, and is there for old code.

An action has no database: run a query that reads the document.

The fix is not safe, as the document has another shape; the type checker tells where `storageId` was used, or `null` of a
file without a type.

Sources: <https://docs.convex.dev/file-storage/file-metadata>; `StorageReader` in `src/server/storage.ts` of the npm package
`convex` 1.48.0

## Bad

```ts
export const sizeOf = query({
  args: { id: v.id("_storage") },
  handler: async (ctx, { id }) => {
    const file = await ctx.storage.getMetadata(id);
                       ~~~~~~~~~~~~~~~~~~~~~~~ `ctx.storage.getMetadata` is deprecated
    return file?.size;
  },
});
```

```ts fixed
export const sizeOf = query({
  args: { id: v.id("_storage") },
  handler: async (ctx, { id }) => {
    const file = await ctx.db.system.get("_storage", id);
    return file?.size;
  },
});
```

## Good

```ts
export const sizeOf = query({
  args: { id: v.id("_storage") },
  handler: async (ctx, { id }) => {
    const file = await ctx.db.system.get("_storage", id);
    return file?.size;
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Preset, Safety, Severity, StorageCall, rule

READ = 'read the document of the file with `ctx.db.system.get("_storage", …)`'


@rule("no-storage-get-metadata", Category.STYLE, Severity.WARNING, preset=Preset.RECOMMENDED, each=StorageCall)
def check(call: StorageCall) -> Findings:
    """Report each call of `ctx.storage.getMetadata`."""
    if call.name == "getMetadata":
        edit = call.as_read()
        yield Finding(
            call,
            "`ctx.storage.getMetadata` is deprecated",
            help=f"{READ}{', in a query that is run with `ctx.runQuery`' if call.in_action else ''}",
            fix=Fix("read the document of the file", Safety.UNSAFE, (edit,)) if edit is not None else None,
        )
