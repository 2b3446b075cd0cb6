"""The command line. `start` is the entry point; what it needs is imported when it is known to be needed."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from typing import TextIO

FAILED, MISUSED, INTERRUPTED, TERMINATED = 1, 2, 130, 143
"""The exit codes, beside 0."""

DEBUG = "CONVEX_LINT_DEBUG"
"""The variable that asks for the traceback of an internal failure."""


def start() -> NoReturn:
    """Run the command line as a process of its own, which ends at once: to take a large project apart takes long."""
    code = _run()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # nobody reads it any more
            code = code or FAILED
    os._exit(code)


def main() -> NoReturn:
    """Run the command line; `check` is the command where none is named."""
    sys.exit(_run())


def _run() -> int:
    try:
        sys.stdout, sys.stderr = _stream(sys.stdout), _stream(sys.stderr)
        # Even importing takes long enough to be interrupted.
        from convex_lint.cli.commands import run  # noqa: PLC0415

        code = run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`| head`); nothing is left to say, not even at exit.
        mute()
        code = FAILED
    except Exception as fault:  # noqa: BLE001  the last place where a failure can be told from findings, by its exit code
        _confess(fault)
        code = MISUSED
    return code


def mute() -> None:
    """Send what is still to be written to standard output nowhere: writing it has failed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stream(stream: TextIO | None) -> TextIO:
    """Return a stream that a file name which is not UTF-8 does not break; nowhere, for one that is closed."""
    if stream is None:
        return open(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False)
    stream.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]
    return stream


def _confess(fault: Exception) -> None:
    import traceback  # noqa: PLC0415  most runs do not fail

    if os.environ.get(DEBUG):
        traceback.print_exception(fault)
        return
    last = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119  for its last part alone
    sys.stderr.write(
        f"convex-lint: internal failure: {type(fault).__name__}: {fault} ({where})\n"
        f"convex-lint: please report it; with {DEBUG}=1 the whole traceback is shown\n"
    )
