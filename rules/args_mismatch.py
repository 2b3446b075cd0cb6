r"""Require that a function is called with the arguments that it validates.

`ctx.runQuery()`, `ctx.scheduler.runAfter()`, cron jobs, workflows and workpools take a reference to a function and the
arguments for it. Convex validates these when the function starts: an argument that its `args` do not name, one that is
missing and one of another type are errors then, in a scheduled function or a cron job with nobody there to see them. The
type checker says so only where neither side is `any`.

Nothing is said of a function whose `args` are not seen, nor of arguments that are put together elsewhere.

Sources: <https://docs.convex.dev/functions/validation>,
<https://github.com/get-convex/convex-backend/blob/main/crates/common/src/schemas/validator.rs>

## Bad

```ts convex/mail.ts
export const send = internalAction({
  args: { to: v.string(), subject: v.string(), urgent: v.optional(v.boolean()) },
  handler: async (ctx, args) => {
    await fetch("https://mail.example/send", { method: "POST", body: JSON.stringify(args) });
  },
});
```

```ts convex/users.ts
export const invite = mutation({
  args: { email: v.string() },
  handler: async (ctx, { email }) => {
    await ctx.scheduler.runAfter(0, internal.mail.send, { to: email, sujbect: "Welcome", subject: "Welcome" });
                                                                     ~~~~~~~ `sujbect` is no argument of `internal.mail.send`
    await ctx.scheduler.runAfter(0, internal.mail.send, { to: email });
                                    ~~~~~~~~~~~~~~~~~~ `internal.mail.send` is not given `subject`
    await ctx.scheduler.runAfter(0, internal.mail.send, { to: email, subject: "Hello", urgent: null });
                                                                                               ~~~~ `urgent` of `internal.mail.send` must be a boolean
  },
});
```

## Good

```ts convex/mail.ts
export const send = internalAction({
  args: { to: v.string(), subject: v.string() },
  handler: async (ctx, args) => {
    await fetch("https://mail.example/send", { method: "POST", body: JSON.stringify(args) });
  },
});
```

```ts convex/users.ts
export const invite = mutation({
  args: { email: v.string() },
  handler: async (ctx, { email }) => {
    await ctx.scheduler.runAfter(0, internal.mail.send, { to: email, subject: "Welcome" });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Misfit, Preset, ReferenceUse, Safety, Severity, rule

MISSING = "give it, or make it optional there"


@rule("args-mismatch", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=ReferenceUse, clients=True)
def check(use: ReferenceUse) -> Findings:
    """Report what surely does not fit of the arguments, or that there are none."""
    if use.gives_nothing and use.args.needed:
        yield Finding(
            use,
            f"`{use.spelt}` is not given {_listed(use.args.needed)}",
            help="give it the arguments that it validates",
        )
    for one in use.misfits:
        yield from _misfit(one, use)


def _misfit(one: Misfit, use: ReferenceUse) -> Findings:
    path, function = one.path, f"`{use.spelt}`"
    match one.kind:
        case "unknown":
            known = f"its arguments are {_listed(one.names)}" if one.names else "give it an empty object"
            help_ = f"use `{one.near}`" if one.near is not None else known if "." not in path else "leave it out"
            fix = Fix(help_, Safety.UNSAFE, (one.edit,)) if one.edit is not None else None
            yield Finding(one, f"`{path}` is no argument of {function}", help=help_, fix=fix)
        case "missing" if not path:
            yield Finding(use, f"{function} is not given {_listed(one.names)}{_instead(one)}", help=MISSING)
        case "missing":
            yield Finding(one, f"`{path}` of {function} has no {_listed(one.names)}{_instead(one)}", help=MISSING)
        case _:
            what = (
                f"`{path}` of {function} must be {one.wanted}"
                if path
                else f"the arguments of {function} must be an object"
            )
            yield Finding(one, what)


def _instead(one: Misfit) -> str:
    return f", but {_listed(one.others)}, which it does not take" if one.others else ""


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
