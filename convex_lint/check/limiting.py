"""Only what has changed, and what that changes elsewhere."""

# Paths are strings here, as everywhere on the way to the disk.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint import discovery
from convex_lint.diagnostics import Severity
from convex_lint.source import Source
from convex_lint.suppressions import LOUD
from convex_lint.workspace import Role

from .baselines import marked
from .linting import lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.baseline import Mark
    from convex_lint.diagnostics import Diagnostic
    from convex_lint.discovery import Changes
    from convex_lint.workspace import Workspace

    from .linting import Outcome
    from .loading import Loaded, Memory, Request


def overlaid(request: Request, changes: Changes) -> Request:
    """Return a request that reads what is staged instead of the files."""
    root = discovery.workspace_root(request.paths, request.cwd)
    staged = {os.path.normpath(os.path.join(root, path)): data for path, data in changes.staged.items()}
    return replace(request, overlay={**staged, **(request.overlay or {})}) if staged else request


def limited(loaded: Loaded, changes: Changes | None) -> Loaded:
    """Return a workspace of which only what has changed is reported."""
    if changes is None:
        return loaded
    workspace = loaded.workspace
    faults = tuple(fault for fault in loaded.faults if fault.place.path in changes.paths)
    return replace(loaded, workspace=replace(workspace, reported=workspace.reported & changes.paths), faults=faults)


def unlike(whole: Loaded, limited_: Loaded, changes: Changes, memory: Memory) -> tuple[Diagnostic, ...]:
    """Return as notes what is found in files that did not change and would not be without the changes."""
    others = whole.workspace.reported - limited_.workspace.reported
    if not others or not changes.before:
        return ()
    now = replace(whole, workspace=replace(whole.workspace, sources=limited_.workspace.sources, reported=others))
    earlier = replace(now, workspace=_before(now.workspace, changes))
    known = Counter(_key(found, mark) for found, mark in _marked(earlier, lint(earlier, memory)))
    new: list[Diagnostic] = []
    for found, mark in _marked(now, lint(now, memory)):
        key = _key(found, mark)
        known[key] -= 1
        if known[key] < 0:
            new.append(replace(found, severity=Severity.NOTE))
    return tuple(new)


def _marked(loaded: Loaded, outcome: Outcome) -> Iterator[tuple[Diagnostic, Mark]]:
    yield from marked(loaded, (found for found in outcome.kept if found.rule not in LOUD), outcome.summaries)


def _key(found: Diagnostic, mark: Mark) -> tuple[str, str, Mark]:
    return found.place.path, found.rule, mark


def _before(workspace: Workspace, changes: Changes) -> Workspace:
    """Return a workspace as it was before the changes; what was deleted since is in it again."""
    sources, roles = dict(workspace.sources), dict(workspace.roles)
    for path, data in changes.before.items():
        if data is None:
            sources.pop(path, None)
        elif path in sources:
            sources[path] = Source(path, data)
        elif (project := workspace.project_of(path)) is not None:
            role = discovery.role_of(path, project.folder, data)
            if role not in {Role.GENERATED, Role.TEST}:
                sources[path], roles[path] = Source(path, data), role
    return replace(workspace, sources=sources, roles=roles)
