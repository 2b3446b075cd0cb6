"""What one module says by itself, in symbols: a function of its text, plain and picklable.

Everything that depends on another module (what an import is, which builder a call goes to, which functions are
registered) is left as a name, and becomes a value in `link`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import syntax
from convex_lint.syntax.nodes import Call, Cast, Declare, Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.source import Source
    from convex_lint.syntax import Code
    from convex_lint.syntax.nodes import Binding, Export, Expression, Function, Node


GENERATED = "_generated/"
"""The folder of the code that Convex generates from the rest of the project."""


class Summary:
    """The interface of a module.

    `exports` are the exports by name, `stars` the `export *` ones. `exported` are the names that a binding is
    exported under. `open` says that there may be more than is seen: the module does not parse.
    """

    __slots__ = ("_calls", "_inside", "code", "exported", "exports", "open", "path", "stars")

    def __init__(self, code: Code) -> None:
        self.path = code.path
        self.code = code
        self._calls: dict[str, list[Call]] | None = None
        self._inside: dict[Function | None, list[Call]] | None = None
        self.open = bool(code.errors) or code.deep
        self.exports: dict[str, Export] = {}
        self.stars: list[Export] = []
        self.exported: dict[Binding, list[str]] = {}
        for export in code.exports:
            if export.name == "*":
                self.stars.append(export)
                continue
            self.exports[export.name] = export
            if isinstance(export.of, Name) and not export.type_only:
                binding = export.of.binding
                if binding is not None:
                    self.exported.setdefault(binding, []).append(export.name)

    @property
    def node(self) -> bool:
        """Whether the module runs in Node (`"use node"`)."""
        return self.code.directive == "use node"

    @property
    def specifiers(self) -> list[str]:
        """What the module imports, type imports included."""
        return [found.specifier for found in self.code.imports if found.specifier]

    def calls(self, names: Iterable[str]) -> list[Call]:
        """Return the calls of members with some names, `of.name(…)`, the names for such members included."""
        if self._calls is None:
            self._calls = {}
            for call in self.code.calls:
                self._calls.setdefault(_member_of(call), []).append(call)
        found = [self._calls[name] for name in names if name in self._calls]
        if len(found) == 1:
            return found[0].copy()
        return sorted((call for calls in found for call in calls), key=_start)

    def calls_in(self, function: Function | None) -> list[Call]:
        """Return the calls that stand in a function and in none inside it, or in no function."""
        if self._inside is None:
            self._inside = {}
            for call in self.code.calls:
                self._inside.setdefault(call.function, []).append(call)
        return self._inside.get(function, [])

    def symbol_at(self, offset: int) -> str:
        """Return the name that the code at a byte offset helps to define in the module, or empty."""
        around = [
            (binding.of.end - binding.of.start, name)
            for name, binding in self.code.scope.names.items()
            if binding.of is not None and binding.of.start <= offset < binding.of.end
        ]
        around += [
            (export.of.end - export.of.start, name)
            for name, export in self.exports.items()
            if export.of is not None and not isinstance(export.of, Name) and export.of.start <= offset < export.of.end
        ]
        return min(around, default=(0, ""))[1]

    def defines(self, symbol: str) -> bool:
        """Say whether the module defines or exports a name."""
        return symbol in self.code.scope.names or symbol in self.exports

    def names_of(self, expression: Expression) -> list[str]:
        """Return the names under which the value of an expression is exported."""
        node: Node | None = expression
        while node is not None:
            for name, export in self.exports.items():
                if export.of is node:
                    return [name]
            if isinstance(node, Declare):
                binding = node.bindings[0] if len(node.bindings) == 1 else None
                return self.exported.get(binding, []) if binding is not None and not binding.steps else []
            parent = node.parent if isinstance(node, Call | Cast) else None
            node = parent if isinstance(parent, Cast | Declare) else None
        return []


def _start(call: Call) -> int:
    return call.start


def _member_of(call: Call) -> str:
    """Return the member that is called, or that the name which is called stands for; else that name."""
    callee = call.callee
    if isinstance(callee, Member):
        return callee.name
    callee = _bare(callee)
    if isinstance(callee, Name):
        binding = callee.binding
        if binding is not None and binding.form == "import":
            return binding.imported
        if binding is not None and binding.steps:
            return str(binding.steps[-1])
        held = _bare(binding.of) if binding is not None and binding.of is not None else callee
        callee = held if isinstance(held, Member | Name) else callee
    if isinstance(callee, Member):
        return callee.name
    return callee.text if isinstance(callee, Name) else ""


def _bare(expression: Expression) -> Expression:
    while isinstance(expression, Cast):
        expression = expression.of
    return expression


def summarise(source: Source) -> Summary:
    """Read a module by itself. What Convex generates is known without being read."""
    if GENERATED in source.path:
        return Summary(syntax.unread(source))
    return Summary(syntax.read(source))
