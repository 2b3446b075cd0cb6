"""The linked project: the symbols of all modules, resolved.

`Linked` is the one object that answers what a module cannot know from its own text. Its questions are asked by value:
an answer depends on the texts of the modules and on nothing else, is computed once, and is `UNKNOWN` for a question
that runs into itself.
"""

from __future__ import annotations

import posixpath
import sys
from typing import TYPE_CHECKING, TypeVar

from convex_lint.link import builders, classes, infer, modules, parameters, registered, typed
from convex_lint.resolve import resolve
from convex_lint.syntax.nodes import Name
from convex_lint.values import UNKNOWN, Global, Package, Promise
from convex_lint.workspace import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from convex_lint.link.registered import Registered
    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Binding, Call, Expression, Function, Type
    from convex_lint.values import Builder, Closure, Reference, Value
    from convex_lint.workspace import Project, Workspace


K = TypeVar("K")

_NOTHING = sys.maxsize
"""An answer leans on no question that is still open."""

_PATIENCE = 20_000
"""Answers within one question after which circular ones are kept all the same, so that every question ends."""

_DEEP = 300
"""Questions within one another after which an answer is not looked for: nobody writes what leads that far."""


class Linked:
    """All modules of a workspace and what is known about them together.

    With `only_names` parameters are not asked for: enough to find the functions that are registered, on which
    everything that is known about parameters rests.
    """

    def __init__(self, workspace: Workspace, summaries: Mapping[str, Summary], *, only_names: bool = False) -> None:
        self._only_names = only_names
        self._names = self if only_names else Linked(workspace, summaries, only_names=True)
        self._open: dict[object, int] = {}
        self._leans = _NOTHING
        self._steps = 0
        self._provisional: dict[object, Value] = {}
        self.workspace = workspace
        self.summaries = summaries
        self._values: dict[Expression, Value] = {}
        self._bindings: dict[Binding, Value] = {}
        self._parameters: dict[tuple[Function, int], Value] = {}
        self._results: dict[Function, Value] = {}
        self._exports: dict[tuple[str, str], Value] = {}
        self._resolved: dict[tuple[str, str], str | None] = {}
        self._registered: dict[str, tuple[Registered, ...]] = {}
        self._handlers: dict[Function, list[Registered]] | None = None
        self._customized: dict[Function, Builder] | None = None
        self._callers: dict[Function, list[Call]] | None = None
        self._importers: dict[tuple[str | None, str], list[Binding]] | None = None
        self._reexported: set[str] | None = None
        self._components: dict[str, bool] = {}
        self._projects: dict[str, Project | None] = {}

    def resolve(self, specifier: str, importer: str) -> str | None:
        """Return the path of the module that an import names, or None where it is not in the workspace."""
        key = (specifier, importer)
        if key not in self._resolved:
            self._resolved[key] = resolve(specifier, importer, self.workspace)
        return self._resolved[key]

    def project_of(self, path: str) -> Project | None:
        """Return the project that a module belongs to."""
        if path not in self._projects:
            self._projects[path] = self.workspace.project_of(path)
        return self._projects[path]

    def value(self, expression: Expression) -> Value:
        """Return what an expression is."""
        if isinstance(expression, Name):
            bound = expression.scope.find(expression.text)
            if bound is not None:
                return self.binding(bound, expression.scope.path)
            return classes.this(expression) if expression.text == "this" else Global(expression.text)
        found = self._values.get(expression)
        if found is not None:
            return found
        outer, self._leans = self._leans, _NOTHING
        found = infer.value(self, expression)
        if self._leans == _NOTHING:
            self._values[expression] = found
        self._leans = min(outer, self._leans)
        return found

    def binding(self, binding: Binding, path: str) -> Value:
        """Return what a name stands for."""
        return self._answer(self._bindings, binding, UNKNOWN, lambda: infer.binding(self, binding, path))

    def provisional(self, binding: Binding, value: Value) -> None:
        """Say what a name that is assigned more than once is known to be so far."""
        self._provisional[binding] = value

    def export(self, path: str, name: str) -> Value:
        """Return what a module exports under a name."""
        return self._answer(self._exports, (path, name), UNKNOWN, lambda: modules.export(self, path, name))

    def parameter(self, function: Function, index: int) -> Value:
        """Return what a parameter of a function receives."""
        if self._only_names:
            return UNKNOWN
        return self._answer(
            self._parameters, (function, index), UNKNOWN, lambda: parameters.value(self, function, index)
        )

    def result(self, function: Function) -> Value:
        """Return what calling a function gives; for an asynchronous one, a promise."""
        own = Promise(UNKNOWN) if function.asynchronous else UNKNOWN
        return self._answer(self._results, function, own, lambda: infer.result(self, function))

    def _answer(self, known: dict[K, Value], key: K, circular: Value, compute: Callable[[], Value]) -> Value:
        """Answer a question once.

        A question that runs into itself is answered with `circular`. What was computed with that answer on the way is
        not kept, since it would be another if it had been asked first: so the order of the questions changes nothing.
        """
        found = known.get(key)
        if found is not None:
            return found
        question = (id(known), key)
        open_at = self._open.get(question)
        if open_at is not None:
            self._leans = min(self._leans, open_at)
            return self._provisional.get(key, circular) if known is self._bindings else circular
        depth = len(self._open)
        if depth > _DEEP:
            self._leans = 0
            return circular
        self._open[question] = depth
        outer, self._leans = self._leans, _NOTHING
        try:
            found = compute()
        finally:
            del self._open[question]
        self._steps = self._steps + 1 if depth else 0
        if self._leans >= depth or self._steps > _PATIENCE:
            known[key] = found
            self._leans = outer
        else:
            self._leans = min(outer, self._leans)
        return found

    def type(self, written: Type | None) -> Value:
        """Return what a value of a type is."""
        return typed.value(self, written) if written is not None else UNKNOWN

    def function(self, closure: Closure) -> Function:
        """Return the function that a closure names."""
        return self.summaries[closure.path].code.functions[closure.ordinal]

    def registered(self, path: str) -> tuple[Registered, ...]:
        """Return the functions that a module registers, in the order of its text."""
        if path not in self._registered:
            self._registered[path] = tuple(registered.find(self._names, self.summaries[path]))
        return self._registered[path]

    def handlers(self) -> Mapping[Function, list[Registered]]:
        """Return the functions that are handlers, each with all that it is registered as."""
        if self._handlers is None:
            self._handlers = {}
            for path in self.summaries:
                for found in self.registered(path):
                    if found.handler is not None:
                        self._handlers.setdefault(found.handler, []).append(found)
        return self._handlers

    def customized(self) -> Mapping[Function, Builder]:
        """Return the functions that customize a builder, with the builder that each customizes."""
        if self._customized is None:
            self._customized = {}
            for summary in self.summaries.values():
                self._customized.update(builders.customized(self._names, summary))
        return self._customized

    def target(self, reference: Reference) -> Registered | None:
        """Return the function that a reference means, where that is known."""
        return registered.target(self, reference)

    def function_path(self, found: Registered) -> str:
        """Return the path of a deployed function as in a reference to it: `messages.list`."""
        project = self.project_of(found.path)
        folder = project.folder if project is not None else "."
        module = found.path.removeprefix(f"{folder}/").rsplit(".", 1)[0]
        return ".".join((*module.split("/"), *found.names[:1]))

    def in_component(self, path: str) -> bool:
        """Say whether a module belongs to a component: its functions folder has a configuration that defines one."""
        project = self.project_of(path)
        if project is None:
            return False
        if project.folder not in self._components:
            self._components[project.folder] = any(
                self.value(call.callee) == Package("convex/server", "defineComponent")
                for suffix in SUFFIXES
                if (config := self.summaries.get(posixpath.normpath(f"{project.folder}/convex.config{suffix}")))
                is not None
                for call in config.code.calls
            )
        return self._components[project.folder]

    def importers(self, path: str, name: str) -> list[Binding]:
        """Return the names that other modules import an export under."""
        if self._importers is None:
            self._importers = {}
            for importer, summary in self.summaries.items():
                for found in summary.code.imports:
                    target = self.resolve(found.specifier, importer) if found.bindings else None
                    for bound in found.bindings if target is not None else ():
                        self._importers.setdefault((target, bound.imported), []).append(bound)
        return self._importers.get((path, name), [])

    def is_reexported(self, path: str) -> bool:
        """Say whether another module passes on what a module exports."""
        if self._reexported is None:
            self._reexported = {
                target
                for importer, summary in self.summaries.items()
                for found in summary.code.imports
                if found.form == "export" and (target := self.resolve(found.specifier, importer)) is not None
            }
        return path in self._reexported

    def calls_of(self, function: Function) -> list[Call]:
        """Return the calls of a function in the whole project, where the callee is a name or a member of a module."""
        if self._callers is None:
            self._callers = {}
            for summary in self.summaries.values():
                for call in summary.code.calls:
                    target = modules.callee(self, call)
                    if target is not None:
                        self._callers.setdefault(target, []).append(call)
        return self._callers.get(function, [])
