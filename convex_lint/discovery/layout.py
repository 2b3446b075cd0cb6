"""What a run covers: the root, the projects under the paths given, their modules, what is to be reported."""

# Paths are strings here: a Path costs more than what it names.
# ruff: noqa: PTH100, PTH112, PTH118, PTH110, PTH120

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from convex_lint.records import record
from convex_lint.roles import is_test
from convex_lint.workspace import SUFFIXES, BuilderSetting, Project

from .disk import Disk, join
from .ignores import Ignores
from .projects import Projects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from convex_lint.diagnostics import Diagnostic

_MARKS = ("package.json", "convex.json")


class DiscoveryError(Exception):
    """What was asked for cannot be linted at all; the text is the message for the user."""


@record
class Settings:
    """What discovery takes from the configuration and the command line.

    `functions` are functions folders relative to the root, in place of those that would be found.
    `ignored` says whether the configuration ignores a path. With `no_ignore` nothing is ignored. `clients` are the
    folders of front ends relative to the root, None where these are not read; with `mentions` it is found out what
    names functions in all other files, too.
    """

    functions: tuple[str, ...] = ()
    builders: tuple[BuilderSetting, ...] = ()
    ignored: Callable[[str], bool] | None = None
    include_tests: bool = False
    no_ignore: bool = False
    clients: tuple[str, ...] | None = None
    mentions: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found. Paths are relative to `root`, an absolute path of the operating system.

    `files` are the modules of the functions folders, and `tests` those of them that are tests, where these are not
    wanted among the others; `chosen` are the paths given ("" for the root); `missing` maps a `convex.json` to the
    folder that it names in vain.
    """

    root: str
    projects: tuple[Project, ...]
    files: tuple[str, ...]
    tests: tuple[str, ...]
    chosen: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    missing: tuple[tuple[str, str], ...]
    settings: Settings
    disk: Disk = field(repr=False)
    ignores: Ignores = field(repr=False)

    def reports(self, path: str) -> bool:
        """Say whether what is found in a file is to be shown: it was chosen, and nothing ignores it."""
        return self.is_chosen(path) and not self.ignores.file(path)

    def is_chosen(self, path: str) -> bool:
        """Say whether a path is one of those given or lies in one."""
        return any(not under or path == under or path.startswith(f"{under}/") for under in self.chosen)


def workspace_root(paths: Sequence[str | os.PathLike[str]], cwd: str | os.PathLike[str]) -> str:
    """Return the git top level around the paths (or `cwd`), else the package around `cwd` if it holds them.

    Failing that, the package around the paths, or where no package is either, the folder itself. The answer
    is an absolute path. No process is started. Paths need not exist.
    """
    here = os.path.abspath(cwd)
    base = _common([os.path.join(here, path) for path in paths] or [here])
    while not os.path.isdir(base) and os.path.dirname(base) != base:
        base = os.path.dirname(base)
    git = _climb(base, (".git",))
    if git is not None:
        return git
    start = base if _relative(base, here) is None else here
    return _climb(start, _MARKS) or start


def find(
    paths: Sequence[str | os.PathLike[str]],
    cwd: str | os.PathLike[str],
    settings: Settings | None = None,
    root: str | None = None,
) -> Layout:
    """Find the projects that the paths lie in or hold; without paths, those of `cwd`.

    No module is read. A file that belongs to no project is passed over. Raises DiscoveryError for a path
    that does not exist, and for a folder without a project.
    """
    settings = settings or Settings()
    root = root or workspace_root(paths, cwd)
    given = _given(paths, os.path.abspath(cwd), root)
    disk = Disk(root)
    folders = [path for path, _ in given if os.path.isdir(disk.full(path))]
    own = None if settings.no_ignore else settings.ignored
    ignores = Ignores(disk, own, folders, git=not settings.no_ignore)
    projects = Projects(disk, ignores, folders, settings.functions)
    for path, written in given:
        if path in folders:
            if projects.holding(path) is None and not projects.below(path):
                raise DiscoveryError(_no_project(written, projects))
        elif path.endswith(SUFFIXES) and projects.holding(path) is None:
            _around(path, disk, projects)
    files, tests, found = _modules(projects, settings)
    layout = Layout(
        root=root,
        projects=tuple(Project(folder or ".", builders=settings.builders) for folder in sorted(found)),
        files=files,
        tests=tests,
        chosen=tuple(path for path, _ in given),
        diagnostics=(),
        missing=tuple(projects.missing.items()),
        settings=settings,
        disk=disk,
        ignores=ignores,
    )
    faults = [fault for path, fault in sorted(projects.faults.items()) if layout.reports(path)]
    return replace(layout, diagnostics=tuple(faults))


def _modules(projects: Projects, settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...], set[str]]:
    found = {path for folder in tuple(projects.folders) for path in projects.modules(folder)}
    tests = set[str]() if settings.include_tests else {path for path in found if is_test(path)}
    return tuple(sorted(found - tests)), tuple(sorted(tests)), projects.folders


def _around(path: str, disk: Disk, projects: Projects) -> None:
    """Find the projects of the packages around a file, as one of them may import it."""
    package = None
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        files = disk.listing(folder).files
        if "package.json" in files and (package is None or _is_workspace(folder, disk)):
            package = folder
    if package is not None:
        projects.below(package)


def _is_workspace(folder: str, disk: Disk) -> bool:
    is_pnpm = "pnpm-workspace.yaml" in disk.listing(folder).files
    return is_pnpm or '"workspaces"' in (disk.text(join(folder, "package.json")) or "")


def _given(paths: Iterable[str | os.PathLike[str]], cwd: str, root: str) -> list[tuple[str, str]]:
    """Return the paths given, relative to the root, each with how it was written."""
    given = []
    for each in list(paths) or [cwd]:
        written = os.fspath(each)
        full = os.path.abspath(os.path.join(cwd, written))
        if not os.path.lexists(full):
            message = f"`{written}` does not exist"
            raise DiscoveryError(message)
        path = _relative(full, root)
        if path is None:
            path = _relative(os.path.realpath(full), os.path.realpath(root))
        if path is None:
            message = f"`{written}` lies outside the workspace `{root}`; lint it in a run of its own"
            raise DiscoveryError(message)
        given.append((path, written))
    return given


def _no_project(written: str, projects: Projects) -> str:
    where = f"no Convex project in `{written}`"
    if projects.named:
        return f"{where}: the configuration's `functions` names {_listed(projects.named)}"
    if projects.missing:
        file, folder = next(iter(projects.missing.items()))
        return f"{where}: `{file}` names the functions folder `{folder}`, which does not exist"
    return (
        f"{where}: looked for `convex.json`, for a folder with `_generated/` or `convex.config.ts`, and for "
        "`convex/` with modules in it; name the folder that holds your functions, on the command line or as "
        "`functions` in `convex-lint.json`"
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name or '.'}`" for name in names)


def _common(paths: list[str]) -> str:
    try:
        return os.path.commonpath([os.path.abspath(path) for path in paths])
    except ValueError:  # several drives of Windows
        return os.path.abspath(paths[0])


def _climb(folder: str, names: tuple[str, ...]) -> str | None:
    while True:
        if any(os.path.exists(os.path.join(folder, name)) for name in names):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _relative(path: str, root: str) -> str | None:
    """Return a path relative to the root with `/` between parts ("" for the root), or None if it is outside."""
    try:
        found = os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return None
    if found == "..":
        return None
    return "" if found == "." else None if found.startswith("../") else found
