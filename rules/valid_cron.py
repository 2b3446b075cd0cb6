r"""Require cron jobs that can be deployed.

The jobs are made when the module is loaded, and Convex checks them at that time: two jobs of one name, an hour that is
no hour, an interval in two units or a string that is no cron string stop the push. Only the default export of
`crons.ts`, at the top of the functions folder, is deployed; without it the jobs never run.

A cron string has five fields: minute, hour, day of the month, month, and day of the week, which is 0 to 6 or `SUN` to
`SAT`. Names that are made at run time are fine.

Sources: <https://docs.convex.dev/scheduling/cron-jobs>,
<https://github.com/get-convex/convex-backend/blob/main/npm-packages/convex/src/server/cron.ts>,
<https://github.com/get-convex/saffron/blob/main/saffron/src/parse.rs>

## Bad

```ts convex/crons.ts
const crons = cronJobs();
crons.interval("poll", { minutes: 0 }, internal.jobs.poll);
                                  ~ `minutes` is no integer greater than 0
crons.daily("digest", { hourUTC: 24, minuteUTC: 7 }, internal.jobs.digest);
                                 ~~ `hourUTC` is no integer from 0 to 23
crons.cron("digest", "7 5 * * 7", internal.jobs.digest);
           ~~~~~~~~ there is a cron job `digest` already
                              ~ `7` is no day of the week of a cron string
export default crons;
```

## Good

```ts convex/crons.ts
const crons = cronJobs();
crons.interval("poll", { minutes: 5 }, internal.jobs.poll);
crons.daily("digest", { hourUTC: 23, minuteUTC: 7 }, internal.jobs.digest);
crons.cron("weekly digest", "7 5 * * 0", internal.jobs.digest);
export default crons;
```
"""

from convex_lint.api import Category, Cron, Finding, Findings, Preset, Severity, rule


@rule("valid-cron", Category.CORRECTNESS, Severity.ERROR, preset=Preset.RECOMMENDED, each=Cron)
def check(cron: Cron) -> Findings:
    """Report what is wrong with a cron job, so that it cannot be deployed."""
    for fault in cron.faults:
        yield Finding(fault, fault.message, help=fault.help)
