"""Which function a reference means, and which part of a reference names nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from convex_lint.link import apps, modules, registered
from convex_lint.records import record
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Name
from convex_lint.values import (
    ArrayOf,
    Builder,
    ClassOf,
    Closure,
    Constant,
    Crons,
    Primitive,
    Registration,
    SchemaDefinition,
    Structure,
    TableDefinition,
    Validator,
)
from convex_lint.workspace import Project, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.link.registered import Deployed
    from convex_lint.syntax.nodes import Export
    from convex_lint.values import Reference, Value

_OTHERS = (
    ArrayOf, Builder, ClassOf, Closure, Constant, Crons, Primitive, SchemaDefinition, TableDefinition, Validator,
)  # fmt: skip
"""What a module may export that surely is no registered function."""


@record
class Referred:
    """What a reference leads to: a function, surely nothing, or (with neither) what is not known.

    `missing` is the number of the part of its path that names nothing, and `known` are the names that could stand
    there. `exported` says that a module does export that name, as something that is no registered function; `module`
    says that the part should name a function, of the module before it. With `part` it stops at a module, or at a
    folder of them.
    """

    target: Deployed | None = None
    missing: int | None = None
    known: tuple[str, ...] = ()
    part: bool = False
    exported: bool = False
    module: bool = False


NOT_KNOWN = Referred()
_NOTHING = Referred(missing=0, module=True)
_PART = Referred(part=True)


@dataclass
class Folder:
    """The modules of a folder of functions by their names, None for those that Convex does not deploy."""

    modules: dict[str, str | None] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)

    def names(self) -> set[str]:
        """Return the names that a reference may go on with."""
        return {name for name, path in self.modules.items() if path is not None} | set(self.folders)

    def has(self, name: str) -> bool:
        """Say whether something in it has a name."""
        return name in self.modules or name in self.folders


def tree(linked: Linked, project: str) -> Folder | None:
    """Return the modules of a project; those of a component inside it are another project's.

    None where there is not one: the generated code alone may be a copy of that of a backend that lies elsewhere.
    """
    top = Folder()
    roles = linked.workspace.roles
    for path in linked.backend():
        home = linked.workspace.project_of(path)
        if home is None or home.folder != project or modules.GENERATED in path:
            continue
        folder, name = _place(top, project, path.rpartition(".")[0])
        is_deployed = roles.get(path, Role.ENTRY) is Role.ENTRY
        if is_deployed or name not in folder.modules:
            folder.modules[name] = path if is_deployed else None
    for inside in linked.workspace.projects:
        # A folder that looks like another project, and is no component: it may be deployed with this one.
        if (
            inside.folder != project
            and Project(project).holds(inside.folder)
            and apps.configuration(linked, inside.folder) is None
        ):
            folder, name = _place(top, project, inside.folder)
            folder.modules.setdefault(name, None)
    return top if any(_modules(top)) else None


def _place(top: Folder, project: str, path: str) -> tuple[Folder, str]:
    """Return the folder, and the name in it, that a path without an ending has in a project."""
    *folders, name = (path if project == "." else path[len(project) + 1 :]).split("/")
    for folder in folders:
        top = top.folders.setdefault(folder, Folder())
    return top, name


def of(linked: Linked, reference: Reference) -> Referred:
    """Return what a reference leads to, as far as it goes."""
    if reference.root == "components":
        return _component(linked, reference)
    folder = linked.tree(reference.project) if reference.root in modules.ROOTS else None
    if folder is None or not reference.path:
        return NOT_KNOWN
    if not any("/" in part for part in reference.path):
        return _found(linked, folder, reference.path, 0)
    return _spelt(linked, folder, reference.path)


def _spelt(linked: Linked, folder: Folder, path: tuple[str, ...]) -> Referred:
    """Return what a path leads to with parts that are paths: `internal["lib/users"].get`."""
    parts = [(part, at) for at, whole in enumerate(path[:-1]) for part in whole.removesuffix(".js").split("/")]
    found = _found(linked, folder, (*(part for part, _ in parts), path[-1]), 0)
    if found.missing is None or found.missing == len(parts):
        return found if found.missing is None else replace(found, missing=len(path) - 1)
    return Referred(missing=parts[found.missing][1])


def _found(linked: Linked, folder: Folder, path: tuple[str, ...], at: int) -> Referred:
    """Return what the rest of a path leads to, seen from a folder."""
    name, *rest = path[at:]
    if not folder.has(name):
        return Referred(missing=at, known=tuple(sorted(folder.names())))
    if not rest:
        return _PART
    inside = folder.folders.get(name, Folder())
    goes_on = inside.has(rest[0])
    if name not in folder.modules or (goes_on and len(rest) > 1):
        return _found(linked, inside, path, at + 1)
    module = folder.modules[name]
    found = linked.offers(module, rest[0]) if module is not None else NOT_KNOWN
    if found.missing is None or module is None:
        return found if len(rest) == 1 else NOT_KNOWN
    if goes_on:
        return _PART
    known = {*linked.functions_of(module), *inside.names()}
    return Referred(missing=at + 1, known=tuple(sorted(known)), exported=found.exported, module=True)


def _component(linked: Linked, reference: Reference) -> Referred:
    """Return what a reference to a component leads to: only whether the component is installed is known."""
    installed = linked.installed(reference.project)
    if not reference.path or installed.open or reference.path[0] in installed.names:
        return NOT_KNOWN
    return Referred(missing=0, known=installed.names)


def in_component(linked: Linked, reference: Reference) -> Deployed | None:
    """Return the function of a component that a reference means, where its code is seen."""
    if reference.root != "components" or len(reference.path) < 3:  # noqa: PLR2004  component, module, function
        return None
    home = linked.home_of(reference.project, reference.path[0])
    folder = linked.tree(home) if home is not None else None
    return _found(linked, folder, reference.path, 1).target if folder is not None else None


def offered(linked: Linked, path: str, name: str) -> Referred:
    """Return the registered function that a module exports under a name, through re-exports."""
    for found in linked.deployed(path):
        if name in found.names:
            return Referred(found)
    summary = linked.summaries[path]
    export = summary.exports.get(name)
    if export is None:
        return NOT_KNOWN if summary.open or is_stub(path) else _starred(linked, path, name)
    if export.type_only:
        return _NOTHING
    specifier, imported = _origin(export)
    target = linked.resolve(specifier, path) if specifier and imported != "*" else None
    if target is not None and target in linked.summaries:
        return linked.offers(target, imported)
    return _valued(linked, path, name)


def _valued(linked: Linked, path: str, name: str) -> Referred:
    """Return what is known of an export by its value."""
    value = linked.export(path, name)
    if isinstance(value, Registration):
        return Referred(registered.in_symbols(linked, path, (name,), value.builder, value.handler))
    return Referred(missing=0, exported=True, module=True) if _is_other(value) else NOT_KNOWN


def _is_other(value: Value) -> bool:
    return isinstance(value, _OTHERS) or (isinstance(value, Structure) and not value.open)


def _starred(linked: Linked, path: str, name: str) -> Referred:
    """Return what a module passes on under a name by `export *`."""
    for target in _stars(linked, path):
        found = linked.offers(target, name) if target is not None and name != "default" else NOT_KNOWN
        if name != "default" and found.missing is None:
            return found
    return _NOTHING


def _stars(linked: Linked, path: str) -> Iterator[str | None]:
    """Yield the modules that a module passes on as a whole, None for one that is not seen."""
    for star in linked.summaries[path].stars:
        if not star.type_only:
            target = linked.resolve(star.specifier, path)
            yield target if target is not None and target in linked.summaries else None


def _origin(export: Export) -> tuple[str, str]:
    """Return the module, and the name there, that an export is passed on from; nothing for one of its own."""
    if export.specifier:
        return export.specifier, export.imported
    binding = export.of.binding if isinstance(export.of, Name) else None
    if binding is not None and binding.form == "import":
        return binding.specifier, binding.imported
    return "", ""


def functions_of(linked: Linked, path: str) -> tuple[str, ...]:
    """Return the names under which a module surely exports registered functions."""
    own = [name for name in linked.summaries[path].exports if linked.offers(path, name).target is not None]
    passed = [linked.functions_of(target) for target in _stars(linked, path) if target is not None]
    return tuple(sorted({*own, *(name for names in passed for name in names)}))


def named(linked: Linked, project: str, name: str) -> tuple[str, ...]:
    """Return the functions of a project that are exported under a name, as in a reference: `internal.users.get`."""
    found: list[str] = []
    for path in _modules(linked.tree(project) or Folder()):
        target = linked.offers(path, name).target
        if target is not None and target.path == path and name in target.names:
            *module, _ = target.name.split(".")
            found.append(".".join(("internal" if target.internal else "api", *module, name)))
    return tuple(sorted(found))


def _modules(folder: Folder) -> Iterator[str]:
    yield from (path for path in folder.modules.values() if path is not None)
    for inside in folder.folders.values():
        yield from _modules(inside)
