"""`convex-lint check`: from flags to a request, and from a request to a report."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from convex_lint.cli import TERMINATED
from convex_lint.cli.output import FORMATS, Output, finish
from convex_lint.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from convex_lint.check import Request
    from convex_lint.diagnostics import Safety
    from convex_lint.report import Report

_PATIENCE = 1.0
"""Seconds until a run says on a terminal that it is at work."""


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "-f", "format_", type=click.Choice(FORMATS), default="auto", envvar="CONVEX_LINT_FORMAT",
              help="How findings are shown; `auto` follows the environment.")  # fmt: skip
@click.option("--output-file", "-o", metavar="FILE", help="Write to a file instead of standard output.")
@click.option("--select", multiple=True, metavar="NAME", help="Run only these rules, categories or presets.")
@click.option("--ignore", multiple=True, metavar="NAME", help="Leave out these rules, categories or presets.")
@click.option("--quiet", is_flag=True, help="Show errors only.")
@click.option("--max-warnings", type=click.IntRange(min=0), metavar="N", help="Fail above this many warnings.")
@click.option("--statistics", is_flag=True, help="Show counts by rule instead of findings.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix, apply the fixes that may change behaviour too.")
@click.option("--stdin", is_flag=True, help="Read one file from standard input; needs --stdin-filename.")
@click.option("--stdin-filename", metavar="PATH", help="The path that standard input stands for.")
@click.option("--config", metavar="FILE", help="Use this configuration file.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option("--no-ignore", is_flag=True, help="Report ignored files too.")
@click.option("--print-config", is_flag=True, help="Print the settings in force as JSON, and end.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help="When to use colour.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
def check(  # noqa: PLR0913  the flags
    *,
    paths: tuple[str, ...],
    format_: str,
    output_file: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    quiet: bool,
    max_warnings: int | None,
    statistics: bool,
    fix: bool,
    unsafe_fixes: bool,
    stdin: bool,
    stdin_filename: str | None,
    config: str | None,
    isolated: bool,
    no_ignore: bool,
    print_config: bool,
    color: str,
    exit_zero: bool,
) -> int:
    """Lint the Convex projects in PATHS, or around the current folder.

    Paths choose what is reported; the whole project is read all the same, since one file can make another wrong.
    """
    import gc  # noqa: PLC0415  the run is short: collecting would cost more than it frees

    gc.disable()
    output = Output(format_, output_file, quiet, max_warnings, statistics, color, exit_zero)
    _hold_together(paths, output, stdin_filename, fix=fix, unsafe_fixes=unsafe_fixes, stdin=stdin)
    from convex_lint.check import Request  # noqa: PLC0415  not for --help, nor for a flag that is wrong

    overlay = _standard_input(stdin_filename) if stdin and stdin_filename else None
    request = Request(
        cwd=_here(),
        paths=tuple(overlay) if overlay is not None else paths,
        config=config,
        isolated=isolated,
        select=_split(select),
        ignore=_split(ignore),
        no_ignore=no_ignore,
        overlay=overlay,
        fix=_safeties(fix=fix, unsafe=unsafe_fixes),
    )
    return _print_config(request) if print_config else finish(_run(request), output)


def _hold_together(  # noqa: PLR0913  the flags
    paths: Sequence[str], output: Output, stdin_filename: str | None, *, fix: bool, unsafe_fixes: bool, stdin: bool
) -> None:
    """Refuse flags that contradict one another, before anything is read."""
    faults = {
        "--unsafe-fixes goes with --fix": unsafe_fixes and not fix,
        "--stdin needs --stdin-filename, the path that the text stands for": stdin and not stdin_filename,
        "--stdin-filename goes with --stdin": stdin_filename is not None and not stdin,
        "--stdin reads one file; leave out the paths": stdin and bool(paths),
        "--fix cannot change standard input; give the file itself": stdin and fix,
        "a path is empty; leave it out to lint the current folder": "" in paths,
        f"--statistics is a format of its own; leave out --format {output.format}": output.statistics
        and output.format not in {"auto", "full", "concise"},
    }
    for message, is_so in faults.items():
        if is_so:
            raise click.UsageError(message)


def _here() -> str:
    try:
        return str(Path.cwd())
    except OSError as fault:
        raise click.ClickException("the current folder does not exist any more") from fault


def _safeties(*, fix: bool, unsafe: bool) -> frozenset[Safety]:
    from convex_lint.diagnostics import Safety  # noqa: PLC0415  not for --help

    return frozenset(({Safety.SAFE, Safety.UNSAFE} if unsafe else {Safety.SAFE}) if fix else ())


def _split(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for listed in names for name in listed.split(",") if name.strip())


def _standard_input(name: str) -> dict[str, bytes]:
    if sys.stdin is None:
        raise click.UsageError("--stdin has nothing to read: standard input is closed")
    return {str(Path(name).absolute()): sys.stdin.buffer.read()}


def _run(request: Request) -> Report:
    from convex_lint.check import check as run  # noqa: PLC0415  not for --help

    with _faults(request), _terminable(), _progress():
        return run(request)


def _print_config(request: Request) -> int:
    import json  # noqa: PLC0415  not for every run

    from convex_lint.check import settings  # noqa: PLC0415  not for --help

    with _faults(request):
        click.echo(json.dumps(settings(request).resolved(), indent=2))
    return 0


@contextmanager
def _faults(request: Request) -> Iterator[None]:
    """Say in one message what cannot be linted at all."""
    from convex_lint.check import FixError  # noqa: PLC0415  not for --help
    from convex_lint.config import ConfigError  # noqa: PLC0415
    from convex_lint.discovery import DiscoveryError  # noqa: PLC0415

    try:
        yield
    except (ConfigError, FixError) as fault:
        raise click.ClickException(str(fault)) from fault
    except DiscoveryError as fault:
        message = f"{fault}{_command_meant(request.paths)}"
        raise click.ClickException(message) from fault


def _command_meant(paths: Sequence[str]) -> str:
    """Return a hint where the one path given, which does not exist, looks like a command."""
    commands = sorted(click.get_current_context().find_root().command.list_commands(click.get_current_context()))  # type: ignore[attr-defined]
    near = nearest(paths[0], commands) if paths and not Path(paths[0]).exists() else None
    return f"; did you mean the command `{near}`?" if near is not None else ""


@contextmanager
def _terminable() -> Iterator[None]:
    """End in good order when told to, so that a file that is being written is there whole or not at all."""
    import signal  # noqa: PLC0415  not for --help

    def end(_number: int, _frame: FrameType | None) -> None:
        sys.exit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress() -> Iterator[None]:
    """Say on a terminal that a long run is at work."""
    if not sys.stderr.isatty():
        yield
        return
    import threading  # noqa: PLC0415  only a person waits

    shown = threading.Event()

    def show() -> None:
        shown.set()
        sys.stderr.write("reading the project …")
        sys.stderr.flush()

    timer = threading.Timer(_PATIENCE, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if shown.is_set():
            sys.stderr.write("\r\x1b[K")
