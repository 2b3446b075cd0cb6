r"""Require `http.ts` to export its router as default, and HTTP actions to have a route.

Convex reads the routes from the default export of `convex/http.ts` and from nowhere else. Without one, or with one that
is not the router, the push fails. A router in `https.ts` is not seen at all.

An HTTP action that is exported, and that no code of the project uses, is not reached by any request, for it has no path
of its own: route it, or delete it. Where one is imported, or passed on, it is taken for routed.

Sources: <https://docs.convex.dev/functions/http-actions>, `http_analyze` in
[`analyze.rs`](https://github.com/get-convex/convex-backend/blob/main/crates/isolate/src/environment/analyze.rs)

## Bad

```ts convex/http.ts
import { httpRouter } from "convex/server";
import { httpAction } from "./_generated/server";

export const http = httpRouter();
             ~~~~ `http.ts` does not export its router as default
http.route({
  path: "/ping",
  method: "GET",
  handler: httpAction(async () => new Response("pong")),
});
```

```ts fixed convex/http.ts
import { httpRouter } from "convex/server";
import { httpAction } from "./_generated/server";

export const http = httpRouter();
http.route({
  path: "/ping",
  method: "GET",
  handler: httpAction(async () => new Response("pong")),
});
export default http;
```

## Good

```ts convex/http.ts
const http = httpRouter();
http.route({
  path: "/ping",
  method: "GET",
  handler: httpAction(async () => new Response("pong")),
});
export default http;
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, HttpFault, Preset, Safety, Severity, rule


@rule("http-default-export", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=HttpFault)
def check(fault: HttpFault) -> Findings:
    """Say what keeps requests from HTTP actions; one without a route is no error."""
    if fault.form == "unrouted":
        message = f"no request comes to the HTTP action `{fault.name}`: it has no route"
        yield Finding(fault, message, help="route it in `http.ts`, or delete it", at_most=Severity.WARNING)
    elif fault.form == "misnamed":
        message = f"no routes are read from `{fault.file}`"
        yield Finding(fault, message, help="name the file `http.ts`", at_most=Severity.WARNING)
    elif fault.form == "other":
        message = f"the default export of `{fault.file}` is not a router"
        yield Finding(fault, message, help="export what `httpRouter()` gives")
    else:
        what = (
            "does not export its router as default" if fault.name else "has no default export, but must have a router"
        )
        edit = fault.export_default()
        fix = Fix(f"export `{fault.name}` as default", Safety.UNSAFE, (edit,)) if edit is not None else None
        help_ = f"add `export default {fault.name or 'http'};`"
        yield Finding(fault, f"`{fault.file}` {what}", help=help_, fix=fix)
