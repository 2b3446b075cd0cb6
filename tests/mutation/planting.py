"""All faults that can be planted in a workspace, and which of them stand at some places of what came of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from convex_lint.workspace import Role
from tests.mutation import (
    access,
    calls,
    clock,
    convex,
    handlers,
    inputs,
    logins,
    modules,
    owners,
    promises,
    replies,
    runs,
    runtimes,
    tables,
    triggers,
)
from tests.mutation.code import Change, changed, origin, parse, walk
from tests.mutation.files import mutants as of_files
from tests.mutation.identity import PUBLIC
from tests.mutation.identity import mutants as of_callers
from tests.mutation.reading import Project
from tests.mutation.style import mutants as of_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from convex_lint.workspace import Workspace
    from tests.mutation.mutant import Mutant

    Start = tuple[str, str, int]
    """A finding by its rule, its path and where it starts."""


_OF_APPS = inputs.KINDS | {
    "anybody",
    "file-as-string",
    "open-route",
    "owner-unchecked",
    "plain-error",
    "public-reference",
    "raw-builder",
    "run-in-transaction",
    "secret-in-object",
    "secret-returned",
    *PUBLIC,
}
"""What is no fault in a component."""


def mutants(workspace: Workspace) -> list[Mutant]:
    """Return all mutants of a workspace: of the modules that are reported and have no syntax error."""
    roots = {
        path: root
        for path in sorted(workspace.reported & workspace.sources.keys())
        if not (root := parse(path, workspace.sources[path].data)).has_error
    }
    found: list[Mutant] = []
    projects = _projects(workspace, roots)
    for path, root in roots.items():
        for node in walk(root):
            found.extend((*of_files(path, node), *of_style(path, node)))
            found.extend(promises.mutants(path, node))
            found.extend(convex.mutants(path, node))
            found.extend(access.mutants(path, node))
            found.extend(handlers.mutants(path, node))
            found.extend(of_callers(path, node))
            found.extend(runtimes.providers(path, node))
            if path in projects:
                for mutators in (tables, calls, modules, runs, inputs, logins, owners, replies):
                    found.extend(mutators.mutants(projects[path], path, node))
    entries = {path for path, role in workspace.roles.items() if role is Role.ENTRY}
    found.extend(clock.mutants(roots, entries))
    found.extend(triggers.mutants(roots))
    folders = {path: project.folder for path, project in projects.items()}
    components = frozenset(_components(workspace))
    found.extend(runtimes.mutants(roots, entries, folders, components))
    return [one for one in found if _is_fault(one.kind, in_component=folders.get(one.path) in components)]


def _is_fault(kind: str, *, in_component: bool) -> bool:
    """Say whether what is planted is wrong in a component, and in an app."""
    return kind not in _OF_APPS if in_component else not kind.endswith("-component")


def _projects(workspace: Workspace, roots: Mapping[str, Node]) -> dict[str, Project]:
    """Return the project of each module that is in one."""
    homes = {path: home.folder for path in roots if (home := workspace.project_of(path)) is not None}
    projects = {folder: Project(folder, roots) for folder in set(homes.values())}
    return {path: projects[folder] for path, folder in homes.items()}


def _components(workspace: Workspace) -> Iterator[str]:
    """Yield the folders of components, whose `api` only their parent sees."""
    for path, source in workspace.sources.items():
        project = workspace.project_of(path)
        if project is not None and "convex.config." in path and b"defineComponent(" in source.data:
            yield project.folder


def changes(planted: Iterable[Mutant]) -> dict[str, list[Change]]:
    """Return what mutants change, by path."""
    found: dict[str, list[Change]] = defaultdict(list)
    for one in planted:
        found[one.path].extend(one.changes)
    return found


def texts(workspace: Workspace, planted: Iterable[Mutant]) -> dict[str, bytes]:
    """Return the files that mutants change, with all of them planted."""
    return {path: changed(workspace.sources[path].data, made) for path, made in changes(planted).items()}


def hit(planted: Sequence[Mutant], found: Iterable[Start], before: Iterable[Start] = ()) -> set[Mutant]:
    """Return the mutants at which something is found in the mutated texts that was not found there `before`.

    Where one mutant stands in another, what is found is of the inner one.
    """
    made: Mapping[str, list[Change]] = changes(planted)
    of_path: dict[str, list[Mutant]] = defaultdict(list)
    for one in planted:
        of_path[one.path].append(one)
    known = set(before)
    hits: set[Mutant] = set()
    for rule, path, start in found:
        was, is_new = origin(made.get(path, ()), start)
        around = [one for one in of_path[path] if one.start <= was < one.end]
        if around and (is_new or (rule, path, was) not in known):
            hits.add(min(around, key=lambda one: one.end - one.start))
    return hits
