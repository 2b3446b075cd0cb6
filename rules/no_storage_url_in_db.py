r"""Disallow links to files in documents.

`ctx.storage.getUrl()` makes a link with which anyone can read the file, and that holds until the file is deleted. In a
document it is read by whoever may read the document, now or later, and no check stands between them and the file. It
cannot be used to delete or replace the file, it is dead as soon as another function does that, and it names the
deployment that made it, which data that is exported to another one takes along. The id of a file is made to be
stored: keep it, and make the link when it is read.

Reported is what surely holds a link in what `insert`, `patch` or `replace` writes. A link that is passed to another
function by its reference is not followed.

Source: <https://docs.convex.dev/file-storage/overview#security-model>

## Bad

```ts
export const save = mutation({
  args: { user: v.id("users"), file: v.id("_storage") },
  handler: async (ctx, { user, file }) => {
    const url = await ctx.storage.getUrl(file);
    if (url === null) throw new Error("No such file");
    await ctx.db.patch("users", user, { image: url });
                                               ~~~ a link to a file is stored in `users`
  },
});
```

## Good

```ts
export const save = mutation({
  args: { user: v.id("users"), file: v.id("_storage") },
  handler: async (ctx, { user, file }) => {
    await ctx.db.patch("users", user, { image: file });
  },
});

export const get = query({
  args: { user: v.id("users") },
  handler: async (ctx, { user }) => {
    const found = await ctx.db.get("users", user);
    return found && { ...found, imageUrl: await ctx.storage.getUrl(found.image) };
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Precision, Preset, Severity, StoredUrl, rule

HELP = "store just the id of the file, and make the link with `ctx.storage.getUrl` when the document is read"


@rule(
    "no-storage-url-in-db",
    Category.CORRECTNESS,
    Severity.WARNING,
    preset=Preset.STRICT,
    precision=Precision.LIKELY,
    each=StoredUrl,
)
def check(url: StoredUrl) -> Findings:
    """Report each link to a file that is written into a document."""
    where = f"in `{url.table}`" if url.table is not None else "in a document"
    yield Finding(url, f"a link to a file is stored {where}", help=HELP)
