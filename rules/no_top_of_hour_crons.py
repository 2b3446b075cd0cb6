r"""Disallow cron jobs that run at minute 0.

Jobs all over the world run on the hour, so the services that a job calls, and Convex itself, are busiest then. Any
other minute is quieter, and nobody notices the difference. The fix chooses a minute from the name of the job: it
stays the same, and different jobs get different ones.

Like the rule of this name in `@convex-dev/eslint-plugin`, but only on what `cronJobs()` returns, not on every object
with a method `daily`. Source: <https://docs.convex.dev/scheduling/cron-jobs>

## Bad

```ts convex/crons.ts
import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();
crons.daily("clean up", { hourUTC: 5, minuteUTC: 0 }, internal.cleanup.run);
                                                 ~ this job runs at the top of the hour, when everything else does
export default crons;
```

```ts fixed convex/crons.ts
import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();
crons.daily("clean up", { hourUTC: 5, minuteUTC: 34 }, internal.cleanup.run);
export default crons;
```

## Good

```ts convex/crons.ts
import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();
crons.daily("clean up", { hourUTC: 5, minuteUTC: 34 }, internal.cleanup.run);
crons.cron("digest", "23 6 * * 1", internal.digest.send);
crons.interval("poll", { minutes: 5 }, internal.poll.run);
export default crons;
```
"""

import re

from convex_lint.api import Category, Cron, Finding, Findings, Fix, Preset, Safety, Severity, rule

TOP = re.compile(r"(?:^|,)0+(?=[-/,]|$)")


@rule("no-top-of-hour-crons", Category.PERFORMANCE, Severity.WARNING, preset=Preset.RECOMMENDED, each=Cron)
def check(cron: Cron) -> Findings:
    """Report a literal minute 0, in a schedule or in a cron string."""
    minute = cron.minute
    if minute is None or not TOP.search(minute.text):
        return
    fix = None
    if minute.text == "0":
        edit = cron.module.replace(minute, str(cron.quiet_minute))
        fix = Fix(f"run it at minute {cron.quiet_minute}", Safety.UNSAFE, (edit,))
    yield Finding(
        minute,
        "this job runs at the top of the hour, when everything else does",
        help="choose another minute",
        fix=fix,
    )
