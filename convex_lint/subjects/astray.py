"""Files that Convex looks for in another place, or under another name, and functions outside of the folder for them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from convex_lint.subjects import functions
from convex_lint.subjects.auth import FILES
from convex_lint.subjects.files import is_shared
from convex_lint.values import Crons, Router, SchemaDefinition
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module, Ranged

_WORDS = {
    "auth.config": "this configuration is",
    "crons": "these cron jobs are",
    "http": "these routes are",
    "schema": "this schema is",
}


class Astray:
    """Something that Convex does not look for where it is.

    `what` says in words what it is, and `home` where Convex looks for it: a file, or a functions folder.
    """

    def __init__(self, module: Module, node: Ranged | None, what: str, home: str, others: int = 0) -> None:
        self.module = module
        self.node = node
        self.what = what
        self.home = home
        self.others = others

    @property
    def it(self) -> str:
        """The word that stands for it."""
        return "it" if self.what.startswith("this ") else "them"

    @property
    def place(self) -> Place:
        """The export, or the builder of the first function; the file where neither is seen."""
        return self.module.at(self.node) if self.node is not None else self.module.place


def find(module: Module) -> Iterator[Astray]:
    """Yield what a module has that Convex does not look for there."""
    if module.inside is not None:
        yield from _misplaced(module, module.inside)
    elif module.role is Role.LIBRARY and not module.linked.is_reexported(module.path):
        yield from _outside(module)


def _misplaced(module: Module, inside: str) -> Iterator[Astray]:
    export = module.summary.exports.get("default")
    name = posixpath.basename(inside)
    if export is None or module.role not in {Role.ENTRY, Role.LIBRARY} or _is_used(module):
        return
    if name in FILES and "/" in inside:
        yield from _unless_there(module, export, "auth.config")
        return
    stem = name.partition(".")[0]
    value = module.linked.export(module.path, "default")
    if isinstance(value, SchemaDefinition) and inside.rpartition(".")[0] != "schema":
        yield from _unless_there(module, export, "schema")
    elif isinstance(value, Crons) and inside.rpartition(".")[0] != "crons":
        yield from _unless_there(module, export, "crons")
    elif isinstance(value, Router) and stem not in {"http", "https"}:
        yield from _unless_there(module, export, "http")


def _is_used(module: Module) -> bool:
    """Say whether another module may pass on what a module exports by default."""
    linked = module.linked
    imported = any(linked.importers(module.path, name) for name in ("*", "default"))
    return imported or linked.is_reexported(module.path)


def _unless_there(module: Module, node: Ranged, stem: str) -> Iterator[Astray]:
    """Yield a default export if there is no module of the name that Convex looks for."""
    project = module.linked.project_of(module.path)
    folder = project.folder if project is not None else "."
    paths = (posixpath.normpath(f"{folder}/{stem}{ending}") for ending in (".ts", ".js", ".tsx", ".mts", ".mjs"))
    if not any(path in module.linked.summaries for path in paths):
        yield Astray(module, node, _WORDS[stem], f"{stem}.ts")


def _outside(module: Module) -> Iterator[Astray]:
    lost = [made for made in functions.find_registered(module) if not is_shared(made)]
    folders = [project.folder for project in module.linked.workspace.projects]
    if lost and len(folders) == 1:
        yield Astray(module, lost[0].made.call.callee, lost[0].name, f"{folders[0]}/", len(lost) - 1)
