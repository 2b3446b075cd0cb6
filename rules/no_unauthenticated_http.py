r"""Disallow routes by which anyone can change something.

A route of `httpRouter()` is there for everyone who knows the address of the deployment, which is no secret. Whatever
calls it, a service that sends webhooks or a browser, has to be told from all others: by a signature that is verified, by
a key in a header that is compared with a variable of the environment, or by the token of a user, which
`ctx.auth.getUserIdentity()` reads from the header `Authorization`. To look whether the header is there checks nothing.

The route is run in thought as by somebody who knows no secret, as in `require-access-control`. Nothing is said where
something that is not understood could check. Routes for everyone (forms, callbacks of OAuth) are reported all the same:
the rule is for projects that have none, or that silence these.

Sources: <https://docs.convex.dev/functions/http-actions>,
<https://docs.convex.dev/auth/functions-auth#http-actions>

## Bad

```ts convex/http.ts
const http = httpRouter();
http.route({
~~~~~~~~~~ anyone can send a request to `/paid`, which writes to `orders`
  path: "/paid",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    await ctx.runMutation(internal.http.paid, await request.json());
    return new Response(null);
  }),
});
export const paid = internalMutation({
  args: { id: v.id("orders") },
  handler: async (ctx, args) => await ctx.db.patch(args.id, { paid: true }),
});
export default http;
```

## Good

```ts convex/http.ts
const http = httpRouter();
http.route({
  path: "/paid",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    if (request.headers.get("X-Api-Key") !== process.env.PAYMENT_KEY) return new Response(null, { status: 403 });
    await ctx.runMutation(internal.http.paid, await request.json());
    return new Response(null);
  }),
});
export const paid = internalMutation({
  args: { id: v.id("orders") },
  handler: async (ctx, args) => await ctx.db.patch(args.id, { paid: true }),
});
export default http;
```
"""

from convex_lint.api import Category, Finding, Findings, Precision, Preset, Route, Severity, rule


@rule(
    "no-unauthenticated-http",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    precision=Precision.LIKELY,
    each=Route,
)
def check(route: Route) -> Findings:
    """Report a route by which anyone can have something done."""
    opening = route.opening
    if opening is not None and opening.does and not route.module.in_component:
        path = next((field.text for _, field in route.where if field.text is not None), None)
        to = f"`{path}`" if path is not None else "this route"
        help_ = "verify a signature, compare a key, or ask who calls before"
        message = f"anyone can send a request to {to}, which {opening.does}"
        yield Finding(route, message, help=help_, related=opening.related)
