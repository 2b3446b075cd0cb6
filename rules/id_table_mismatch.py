"""Disallow ids of one table where ids of another one are wanted.

An id says of which table it is. `db.get("users", id)` with the id of a post fails when it runs, and so does writing it
into a field whose validator is `v.id("users")`, or passing it as an argument that is validated so. A query that compares
a field of such ids with it finds nothing, ever. TypeScript knows the tables of ids, but not in JavaScript, behind `any`,
or where a cast says something else.

Reported is an id whose table the code proves (by the validator or the type that it comes from, or by the query that gave
its document), where the schema, the validator or the name of the table proves that it has to be of another one.

Sources: <https://docs.convex.dev/database/document-ids>, <https://docs.convex.dev/database/schemas>

## Bad

```ts convex/schema.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  users: defineTable({ name: v.string() }),
  posts: defineTable({ author: v.id("users"), text: v.string() }).index("by_author", ["author"]),
});
```

```ts convex/posts.ts
import { mutation, query } from "./_generated/server";
import { v } from "convex/values";

export const author = query({
  args: { post: v.id("posts") },
  handler: async (ctx, args) => {
    return await ctx.db.get("users", args.post as any);
                                     ~~~~~~~~~ `db.get` of `users` is given an id of `posts`
  },
});

export const byAuthor = query({
  args: { post: v.id("posts") },
  handler: async (ctx, args) => {
    return await ctx.db
      .query("posts")
      .withIndex("by_author", (q) => q.eq("author", args.post as any))
                                                    ~~~~~~~~~ `author` of `posts` is compared with an id of `posts`
      .take(50);
  },
});
```

## Good

```ts convex/schema.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  users: defineTable({ name: v.string() }),
  posts: defineTable({ author: v.id("users"), text: v.string() }).index("by_author", ["author"]),
});
```

```ts convex/posts.ts
import { query } from "./_generated/server";
import { v } from "convex/values";

export const author = query({
  args: { post: v.id("posts") },
  handler: async (ctx, args) => {
    const post = await ctx.db.get("posts", args.post);
    return post === null ? null : await ctx.db.get("users", post.author);
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, StrangeId, rule


@rule("id-table-mismatch", Category.CORRECTNESS, Severity.WARNING, preset=Preset.RECOMMENDED, each=StrangeId)
def check(found: StrangeId) -> Findings:
    """Report an id that surely is of another table than is wanted."""
    wanted = " or ".join(f"`{table}`" for table in found.wanted)
    is_given = "is compared with" if found.by == "comparison" else "is given"
    help_ = f"name `{found.given}`, or give an id of {wanted}" if found.by == "method" else f"give an id of {wanted}"
    yield Finding(found, f"{found.what} {is_given} an id of `{found.given}`", help=help_)
