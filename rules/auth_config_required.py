r"""Require a configuration of the providers that `ctx.auth` trusts.

`ctx.auth` knows who calls by the token that the client sends, and believes the providers that `auth.config.ts` names, at
the top of the functions folder. Without that file, or with no provider in it, each call is one of nobody:
`getUserIdentity()` gives null, in development and in production. With an `auth.config.ts` and an `auth.config.js`, the
push stops.

A project is reported once, where its first file asks who calls. Components are left alone: they have no `ctx.auth`.

Sources: <https://docs.convex.dev/auth/advanced/custom-auth>, <https://docs.convex.dev/auth/debug>, and `bundleAuthConfig`
in `npm-packages/convex/src/bundler/index.ts` of get-convex/convex-backend.

## Bad

```ts convex/auth.config.ts
export default { providers: [] };
                            ~~ without a provider, `ctx.auth` knows nobody
```

And with no file of that name:

```ts convex/users.ts
export const me = query({
  args: {},
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
                                    ~~~~~~~~~~~~~~~ there is no `auth.config.ts`, so `ctx.auth` knows nobody
    return identity?.name ?? null;
  },
});
```

## Good

```ts convex/auth.config.ts
export default { providers: [{ domain: process.env.CLERK_DOMAIN, applicationID: "convex" }] };
```

```ts convex/users.ts
export const me = query({
  args: {},
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    return identity?.name ?? null;
  },
});
```
"""

from convex_lint.api import AuthFault, Category, Finding, Findings, Preset, Severity, rule

SAID = {
    "missing": (
        "there is no `auth.config.ts`, so `ctx.auth` knows nobody",
        "name the providers in `auth.config.ts`, at the top of the functions folder",
    ),
    "empty": ("without a provider, `ctx.auth` knows nobody", "name the provider whose tokens the clients send"),
    "twice": ("there is an `auth.config.ts` too, and the push stops at two configurations", "delete one of them"),
}


@rule("auth-config-required", Category.SECURITY, Severity.ERROR, preset=Preset.STRICT, each=AuthFault)
def check(fault: AuthFault) -> Findings:
    """Report what is missing; only two configurations stop the push."""
    message, help_ = SAID[fault.form]
    yield Finding(fault, message, help=help_, at_most=None if fault.form == "twice" else Severity.WARNING)
