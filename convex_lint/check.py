"""One run, from paths to a report: what the command line and the language server both call."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from convex_lint import config, discovery, engine, fixes, registry, suppressions
from convex_lint.report import Report
from convex_lint.source import Source
from convex_lint.summary import Summary, summarise

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from convex_lint.config import Config
    from convex_lint.diagnostics import Diagnostic, Safety
    from convex_lint.rule import Rule
    from convex_lint.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be checked, and how.

    `paths` are files and folders as given, relative to `cwd`; none means `cwd`. `overlay` has the texts of files that
    are not as on the disk (an editor's buffers, standard input), by absolute path. `fix` are the kinds of fixes to
    apply.
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


@dataclass(frozen=True, slots=True)
class Loaded:
    """A workspace that was read, with what is needed to lint it."""

    workspace: Workspace
    config: Config
    rules: tuple[Rule, ...]
    faults: tuple[Diagnostic, ...]
    notices: tuple[str, ...]
    partial: bool


class Memory:
    """The summaries of the sources that were read so far: a source that did not change is not parsed again."""

    def __init__(self) -> None:
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


def load(request: Request, memory: Memory) -> Loaded:
    """Read the configuration and the workspace. Raises ConfigError and DiscoveryError."""
    root = discovery.workspace_root(request.paths, request.cwd)
    every = rules()
    settings = config.load(
        root,
        _start(request),
        every,
        explicit=request.config,
        isolated=request.isolated,
        select=request.select,
        ignore=request.ignore,
    )
    layout = discovery.find(
        request.paths,
        request.cwd,
        discovery.Settings(
            functions=settings.functions,
            builders=settings.builders,
            ignored=settings.ignores,
            include_tests=settings.include_tests,
            no_ignore=request.no_ignore,
        ),
        root,
    )
    overlay = {_relative(path, root): data for path, data in (request.overlay or {}).items()}
    workspace, faults = discovery.load(layout, lambda source: memory.read(_laid(source, overlay)).specifiers)
    for path, data in overlay.items():
        if path in workspace.sources:
            workspace = workspace.with_source(Source(path, data))
    notices = tuple(
        f"{path} names the functions folder `{name}`, which does not exist" for path, name in layout.missing
    )
    return Loaded(workspace, settings, every, faults, notices, partial=bool(request.select or request.ignore))


def _start(request: Request) -> str:
    """Return where the configuration is looked for: the folder that holds all paths given, else the current one."""
    given = [Path(request.cwd, path) for path in request.paths]
    common = Path(os.path.commonpath(given)) if given else Path(request.cwd)
    return str(common if common.is_dir() else common.parent)


def _laid(source: Source, overlay: Mapping[str, bytes]) -> Source:
    data = overlay.get(source.path)
    return source if data is None else Source(source.path, data)


def _relative(path: str, root: str) -> str:
    return Path(path).resolve().relative_to(Path(root).resolve()).as_posix()


def lint(loaded: Loaded, memory: Memory) -> suppressions.Outcome:
    """Lint a loaded workspace and apply the comments that silence."""
    workspace, settings = loaded.workspace, loaded.config
    linting = engine.lint(workspace, loaded.rules, settings.levels, memory.read)
    return suppressions.apply(
        (*linting.diagnostics, *loaded.faults),
        {path: workspace.sources[path] for path in sorted(workspace.reported & workspace.sources.keys())},
        lambda path: linting.summaries[path].code.comments,
        lambda path: settings.levels(path).keys(),
        {name: rule.name for name, rule in registry.by_name(loaded.rules).items()},
        partial=loaded.partial,
    )


def check(request: Request) -> Report:
    """Check what is asked for, with fixes applied where they are asked for."""
    memory = Memory()
    loaded = load(request, memory)
    notices = loaded.notices
    if request.fix:
        loaded, more = _fix(loaded, memory, request.fix)
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


def _fix(loaded: Loaded, memory: Memory, wanted: Collection[Safety]) -> tuple[Loaded, tuple[str, ...]]:
    before = loaded.workspace.sources

    def again(sources: Mapping[str, Source]) -> Sequence[Diagnostic]:
        found = lint(replace(loaded, workspace=replace(loaded.workspace, sources=sources)), memory).kept
        return [diagnostic if _may_fix(diagnostic) else replace(diagnostic, fix=None) for diagnostic in found]

    def _may_fix(diagnostic: Diagnostic) -> bool:
        # What was not chosen, or is ignored, is not written to.
        edits = diagnostic.fix.edits if diagnostic.fix is not None else ()
        return all(edit.path in loaded.workspace.reported for edit in edits)

    settled = fixes.settle(again, before, wanted)
    changed = [path for path, source in settled.sources.items() if source.data != before[path].data]
    for path in changed:
        fixes.write(Path(loaded.workspace.root), path, settled.sources[path].data)
    fixed = replace(loaded, workspace=replace(loaded.workspace, sources=settled.sources))
    return fixed, _told(settled, changed)


def _told(settled: fixes.Settled, changed: Collection[str]) -> tuple[str, ...]:
    notices: list[str] = []
    if settled.applied:
        notices.append(f"applied {settled.applied} fixes in {len(changed)} files")
    notices.extend(f"a fix would have broken {path}; that round of fixes was taken back" for path in settled.broken)
    return tuple(notices)
