"""What crosses from one module to another: imports, exports, and which function a call goes to."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING

from convex_lint import stubs
from convex_lint.facts.api import BUILDERS, GENERIC_BUILDERS
from convex_lint.link import exports
from convex_lint.resolve import aliased
from convex_lint.syntax.nodes import Cast, Function, Member, Name, Object
from convex_lint.values import (
    UNKNOWN,
    Builder,
    Closure,
    Instance,
    Namespace,
    Package,
    Reference,
    Structure,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Call, Export, Expression

GENERATED = "_generated"
ROOTS = ("api", "internal", "components")
"""What `_generated/api` exports."""

_KEPT = 4096
"""The answers that are kept of a question that is asked again and again about the same names."""

_SCRIPT = (".js", ".ts", ".mjs", ".d")


@lru_cache(_KEPT)
def generated(specifier: str, importer: str) -> tuple[str, str] | None:
    """Return the functions folder and the module (`server`, `api`, `dataModel`) of an import of generated code.

    The files need not exist: many teams do not commit them.
    """
    at = specifier.rfind(f"{GENERATED}/")
    if at < 0:
        return None
    module = specifier[at + len(GENERATED) + 1 :]
    for suffix in _SCRIPT:
        module = module.removesuffix(suffix)
    folder = specifier[:at]
    if folder.startswith("."):
        folder = posixpath.normpath(posixpath.join(posixpath.dirname(importer), folder))
    return folder.rstrip("/"), module


def imported(linked: Linked, specifier: str, name: str, importer: str) -> Value:
    """Return what an import of a name stands for."""
    place = generated(specifier, importer)
    if place is not None:
        return _generated(linked.home(specifier, importer), place[1], name)
    path = linked.resolve(specifier, importer)
    if path is not None and path in linked.summaries:
        found = Namespace(path) if name == "*" else linked.export(path, name)
    else:
        found = UNKNOWN if specifier.startswith((".", "/")) else package(specifier, name)
    # What is declared is asked last: a builder that can be resolved is known better than by its name.
    return declared_builder(linked, name, importer) or found if isinstance(found, Unknown | Package) else found


def declared_builder(linked: Linked, name: str, path: str) -> Builder | None:
    """Return the builder that the configuration declares under a name, for the modules of a project."""
    project = linked.project_of(path)
    for one in project.builders if project is not None else ():
        if one.name == name:
            return Builder(one.kind, one.internal, custom=True, open=True, opaque=True)
    return None


def home(linked: Linked, specifier: str, importer: str) -> str:
    """Return the functions folder of the generated code that an import means; empty where it is not known.

    The code need not be there. A name that leads to nothing is of the module's own project, if that is the only one or
    has generated code.
    """
    if specifier.startswith("."):
        return home_of(linked, posixpath.normpath(posixpath.join(posixpath.dirname(importer), specifier)))
    found = linked.resolve(specifier, importer)
    targets = [found] if found is not None else aliased(specifier, importer, linked.workspace.aliases)
    for target in targets:
        if linked.project_of(target) is not None:
            return home_of(linked, target)
    own, projects = linked.project_of(importer), linked.workspace.projects
    if len(projects) == 1:
        return projects[0].folder
    files = (posixpath.normpath(f"{own.folder}/{GENERATED}/api{ending}") for ending in (".d.ts", ".ts", ".js") if own)
    return own.folder if own is not None and any(file in linked.workspace.sources for file in files) else ""


def home_of(linked: Linked, path: str) -> str:
    """Return the functions folder that a path lies in; where there is none, what is before the generated code."""
    project = linked.project_of(path)
    return project.folder if project is not None else (generated(path, "") or ("",))[0]


def _generated(home: str, module: str, name: str) -> Value:
    if module == "server":
        return _all(BUILDERS, builder) if name == "*" else builder(name) or Package("_generated/server", name)
    if module == "api":
        if name == "*":
            return _all(ROOTS, lambda root: Reference(root, (), home))
        return Reference(name, (), home) if name in ROOTS else Package("_generated/api", name)
    return Package(f"_generated/{module}", name)


def _all(names: Iterable[str], make: Callable[[str], Value | None]) -> Value:
    return Structure(tuple((name, make(name) or UNKNOWN) for name in names), open=True)


def builder(name: str) -> Builder | None:
    """Return the builder that `_generated/server` exports under a name."""
    found = BUILDERS.get(name)
    return Builder(found[0], found[1]) if found is not None else None


@lru_cache(_KEPT)
def package(specifier: str, name: str) -> Value:
    """Return what an npm package exports, as far as it is in the vocabulary."""
    if specifier == "convex/server" and name in GENERIC_BUILDERS:
        return builder(GENERIC_BUILDERS[name]) or UNKNOWN
    found = exports.found(specifier, name)
    return found if found is not None else Package(specifier, name)


def export(linked: Linked, path: str, name: str) -> Value:
    """Return what a module exports under a name, through re-exports."""
    summary = linked.summaries.get(path)
    if summary is None:
        return UNKNOWN
    place = generated(path, "")
    if place is not None:
        return _generated(home_of(linked, path), place[1], name)
    found = summary.exports.get(name)
    if found is not None:
        return _exported(linked, found, path)
    for star in summary.stars:
        target = linked.resolve(star.specifier, path)
        if target is not None and name != "default":
            value = linked.export(target, name)
            if value is not UNKNOWN:
                return value
    # A stub need not describe what the linter knows itself.
    return package(stubs.specifier_of(path), name) if stubs.is_stub(path) else UNKNOWN


def origin(linked: Linked, path: str, name: str) -> tuple[str, str] | None:
    """Return the module and the name that an export is defined under, through re-exports of the workspace."""
    summary = linked.summaries.get(path)
    found = summary.exports.get(name) if summary is not None else None
    if summary is None or found is None:
        stars = [linked.resolve(star.specifier, path) for star in summary.stars] if summary is not None else []
        origins = [linked.origin(target, name) for target in stars if target is not None and name != "default"]
        return next((one for one in origins if one is not None), None)
    binding = found.of.binding if isinstance(found.of, Name) else None
    specifier, imported_ = found.specifier, found.imported
    if not specifier and binding is not None and binding.form == "import":
        specifier, imported_ = binding.specifier, binding.imported
    if not specifier:
        return path, name
    target = linked.resolve(specifier, path)
    return linked.origin(target, imported_) if target is not None and imported_ != "*" else None


def is_hoisted(linked: Linked, path: str, name: str) -> bool:
    """Say whether an export is there before its module is run: a function that is declared, or an enumeration.

    The values of an enumeration are written in the place of its members when the project is bundled.
    """
    found = linked.summaries[path].exports.get(name)
    binding = found.of.binding if found is not None and isinstance(found.of, Name) else None
    of = found.of if binding is None and found is not None else None
    is_default = isinstance(of, Function) and of.form != "arrow"
    return is_default or (binding is not None and binding.form in {"function", "enum"})


def _exported(linked: Linked, found: Export, path: str) -> Value:
    if found.specifier:
        return imported(linked, found.specifier, found.imported, path)
    return linked.value(found.of) if found.of is not None else UNKNOWN


def callee(linked: Linked, call: Call) -> Closure | None:
    """Return the function of the project that a call goes to, where the callee is a name or a member of a module."""
    written = call.callee
    if type(written) is Member:
        if type(written.of) is not Name or is_of_values(call):
            return None  # as in most calls: `ctx.db.get(…)`, `v.string()`
        return _member(linked, written.of, written.name)
    if type(written) is Name and (written.binding is None or written.binding.form == "param"):
        return None
    return static_closure(linked, written)


def is_of_values(call: Call) -> bool:
    """Say whether a call is one of `v`, as most calls outside of functions are."""
    callee = call.callee
    of = callee.of if type(callee) is Member else None
    binding = of.binding if type(of) is Name else None
    return binding is not None and binding.specifier == "convex/values"


def static_function(linked: Linked, expression: Expression) -> Function | None:
    """Return the function that an expression names, looking at bindings and imports only."""
    found = static_closure(linked, expression)
    return linked.function(found) if found is not None else None


def static_closure(linked: Linked, expression: Expression) -> Closure | None:
    """Return the function that an expression names, in symbols."""
    passed: list[Binding] = []
    while True:
        while isinstance(expression, Cast):
            expression = expression.of
        if isinstance(expression, Function):
            return Closure(expression.scope.path, expression.ordinal)
        if isinstance(expression, Member):
            return _member(linked, expression.of, expression.name) if isinstance(expression.of, Name) else None
        binding = expression.binding if isinstance(expression, Name) else None
        if binding is None or binding in passed or not isinstance(expression, Name):
            return None
        if binding.form == "import":
            value = linked.binding(binding, expression.scope.path)
            return value if isinstance(value, Closure) else None
        if binding.form == "param" or binding.writes or binding.steps or binding.of is None:
            return None
        passed.append(binding)
        expression = binding.of
        if not isinstance(expression, Name | Function | Cast):
            return None


def _member(linked: Linked, of: Name, name: str) -> Closure | None:
    """Return the function that is a member of a module, or of an object that a constant holds."""
    value: Value = UNKNOWN
    binding = of.binding
    if binding is None:
        found = linked.value(of) if of.text == "this" else UNKNOWN
        value = linked.member(found.of, name) if isinstance(found, Instance) else UNKNOWN
    elif binding.form == "import" or isinstance(binding.of, Object):
        held = linked.binding(binding, of.scope.path)
        if isinstance(held, Namespace):
            value = linked.export(held.path, name)
        elif isinstance(held, Structure):
            value = held.get(name)
    return value if isinstance(value, Closure) else None
