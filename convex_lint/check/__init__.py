"""One run, from paths to a report: what the command line and the language server both call."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from convex_lint import discovery
from convex_lint.discovery import Since
from convex_lint.report import Report

from . import journal
from .commenting import comment, silences
from .fixing import FixError, fix
from .limiting import limited, overlaid, unlike
from .linting import Outcome, lint
from .loading import Loaded, Memory, Renewal, Request, load, rules, settings
from .patching import patch
from .renewing import renew, stale
from .unseen import unseen

if TYPE_CHECKING:
    from convex_lint.rule import Rule

__all__ = [
    "FixError",
    "Loaded",
    "Memory",
    "Outcome",
    "Renewal",
    "Request",
    "Since",
    "check",
    "fix",
    "lint",
    "load",
    "report",
    "rules",
    "settings",
    "silences",
    "unseen",
]


def check(request: Request) -> Report:
    """Check what is asked for, with all that is to be written on the way.

    Raises ConfigError, DiscoveryError, ChangesError, BaselineError and FixError.
    """
    memory = Memory()
    changes = None
    if request.since is not None:
        changes = discovery.changes(discovery.workspace_root(request.paths, request.cwd), request.since)
        request = overlaid(request, changes)
    whole = load(request, memory)
    read = loaded = limited(whole, changes)
    notices = (*journal.remark(loaded.workspace.root), *loaded.notices)
    if request.fix:
        loaded, more = fix(loaded, memory, request.fix, write=request.writes)
        notices += more
    if request.comment is not None:
        loaded, more = comment(loaded, memory, request.comment)
        notices += more
    elsewhere = unlike(whole, loaded, changes, memory) if changes is not None else ()
    outcome = lint(loaded, memory)
    if request.renewal is not None:
        outcome, more = renew(loaded, outcome, request)
        notices += more
    outcome = replace(outcome, kept=tuple(sorted((*outcome.kept, *elsewhere), key=lambda found: found.order)))
    found = report(loaded, outcome, request.cwd, (*notices, *stale(outcome)))
    return replace(found, patch=patch(read.workspace.sources, loaded.workspace.sources)) if request.fix else found


def report(loaded: Loaded, outcome: Outcome, cwd: str, notices: tuple[str, ...] = ()) -> Report:
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
