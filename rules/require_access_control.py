r"""Require that public functions which change something check who calls.

Anyone on the internet can call a public query, mutation or action, with any arguments: no page of the app has to be
open, and nobody has to be logged in. A mutation that writes without a check lets everyone write.

A function is run in thought by somebody who is not logged in and knows no secret. What asks for an identity gets
nothing, and so does what was looked up with that; a check that throws or returns ends the run, be it in the handler, in
a helper, in the builder or in a function that is run with `ctx.runMutation`. Where something is surely written,
scheduled, stored or sent behind all that, it is reported, with the way that leads there.

A secret counts as a check: an argument such as `token`, `apiKey` or `inviteCode` that is compared or looked up, a
variable of the environment, a signature. What only looks like a check does not: a role that the client sends, the
document of a user whom the client names, an error "not authenticated" about an argument. A call that is not understood
and could check is taken to do so. HTTP actions are the business of `no-unauthenticated-http`, functions that ask who calls
and throw the answer away that of `no-unchecked-identity`, and those that let the caller say who it is that of
`no-identity-from-args`.

Where a project has no logins (nothing of it asks who calls, nor takes a secret, and there is no `auth.config.ts`), it is
for anyone as a whole. This is said once, at the first of its functions that change something, with the others as related
places; any option but `public` has each reported by itself.

What everybody may do says so with `@public` in the comment above it, or in the option `public` (names such as `send`,
paths such as `messages:send`, with `*`). The option `mode` is `writes`, `any` (functions that read count too) or `all`
(whatever they do); `authHelpers` names functions that check, and `pattern` is a regular expression for such names.

Like the rule of this name in `@convex-dev/eslint-plugin`, which goes by the names of the functions that are called.
Source: <https://docs.convex.dev/understanding/best-practices/#use-some-form-of-access-control-for-all-public-functions>

## Bad

```ts convex/auth.config.ts
export default { providers: [{ domain: "https://login.example", applicationID: "convex" }] };
```

```ts convex/teams.ts
export const rename = mutation({
                      ~~~~~~~~ anyone can call the mutation `rename`, which writes to `teams`
  args: { id: v.id("teams"), name: v.string() },
  handler: async (ctx, args) => {
    await ctx.db.patch(args.id, { name: args.name });
  },
});
```

## Good

```ts
export const rename = mutation({
  args: { id: v.id("teams"), name: v.string() },
  handler: async (ctx, args) => {
    const identity = await ctx.auth.getUserIdentity();
    if (identity === null) throw new ConvexError("log in first");
    const team = await ctx.db.get(args.id);
    if (team === null || team.owner !== identity.tokenIdentifier) throw new ConvexError("not your team");
    await ctx.db.patch(args.id, { name: args.name });
  },
});
```
"""

from dataclasses import dataclass
from typing import Literal

from convex_lint.api import Category, Finding, Findings, Precision, Preset, Registered, Severity, rule


@dataclass(frozen=True)
class Options:
    """What is asked for, what counts as a check, and which functions are public by design."""

    mode: Literal["writes", "any", "all"] = "writes"
    pattern: str = ""
    auth_helpers: tuple[str, ...] = ()
    public: tuple[str, ...] = ()


HELP = "check who calls first, make it internal, or say `@public` in a comment above it"


@rule(
    "require-access-control",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    precision=Precision.LIKELY,
    each=Registered,
    options=Options,
)
def check(function: Registered, options: Options) -> Findings:
    """Report a public function by which anyone can have something done."""
    if not function.exposed or function.kind == "httpAction":
        return
    if function.is_marked_public or function.is_listed(options.public):
        return
    if options == Options(public=options.public) and not function.is_among_logins:
        yield from of_project(function, options.public)
        return
    opening = function.opening(options.auth_helpers, options.pattern, reads=options.mode != "writes")
    if opening is None or not (opening.does or options.mode == "all") or function.is_told_of:
        return
    who = "anyone, logged in or not, can call" if opening.asks else "anyone can call"
    message = f"{who} the {function.kind} `{function.name}`"
    if opening.does:
        message += f", which {opening.does}"
    yield Finding(function, message, help=HELP, related=opening.related)


def of_project(function: Registered, public: tuple[str, ...]) -> Findings:
    """Report a project in which everyone may do everything, at the first function that does something."""
    opened = function.opened_around(public)
    if not opened or opened[0][0] != function.path:
        return
    (_, opening), *others = opened
    message = (
        f"nothing here asks who calls: anyone can call the {function.kind} `{function.name}`, which {opening.does}"
    )
    if others:
        message += f", and {len(others)} more" if len(others) > 1 else f", and `{others[0][0]}`"
    related = (place for path, one in others for place in one.of(path))
    yield Finding(function, message, help=HELP, related=(*opening.related, *related))
