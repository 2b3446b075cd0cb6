r"""Disallow `v.any()` in the arguments of public mutations and actions.

Anyone on the internet can call a public function, with any arguments that its validators let in. `v.any()` lets in
everything: an object where a string belongs, fields that nobody expected, a document of the greatest size. What the
types say of such an argument is only a hope, and what is written from it into the database is whatever a client sent.

Say what the argument is. What really may have any shape, as the body of somebody else's webhook, is best taken as a
string and parsed where a failure can be handled. An argument that the handler gives to a parser, or to a function that
takes it as `unknown`, alone or in an object, is left alone, and so is a part of a validator that has a name and is
shared. Queries, internal functions, those of components and those that want a secret are left alone, too: with the
option `functions` set to `public` queries are reported, and with `all` every function. `args: v.any()` is a matter of
`require-args-validator`.

Sources: <https://docs.convex.dev/functions/validation>,
<https://docs.convex.dev/understanding/best-practices/#use-argument-validators-for-all-public-functions>

## Bad

```ts
export const update = mutation({
  args: { id: v.id("messages"), fields: v.any() },
                                        ~~~~~~~ the public mutation `update` takes anything as `fields`
  handler: async (ctx, { id, fields }) => {
    await ctx.db.patch("messages", id, fields);
  },
});
```

## Good

```ts
export const update = mutation({
  args: { id: v.id("messages"), fields: v.object({ body: v.optional(v.string()) }) },
  handler: async (ctx, { id, fields }) => {
    await ctx.db.patch("messages", id, fields);
  },
});
```
"""

from dataclasses import dataclass
from typing import Literal

from convex_lint.api import Argument, Category, Finding, Findings, Preset, Severity, rule


@dataclass(frozen=True)
class Options:
    """`functions`: `writing` (public mutations and actions), `public` (queries, too) or `all`."""

    functions: Literal["writing", "public", "all"] = "writing"


@rule(
    "no-any-args",
    Category.SECURITY,
    Severity.WARNING,
    preset=Preset.RECOMMENDED,
    each=Argument,
    options=Options,
)
def check(argument: Argument, options: Options) -> Findings:
    """Report each part of a validator that lets in everything."""
    function = argument.function
    if options.functions != "all" and (not function.exposed or function.takes_secret):
        return
    if options.functions == "writing" and function.kind == "query":
        return
    if argument.takes_anything and not argument.parsed:
        message = f"the {function.deployed_as} `{function.name}` takes anything as `{argument.path}`"
        yield Finding(argument, message, help="say what it is with a validator of its own")
