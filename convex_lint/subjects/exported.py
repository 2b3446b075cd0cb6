"""Functions by the names and the conditions under which they are exported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.facts.language import RESERVED_WORDS
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import Binary, Call, Conditional, If, Name
from convex_lint.values import Builder, Registration
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Export, Expression, Statement

LONGEST = 64
_VALID = re.compile(r"(?=_*[A-Za-z0-9])[A-Za-z_][A-Za-z0-9_]{0,63}")
_CHOICES = frozenset({"&&", "||", "??"})
_CONSTANT = frozenset({"CONVEX_CLOUD_URL", "CONVEX_SITE_URL", "NODE_ENV"})
"""The variables that no deployment changes; `NODE_ENV` is written into the code when it is bundled."""


class MisnamedFunction:
    """A function that is exported under a name that Convex, or JavaScript, does not take; `why` says so in words."""

    def __init__(self, module: Module, export: Export, why: str) -> None:
        self.module = module
        self.export = export
        self.name = export.name
        self.why = why

    @property
    def place(self) -> Place:
        """The name."""
        return self.module.at(self.export)


def find_misnamed(module: Module) -> Iterator[MisnamedFunction]:
    """Yield the functions with such names of a module that is deployed."""
    for name, export in module.summary.exports.items():
        why = _why(name, export)
        if why is None or export.type_only or module.role is not Role.ENTRY:
            continue
        value = module.linked.export(module.path, name)
        if isinstance(value, Registration) and (value.builder.kind != "httpAction" or name in RESERVED_WORDS):
            yield MisnamedFunction(module, export, why)


def _why(name: str, export: Export) -> str | None:
    if export.of is not None and isinstance(export.of, Name):
        binding = export.of.binding
        if binding is not None and binding.form != "import" and binding.name in RESERVED_WORDS:
            return "it is a reserved word of JavaScript"
    if _VALID.fullmatch(name):
        return None
    if len(name) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if not name.strip("_"):
        return "it has no letter and no digit"
    outside = re.search(r"[^A-Za-z0-9_]", name)
    return f"it has a `{outside[0]}`" if outside is not None else "it begins with a digit"


class ConditionalExport:
    """A function whose export hangs on a condition that reads the environment.

    `variables` are the names of what is read, as far as they are seen. With `only_builder` it is exported in any case,
    and the condition chooses by which builder.
    """

    def __init__(self, module: Module, name: str, test: Expression, variables: tuple[str, ...]) -> None:
        self.module = module
        self.name = name
        self.test = test
        self.variables = variables
        self.only_builder = False

    @property
    def place(self) -> Place:
        """The condition."""
        return self.module.at(self.test)


def find_conditional(module: Module) -> Iterator[ConditionalExport]:
    """Yield the functions of a module that the environment decides about."""
    for name, export in module.summary.exports.items():
        if export.of is None or export.type_only:
            continue
        for test, chosen in _choices(module, export.of):
            variables = _variables(module, test) if any(_is_function(module, one) for one in chosen) else None
            if variables is not None:
                yield ConditionalExport(module, name, test, variables)
                break
        else:
            yield from _by_builder(module, name, export.of)


def _choices(module: Module, of: Expression) -> Iterator[tuple[Expression, list[Expression]]]:
    """Yield the conditions on which the value of an export hangs, each with what it chooses from."""
    binding = of.binding if isinstance(of, Name) else None
    value = bare(of) if binding is None else _held(binding)
    yield from _branches(value)
    for write in binding.writes if binding is not None and binding.form != "import" else ():
        yield from _branches(bare(write))
        for test in _tests_around(module.summary.code.body.items, write):
            yield test, [write]


def _held(binding: Binding) -> Expression | None:
    return bare(binding.of) if binding.of is not None and not binding.steps and binding.form != "param" else None


def _branches(value: Expression | None) -> Iterator[tuple[Expression, list[Expression]]]:
    if isinstance(value, Conditional):
        yield value.test, [value.yes, value.no]
        yield from _branches(bare(value.yes))
        yield from _branches(bare(value.no))
    elif isinstance(value, Binary) and value.operator in _CHOICES:
        yield value.left, [value.right]


def _tests_around(statements: list[Statement], write: Expression) -> Iterator[Expression]:
    """Yield the conditions of the statements around an assignment that stands in no function."""
    for statement in statements:
        if isinstance(statement, If) and statement.start <= write.start < statement.end:
            yield statement.test
            for branch in (statement.yes, statement.no):
                yield from _tests_around(getattr(branch, "items", [branch] if branch is not None else []), write)


def _by_builder(module: Module, name: str, of: Expression) -> Iterator[ConditionalExport]:
    binding = of.binding if isinstance(of, Name) else None
    made = bare(of) if binding is None else _held(binding)
    callee = bare(made.callee) if isinstance(made, Call) else None
    if isinstance(callee, Name) and callee.binding is not None:
        callee = _held(callee.binding)
    for test, chosen in _branches(callee):
        is_builder = any(isinstance(module.linked.value(one), Builder) for one in chosen)
        variables = _variables(module, test) if is_builder else None
        if variables is not None:
            found = ConditionalExport(module, name, test, variables)
            found.only_builder = True
            yield found
            return


def _is_function(module: Module, expression: Expression) -> bool:
    return isinstance(module.linked.value(expression), Registration)


def _variables(module: Module, test: Expression) -> tuple[str, ...] | None:
    """Return the variables of the environment that a condition reads, or None for one that reads none."""
    read = {origin.detail for origin in module.linked.origins(test) if origin.kind == "env"} - _CONSTANT
    return tuple(sorted(name.partition(".")[0] for name in read if name)) if read else None
