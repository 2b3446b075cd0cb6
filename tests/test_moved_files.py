"""Functions in files with names that Convex does not take are found, in the fixtures and in published components."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convex_lint import engine, registry, roles
from convex_lint.rule import Level
from convex_lint.source import Source
from convex_lint.workspace import Role, Workspace
from tests.mutation.calls import exported_functions
from tests.mutation.code import parse
from tests.mutation.running import Bed
from tests.npm import PINS, component

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PROJECTS = ("agent-mess", "builders", "chat", "clean", "handbook", "monorepo", "runtimes")

MOVES = {
    "two dots": ("{}.fn{}", "no-function-in-skipped-file"),
    "a space": ("{} x{}", "no-function-in-skipped-file"),
    "a hash in front": ("#{}{}", "no-function-in-skipped-file"),
    "a hyphen": ("{}-x{}", "invalid-module-path"),
}
"""How a file is called, and the rule that finds it."""

BUILT = {"@convex-dev/better-auth"}
"""Where functions are made by other functions."""


def modules(workspace: Workspace) -> Iterator[str]:
    """Yield the modules that are deployed, and that register functions in the usual way."""
    for path in sorted(workspace.reported):
        root = parse(path, workspace.sources[path].data)
        if workspace.roles.get(path) is Role.ENTRY and not root.has_error and exported_functions(root):
            yield path


def moved(workspace: Workspace, path: str, name: str) -> tuple[Workspace, str]:
    """Return a workspace with a file of another name, and the path that it has now."""
    folder, base = posixpath.split(path)
    stem, ending = posixpath.splitext(base)
    new = posixpath.join(folder, name.format(stem, ending))
    data = workspace.sources[path].data
    project = workspace.project_of(path)
    role = roles.role_of(new, project.folder if project is not None else None, data)
    found = replace(
        workspace,
        sources={one: source for one, source in workspace.sources.items() if one != path} | {new: Source(new, data)},
        reported=workspace.reported - {path} | {new},
        roles={one: of for one, of in workspace.roles.items() if one != path} | {new: role},
    )
    return found, new


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("where", [*sorted(PINS), *PROJECTS])
def test_a_file_with_another_name_is_found(where: str, move: str) -> None:
    bed = Bed(component(where) if where in PINS else FIXTURES / where)
    name, wanted = MOVES[move]
    workspace, paths = bed.workspace, set[str]()
    for path in modules(bed.workspace):
        workspace, new = moved(workspace, path, name)
        paths.add(new)
    rule = next(one for one in registry.builtin() if one.name == wanted)
    levels = {rule.name: Level(rule.severity)}
    found = engine.lint(workspace, [rule], lambda _path: levels).diagnostics
    assert bool(paths) == (where not in BUILT)
    assert paths <= {one.place.path for one in found}
