r"""Require the directive `"use node"` where Convex looks for it, and nowhere else.

`"use node"` chooses the runtime of a module as a directive: a string before all other code, comments aside. Behind an
import it is a string like any other, and so is `"use nodejs"`: the module is bundled for the default runtime, and the
push fails at what only Node has, or runs it where it was not meant to run.

`http.ts` and `crons.ts` always run in the default runtime, and the push stops at the directive there. It also stops at a
file of `actions/`, a folder at the top, that has none.

Sources: <https://docs.convex.dev/functions/runtimes#nodejs-runtime>, and `hasUseNodeDirective` and `determineEnvironment`
in `npm-packages/convex/src/bundler/index.ts` of get-convex/convex-backend.

## Bad

```ts convex/hashes.ts
import { createHash } from "crypto";
import { v } from "convex/values";
import { action } from "./_generated/server";
"use node";
~~~~~~~~~~ `"use node"` has no effect here: it has to stand before all other code

export const of = action({
  args: { text: v.string() },
  handler: async (ctx, args) => createHash("sha1").update(args.text).digest("hex"),
});
```

```ts fixed convex/hashes.ts
"use node";
import { createHash } from "crypto";
import { v } from "convex/values";
import { action } from "./_generated/server";

export const of = action({
  args: { text: v.string() },
  handler: async (ctx, args) => createHash("sha1").update(args.text).digest("hex"),
});
```

In `http.ts`, where it is not allowed:

```ts convex/http.ts
"use node";
~~~~~~~~~~ `http.ts` always runs in the default runtime, and the push stops at `"use node"`
import { httpRouter } from "convex/server";
export default httpRouter();
```

## Good

```ts convex/hashes.ts
"use node";
import { createHash } from "crypto";
import { v } from "convex/values";
import { action } from "./_generated/server";

export const of = action({
  args: { text: v.string() },
  handler: async (ctx, args) => createHash("sha1").update(args.text).digest("hex"),
});
```
"""

from convex_lint.api import Category, DirectiveFault, Finding, Findings, Fix, Preset, Safety, Severity, rule

MOVE = "put `use node` before all other code, in a file of actions only"
SAID = {
    "late": ("`{0}` has no effect here: it has to stand before all other code", MOVE),
    "misspelt": ("`{0}` chooses no runtime: the directive is `use node`", "write `use node`"),
    "forbidden": (
        "`{1}` always runs in the default runtime, and the push stops at `{0}`",
        "move what needs Node to actions in another file",
    ),
    "missing": ("a file in `actions/` without `use node` stops the push", "put `use node` first, or move the file"),
}


@rule("use-node-directive", Category.RUNTIME, Severity.ERROR, preset=Preset.RECOMMENDED, each=DirectiveFault)
def check(fault: DirectiveFault) -> Findings:
    """Report the string; what is only without effect is an error where the module surely needs Node."""
    if fault.form in SAID:
        message, help_ = SAID[fault.form]
        fix = Fix("put `use node` first", Safety.UNSAFE, fault.first()) if help_ != SAID["forbidden"][1] else None
        at_most = None if fault.stops else Severity.WARNING
        file = fault.module.path.rpartition("/")[2]
        yield Finding(fault, message.format(fault.written, file), help=help_, fix=fix, at_most=at_most)
