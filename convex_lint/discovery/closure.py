"""Read the modules of the functions folders, and whatever they import inside the workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint.facts.runtimes import NODE_MODULES
from convex_lint.resolve import resolve
from convex_lint.roles import is_test, role_of
from convex_lint.source import Source
from convex_lint.workspace import Project, Role, Workspace

from . import clients
from .aliases import aliases_of, keeps_imports
from .disk import join, upward
from .ignores import Ignores
from .packages import entries, members, subpath
from .projects import DEFINITIONS, Projects, within
from .versions import stands_in, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.workspace import Alias

    from .layout import Layout


def load(layout: Layout, imports_of: Callable[[Source], Iterable[str]]) -> tuple[Workspace, tuple[Diagnostic, ...]]:
    """Read the modules of a layout and, transitively, what they import in the workspace outside of it.

    `imports_of` gives the specifiers that a module imports or re-exports. A component that is reached by its
    `convex.config.ts` becomes a project. The diagnostics are those of the layout and one for each file to be
    reported that cannot be read; tests are followed only where they are wanted.
    """
    reading = _Reading(layout)
    while reading.queue:
        source = reading.next()
        if source is not None:
            for specifier in imports_of(source) if reading.is_followed(source.path) else ():
                reading.follow(specifier, source.path)
    for source in reading.clients():
        for specifier in imports_of(source):
            reading.understand(specifier, source.path)
    return reading.workspace(), reading.diagnostics()


class _Reading:
    """What was read so far, and what is to be read next."""

    __slots__ = (
        "_aliased",
        "_clients",
        "_faults",
        "_is_helped",
        "_layout",
        "_members",
        "_mentions",
        "_packages",
        "_polyfills",
        "_projects",
        "_seen",
        "_sources",
        "_tests",
        "_view",
        "queue",
    )

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._projects = Projects(layout.disk, layout.ignores, (), ())
        self._projects.folders |= {_bare(project.folder) for project in layout.projects}
        self._packages: dict[str, str] = {}
        self._polyfills: dict[str, bool] = {}
        self._members: dict[str, str] | None = None
        self._aliased: set[str] = set()
        self._clients: set[str] = set()
        self._mentions: set[str] = set()
        self._is_helped = False
        self._faults: dict[str, Diagnostic] = {}
        self._seen = set(layout.files)
        self._sources: dict[str, Source] = {}
        self._tests = set(layout.tests)
        self._view = Workspace(root=layout.root, sources=self._sources, packages=self._packages)
        self.queue = list(reversed(layout.files))

    def next(self) -> Source | None:
        """Read the next module; None where it cannot be read."""
        path = self.queue.pop()
        read = self._layout.disk.read(path)
        if not isinstance(read, Source):
            self._faults[path] = read
            return None
        self._sources[path] = read
        folder, _, name = path.rpartition("/")
        if name in DEFINITIONS and folder not in self._projects.folders:
            self._add_component(folder)
        return read

    def is_followed(self, path: str) -> bool:
        """Say whether the imports of a module are read: not those of generated files and unwanted tests."""
        return "_generated" not in path.split("/") and (self._layout.settings.include_tests or not is_test(path))

    def follow(self, specifier: str, importer: str) -> None:
        """Queue the module that an import means, if it lies in the workspace and was not read yet."""
        if not specifier.startswith("."):
            self._learn(specifier, importer)
        found = resolve(specifier, importer, self._view, self._layout.disk.exists)
        if found is not None:
            self._want(found)

    def understand(self, specifier: str, importer: str) -> None:
        """Read the settings that say what an import means, and not the module."""
        if not specifier.startswith("."):
            self._learn(specifier, importer)

    def clients(self) -> Iterator[Source]:
        """Read the modules outside of what is deployed that may run functions; note what names some elsewhere."""
        layout = self._layout
        roots = layout.settings.clients
        if roots is None:
            return
        ignores = Ignores(layout.disk, None, (), git=True)
        for path in clients.files(("",) if layout.settings.mentions else roots, layout.disk, ignores):
            if path in self._seen:
                continue
            is_module = clients.is_module(path)
            is_code = is_module and self.is_followed(path) and any(within(path, root) for root in roots)
            is_looked_at = is_code or (layout.settings.mentions and (is_module or clients.is_text(path)))
            read = layout.disk.read(path) if is_looked_at else None
            if not isinstance(read, Source):
                continue
            if is_code and clients.may_run(read.data):
                self._clients.add(path)
                self._sources[path] = read
                yield read
            elif layout.settings.mentions:
                self._mentions.update(clients.mentions(path, read.data))

    def workspace(self) -> Workspace:
        """Return all that was read."""
        folders = sorted(self._projects.folders)
        convex = versions("convex", folders, self._layout.disk)
        helpers = versions("convex-helpers", folders if self._is_helped else (), self._layout.disk)
        builders = self._layout.settings.builders
        roles = {path: self._role(path, source) for path, source in self._sources.items()}
        tests = (self._layout.disk.read(path) for path in sorted(self._tests - self._sources.keys()))
        return replace(
            self._view,
            projects=tuple(
                Project(
                    folder or ".",
                    convex[folder].version,
                    builders,
                    helpers[folder].version if folder in helpers else None,
                    convex[folder].is_exact,
                    self._projects.has_static_api(folder),
                )
                for folder in folders
            ),
            sources=dict(sorted(self._sources.items())),
            reported=frozenset(path for path, role in roles.items() if self._is_reported(path, role)),
            packages=dict(self._packages),
            untracked=frozenset(
                folder or "." for folder in folders if self._layout.ignores.is_untracked(join(folder, "_generated"))
            ),
            polyfills=frozenset(name for name, is_there in self._polyfills.items() if is_there),
            roles=roles,
            mentions=frozenset(self._mentions) if self._layout.settings.mentions else None,
            tests={one.path: one for one in tests if isinstance(one, Source)},
        )

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what could not be read, as far as it is to be reported, in the order of the paths."""
        faults = self._projects.faults | self._faults
        found = [fault for path, fault in faults.items() if self._layout.reports(path) and self.is_followed(path)]
        return tuple(sorted({*self._layout.diagnostics, *found}, key=lambda fault: fault.order))

    def _want(self, path: str) -> None:
        if path not in self._seen:
            self._seen.add(path)
            self.queue.append(path)

    def _add_component(self, folder: str) -> None:
        self._projects.folders.add(folder)
        for path in sorted(self._projects.modules(folder)):
            if self._layout.settings.include_tests or not is_test(path):
                self._want(path)
            else:
                self._tests.add(path)

    def _learn(self, specifier: str, importer: str) -> None:
        """Read the settings that say what a name stands for: `tsconfig.json` above the importer, packages."""
        disk = self._layout.disk
        above = upward(importer.rpartition("/")[0])
        if above[0] not in self._aliased:
            kept = {at or ".": keeps for at in above if (keeps := keeps_imports(at, disk)) is not None}
            self._view = replace(self._view, verbatim={**self._view.verbatim, **kept})
            found = [alias for at in above if at not in self._aliased for alias in aliases_of(at, disk)]
            self._aliased.update(above)
            if found:
                self._view = replace(self._view, aliases=_deepest_first((*self._view.aliases, *found)))
        if self._members is None:
            tops = {at for folder in self._projects.folders for at in upward(folder)}
            self._members = {name: at for top in sorted(tops) for name, at in members(top, disk).items()}
            self._members.pop("convex", None)  # what it means is built in, in Convex's own repository too
        name = "/".join(specifier.split("/")[: 2 if specifier.startswith("@") else 1])
        self._is_helped |= name == "convex-helpers"
        is_of_node = name in NODE_MODULES and name not in self._polyfills
        if is_of_node and b"use node" not in self._sources[importer].data:
            self._polyfills[name] = stands_in(name, self._projects.folders, disk)
        if name in self._members and specifier not in self._packages:
            self._packages.update(entries(name, self._members[name], disk))
            module = subpath(specifier, self._members[name], disk) if specifier not in self._packages else None
            if module is not None:
                self._packages[specifier] = module

    def _role(self, path: str, source: Source) -> Role:
        if path in self._clients:
            return Role.CLIENT
        folder = next((at for at in upward(path)[1:] if at in self._projects.folders), None)
        return role_of(path, folder if folder is None else folder or ".", source.data)

    def _is_reported(self, path: str, role: Role) -> bool:
        is_test_ = role is Role.TEST or (role is Role.CLIENT and is_test(path))
        if role is Role.GENERATED or (is_test_ and not self._layout.settings.include_tests):
            return False
        return self._layout.reports(path)


def _deepest_first(aliases: tuple[Alias, ...]) -> tuple[Alias, ...]:
    return tuple(sorted(aliases, key=lambda alias: 0 if alias.folder == "." else -len(alias.folder)))


def _bare(folder: str) -> str:
    return "" if folder == "." else folder
