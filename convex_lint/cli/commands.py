"""The commands, and which of them the arguments name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from convex_lint import __version__
from convex_lint.cli import INTERRUPTED, MISUSED
from convex_lint.cli.checking import check
from convex_lint.cli.explaining import rule
from convex_lint.cli.flags import COMMENTS
from convex_lint.cli.listing import rules
from convex_lint.cli.starting import init

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="convex-lint %(version)s")
def cli() -> None:
    """Find what is wrong in a Convex backend. `convex-lint [PATHS]` is short for `convex-lint check [PATHS]`."""


@cli.command()
def server() -> None:
    """Serve an editor over standard input and output (LSP)."""
    from convex_lint.lsp import serve  # noqa: PLC0415  a third of a second, for nobody else

    serve()


for _command in (check, init, rule, rules):
    cli.add_command(_command)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code."""
    try:
        ended = cli.main(_with_command(arguments), prog_name="convex-lint", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        return MISUSED
    except click.Abort:
        return INTERRUPTED
    return ended if isinstance(ended, int) else 0


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with their command: `check`, unless the first one names another, or asks about them all."""
    first = arguments[0] if arguments else ""
    is_for_all = first in {"--help", "-h", "--version"}
    # click would take the argument behind it, a path, for its value.
    given = [f"{COMMENTS}=" if argument == COMMENTS else argument for argument in arguments]
    return given if first in cli.commands or is_for_all else ["check", *given]
