r"""Disallow generated code that was edited, or that git ignores.

`npx convex dev` writes `_generated/` anew from the functions and the schema, and what was edited there is gone. Convex
asks to keep the folder in git: without it the app does not compile where nobody has run `npx convex dev`, as in a fresh
checkout and in most builds. A folder that was added by force is kept, though `.gitignore` names it, and not reported.

It is reported at the schema, or at the first file of the functions folder, because nothing is reported in generated code.
Teams that generate it in each build leave this rule off, as it is unless it is named.

Source: <https://docs.convex.dev/generated-api/>

## Bad

```ts convex/schema.ts
~ `_generated/api.ts` is not as Convex generates it
import { defineSchema } from "convex/server";
export default defineSchema({});
```

```ts convex/_generated/api.ts
import { anyApi } from "convex/server";
export const api = anyApi;
export const internal = { mail: anyApi.mail };
```

## Good

```ts convex/schema.ts
import { defineSchema } from "convex/server";
export default defineSchema({});
```

```ts convex/_generated/api.ts
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 */
import { anyApi } from "convex/server";
export const api = anyApi;
export const internal = anyApi;
```
"""

from convex_lint.api import Category, Finding, Findings, GeneratedFault, Preset, Severity, rule


@rule("no-generated-edits", Category.MAINTENANCE, Severity.WARNING, preset=Preset.OPT_IN, each=GeneratedFault)
def check(fault: GeneratedFault) -> Findings:
    """Report the file, or the folder."""
    if fault.form == "edited":
        help_ = "write it anew with `npx convex dev`, and keep what is your own in another file"
        yield Finding(fault, f"`{fault.name}` is not as Convex generates it", help=help_)
    else:
        yield Finding(
            fault,
            f"git ignores `{fault.name}/`, so the project does not compile in a fresh checkout",
            help="take it out of `.gitignore`, and commit it",
        )
