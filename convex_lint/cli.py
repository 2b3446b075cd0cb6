"""The command line."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from convex_lint import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.report import Report
    from convex_lint.rule import Rule

COMMANDS = ("check", "init", "rule", "rules", "server")
FORMATS = ("auto", "full", "concise", "json", "sarif", "github", "agent")
AGENTS = (
    "AI_AGENT", "CLAUDECODE", "CLAUDE_CODE", "REPL_ID", "GEMINI_CLI", "CODEX_SANDBOX", "CODEX_THREAD_ID", "COPILOT_CLI",
    "OPENCODE", "JUNIE_DATA", "JUNIE_SHIM_PATH", "CURSOR_AGENT",
)  # fmt: skip
"""The variables that coding agents set for the commands they run (the list that Oxlint reads)."""

FAILED, MISUSED, INTERRUPTED = 1, 2, 130
_PATIENCE = 1.0
"""Seconds until a run says on a terminal that it is at work."""


def main() -> NoReturn:
    """Run the command line; `check` is the command where none is named."""
    arguments = sys.argv[1:]
    if not arguments or (arguments[0] not in COMMANDS and arguments[0] not in {"--help", "-h", "--version"}):
        arguments = ["check", *arguments]
    for stream in (sys.stdout, sys.stderr):
        # A file name that is not UTF-8 must not end the run.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        cli.main(arguments, prog_name="convex-lint", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        sys.exit(MISUSED)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader went away (`| head`); nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    sys.exit(0)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="convex-lint %(version)s")
def cli() -> None:
    """Find what is wrong in a Convex backend. `convex-lint [PATHS]` is short for `convex-lint check [PATHS]`."""


@dataclass(frozen=True, slots=True)
class _Output:
    """How a run is shown and when it fails."""

    format: str
    file: str | None
    quiet: bool
    max_warnings: int | None
    statistics: bool
    color: str
    exit_zero: bool


@cli.command()
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
) -> None:
    """Lint the Convex projects in PATHS, or around the current folder.

    Paths choose what is reported; the whole project is read all the same, since one file can make another wrong.
    """
    import gc  # noqa: PLC0415  the run is short: collecting would cost more than it frees

    gc.disable()
    from convex_lint.check import Request  # noqa: PLC0415  not for --help
    from convex_lint.diagnostics import Safety  # noqa: PLC0415

    if unsafe_fixes and not fix:
        raise click.UsageError("--unsafe-fixes goes with --fix")
    overlay = _standard_input(stdin_filename) if stdin else None
    if fix and overlay is not None:
        raise click.UsageError("--fix cannot change standard input; give the file itself")
    wanted = frozenset({Safety.SAFE, Safety.UNSAFE} if unsafe_fixes else {Safety.SAFE}) if fix else frozenset()
    request = Request(
        cwd=str(Path.cwd()),
        paths=tuple(overlay) if overlay is not None else paths,
        config=config,
        isolated=isolated,
        select=_split(select),
        ignore=_split(ignore),
        no_ignore=no_ignore,
        overlay=overlay,
        fix=wanted,
    )
    output = _Output(format_, output_file, quiet, max_warnings, statistics, color, exit_zero)
    _print_config(request) if print_config else _finish(_run(request), output)


def _split(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for listed in names for name in listed.split(",") if name.strip())


def _standard_input(name: str | None) -> dict[str, bytes]:
    if name is None:
        raise click.UsageError("--stdin needs --stdin-filename, the path that the text stands for")
    return {str(Path(name).absolute()): sys.stdin.buffer.read()}


@contextmanager
def _faults() -> Iterator[None]:
    """Say in one message what cannot be linted at all."""
    from convex_lint.config import ConfigError  # noqa: PLC0415
    from convex_lint.discovery import DiscoveryError  # noqa: PLC0415
    from convex_lint.fixes import OutsideWorkspaceError  # noqa: PLC0415

    try:
        yield
    except (ConfigError, DiscoveryError, OutsideWorkspaceError) as fault:
        raise click.ClickException(str(fault)) from fault


def _run(request: object) -> Report:
    from convex_lint.check import Request, check  # noqa: PLC0415

    assert isinstance(request, Request)
    with _faults(), _progress():
        return check(request)


@contextmanager
def _progress() -> Iterator[None]:
    """Say on a terminal that a long run is at work."""
    if not sys.stderr.isatty():
        yield
        return
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


def _print_config(request: object) -> None:
    import json  # noqa: PLC0415

    from convex_lint.check import Memory, Request, load  # noqa: PLC0415

    assert isinstance(request, Request)
    with _faults():
        click.echo(json.dumps(load(request, Memory()).config.resolved(), indent=2))


def _finish(report: Report, output: _Output) -> None:
    """Show a report and end with its exit code."""
    from dataclasses import replace  # noqa: PLC0415

    for notice in report.notices:
        click.echo(f"convex-lint: {notice}", err=True)
    code = 0 if output.exit_zero else _exit_code(report, output.max_warnings)
    shown = replace(report, diagnostics=_errors(report.diagnostics)) if output.quiet else report
    _write(shown, output)
    if code:
        sys.exit(code)


def _errors(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(diagnostic for diagnostic in found if diagnostic.severity == "error")


def _exit_code(report: Report, max_warnings: int | None) -> int:
    errors = _errors(report.diagnostics)
    if any(error.rule == "rule-crashed" for error in errors):
        return MISUSED
    warnings = len(report.diagnostics) - len(errors)
    return FAILED if errors or (max_warnings is not None and warnings > max_warnings) else 0


def _write(report: Report, output: _Output) -> None:
    from convex_lint.reporters import Options, render  # noqa: PLC0415

    to_terminal = output.file is None and sys.stdout.isatty()
    color = _colored(output.color, to_terminal=to_terminal)
    options = Options(
        color=color,
        hyperlinks=color and to_terminal,
        width=_width() if to_terminal else 100,
        version=__version__,
    )
    text = render("statistics" if output.statistics else _format(output), report, options)
    if output.file is None:
        sys.stdout.write(text if not text or text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
        return
    try:
        Path(output.file).write_text(text, encoding="utf-8")
    except OSError as fault:
        message = f"cannot write {output.file}: {fault.strerror}"
        raise click.ClickException(message) from fault


def _width() -> int:
    import shutil  # noqa: PLC0415

    return shutil.get_terminal_size().columns


def _format(output: _Output) -> str:
    if output.format != "auto":
        return output.format
    if output.file is not None:
        return "full"
    if any(os.environ.get(name) for name in AGENTS):
        return "agent"
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"


def _colored(color: str, *, to_terminal: bool) -> bool:
    """Decide on colour: the flag, then NO_COLOR, then FORCE_COLOR, then whether a terminal reads it."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0", "false"}:
        return True
    return to_terminal and os.environ.get("TERM") != "dumb"


@cli.command("rule")
@click.argument("name", required=False)
@click.option("--all", "all_", is_flag=True, help="Every rule.")
@click.option("--format", "-f", "format_", type=click.Choice(("text", "markdown", "json")), default="text")
def rule_command(*, name: str | None, all_: bool, format_: str) -> None:
    """Explain a rule: what it finds, why it matters, what to do instead."""
    from convex_lint.check import rules  # noqa: PLC0415

    every = rules()
    if all_ == (name is not None):
        raise click.UsageError("name one rule, or give --all")
    chosen = every if name is None else (_named(every, name),)
    _PAGES[format_](chosen)


def _named(rules: Sequence[Rule], name: str) -> Rule:
    from difflib import get_close_matches  # noqa: PLC0415

    from convex_lint import registry  # noqa: PLC0415

    known = registry.by_name(rules)
    found = known.get(registry.bare(name))
    if found is None:
        near = get_close_matches(registry.bare(name), known, 1)
        hint = f"; did you mean `{near[0]}`?" if near else "; `convex-lint rules` lists them"
        raise click.UsageError(f"no rule is called `{name}`{hint}")
    return found


def _page_text(rules: Sequence[Rule]) -> None:
    if not sys.stdout.isatty():
        _page_markdown(rules)
        return
    from rich.console import Console  # noqa: PLC0415  40 ms, and only a terminal needs it
    from rich.markdown import Markdown  # noqa: PLC0415

    for rule in rules:
        Console().print(Markdown(_markdown(rule)))


def _page_markdown(rules: Sequence[Rule]) -> None:
    click.echo("\n".join(_markdown(rule) for rule in rules), nl=False)


def _markdown(rule: Rule) -> str:
    from convex_lint.pages import parse, render  # noqa: PLC0415

    return f"# {rule.name}\n\n*{rule.category}, {rule.severity}, in `{rule.preset}`*\n\n{render(parse(rule.page, rule.name))}"


def _page_json(rules: Sequence[Rule]) -> None:
    import json  # noqa: PLC0415

    click.echo(json.dumps([_described(rule) for rule in rules], indent=2))


def _described(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name,
        "category": rule.category,
        "severity": rule.severity,
        "preset": rule.preset,
        "precision": rule.precision,
        "aliases": list(rule.aliases),
        "summary": rule.summary,
        "page": rule.page,
        "url": rule.url,
    }


_PAGES: dict[str, Callable[[Sequence[Rule]], None]] = {
    "text": _page_text,
    "markdown": _page_markdown,
    "json": _page_json,
}


@cli.command("rules")
@click.option("--format", "-f", "format_", type=click.Choice(("text", "json")), default="text")
def rules_command(*, format_: str) -> None:
    """List the rules."""
    from convex_lint.check import rules  # noqa: PLC0415

    every = rules()
    if format_ == "json":
        _page_json(every)
        return
    width = max(len(rule.name) for rule in every)
    for rule in every:
        click.echo(f"{rule.name:{width}}  {rule.category:11}  {rule.severity:7}  {rule.preset:11}  {rule.summary}")


@cli.command("init")
def init_command() -> None:
    """Write a small configuration file in the current folder."""
    path = Path("convex-lint.json")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_INITIAL)
    except FileExistsError as fault:
        message = f"{path} is there already; edit it, or delete it first"
        raise click.ClickException(message) from fault
    click.echo(f"wrote {path}; `convex-lint check` reads it")


_INITIAL = """\
{
  "extends": ["convex-lint:recommended"],
  "rules": {}
}
"""


@cli.command("server")
def server_command() -> None:
    """Serve an editor over standard input and output (the Language Server Protocol)."""
    from convex_lint.lsp import serve  # noqa: PLC0415  a third of a second, for nobody else

    serve()
