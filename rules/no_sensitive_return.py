r"""Disallow returning documents with secrets in them to everybody.

Anyone can call a public function, and sees all of what it returns, whatever the page shows of it. A document that is
returned as a whole has every field of its table: the hash of a password, a token, the number of a customer at Stripe.

Return the fields that a caller may see, or say with a `returns` validator what is returned. Reported are public
functions without one that never ask who calls, and return whole documents of a table that has fields with such names
(`passwordHash`, `apiKey`, `refreshToken`, `stripeCustomerId` …; the option `fields` adds others). Names are all that
there is to go by, so the rule has to be asked for.

Sources: <https://docs.convex.dev/functions/validation>,
<https://docs.convex.dev/understanding/best-practices/#use-some-form-of-access-control-for-all-public-functions>

## Bad

```ts convex/schema.ts
export default defineSchema({ users: defineTable({ name: v.string(), passwordHash: v.string() }) });
```

```ts convex/users.ts
export const list = query({
  args: {},
  handler: async (ctx) => {
    return await ctx.db.query("users").take(50);
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ everybody gets `passwordHash` of `users` from the query `list`
  },
});
```

## Good

```ts convex/schema.ts
export default defineSchema({ users: defineTable({ name: v.string(), passwordHash: v.string() }) });
```

```ts convex/users.ts
export const list = query({
  args: {},
  handler: async (ctx) => {
    const users = await ctx.db.query("users").take(50);
    return users.map((user) => ({ id: user._id, name: user.name }));
  },
});
```
"""

from dataclasses import dataclass

from convex_lint.api import Category, Disclosure, Finding, Findings, Precision, Preset, Severity, rule


@dataclass(frozen=True)
class Options:
    """`fields`: names of fields that are not for everybody, besides those that are known."""

    fields: tuple[str, ...] = ()


@rule(
    "no-sensitive-return",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.OPT_IN,
    precision=Precision.LIKELY,
    each=Disclosure,
    options=Options,
)
def check(found: Disclosure, options: Options) -> Findings:
    """Report whole documents with such fields that a public function returns which never asks who calls."""
    function = found.function
    names = (*found.secrets, *(one for one in found.fields if one in options.fields))
    if function.exposed and names and not found.asks:
        secrets = ", ".join(f"`{name}`" for name in names)
        message = f"everybody gets {secrets} of `{found.table}` from the {function.kind} `{function.name}`"
        yield Finding(found, message, help="return the fields that a caller may see")
