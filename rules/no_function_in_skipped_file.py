r"""Disallow functions in files that Convex does not deploy.

Convex deploys the functions that the modules of the functions folder export, and skips some files without a word:
those with more than one dot in their names (so that `auth.config.ts` and `a.test.ts` stay out), `schema.ts` in every
folder, names that begin with `.` or `#`, and paths with a blank in them. A query, mutation or action in such a file
exists nowhere: `npx convex dev` succeeds, `api` has no type for it, and calling it fails. Rename the file, or move the
function to another one.

A function that another file imports is left alone, for that file may export it; so are tests.

Source: `entryPoints` in
[`bundler/index.ts`](https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/bundler/index.ts)

## Bad

```ts convex/mail.node.ts
export const send = internalAction({
                    ~~~~~~~~~~~~~~ `send` is never deployed: Convex skips a file with more than one dot in its name
  args: { to: v.string() },
  handler: async (ctx, args) => {
    await fetch("https://mail.example.com", { method: "POST", body: args.to });
  },
});
```

## Good

```ts convex/mail.ts
export const send = internalAction({
  args: { to: v.string() },
  handler: async (ctx, args) => {
    await fetch("https://mail.example.com", { method: "POST", body: args.to });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, Skipped, rule


@rule("no-function-in-skipped-file", Category.CORRECTNESS, Severity.WARNING, preset=Preset.RECOMMENDED, each=Skipped)
def check(file: Skipped) -> Findings:
    """Report the first function of the file, with the number of the others."""
    first, *others = file.functions
    more = f" and {len(others)} more of this file are" if others else " is"
    yield Finding(
        file,
        f"`{first.name}`{more} never deployed: Convex skips a file with {file.why}",
        help="rename the file, or move the function to another one",
    )
