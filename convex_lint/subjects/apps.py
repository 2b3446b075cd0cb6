"""`convex.config.ts`: the app, or the component, that it defines, and the components that it installs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.components import CONFIGURATIONS, NAMES
from convex_lint.facts.schema import IDENTIFIER
from convex_lint.link import apps
from convex_lint.link.shapes import bare, property_of
from convex_lint.syntax.nodes import Name, Object
from convex_lint.values import Constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Call, Expression


class AppFault(NamedTuple):
    """What is wrong with a configuration, where, what to do, and an edit that does it, where there is one."""

    place: Place
    message: str
    help: str
    edit: Edit | None = None


class AppDefinition:
    """The call of `defineApp` or `defineComponent` in a `convex.config.ts`."""

    def __init__(self, module: Module, node: Call) -> None:
        self.module = module
        self.node = node

    @property
    def place(self) -> Place:
        """What is called."""
        return self.module.at(self.node.callee)

    @cached_property
    def faults(self) -> tuple[AppFault, ...]:
        """What is wrong with it, so that it cannot be deployed."""
        binding = apps.holder(self.node)
        calls = list(apps.uses(binding)) if binding is not None else []
        installed = [fault for call in calls for fault in (*self._imported(call), *self._optioned(call))]
        return (*self._exported(), *installed, *self._doubled(calls))

    def _exported(self) -> Iterator[AppFault]:
        summary = self.module.summary
        others = [export for name, export in summary.exports.items() if name != "default" and not export.type_only]
        if summary.open or summary.stars:
            return
        if "default" not in summary.exports:
            binding = apps.holder(self.node)
            help_ = f"add `export default {binding.name}`" if binding is not None else "export it by default"
            yield AppFault(self.place, "what this defines is not the default export", help_)
        for export in others:
            place = self.module.at(export.of if export.of is not None else export)
            yield AppFault(place, "`convex.config.ts` can have a default export only", "move it to another module")

    def _imported(self, call: Call) -> Iterator[AppFault]:
        """Yield what is wrong with the import of a component that is installed."""
        written = bare(call.arguments[0]) if call.arguments else None
        binding = written.binding if isinstance(written, Name) else None
        if binding is None or binding.form != "import" or _is_configuration(binding.specifier):
            return
        if binding.specifier in NAMES or self._has_configuration(binding):
            wanted = f"{binding.specifier}/convex.config"
            message = f"`{binding.specifier}` is not the configuration of a component"
            yield AppFault(self.module.at(call.arguments[0]), message, f"import `{wanted}`", self._importing(binding))

    def _has_configuration(self, binding: Binding) -> bool:
        """Say whether an import leads to nothing but the folder of a component."""
        linked = self.module.linked
        found = (linked.resolve(f"{binding.specifier}{rest}", self.module.path) for rest in ("", "/convex.config"))
        return [path is not None for path in found] == [False, True]

    def _importing(self, binding: Binding) -> Edit | None:
        for found in self.module.summary.code.imports:
            if binding in found.bindings and len(found.bindings) == 1 and binding.imported == "default":
                return self.module.insert(found.end - 1, "/convex.config")
        return None

    def _optioned(self, call: Call) -> Iterator[AppFault]:
        """Yield what is wrong with the options that a component is installed with."""
        options = bare(call.arguments[1]) if len(call.arguments) > 1 else None
        name = self._option(options, "name")
        if name is not None and not IDENTIFIER.fullmatch(name[1]):
            help_ = "use up to 64 letters, digits and underscores, and no digit first"
            yield AppFault(self.module.at(name[0]), "this is no name of a component", help_)
        prefix = self._option(options, "httpPrefix")
        if prefix is not None and not prefix[1].startswith("/"):
            yield AppFault(self.module.at(prefix[0]), "an `httpPrefix` starts with `/`", "put `/` before it")

    def _option(self, options: Expression | None, key: str) -> tuple[Expression, str] | None:
        entry = property_of(options, key) if isinstance(options, Object) else None
        value = self.module.linked.value(entry.value) if entry is not None else None
        if entry is None or not isinstance(value, Constant) or value.form != "string":
            return None
        return bare(entry.value), str(value.value)

    def _doubled(self, calls: list[Call]) -> Iterator[AppFault]:
        """Yield the components that are installed under a name that is taken, whatever the conditions are."""
        known: set[str] = set()
        for call in calls:
            name = apps.name_of(self.module.linked, call, self.module.path)
            if name is None or not any(statement is call.parent for statement in self.module.summary.code.body.items):
                continue
            if name in known:
                help_ = "give it another one: `{ name: … }`"
                yield AppFault(self.module.at(call), f"there is a component `{name}` already", help_)
            known.add(name)


def _is_configuration(specifier: str) -> bool:
    return specifier.rpartition("/")[2] in CONFIGURATIONS or "convex.config" in specifier


def find(module: Module) -> Iterator[AppDefinition]:
    """Yield what a `convex.config.ts` defines."""
    if module.path.rpartition("/")[2].rpartition(".")[0] != "convex.config":
        return
    made = list(apps.definitions(module.linked, module.path))
    if len(made) == 1 and module.whole(made[0], None):
        yield AppDefinition(module, made[0])
