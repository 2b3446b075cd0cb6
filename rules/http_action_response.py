r"""Require HTTP actions to return a `Response`.

What an HTTP action returns is sent as it is: Convex takes a `Response` of the web and nothing else. With an object, a
string, or nothing at all, the request fails with a server error after everything in the action was done. Put what is to
be sent into a response, `Response.json(…)` or `new Response(…)`; where there is nothing to say, return
`new Response(null, { status: 204 })`.

A way out that ends in a `throw` is left alone, and so is what is not known: the result of a function that is not seen.

Sources: <https://docs.convex.dev/functions/http-actions>, `invokeHttpAction` in
[`registration_impl.ts`](https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/impl/registration_impl.ts)

## Bad

```ts convex/http.ts
const http = httpRouter();
http.route({
  path: "/hook",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
           ~~~~~~~~~~ this HTTP action may end without a `Response`
    const { id } = await request.json();
    if (id === undefined) {
      return { error: "no id" };
             ~~~~~~~~~~~~~~~~~~ this HTTP action returns an object, and must return a `Response`
    }
    await ctx.runMutation(internal.hooks.save, { id });
  }),
});
export default http;
```

## Good

```ts convex/http.ts
const http = httpRouter();
http.route({
  path: "/hook",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    const { id } = await request.json();
    if (id === undefined) {
      return Response.json({ error: "no id" }, { status: 400 });
    }
    await ctx.runMutation(internal.hooks.save, { id });
    return new Response(null, { status: 204 });
  }),
});
export default http;
```
"""

from convex_lint.api import Category, Finding, Findings, Preset, Severity, Unanswered, rule


@rule("http-action-response", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Unanswered)
def check(end: Unanswered) -> Findings:
    """Report each way out of an HTTP action that surely gives no response."""
    if end.gives:
        message = f"this HTTP action returns {end.gives}, and must return a `Response`"
        yield Finding(end, message, help="return `Response.json(…)` or `new Response(…)`")
    else:
        message = "this HTTP action may end without a `Response`"
        yield Finding(end, message, help="return `new Response(null, { status: 204 })` at its end")
