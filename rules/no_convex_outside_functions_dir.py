r"""Disallow functions, a schema, cron jobs and routes where Convex does not look for them.

Convex deploys the files of one folder, `convex/` unless `convex.json` names another one. A function that is registered
outside of it is not deployed, whoever imports its file, unless a file in the folder exports it. In the folder, it takes
the schema from `schema.ts`, cron jobs from `crons.ts`, routes from `http.ts`, and the providers of `ctx.auth` from
`auth.config.ts`, all at the top: under another name, or one folder further down, they are modules like any other.

Only files that the functions folder loads are read outside of it. What another module imports may be exported there, and
is left alone; so is a second schema, or a second router, beside the one that Convex takes.

Source: <https://docs.convex.dev/production/project-configuration#convexjson>

## Bad

```ts convex/schemas.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({ notes: defineTable({ text: v.string() }) });
               ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ this schema is never deployed: Convex looks for it in `schema.ts`
```

## Good

```ts convex/schema.ts
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({ notes: defineTable({ text: v.string() }) });
```
"""

from convex_lint.api import Astray, Category, Finding, Findings, Preset, Severity, rule


@rule(
    "no-convex-outside-functions-dir",
    Category.CORRECTNESS,
    Severity.WARNING,
    preset=Preset.STRICT,
    each=Astray,
)
def check(found: Astray) -> Findings:
    """Report the default export, or the first function with the number of the others."""
    if found.home.endswith("/"):
        more = f" and {found.others} more of this file are" if found.others else " is"
        message = f"`{found.what}`{more} never deployed: Convex deploys what is in `{found.home}`"
        yield Finding(found, message, help=f"move it to `{found.home}`, or export it there")
    else:
        message = f"{found.what} never deployed: Convex looks for {found.it} in `{found.home}`"
        yield Finding(found, message, help=f"rename the file to `{found.home}`, at the top of the functions folder")
