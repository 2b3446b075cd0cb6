"""The flags of `convex-lint check`: their names, what they say of themselves, and which contradict one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from convex_lint.cli.output import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMENTS = "--add-disable-comments"
"""The flag whose value may be left out; what follows it is its value only behind a `=`."""

F = TypeVar("F", bound="Callable[..., Any]")


class Flags(TypedDict):
    """What was given for each flag."""

    format_: str
    output_file: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    quiet: bool
    max_warnings: int | None
    statistics: bool
    changed: bool
    since: str | None
    staged: bool
    fix: bool
    unsafe_fixes: bool
    fix_only: bool
    diff: bool
    add_disable_comments: str | None
    suppress_all: bool
    suppress_rule: tuple[str, ...]
    prune_suppressions: bool
    suppressions_location: str | None
    stdin: bool
    stdin_filename: str | None
    config: str | None
    isolated: bool
    no_ignore: bool
    print_config: bool
    color: str
    exit_zero: bool


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--format", "-f", "format_", type=click.Choice(FORMATS), default="auto", envvar="CONVEX_LINT_FORMAT",
                 help="How findings are shown; `auto` follows the environment."),
    click.option("--output-file", "-o", metavar="FILE", help="Write to a file instead of standard output."),
    click.option("--select", multiple=True, metavar="NAME", help="Run only these rules, categories or presets."),
    click.option("--ignore", multiple=True, metavar="NAME", help="Leave out these rules, categories or presets."),
    click.option("--quiet", is_flag=True, help="Show errors only."),
    click.option("--max-warnings", type=click.IntRange(min=0), metavar="N", help="Fail above this many warnings."),
    click.option("--statistics", is_flag=True, help="Show counts by rule instead of findings."),
    click.option("--changed", is_flag=True, help="Report only files that differ from the last commit (git)."),
    click.option("--since", metavar="REF", help="Report only files that differ from where this branch left REF (git)."),
    click.option("--staged", is_flag=True, help="Report only staged files, as they are staged (git)."),
    click.option("--fix", is_flag=True, help="Apply the safe fixes."),
    click.option("--unsafe-fixes", is_flag=True,
                 help="With --fix or --diff, apply the fixes that may change behaviour too."),
    click.option("--fix-only", is_flag=True, help="Apply the fixes, and report nothing of what is left."),
    click.option("--diff", is_flag=True, help="Print the fixes as a patch, and change no file; 1 if there are any."),
    click.option(COMMENTS, metavar="[=REASON]", help="Silence what is found with comments, which give the reason."),
    click.option("--suppress-all", is_flag=True, help="Forgive all that is found now: write the baseline."),
    click.option("--suppress-rule", multiple=True, metavar="NAME", help="Forgive what this rule finds now."),
    click.option("--prune-suppressions", is_flag=True,
                 help="Take out of the baseline what is not found any more."),
    click.option("--suppressions-location", metavar="FILE",
                 help="Where the baseline lies, if not in convex-lint-suppressions.json at the root."),
    click.option("--stdin", is_flag=True, help="Read one file from standard input; needs --stdin-filename."),
    click.option("--stdin-filename", metavar="PATH", help="The path that standard input stands for."),
    click.option("--config", metavar="FILE", help="Use this configuration file."),
    click.option("--isolated", is_flag=True, help="Use no configuration file."),
    click.option("--no-ignore", is_flag=True, help="Report ignored files too."),
    click.option("--print-config", is_flag=True, help="Print the settings in force as JSON, and end."),
    click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto",
                 help="When to use colour."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found."),
)  # fmt: skip


def options(command: F) -> F:
    """Give a command the flags."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def fault(paths: Sequence[str], flags: Flags) -> str | None:
    """Return what is wrong with flags that contradict one another, if anything is."""
    fixes = flags["fix"] or flags["fix_only"]
    writes = fixes or flags["add_disable_comments"] is not None
    renews = flags["suppress_all"] or bool(flags["suppress_rule"]) or flags["prune_suppressions"]
    picks = [name for name, given in (("--changed", flags["changed"]), ("--since", flags["since"] is not None),
                                      ("--staged", flags["staged"])) if given]  # fmt: skip
    format_ = flags["format_"]
    faults = {
        "--unsafe-fixes goes with --fix or --diff": flags["unsafe_fixes"] and not (fixes or flags["diff"]),
        "--stdin needs --stdin-filename, the path that the text stands for": flags["stdin"]
        and not flags["stdin_filename"],
        "--stdin-filename goes with --stdin": flags["stdin_filename"] is not None and not flags["stdin"],
        "--stdin reads one file; leave out the paths": flags["stdin"] and bool(paths),
        "--fix cannot change standard input; give the file itself": flags["stdin"] and writes,
        "--stdin is one file, which is not the whole of a baseline": flags["stdin"] and renews,
        "--stdin is one file; it goes without --changed, --since and --staged": flags["stdin"] and bool(picks),
        f"{' and '.join(picks)} say different things; give one": len(picks) > 1,
        "--staged reports what is staged, which no fix can change; stage the files and fix those": flags["staged"]
        and (writes or renews),
        "--diff changes nothing; leave out --fix": flags["diff"] and fixes,
        "--diff prints fixes, and no comments; leave out one of the two": flags["diff"]
        and flags["add_disable_comments"] is not None,
        "--add-disable-comments silences what the baseline would forgive; leave out one of the two": renews
        and flags["add_disable_comments"] is not None,
        "a path is empty; leave it out to lint the current folder": "" in paths,
        f"--statistics is a format of its own; leave out --format {format_}": flags["statistics"]
        and format_ not in {"auto", "full", "concise"},
    }
    return next((message for message, is_so in faults.items() if is_so), None)
