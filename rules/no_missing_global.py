r"""Disallow globals that the runtime does not have in which a function runs.

Convex's own runtime has the globals of the web, not those of Node: `Buffer`, `__dirname` and `setImmediate` are not
defined there, and `process` has nothing but `env`. `window`, `document` and the stores of a browser are in no runtime of
the backend. To read such a global throws a `ReferenceError`. Use `Uint8Array`, `TextEncoder`, `atob` and `btoa` for
`Buffer`, or move the code to an action in a file that begins with `"use node"`.

A helper counts when a function comes to it that is deployed to that runtime. A module that asks if the global is there,
or goes on where it is not, is left alone; so is a global that any module of the project puts in place.

Source: <https://docs.convex.dev/functions/runtimes>

## Bad

```ts
export const encode = mutation({
  args: { text: v.string() },
  handler: async (ctx, args) => {
    return await ctx.db.insert("codes", { code: Buffer.from(args.text).toString("base64") });
                                                ~~~~~~ only Node has `Buffer`, and `example.encode` runs in the default runtime
  },
});
```

## Good

```ts
export const encode = mutation({
  args: { text: v.string() },
  handler: async (ctx, args) => {
    return await ctx.db.insert("codes", { code: btoa(args.text) });
  },
});
```
"""

from convex_lint.api import AbsentGlobal, Category, Finding, Findings, Preset, Severity, rule


@rule("no-missing-global", Category.RUNTIME, Severity.ERROR, preset=Preset.RECOMMENDED, each=AbsentGlobal)
def check(use: AbsentGlobal) -> Findings:
    """Report the first use of a global in a module; only what a handler does itself is an error."""
    which = f"`{use.reached_by}` runs" if use.reached_by else "this file is loaded"
    if use.form == "browser":
        message = f"only a browser has `{use.words}`, and {which} in the backend"
        help_ = "do it in the app, and send the result as an argument"
    else:
        message = f"only Node has `{use.words}`, and {which} in the default runtime"
        help_ = "use what the web has, or move it to an action in a file that begins with `use node`"
    yield Finding(use, message, help=help_, at_most=None if use.is_direct else Severity.WARNING)
