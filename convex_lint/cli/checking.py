"""`convex-lint check`: from flags to a request, and from a request to a report."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from convex_lint.cli import TERMINATED
from convex_lint.cli.flags import Flags, fault, options
from convex_lint.cli.output import Output, finish
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
@options
def check(paths: tuple[str, ...], **flags: Unpack[Flags]) -> int:
    """Lint the Convex projects in PATHS, or around the current folder.

    Paths choose what is reported; the whole project is read all the same, since one file can make another wrong.
    """
    import gc  # noqa: PLC0415  the run is short: collecting would cost more than it frees

    gc.disable()
    wrong = fault(paths, flags)
    if wrong is not None:
        raise click.UsageError(wrong)
    request = _request(paths, flags)
    if flags["print_config"]:
        return _print_config(request)
    return finish(_run(request), _output(flags))


def _output(flags: Flags) -> Output:
    return Output(
        format="diff" if flags["diff"] else flags["format_"],
        file=flags["output_file"],
        quiet=flags["quiet"],
        max_warnings=flags["max_warnings"],
        statistics=flags["statistics"],
        color=flags["color"],
        exit_zero=flags["exit_zero"],
        silent=flags["fix_only"],
    )


def _request(paths: tuple[str, ...], flags: Flags) -> Request:
    from convex_lint.check import Renewal, Request, Since  # noqa: PLC0415  not for --help, nor for a flag that is wrong

    name = flags["stdin_filename"]
    overlay = _standard_input(name) if name is not None else None
    renewal = Renewal(flags["suppress_all"], _split(flags["suppress_rule"]), flags["prune_suppressions"])
    is_limited = flags["changed"] or flags["staged"] or flags["since"] is not None
    return Request(
        cwd=_here(),
        paths=tuple(overlay) if overlay is not None else paths,
        config=flags["config"],
        isolated=flags["isolated"],
        select=_split(flags["select"]),
        ignore=_split(flags["ignore"]),
        no_ignore=flags["no_ignore"],
        overlay=overlay,
        fix=_safeties(flags),
        writes=not flags["diff"],
        comment=flags["add_disable_comments"],
        suppressions=flags["suppressions_location"],
        renewal=renewal if renewal != Renewal() else None,
        since=Since(flags["since"], staged=flags["staged"]) if is_limited else None,
    )


def _here() -> str:
    try:
        return str(Path.cwd())
    except OSError as fault:
        raise click.ClickException("the current folder does not exist any more") from fault


def _safeties(flags: Flags) -> frozenset[Safety]:
    from convex_lint.diagnostics import Safety  # noqa: PLC0415  not for --help

    if not (flags["fix"] or flags["fix_only"] or flags["diff"]):
        return frozenset()
    return frozenset((Safety.SAFE, Safety.UNSAFE) if flags["unsafe_fixes"] else (Safety.SAFE,))


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
    from convex_lint.baseline import BaselineError  # noqa: PLC0415  not for --help
    from convex_lint.check import FixError  # noqa: PLC0415
    from convex_lint.config import ConfigError  # noqa: PLC0415
    from convex_lint.discovery import ChangesError, DiscoveryError  # noqa: PLC0415

    try:
        yield
    except (BaselineError, ChangesError, ConfigError, FixError) as fault:
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
