r"""Disallow routes that the router refuses, or that no request can reach.

`http.route` throws when the module is loaded, so that the push fails, if the path does not begin with `/`, if the path
prefix does not end with `/` as well, if there are both or neither, if the path is below `/.files`, if the method is none
of `GET`, `POST`, `PUT`, `DELETE`, `OPTIONS` and `PATCH`, and if the same path and method were routed before. The handler
must be what `httpAction` gives: with a plain function, or a query or a mutation, every request fails.

There are no parameters in a path: `/users/:id` and `/files/*` are taken as they are written, and only a request for
`/users/:id` itself is answered. Route the prefix, `pathPrefix: "/users/"`, and take the rest out of `request.url`.

Only routes of what `httpRouter()` gives are looked at: Hono and other routers have rules of their own.

Sources: <https://docs.convex.dev/functions/http-actions>,
[`router.ts`](https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/router.ts)

## Bad

```ts convex/http.ts
const http = httpRouter();
http.route({
  path: "/users/:id",
        ~~~~~~~~~~~~ a route has no parameters: only a request for `/users/:id` itself comes here
  method: "get",
          ~~~~~ `get` is no method that can be routed
  handler: async (ctx, request) => new Response(request.url),
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the handler is a plain function, and a route needs an HTTP action
});
export default http;
```

## Good

```ts convex/http.ts
const http = httpRouter();
http.route({
  pathPrefix: "/users/",
  method: "GET",
  handler: httpAction(async (ctx, request) => new Response(request.url)),
});
export default http;
```
"""

import re

from convex_lint.api import Category, Finding, Findings, Preset, Related, Route, RouteField, Severity, nearest, rule

PARAMETER = re.compile(r"/:\w|\*")


@rule("valid-http-route", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Route)
def check(route: Route) -> Findings:
    """Report each part of a route that is refused; a part that is not known is passed over."""
    where = route.where
    if len(where) > 1:
        yield Finding(where[1][1], "a route has a `path` or a `pathPrefix`, not both", help="leave one of them out")
    elif not where and route.whole:
        yield Finding(route, "this route has neither a `path` nor a `pathPrefix`", help="add one of them")
    for name, field in where:
        yield from _path(name, field)
    for name in ("method", "handler"):
        if route.whole and route.field(name) is None:
            yield Finding(route, f"this route has no `{name}`", help="add it")
    method = route.field("method")
    if method is not None and method.text is not None and method.text not in Route.METHODS:
        yield _method(method, method.text)
    handler = route.field("handler")
    what = route.handled_by
    if handler is not None and what is not None:
        message = f"the handler is {what}, and a route needs an HTTP action"
        yield Finding(handler, message, help="make it one with `httpAction`")
    first = route.first
    for _, field in where[:1] if first is not None else ():
        related = (Related(first.place, "here"),) if first is not None else ()
        message = f"`{field.text}` is routed for this method already"
        yield Finding(field, message, help="keep one of the two routes", related=related)


def _path(name: str, field: RouteField) -> Findings:
    text = field.text
    if text is None:
        return
    parameter = PARAMETER.search(text)
    if not text.startswith("/"):
        yield Finding(field, f"the {name} `{text}` does not begin with `/`", help=f"write `/{text}`")
    elif name == "pathPrefix" and not text.endswith("/"):
        yield Finding(field, f"the {name} `{text}` does not end with `/`", help=f"write `{text}/`")
    elif f"{text}/".startswith(f"{Route.RESERVED}/"):
        yield Finding(field, f"`{Route.RESERVED}` is kept for the files that Convex serves", help="choose another path")
    elif parameter is not None:
        before = text[: text.rindex("/", 0, parameter.start() + 1) + 1]
        yield Finding(
            field,
            f"a route has no parameters: only a request for `{text}` itself comes here",
            help=f"route the pathPrefix `{before}`, and take the rest out of `request.url`",
            at_most=Severity.WARNING,
        )


def _method(field: RouteField, text: str) -> Finding:
    if text.upper() == "HEAD":
        better = "route `GET`, which answers `HEAD` as well"
    else:
        near = nearest(text.upper(), Route.METHODS)
        better = f"use `{near}`" if near is not None else f"use one of {', '.join(f'`{one}`' for one in Route.METHODS)}"
    return Finding(field, f"`{text}` is no method that can be routed", help=better)
