"""The projects that open files lie in: read once, kept, and brought up to date when they are asked about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from convex_lint import check
from convex_lint.baseline import BaselineError
from convex_lint.config import ConfigError
from convex_lint.discovery import DiscoveryError
from convex_lint.workspace import SUFFIXES

from .project import find, imports_more, may_report, with_text, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from convex_lint.diagnostics import Diagnostic

    from .project import Found, Project

_FAULTS = (BaselineError, ConfigError, DiscoveryError)


class Projects:
    """The projects by the files that are open. `tell` is called, once each, with what keeps one from being read."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._told: set[str] = set()
        self._strangers: set[str] = set()
        self._all: list[Project] = []
        self._texts: dict[str, bytes] = {}

    def put(self, path: str, data: bytes) -> None:
        """Take the text of an open file."""
        is_first = path not in self._texts
        self._texts[path] = data
        for project in self._all:
            inside = project.relative(path)
            if inside is not None:
                project.pending[inside] = data
                # What is opened and yet was not read may have been made in the meantime.
                project.stale |= is_first and inside not in project.loaded.workspace.sources

    def drop(self, path: str) -> None:
        """Forget the text of a file that was closed: what is on the disk counts again."""
        self._texts.pop(path, None)
        for project in self._all:
            if project.relative(path) is not None:
                project.stale = True

    def outdate(self) -> None:
        """Have everything read again, as something on the disk has changed."""
        self._strangers.clear()
        for project in self._all:
            project.stale = True

    def concerns(self, path: str) -> bool:
        """Say whether a file that is not open matters to a project that was read."""
        return path not in self._texts and any(project.relative(path) is not None for project in self._all)

    def of(self, path: str) -> tuple[Project, str] | None:
        """Return the project of a file, up to date, and the file's path in it; None if it belongs to none."""
        for project in tuple(self._all):
            if project.relative(path) is not None:
                self._refresh(project)
        return self._known(path) or self._met(path)

    def live(self) -> list[Project]:
        """Return the projects that have open files, up to date."""
        homes = [self.of(path) for path in tuple(self._texts)]
        return list({id(home[0]): home[0] for home in homes if home is not None}.values())

    def _known(self, path: str) -> tuple[Project, str] | None:
        for project in self._all:
            inside = project.relative(path)
            if inside is not None:
                return project, inside
        return None

    def _met(self, path: str) -> tuple[Project, str] | None:
        """Find and read the project of a file that is seen for the first time."""
        if path in self._strangers or not path.endswith(SUFFIXES):
            return None
        try:
            project = find(path, self._texts)
        except _FAULTS as fault:
            self._complain(str(fault))
            return None
        if project is None:
            self._strangers.add(path)
            return None
        self._all.append(project)
        self._greet(project)
        self._refresh(project)
        return self._known(path)

    def _refresh(self, project: Project) -> None:
        """Bring a project up to date and lint it, if anything has changed."""
        if project.stale or imports_more(project):
            self._read(project)
        if project.pending:
            workspace = project.loaded.workspace
            for inside, data in project.pending.items():
                workspace = with_text(workspace, inside, data, project)
            project.pending.clear()
            if workspace is not project.loaded.workspace:
                project.loaded = replace(project.loaded, workspace=workspace)
                project.found = None
        self._report_libraries(project)
        if project.found is None:
            project.found = _by_path(check.lint(project.loaded, project.memory).kept)

    def _report_libraries(self, project: Project) -> None:
        """Have the libraries that are open reported on, too: by themselves, they lie outside of what was asked for."""
        workspace = project.loaded.workspace
        for path in self._texts:
            inside = project.relative(path)
            if inside is None or inside in project.libraries or inside not in workspace.sources:
                continue
            if not within(inside, project.folder) and inside not in workspace.reported:
                project.libraries[inside] = may_report(path, inside, project.loaded)
        wanted = {inside for inside, may in project.libraries.items() if may} & workspace.sources.keys()
        if not wanted <= workspace.reported:
            project.loaded = replace(project.loaded, workspace=replace(workspace, reported=workspace.reported | wanted))
            project.found = None

    def _read(self, project: Project) -> None:
        project.stale = False
        if not Path(project.root, project.folder).is_dir():
            self._all.remove(project)
            return
        try:
            project.loaded = check.load(replace(project.request, overlay=self._texts), project.memory)
        except _FAULTS as fault:
            # What was read last still stands: better than to take every finding away while a setting is being typed.
            self._complain(str(fault))
            return
        project.found = None
        project.libraries.clear()
        self._greet(project)

    def _greet(self, project: Project) -> None:
        """Note that a project was read, and lay over it the texts of files that are not on the disk yet."""
        self._told.intersection_update(project.loaded.notices)
        for path, data in self._texts.items():
            inside = project.relative(path)
            if inside is not None:
                project.pending[inside] = data
        for notice in project.loaded.notices:
            self._complain(notice)

    def _complain(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self._tell(text)


def _by_path(found: Sequence[Diagnostic]) -> Found:
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        by_path.setdefault(diagnostic.place.path, []).append(diagnostic)
    return by_path
