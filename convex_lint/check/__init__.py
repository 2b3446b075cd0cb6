"""One run, from paths to a report: what the command line and the language server both call."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from convex_lint.report import Report

from .fixing import FixError, fix
from .linting import lint
from .loading import Loaded, Memory, Request, load, rules, settings

if TYPE_CHECKING:
    from convex_lint import suppressions
    from convex_lint.rule import Rule

__all__ = ["FixError", "Loaded", "Memory", "Request", "check", "fix", "lint", "load", "report", "rules", "settings"]


def check(request: Request) -> Report:
    """Check what is asked for, with fixes applied where they are asked for."""
    memory = Memory()
    loaded = load(request, memory)
    notices = loaded.notices
    if request.fix:
        loaded, more = fix(loaded, memory, request.fix)
        notices = (*notices, *more)
    outcome = lint(loaded, memory)
    return report(loaded, outcome, request.cwd, notices)


def report(loaded: Loaded, outcome: suppressions.Outcome, cwd: str, notices: tuple[str, ...] = ()) -> Report:
    """Put together what a run that was started in `cwd` has to say."""
    workspace = loaded.workspace
    return Report(
        root=workspace.root,
        diagnostics=outcome.kept,
        suppressed=outcome.suppressed,
        sources=workspace.sources,
        rules=_ran(loaded),
        checked=len(workspace.reported),
        read=len(workspace.sources),
        projects=tuple(project.folder for project in workspace.projects),
        notices=notices,
        folder=Path(os.path.relpath(cwd, workspace.root)).as_posix(),
    )


def _ran(loaded: Loaded) -> tuple[Rule, ...]:
    names = {name for path in loaded.workspace.reported for name in loaded.config.levels(path)}
    return tuple(rule for rule in loaded.rules if rule.name in names)
