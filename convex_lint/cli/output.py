"""What becomes of a report: in which format, where to, and with which exit code."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from convex_lint import __version__
from convex_lint.cli import FAILED, MISUSED, mute
from convex_lint.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.report import Report

FORMATS = ("auto", "full", "concise", "json", "sarif", "github", "agent")
AGENTS = (
    "AI_AGENT", "CLAUDECODE", "CLAUDE_CODE", "REPL_ID", "GEMINI_CLI", "CODEX_SANDBOX", "CODEX_THREAD_ID", "COPILOT_CLI",
    "OPENCODE", "JUNIE_DATA", "JUNIE_SHIM_PATH", "CURSOR_AGENT",
)  # fmt: skip
"""The variables that coding agents set for the commands they run (the list that Oxlint reads)."""


@record
class Output:
    """How a run is shown and when it fails; a `silent` one says only what went wrong with it."""

    format: str
    file: str | None
    quiet: bool
    max_warnings: int | None
    statistics: bool
    color: str
    exit_zero: bool
    silent: bool = False


def finish(report: Report, output: Output) -> int:
    """Show a report and return the exit code of the run."""
    for notice in report.notices:
        _say(notice)
    if output.format == "diff":
        _put(report.patch, output)
        return FAILED if report.patch and not output.exit_zero else 0
    if output.silent:
        return MISUSED if any(found.rule == "rule-crashed" for found in report.diagnostics) else 0
    shown = replace(report, diagnostics=_errors(report.diagnostics)) if output.quiet else report
    _put(_rendered(shown, output), output)
    errors = _errors(report.diagnostics)
    warnings = sum(diagnostic.severity == "warning" for diagnostic in report.diagnostics)
    too_many = output.max_warnings is not None and warnings > output.max_warnings
    if too_many:
        _say(f"too many warnings: {warnings}, and --max-warnings is {output.max_warnings}")
    if output.exit_zero:
        return 0
    if any(error.rule == "rule-crashed" for error in errors):
        return MISUSED
    return FAILED if errors or too_many else 0


def _say(remark: str) -> None:
    click.echo(f"convex-lint: {remark}", err=True)


def _errors(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(diagnostic for diagnostic in found if diagnostic.severity == "error")


def _put(text: str, output: Output) -> None:
    try:
        if output.file is not None:
            Path(output.file).write_bytes(text.encode("utf-8", "backslashreplace"))
        else:
            sys.stdout.write(text if not text or text.endswith("\n") else f"{text}\n")
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        if output.file is None:
            mute()
        where = f"`{output.file}`" if output.file is not None else "to standard output"
        message = f"cannot write {where}: {(fault.strerror or str(fault)).lower()}"
        raise click.ClickException(message) from fault


def _rendered(report: Report, output: Output) -> str:
    from convex_lint.reporters import Options, render  # noqa: PLC0415  not for --help

    to_terminal = output.file is None and sys.stdout.isatty()
    color = _colored(output, to_terminal=to_terminal)
    options = Options(
        color=color,
        hyperlinks=color and to_terminal,
        width=_width() if to_terminal else 100,
        version=__version__,
    )
    return render("statistics" if output.statistics else _format(output), report, options)


def _width() -> int:
    import shutil  # noqa: PLC0415  only a terminal has a width

    return shutil.get_terminal_size().columns


def _format(output: Output) -> str:
    if output.format != "auto":
        return output.format
    if output.file is not None:
        return "full"
    if any(os.environ.get(name) for name in AGENTS):
        return "agent"
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"


def _colored(output: Output, *, to_terminal: bool) -> bool:
    """Decide on colour: the flag, then NO_COLOR, then FORCE_COLOR, then whether a terminal reads it."""
    if output.color != "auto":
        return output.color == "always"
    if output.file is not None or os.environ.get("NO_COLOR"):
        # FORCE_COLOR is set for the log of a CI job, not for the files that the job makes.
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0", "false"}:
        return True
    return to_terminal and os.environ.get("TERM") != "dumb"
