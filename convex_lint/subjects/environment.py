"""Environment variables that are read without being declared, and declarations that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.environment import KINDS, NAME, PLATFORM
from convex_lint.link import apps
from convex_lint.link.shapes import outermost
from convex_lint.nearest import nearest
from convex_lint.source import Span
from convex_lint.syntax.nodes import Declare, Member, Property
from convex_lint.values import Package, Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module, Ranged
    from convex_lint.syntax.nodes import Binding, Call


_ENV = Package("_generated/server", "env")


class EnvFault:
    """A variable that is read by a name that is not declared, or that is declared as it cannot be.

    `form` is `read` (by the `env` of `_generated/server`), `reference` (by that of the app, in its configuration),
    `platform` (a declaration of what Convex itself sets), `name` (one by a name that no variable can have) or `type`
    (one by something else than a string).
    """

    def __init__(self, module: Module, form: str, node: Ranged, name: str, near: str | None = None) -> None:
        self.module = module
        self.form = form
        self.node = node
        self.name = name
        self.near = near

    @property
    def place(self) -> Place:
        """The name, or what validates the variable."""
        return self.module.at(self.node)


def find(module: Module) -> Iterator[EnvFault]:
    """Yield the faults of a module."""
    imported = [binding for one in module.summary.code.imports for binding in one.bindings if binding.imported == "env"]
    named = [binding for binding in imported if module.linked.binding(binding, module.path) == _ENV]
    folder = modules_folder(module)
    if folder is None:
        return
    if named:
        declared = module.linked.declared_variables(folder)
        for binding in named if declared is not None else ():
            yield from _unknown(module, "read", binding, declared or ())
    if module.path == apps.configuration(module.linked, folder) and not module.summary.open:
        for call in apps.definitions(module.linked, module.path):
            yield from _definition(module, call, folder)


def modules_folder(module: Module) -> str | None:
    """Return the functions folder that a module lies in."""
    project = module.linked.project_of(module.path)
    return project.folder if project is not None else None


def _definition(module: Module, call: Call, folder: str) -> Iterator[EnvFault]:
    holder = apps.holder(call)
    declared = module.linked.declared_variables(folder)
    for use in holder.uses if holder is not None and declared is not None else ():
        member = outermost(use).parent
        if isinstance(member, Member) and member.name == "env":
            yield from _of_member(module, "reference", member, declared or ())
    written = apps.environment(call)
    for entry in written.properties if written is not None else ():
        if isinstance(entry, Property) and entry.key is not None and entry.form != "get":
            yield from _declaration(module, entry, entry.key)


def _declaration(module: Module, entry: Property, name: str) -> Iterator[EnvFault]:
    key = Span(entry.key_start, entry.key_end)
    validator = module.linked.value(entry.value)
    if name in PLATFORM:
        yield EnvFault(module, "platform", key, name)
    elif not NAME.fullmatch(name):
        yield EnvFault(module, "name", key, name)
    elif isinstance(validator, Validator) and not _is_of_strings(validator):
        yield EnvFault(module, "type", entry.value, name)


def _is_of_strings(validator: Validator) -> bool:
    if validator.kind == "literal":
        return validator.literal is None or validator.literal.form == "string"
    return validator.kind in KINDS and all(_is_of_strings(item) for item in validator.items)


def _unknown(module: Module, form: str, binding: Binding, declared: tuple[str, ...]) -> Iterator[EnvFault]:
    for use in binding.uses:
        parent = outermost(use).parent
        if isinstance(parent, Member):
            yield from _of(module, form, parent.name, Span(parent.name_start, parent.name_end), declared)
        elif isinstance(parent, Declare):
            for taken in parent.bindings:
                if len(taken.steps) == 1 and isinstance(taken.steps[0], str):
                    yield from _of(module, form, taken.steps[0], taken, declared)


def _of_member(module: Module, form: str, env: Member, declared: tuple[str, ...]) -> Iterator[EnvFault]:
    member = outermost(env).parent
    if isinstance(member, Member):
        yield from _of(module, form, member.name, Span(member.name_start, member.name_end), declared)


def _of(module: Module, form: str, name: str, node: Ranged, declared: tuple[str, ...]) -> Iterator[EnvFault]:
    known = (*declared, *(PLATFORM if form == "read" else ()))
    if name not in known and NAME.fullmatch(name):
        yield EnvFault(module, form, node, name, nearest(name, known))
