"""The projects that open files lie in: read once, kept, and brought up to date when they are asked about."""

# Paths are strings here, as everywhere on the way to the disk.
# ruff: noqa: PTH112, PTH118, PTH120

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from convex_lint import check
from convex_lint.config import ConfigError
from convex_lint.discovery import LIMIT, DiscoveryError, role_of
from convex_lint.source import Source
from convex_lint.workspace import SUFFIXES, Role, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from convex_lint.diagnostics import Diagnostic

    Found = Mapping[str, Sequence[Diagnostic]]
    """What is found in each file, by its path relative to the workspace root."""


@dataclass(slots=True)
class Project:
    """One or more functions folders with all that they import, as last read.

    `folders` are relative to the root. `pending` are texts that are to be laid over what was read, by relative path.
    A `stale` project is read again before it is asked; `found` is None until it is linted.
    """

    request: check.Request
    folders: tuple[str, ...]
    memory: check.Memory
    loaded: check.Loaded
    pending: dict[str, bytes] = field(default_factory=dict)
    stale: bool = False
    found: Found | None = None

    @property
    def root(self) -> str:
        """The workspace root, an absolute path."""
        return self.loaded.workspace.root

    def relative(self, path: str) -> str | None:
        """Return an absolute path as the project knows it; None if it does not belong to it."""
        inside = _relative(path, self.root)
        if inside is None or not (self.is_home_of(inside) or self._knows(inside)):
            return None
        return inside

    def is_home_of(self, inside: str) -> bool:
        """Say whether a relative path lies in one of the functions folders."""
        return any(_within(inside, folder) for folder in self.folders)

    def _knows(self, inside: str) -> bool:
        faults = self.loaded.faults
        return inside in self.loaded.workspace.sources or any(fault.place.path == inside for fault in faults)


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
        self._texts[path] = data
        self._lay(path, data)

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
                self._wish(project, path)
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
            project = _find(path, self._texts)
        except (ConfigError, DiscoveryError) as fault:
            self._complain(str(fault))
            return None
        if project is None:
            self._strangers.add(path)
            return None
        self._all.append(project)
        self._greet(project)
        self._refresh(project)
        return self._known(path)

    def _wish(self, project: Project, path: str) -> None:
        """Have a library reported on, too, when it is opened: by itself, it lies outside of what was asked for."""
        workspace = project.loaded.workspace
        inside = _relative(path, project.root)
        is_reported = inside is None or inside in workspace.reported or project.is_home_of(inside)
        if not is_reported and path in self._texts and path not in project.request.paths:
            project.request = replace(project.request, paths=(*project.request.paths, path))
            project.stale = True

    def _refresh(self, project: Project) -> None:
        """Bring a project up to date and lint it, if anything has changed."""
        if project.stale or _imports_more(project):
            self._read(project)
        if project.pending:
            workspace = project.loaded.workspace
            for inside, data in project.pending.items():
                workspace = _with_text(workspace, inside, data, project)
            project.pending.clear()
            if workspace is not project.loaded.workspace:
                project.loaded = replace(project.loaded, workspace=workspace)
                project.found = None
        if project.found is None:
            project.found = _by_path(check.lint(project.loaded, project.memory).kept)

    def _read(self, project: Project) -> None:
        project.stale = False
        paths = tuple(path for path in project.request.paths if os.path.lexists(path))
        folders = [os.path.join(project.root, folder) for folder in project.folders]
        if not any(map(os.path.isdir, folders)):
            self._all.remove(project)
            return
        request = replace(project.request, paths=paths, overlay=_overlay(self._texts, project.root))
        try:
            project.loaded = check.load(request, project.memory)
        except (ConfigError, DiscoveryError) as fault:
            # What was read last still stands: better than to take every finding away while a setting is being typed.
            self._complain(str(fault))
            return
        project.found = None
        self._greet(project)

    def _greet(self, project: Project) -> None:
        """Note that a project was read, and lay over it the texts of files that are not on the disk yet."""
        self._told.clear()
        for path, data in self._texts.items():
            inside = project.relative(path)
            if inside is not None:
                project.pending[inside] = data
        for notice in project.loaded.notices:
            self._complain(notice)

    def _lay(self, path: str, data: bytes) -> None:
        for project in self._all:
            inside = project.relative(path)
            if inside is not None:
                project.pending[inside] = data

    def _complain(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self._tell(text)


def _find(path: str, texts: Mapping[str, bytes]) -> Project | None:
    """Find and read the project of a file; None if it belongs to none. Raises ConfigError and DiscoveryError."""
    memory = check.Memory()
    folder = os.path.dirname(path)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    if os.path.lexists(path):
        around = check.load(check.Request(folder, (path,)), memory).workspace
    else:
        try:
            around = check.load(check.Request(folder, (folder,)), memory).workspace
        except DiscoveryError:
            return None  # a new file in a folder without a project
    inside = _relative(path, around.root)
    if inside is None:
        return None
    folders = _outermost([project.folder for project in around.projects])
    home = tuple(each for each in folders if _within(inside, each))
    if not home and inside not in around.sources:
        return None
    request = _request(around.root, home or folders, () if home else (path,))
    overlaid = replace(request, overlay=_overlay(texts, around.root))
    return Project(request, home or folders, memory, check.load(overlaid, memory))


def _request(root: str, folders: Sequence[str], more: tuple[str, ...]) -> check.Request:
    """Ask for what `convex-lint` would be asked for in the folder above the functions folder."""
    paths = tuple(os.path.normpath(os.path.join(root, folder)) for folder in folders)
    first = folders[0] if folders else "."
    return check.Request(root if first == "." else os.path.dirname(paths[0]), (*paths, *more))


def _overlay(texts: Mapping[str, bytes], root: str) -> dict[str, bytes]:
    """Return the texts of the files that lie in a workspace, behind links too."""
    real = os.path.realpath(root)
    return {path: data for path, data in texts.items() if _relative(os.path.realpath(path), real) is not None}


def _imports_more(project: Project) -> bool:
    """Say whether a text that is to be laid over imports what the one before it did not: it may mean other files."""
    for inside, data in project.pending.items():
        before = project.loaded.workspace.sources.get(inside)
        if before is not None and before.data != data:
            known = set(project.memory.read(before).specifiers)
            if not known.issuperset(project.memory.read(Source(inside, data)).specifiers):
                return True
    return False


def _with_text(workspace: Workspace, inside: str, data: bytes, project: Project) -> Workspace:
    """Return the workspace with the text of one file; one that is not on the disk yet is added."""
    before = workspace.sources.get(inside)
    if (before is not None and before.data == data) or not inside.endswith(SUFFIXES) or len(data) > LIMIT:
        return workspace
    held = workspace.project_of(inside)
    role = role_of(inside, held.folder if held is not None else None, data)
    reported = workspace.reported
    if before is None:
        # A file that is there and yet was not read is left alone: it is ignored, or what is wrong with it is said.
        is_there = os.path.lexists(os.path.join(project.root, inside))
        if is_there or role in {Role.GENERATED, Role.TEST}:
            return workspace
        reported |= {inside}
    roles = {**workspace.roles, inside: role}
    return replace(workspace.with_source(Source(inside, data)), roles=roles, reported=reported)


def _by_path(found: Sequence[Diagnostic]) -> Found:
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        by_path.setdefault(diagnostic.place.path, []).append(diagnostic)
    return by_path


def _outermost(folders: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in folders if not any(_within(each, other) for other in folders if other != each))


def _within(path: str, folder: str) -> bool:
    return folder in {".", path} or path.startswith(f"{folder}/")


def _relative(path: str, root: str) -> str | None:
    """Return a path relative to a folder above it, with `/` between parts; None if it lies elsewhere."""
    try:
        found = os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return None
    return None if found == ".." or found.startswith("../") else found
