r"""Disallow the time and random values as a module of the default runtime is loaded.

What stands outside of functions runs when the app is deployed, and once more for each run of a function, with the clock
stopped at the time of the deployment and with the same seed for random values. `const startedAt = Date.now()` is the
time of the last deployment forever, `performance.now()` is 0, and `const salt = Math.random()` the same number in each run. Read the clock, or take
the random value, in the function that needs it.

Modules with `"use node"` are left alone: they are loaded by Node, when it starts. So are cron jobs, which are registered
when the app is deployed: a minute that is chosen at random then is a good way to spread them.

Source: <https://docs.convex.dev/functions/runtimes#using-randomness-and-time-in-queries-and-mutations>

## Bad

```ts
const startedAt = Date.now();
                  ~~~~~~~~~~ `Date.now()` is the time of the deployment here, not that of the call
const salt = Math.random();
             ~~~~~~~~~~~~~ `Math.random()` gives the same in each run here

export const uptime = query({ args: {}, handler: async (ctx) => ({ startedAt, salt }) });
```

## Good

```ts
export const start = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.db.insert("runs", { startedAt: Date.now(), salt: Math.random() });
  },
});
```
"""

from convex_lint.api import Category, Finding, Findings, FrozenCall, Preset, Severity, rule


@rule("no-module-scope-nondeterminism", Category.RUNTIME, Severity.WARNING, preset=Preset.RECOMMENDED, each=FrozenCall)
def check(call: FrozenCall) -> Findings:
    """Report each call."""
    yield Finding(call, f"`{call.words}` {call.instead}", help="move it into the function that needs it")
