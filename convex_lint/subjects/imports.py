"""Names that are imported from a module of Convex that does not export them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.facts.exports import EXPORTS, HOMES, NEWEST
from convex_lint.link import modules
from convex_lint.nearest import nearest
from convex_lint.source import Span
from convex_lint.stubs import is_stub
from convex_lint.subjects import importing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Export, Import

_JAVASCRIPT = (".js", ".jsx", ".mjs", ".cjs")


class Misplaced:
    """A name that is imported, or passed on, from a module of Convex that does not export it.

    `name` is `default` where the whole module is taken as if it had a default export.
    """

    def __init__(self, module: Module, statement: Import, node: Binding | Export, home: str | None) -> None:
        self.module = module
        self.statement = statement
        self.node = node
        self.name = node.imported
        self.home = home

    @property
    def place(self) -> Place:
        """The name that it has here."""
        return self.module.at(self.node)

    @property
    def source(self) -> str:
        """The module, as it is written."""
        return self.statement.specifier

    @property
    def near(self) -> str | None:
        """The export of the module that has nearly the same name."""
        return nearest(self.name, sorted(EXPORTS.get(importing.canonical(self.module, self.statement), ())))

    @property
    def target(self) -> str | None:
        """What is to be written to import the name from the module that exports it."""
        return importing.written(self.module, self.home) if self.home is not None else None

    @property
    def stops(self) -> bool:
        """Whether bundling fails for it: TypeScript leaves out names that are used as types, or not at all."""
        if self.node.type_only:
            return False
        uses = getattr(self.node, "uses", ())
        return bool(uses) or self.module.path.endswith(_JAVASCRIPT)

    def whole(self) -> tuple[Edit, ...]:
        """Return the edit that names another module, if all that the statement imports is to be had there."""
        names = {binding.imported for binding in self.statement.bindings}
        if self.target is None or not names or {HOMES.get(name) for name in names} != {self.home}:
            return ()
        quote = self.module.text(Span(self.statement.start, self.statement.start + 1))
        return (self.module.replace(self.statement, f"{quote}{self.target}{quote}"),)

    def single(self) -> tuple[Edit, ...]:
        """Return the edits that take the name out of the statement, into one of the module that exports it."""
        data = self.module.linked.text(self.module.path)
        start, end = self.node.start, self.node.end
        opening, closing = data.rfind(b"{", 0, start), data.find(b"}", end)
        keyword = data.rfind(b"import", 0, max(opening, 0))
        clause = data[opening + 1 : closing]
        plain = re.search(rb"(?:^|,)\s*" + re.escape(self.name.encode()) + rb"\s*(?:,|$)", clause)
        if self.target is None or keyword < 0 or b"/" in clause or plain is None or b"type" in data[keyword:opening]:
            return ()
        line = importing.added(self.module, self.name)
        return (line, *importing.removed(self.module, self.node)) if line is not None else ()


def find(module: Module) -> Iterator[Misplaced]:
    """Yield the names that a module imports from where they are not."""
    exports = module.summary.code.exports
    for statement in module.summary.code.imports:
        source = importing.canonical(module, statement)
        if (source not in EXPORTS and not source.startswith("convex/")) or _is_own(module, statement):
            continue
        nodes: list[Binding | Export] = [*statement.bindings]
        if statement.form == "export":
            nodes += [one for one in exports if one.specifier == statement.specifier and one.end <= statement.start]
        for node in nodes:
            if node.imported != "*" and node.imported not in EXPORTS.get(source, ()) and _is_known(module):
                home = HOMES.get(node.imported)
                if home != source and (home is not None or _is_in_none(module, source, node.imported)):
                    yield Misplaced(module, statement, node, home)


def _is_own(module: Module, statement: Import) -> bool:
    """Say whether a module of the workspace goes by the name of one of Convex, by an alias or a `baseUrl`."""
    if modules.generated(statement.specifier, module.path) is not None:
        return False  # however it is reached
    path = module.linked.resolve(statement.specifier, module.path)
    return path is not None and not statement.specifier.startswith(".") and not is_stub(path)


def _version(module: Module) -> tuple[int, ...] | None:
    project = module.linked.project_of(module.path)
    return project.convex if project is not None else None


def _is_known(module: Module) -> bool:
    """Say whether the exports of the installed version are not newer than those that are known."""
    version = _version(module)
    return version is None or version[: len(NEWEST)] <= NEWEST


def _is_in_none(module: Module, source: str, name: str) -> bool:
    """Say whether no version of a module exports a name that no other module exports either."""
    return _version(module) is not None and source in EXPORTS and source.startswith("convex") and bool(name)
