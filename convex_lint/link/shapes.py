"""Small questions about the shape of code that several parts of the link ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import TABLE_INDEXES
from convex_lint.link import modules
from convex_lint.syntax.nodes import Await, Call, Cast, Conditional, Function, Member, Name, Object, Property
from convex_lint.values import Closure, Constant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression, Parameter

    Choices: TypeAlias = tuple[tuple[Expression, bool], ...]
    """Tests, each with how it comes out."""


def bare(expression: Expression) -> Expression:
    """Return an expression without the casts around it."""
    while isinstance(expression, Cast):
        expression = expression.of
    return expression


def outermost(expression: Expression) -> Expression:
    """Return an expression with the casts around it."""
    while isinstance(expression.parent, Cast):
        expression = expression.parent
    return expression


def held(expression: Expression) -> Expression:
    """Return what makes the value of an expression, through `await` and the constants that hold it as a whole."""
    expression = bare(expression)
    if isinstance(expression, Await):
        return held(expression.of)
    binding = expression.binding if isinstance(expression, Name) else None
    of = binding.of if binding is not None and binding.form == "const" and not binding.steps else None
    return held(of) if of is not None else expression


def leaves(expression: Expression) -> Iterator[Expression]:
    """Yield what an expression may come to: both branches of a ternary."""
    inner = bare(expression)
    if isinstance(inner, Conditional):
        yield from leaves(inner.yes)
        yield from leaves(inner.no)
    else:
        yield expression


def choices(leaf: Expression) -> Choices:
    """Return the tests of the ternaries that an expression is a branch of, each with how it comes out for it."""
    found: list[tuple[Expression, bool]] = []
    node = outermost(leaf)
    while isinstance(parent := node.parent, Conditional) and parent.test is not node:
        found.append((parent.test, parent.yes is node))
        node = outermost(parent)
    return tuple(found)


def dotted(expression: Expression) -> str | None:
    """Return a name, or members of a name, as they are written without blanks: `Notes.touch`."""
    expression = bare(expression)
    if isinstance(expression, Name):
        return expression.text
    of = dotted(expression.of) if isinstance(expression, Member) else None
    return f"{of}.{expression.name}" if of is not None and isinstance(expression, Member) else None


def literal(linked: Linked, call: Call, index: int) -> str | None:
    """Return the string that an argument surely is."""
    if index >= len(call.arguments):
        return None
    value = linked.value(call.arguments[index])
    return str(value.value) if isinstance(value, Constant) and value.form == "string" else None


def callback(linked: Linked, expression: Expression) -> Function | None:
    """Return the function of the project that an argument is."""
    if isinstance(expression, Function):
        return expression
    found = modules.static_function(linked, expression)
    if found is not None:
        return found
    value = linked.value(expression)
    return linked.function(value) if isinstance(value, Closure) else None


def adds_index(call: Call) -> bool:
    """Say whether a call looks like one that adds an index to a table: a schema is full of them."""
    return isinstance(call.callee, Member) and call.callee.name in TABLE_INDEXES


def property_of(config: Object, key: str) -> Property | None:
    """Return the last property of an object literal with a key."""
    for entry in reversed(config.properties):
        if isinstance(entry, Property) and entry.key == key:
            return entry
    return None


def run_by(function: Function, arguments: Iterable[Expression]) -> Iterator[Expression]:
    """Yield the arguments that a function calls which is called with them."""
    for argument, parameter in zip(arguments, function.parameters, strict=False):
        if _is_run(parameter) if function.body is not None else _is_said_to_run(parameter):
            yield argument


def _is_run(parameter: Parameter) -> bool:
    uses = parameter.pattern[0].uses if parameter.name is not None and parameter.pattern else []
    return any(isinstance(use.parent, Call) and use.parent.callee is use for use in uses)


def _is_said_to_run(parameter: Parameter) -> bool:
    """Say whether a parameter of a declared function is marked as one that is run (see `markers`)."""
    return parameter.type is not None and parameter.type.form == "name" and parameter.type.name == "Runs"
