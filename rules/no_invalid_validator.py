r"""Disallow validators that do not exist, or that Convex does not take.

`v` has few functions, and none for emails, dates or maps: `v.date()` is a `TypeError` when the module is loaded, and
nothing can be deployed. Validators are made of validators: an object needs `v.object(…)` around it, `v.string` has to be
called, `v.id(…)` needs the name of a table, and `v.literal(…)` a string, number, boolean or bigint. They have no methods
such as `min` or `default`: what a value is like beyond its type is checked in the handler.

The keys of a record are strings that are not known in advance (`v.string()` or `v.id(…)`), and neither they nor the
values are optional. `v.optional()` belongs to the fields of an object: in arrays, in unions and for what a function
returns it does nothing, which is reported as a warning, as is `v.bigint()`, which is called `v.int64()` now.

Sources: <https://docs.convex.dev/functions/validation#convex-values>,
<https://github.com/get-convex/convex-backend/blob/94a42c3/npm-packages/convex/src/values/validators.ts>,
<https://github.com/get-convex/convex-backend/blob/94a42c3/crates/common/src/schemas/json.rs>

## Bad

```ts
export const add = mutation({
  args: {
    email: v.email(),
             ~~~~~ `v` has no function `email`
    size: v.bigint(),
            ~~~~~~ `v.bigint` is deprecated
    options: { notify: v.boolean() },
             ~~~~~~~~~~~~~~~~~~~~~~~ a field has to be a validator, and this is an object
    counts: v.record(v.union(v.literal("a"), v.literal("b")), v.number()),
                     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the keys of a record are strings that are not known in advance
  },
  handler: async (ctx, args) => await ctx.db.insert("users", args),
});
```

```ts fixed
export const add = mutation({
  args: {
    email: v.email(),
    size: v.int64(),
    options: { notify: v.boolean() },
    counts: v.record(v.union(v.literal("a"), v.literal("b")), v.number()),
  },
  handler: async (ctx, args) => await ctx.db.insert("users", args),
});
```

## Good

```ts
export const add = mutation({
  args: {
    email: v.string(),
    size: v.int64(),
    options: v.optional(v.object({ notify: v.boolean() })),
    counts: v.object({ a: v.number(), b: v.number() }),
  },
  handler: async (ctx, args) => await ctx.db.insert("users", args),
});
```
"""

from convex_lint.api import Category, Finding, Findings, Fix, Operand, Preset, Safety, Severity, ValidatorUse, rule


@rule("no-invalid-validator", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=ValidatorUse)
def check(use: ValidatorUse) -> Findings:
    """Report what `v` does not have, and what the functions that it has cannot be given."""
    if not use.exists:
        help_ = f"use `{use.instead}`" if use.instead is not None else "use one of the validators that Convex has"
        yield Finding(use, f"`v` has no function `{use.name}`", help=help_)
    if use.is_deprecated:
        fix = Fix(f"use `{use.instead}`", Safety.SAFE, (use.renamed(),))
        message = f"`v.{use.name}` is deprecated"
        yield Finding(use, message, help=f"use `{use.instead}`", fix=fix, at_most=Severity.WARNING)
    if use.lacks_table:
        yield Finding(use, "`v.id` needs the name of a table", help='name it: `v.id("users")`')
    if use.lacks_literal:
        message = "`v.literal` needs a string, a number, a boolean or a bigint"
        yield Finding(use, message, help="give it one, or use `v.null()` for null")
    if use.takes_validator:
        message = "`v.object` needs an object of validators, and is given a validator"
        yield Finding(use, message, help="give it an object with a validator for each field")
    for what in use.missing:
        yield Finding(use, f"`v.{use.name}` is not given {what}", help="give it a validator")
    wrong = use.wrong_method
    if wrong is not None:
        of = "this validator" if wrong.of_objects else "a validator"
        help_ = f"use `{wrong.instead}`" if wrong.instead is not None else "check it in the handler"
        yield Finding(wrong, f"{of} has no method `{wrong.name}`", help=help_)
    for operand in use.operands:
        yield from _of_operand(use, operand)


def _of_operand(use: ValidatorUse, operand: Operand) -> Findings:
    """Report what is no validator, or one that cannot stand where it does."""
    mistake = operand.mistake if use.name != "a result" else None
    if mistake is not None:
        what, help_ = mistake
        yield Finding(operand, f"{operand.role} has to be a validator, and this is {what}", help=help_)
    elif use.name in {"array", "union", "nullable", "record", "a result"} and operand.is_optional:
        if use.name == "record":
            yield Finding(operand, f"{operand.role} cannot be optional", help="take `v.optional` away")
        else:
            message = f"`v.optional` does nothing for {operand.role}"
            help_ = "put it around the whole field, or use `v.null()`"
            yield Finding(operand, message, help=help_, at_most=Severity.WARNING)
    elif operand.role == "the key of a record" and operand.is_no_key:
        message = "the keys of a record are strings that are not known in advance"
        yield Finding(operand, message, help="use `v.string()`, or `v.object(…)` for keys that are known")
