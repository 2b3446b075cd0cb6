"""One project that is kept between questions, and how it is found."""

# Paths are strings here, as everywhere on the way to the disk.
# ruff: noqa: PTH112, PTH118, PTH120

from __future__ import annotations

import gc
import os
import posixpath
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from convex_lint import check, discovery
from convex_lint.source import Source
from convex_lint.workspace import SUFFIXES, Role, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from convex_lint.diagnostics import Diagnostic

    Found = Mapping[str, Sequence[Diagnostic]]
    """What is found in each file, by its path relative to the workspace root."""


@dataclass(slots=True)
class Project:
    """A functions folder, relative to the workspace root, with all that it imports, as last read.

    `pending` are texts that are to be laid over what was read, by relative path; `libraries` says of open files
    outside of the folder whether they are reported on. A `stale` project is read again before it is asked, and
    `found` is None until it is linted.
    """

    request: check.Request
    folder: str
    memory: check.Memory
    loaded: check.Loaded
    pending: dict[str, bytes] = field(default_factory=dict)
    libraries: dict[str, bool] = field(default_factory=dict)
    stale: bool = False
    found: Found | None = None

    @property
    def root(self) -> str:
        """The workspace root, an absolute path."""
        return self.loaded.workspace.root

    def relative(self, path: str) -> str | None:
        """Return an absolute path as the project knows it; None if it does not belong to it."""
        inside = relative(path, self.root)
        if inside is None or not (within(inside, self.folder) or self._knows(inside)):
            return None
        return inside

    def _knows(self, inside: str) -> bool:
        faults = self.loaded.faults
        return inside in self.loaded.workspace.sources or any(fault.place.path == inside for fault in faults)


def find(path: str, texts: Mapping[str, bytes]) -> Project | None:
    """Find and read the project of a file. Raises ConfigError and DiscoveryError.

    It is the one whose functions folder holds the file, or that of a client that the configuration tells of. A library
    outside of both has findings when a project that imports it is known: to look for one, every project around would
    have to be read whenever a file of a client is opened.
    """
    around = _around(path)
    inside = relative(path, around.root) if around is not None else None
    if around is None or inside is None:
        return None
    holding = [project.folder for project in around.projects if project.holds(inside)]
    is_client = any(within(inside, root or ".") for root in around.settings.clients or ())
    if not holding and not (is_client and around.projects):
        return None
    folder = min(holding, key=len) if holding else _nearest(inside, around)
    request = _request(around.root, folder)
    memory = check.Memory()
    with _lasting():
        loaded = check.load(replace(request, overlay=texts), memory)
    return Project(request, folder, memory, loaded)


def _around(path: str) -> discovery.Layout | None:
    """Find the projects around a file; None if there is none. No module is read."""
    folder = os.path.dirname(path)
    request = check.Request(folder, (path,))
    settings = check.settings(request)
    root = discovery.workspace_root(request.paths, folder)
    wanted = discovery.Settings(functions=settings.functions, ignored=settings.ignores, clients=settings.client_roots)
    if os.path.lexists(path):
        return discovery.find((path,), folder, wanted, root)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    try:
        return discovery.find((folder,), folder, wanted, root)
    except discovery.DiscoveryError:
        return None  # a new file in a folder without a project


def _nearest(inside: str, around: discovery.Layout) -> str:
    """Return the functions folder that has the longest way in common with a file outside of it."""
    folders = [project.folder for project in around.projects]
    return max(folders, key=lambda folder: len(posixpath.commonpath((folder, inside))))


@contextmanager
def _lasting() -> Iterator[None]:
    """Keep the garbage collector away from what is made here: it is to stay.

    To look through the trees of a large project again and again takes two thirds of the time in which it is read,
    and half a second now and then between a key and its findings.
    """
    gc.collect()  # what is garbage by now is not to stay
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _request(root: str, folder: str) -> check.Request:
    """Ask for what `convex-lint FOLDER` asks for in the folder above the functions folder."""
    path = os.path.normpath(os.path.join(root, folder))
    return check.Request(root if folder == "." else os.path.dirname(path), (path,))


def may_report(path: str, inside: str, loaded: check.Loaded) -> bool:
    """Say whether nothing speaks against showing what is found in a library."""
    if loaded.workspace.roles.get(inside) in {Role.GENERATED, Role.TEST}:
        return False
    try:
        layout = discovery.find(
            (path,), os.path.dirname(path), discovery.Settings(ignored=loaded.config.ignores), loaded.workspace.root
        )
    except discovery.DiscoveryError:  # it was deleted in this moment
        return False
    return layout.reports(inside)


def imports_more(project: Project) -> bool:
    """Say whether a text that is to be laid over imports what the one before it did not: it may mean other files."""
    for inside, data in project.pending.items():
        before = project.loaded.workspace.sources.get(inside)
        if before is not None and before.data != data:
            known = set(project.memory.read(before).specifiers)
            if not known.issuperset(project.memory.read(Source(inside, data)).specifiers):
                return True
    return False


def with_text(workspace: Workspace, inside: str, data: bytes, project: Project) -> Workspace:
    """Return the workspace with the text of one file; one that is not on the disk yet is added."""
    before = workspace.sources.get(inside)
    if (before is not None and before.data == data) or not inside.endswith(SUFFIXES) or len(data) > discovery.LIMIT:
        return workspace
    held = workspace.project_of(inside)
    role = discovery.role_of(inside, held.folder if held is not None else None, data)
    if workspace.roles.get(inside) is Role.CLIENT:
        role = Role.CLIENT
    reported = workspace.reported
    if before is None:
        # A file that is there and yet was not read is left alone: it is ignored, or what is wrong with it is said.
        is_there = os.path.lexists(os.path.join(project.root, inside))
        if is_there or role in {Role.GENERATED, Role.TEST}:
            return workspace
        reported |= {inside}
    roles = {**workspace.roles, inside: role}
    return replace(workspace.with_source(Source(inside, data)), roles=roles, reported=reported)


def within(path: str, folder: str) -> bool:
    """Say whether a relative path lies in a folder, or is it."""
    return folder in {".", path} or path.startswith(f"{folder}/")


def relative(path: str, root: str) -> str | None:
    """Return a path relative to a folder above it, with `/` between parts; None if it lies elsewhere."""
    try:
        found = os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return None
    return None if found == ".." or found.startswith("../") else found
