r"""Require that the handlers of functions are short, and leave the work to helpers.

Convex recommends that most of a backend is plain TypeScript: `query`, `mutation` and `action` are thin wrappers that
check what comes in, and call functions in a folder such as `convex/model`. These can be called by other functions in the
same transaction, tested, and read one by one; what stands in a handler can only be copied.

The option `maxStatements` says how many statements a handler may have, those in its blocks and callbacks included: 30
where it is not given. A handler that is a function with a name, which others can call, does not count. It is a matter of
taste, and so this rule is opt-in.

Source: <https://docs.convex.dev/understanding/best-practices/#use-helper-functions-to-write-shared-code>

## Bad

<!-- no-metamorphic: moved-handler because a handler that is a function with a name is one that others can call -->

```ts options={"maxStatements": 3}
export const send = internalMutation({
                    ~~~~~~~~~~~~~~~~ the handler of `send` has 4 statements, and may have 3
  args: { channel: v.id("channels"), body: v.string() },
  handler: async (ctx, { channel, body }) => {
    const found = await ctx.db.get("channels", channel);
    if (found === null) throw new Error("No such channel");
    await ctx.db.insert("messages", { channel, body });
  },
});
```

## Good

```ts options={"maxStatements": 3}
export const send = internalMutation({
  args: { channel: v.id("channels"), body: v.string() },
  handler: async (ctx, { channel, body }) => {
    await Channels.ensure(ctx, channel);
    await Messages.add(ctx, channel, body);
  },
});
```
"""

from dataclasses import dataclass

from convex_lint.api import Category, Finding, Findings, Preset, Registered, Severity, rule


@dataclass(frozen=True)
class Options:
    """`maxStatements`: how many statements a handler may have."""

    max_statements: int = 30


@rule("thin-handlers", Category.STYLE, Severity.WARNING, preset=Preset.OPT_IN, each=Registered, options=Options)
def check(function: Registered, options: Options) -> Findings:
    """Report a function whose handler has too many statements."""
    count = function.statements
    if count > options.max_statements:
        message = f"the handler of `{function.name}` has {count} statements, and may have {options.max_statements}"
        yield Finding(function, message, help="move what it does to helpers in plain functions")
