"""From a request to a workspace that was read: settings, files, texts that are not on the disk."""

# Paths are strings here, as everywhere on the way to the disk.
# ruff: noqa: PTH112, PTH113, PTH118, PTH120, PTH208

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from convex_lint import config, discovery, registry
from convex_lint.diagnostics import Diagnostic, Place, Severity
from convex_lint.engine import Kept
from convex_lint.records import record
from convex_lint.source import Source
from convex_lint.subjects import Clients
from convex_lint.summary import Summary, summarise
from convex_lint.workspace import SUFFIXES, Role, Workspace

from . import baselines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from convex_lint.baseline import Baseline
    from convex_lint.config import Config
    from convex_lint.diagnostics import Safety
    from convex_lint.discovery import Layout, Since
    from convex_lint.rule import Rule


@record
class Renewal:
    """How the baseline is to be renewed: `every` finding is to be forgiven, or those of some `rules`.

    With `prune`, what is not found any more is taken out.
    """

    every: bool = False
    rules: tuple[str, ...] = ()
    prune: bool = False


@record
class Request:
    """What is to be checked, and how.

    `paths` are files and folders as given, relative to `cwd`; none means `cwd`. `overlay` has the texts of files that
    are not as on the disk (an editor's buffers, standard input), by absolute path. `fix` are the kinds of fixes to
    apply, to the files if it `writes`; `comment` is the reason that comments give which silence what is found then.
    `suppressions` is the file of the baseline, relative to `cwd`, where it is not in its usual place, and
    `renewal` says how it is to be renewed. With `since`, only what has changed is reported.
    """

    cwd: str
    paths: tuple[str, ...] = ()
    config: str | None = None
    isolated: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    no_ignore: bool = False
    overlay: Mapping[str, bytes] | None = None
    fix: frozenset[Safety] = frozenset()
    writes: bool = True
    comment: str | None = None
    suppressions: str | None = None
    renewal: Renewal | None = None
    since: Since | None = None


@record
class Loaded:
    """A workspace that was read, with what is needed to lint it; `baseline` is None where there is none."""

    workspace: Workspace
    config: Config
    rules: tuple[Rule, ...]
    faults: tuple[Diagnostic, ...]
    notices: tuple[str, ...]
    partial: bool
    baseline: Baseline | None = None


class Memory:
    """What is known from the runs before: a source that did not change is not parsed again, nor what rests on it asked.

    `kept` are the answers of the rules.
    """

    def __init__(self) -> None:
        self.kept = Kept()
        self._summaries: dict[str, tuple[Source, Summary]] = {}

    def read(self, source: Source) -> Summary:
        """Return the summary of a source."""
        known = self._summaries.get(source.path)
        if known is not None and (known[0] is source or known[0].data == source.data):
            return known[1]
        summary = summarise(source)
        self._summaries[source.path] = (source, summary)
        return summary


def rules() -> tuple[Rule, ...]:
    """Return all rules: the built-in ones and those of installed packs, sorted by name."""
    return tuple(sorted((*registry.builtin(), *registry.installed()), key=lambda rule: rule.name))


def settings(request: Request) -> Config:
    """Read the configuration. Raises ConfigError."""
    return _settings(request, discovery.workspace_root(request.paths, request.cwd), rules())


def load(request: Request, memory: Memory) -> Loaded:
    """Read the configuration, the workspace and the baseline. Raises ConfigError, DiscoveryError and BaselineError."""
    root = discovery.workspace_root(request.paths, request.cwd)
    every = rules()
    chosen = _settings(request, root, every)
    partial = bool(request.select or request.ignore)
    new = _new(request)
    layout = _layout(request, root, chosen, new)
    if layout is None:
        return Loaded(Workspace(root), chosen, every, (), (), partial)
    laid, refused = _overlay(request, root)
    workspace, faults = discovery.load(layout, lambda source: memory.read(laid.get(source.path, source)).specifiers)
    for source in laid.values():
        if source.path in workspace.sources:
            workspace = workspace.with_source(source)
        elif new is not None:
            workspace = _added(workspace, source, layout)
    # What cannot be read is not linted as it was on the disk, either.
    sources = {path: source for path, source in workspace.sources.items() if path not in refused}
    projects = tuple(
        replace(project, builders=chosen.of(f"{project.folder}/.").builders) for project in workspace.projects
    )
    # What is wrong with settings is said before anything is linted.
    nested = {found.files[0]: found for path in workspace.reported if (found := chosen.of(path)) is not chosen}
    stubs, unread = discovery.described(_stubs(root, chosen), lambda stub: _fault(memory.read(stub), stub))
    workspace = replace(workspace, sources=sources, projects=projects, stubs=stubs)
    known = baselines.read(baselines.place(root, request.cwd, request.suppressions), every)
    every_fault = (*faults, *refused.values(), *unread)
    notices = (*_missing(layout), *_uncounted(nested))
    return Loaded(workspace, chosen, every, every_fault, notices, partial, known)


def _stubs(root: str, chosen: Config) -> Iterator[tuple[str, str]]:
    """Yield the folders that describe packages, the user's own first."""
    yield from ((root, folder) for folder in chosen.stubs)
    yield from ((str(folder), "") for folder in registry.stubs())


def _fault(summary: Summary, source: Source) -> int | None:
    """Return the first line that does not parse."""
    errors = summary.code.errors
    return source.line_of(errors[0].start) + 1 if errors else None


def _missing(layout: Layout) -> Iterator[str]:
    for path, folder in layout.missing:
        yield f"{path} names the functions folder `{folder}`, which does not exist"


def _uncounted(nested: Mapping[str, Config]) -> Iterator[str]:
    """Name the settings of files further down that decide what a run covers, which is decided when they are found."""
    for path, settings in sorted(nested.items()):
        keys = {
            "functions": settings.functions,
            "clientRoots": settings.client_roots,
            "stubs": settings.stubs,
            "includeTests": settings.include_tests,
        }
        for key in (key for key, value in keys.items() if value):
            yield f"`{key}` of {path} counts where a run starts in its folder"


def _settings(request: Request, root: str, every: Sequence[Rule]) -> Config:
    return config.load(
        root,
        _start(request),
        every,
        explicit=None if request.config is None else os.path.join(request.cwd, request.config),
        isolated=request.isolated,
        select=request.select,
        ignore=request.ignore,
    )


def _start(request: Request) -> str:
    """Return where the configuration is looked for: the folder that holds all paths given, else the current one."""
    given = [os.path.join(request.cwd, path) for path in request.paths]
    try:
        common = os.path.commonpath(given) if given else request.cwd
    except ValueError:  # several drives of Windows
        common = request.cwd
    return common if os.path.isdir(common) else os.path.dirname(common)


def _new(request: Request) -> str | None:
    """Return the path that is asked for and whose text is given, but which is not on the disk yet."""
    given = request.overlay or {}
    return next((path for path in request.paths if path in given and not os.path.lexists(path)), None)


def _layout(request: Request, root: str, chosen: Config, new: str | None) -> Layout | None:
    """Find the projects; for a file that is not there yet, those of its neighbour, and None where it has none."""
    closed = chosen.asks(Clients)
    wanted = discovery.Settings(
        functions=chosen.functions,
        builders=chosen.builders,
        ignored=chosen.ignores,
        include_tests=chosen.include_tests,
        no_ignore=request.no_ignore,
        clients=chosen.client_roots or (("",) if closed else None),
        mentions=closed,
    )
    if new is None:
        return discovery.find(request.paths, request.cwd, wanted, root)
    neighbour = _neighbour(new, root)
    inside = _relative(new, root)
    if neighbour is None or inside is None:
        return None
    return replace(discovery.find((neighbour,), request.cwd, wanted, root), chosen=(inside,), diagnostics=())


def _neighbour(new: str, root: str) -> str | None:
    """Return the module on the disk that is nearest to a file that is not there yet: they share their project."""
    folder = os.path.dirname(new)
    while True:
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        for name in names:
            if name.endswith(SUFFIXES) and os.path.isfile(os.path.join(folder, name)):
                return os.path.join(folder, name)
        above = os.path.dirname(folder)
        if folder in {root, above}:
            return None
        folder = above


def _overlay(request: Request, root: str) -> tuple[dict[str, Source], dict[str, Diagnostic]]:
    """Return the texts that are not as on the disk by their paths in the workspace, and what is wrong with some."""
    laid: dict[str, Source] = {}
    refused: dict[str, Diagnostic] = {}
    for full, data in (request.overlay or {}).items():
        path = _relative(full, root)
        if path is None:
            continue
        fault = _unreadable(data)
        if fault is None:
            laid[path] = Source(path, data)
        else:
            refused[path] = Diagnostic("unreadable-file", Severity.ERROR, Place(path), fault)
    return laid, refused


def _unreadable(data: bytes) -> str | None:
    if len(data) > discovery.LIMIT:
        return f"the text is too long: at most {discovery.LIMIT // 1024 // 1024} MiB are read"
    try:
        data.decode()
    except UnicodeDecodeError as fault:
        return f"the text is not UTF-8 (byte {fault.start})"
    return None


def _added(workspace: Workspace, source: Source, layout: Layout) -> Workspace:
    """Return the workspace with a module that is not on the disk yet, if it is to be a part of a project."""
    project = workspace.project_of(source.path)
    if project is None or not source.path.endswith(SUFFIXES):
        return workspace
    role = discovery.role_of(source.path, project.folder, source.data)
    is_test = role is Role.TEST and not layout.settings.include_tests
    if role is Role.GENERATED or is_test or not layout.reports(source.path):
        return workspace
    return replace(
        workspace.with_source(source),
        roles={**workspace.roles, source.path: role},
        reported=workspace.reported | {source.path},
    )


def _relative(path: str, root: str) -> str | None:
    """Return a path relative to the root, as written or else behind links; None if it is outside."""
    for full, base in ((path, root), (os.path.realpath(path), os.path.realpath(root))):
        try:
            found = Path(os.path.relpath(full, base)).as_posix()
        except ValueError:  # another drive of Windows
            continue
        if not found.startswith("../"):
            return found
    return None
