"""Reads of the clock, and random numbers, and what stands in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.link.reach import Guard
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import (
    Array,
    Assign,
    Binary,
    Call,
    Cast,
    Conditional,
    Declare,
    Function,
    If,
    Index,
    Literal,
    Member,
    Name,
    Object,
    Property,
    Template,
    Unary,
)
from convex_lint.values import Closure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression, Node, Parameter, Statement

_EQUAL = frozenset({"==", "==="})
_UNEQUAL = frozenset({"!=", "!=="})
_YES_OR_NO = _EQUAL | _UNEQUAL | {"<", ">", "<=", ">=", "&&", "!"}
_PARTS = (Array, Binary, Call, Cast, Index, Member, Object, Property, Template, Unary)


class ClockRead:
    """A call that reads the clock, or draws a random number; `words` is how it is spelt in a message.

    `guard` is the parameter, or its field, that stands in for it: then it is made only for calls that leave the
    argument out.
    """

    def __init__(self, module: Module, call: Call, words: str) -> None:
        self.place = module.at(call)
        self.words = words
        self.guard = _default(call) or _instead(module, call)


def _default(call: Call) -> Guard | None:
    """Return the parameter in whose default a call stands, or from which a pattern with that default is taken."""
    function = call.function
    if function is None:
        return None
    for at, parameter in enumerate(function.parameters):
        if _is_in(call, parameter):
            defaults = (one.steps for one in parameter.pattern if one.default and _is_in(call, one.default))
            return _guard(function, at, next(defaults, ()))
    for statement in around(function.body, call) if function.body is not None else ():
        if isinstance(statement, Declare) and statement.of is not None:
            defaults = (one.steps for one in statement.bindings if one.default and _is_in(call, one.default))
            steps = next(defaults, ())
            return _parameter(statement.of, steps) if steps else None
    return None


def _instead(module: Module, call: Call) -> Guard | None:
    """Return the parameter that is used instead of what a call gives, where it has a value: `at ?? Date.now()`."""
    node: Expression | Property = call
    is_value = True
    while True:
        parent: Node | None = node.parent
        found: Guard | None = None
        match parent:
            case Binary(operator="??" | "||" as operator, left=left, right=right) if right is node:
                found = _parameter(left) if is_value or operator == "??" else None
            case Assign(operator="??=" | "||=", target=target):
                found = _parameter(target)
            case Assign(operator="=", target=target):
                found = _parameter(target) if _is_asked_for(call, target) else None
            case Conditional(test=test, yes=yes, no=no) if test is not node:
                subject = _asked(test, present=yes is not node)
                used = no if yes is node else yes
                is_same = subject is not None and module.text(subject) in module.text(used)
                found = _parameter(subject) if is_same and subject is not None else None
            case _:
                pass
        if found is not None or not isinstance(parent, (*_PARTS, Assign, Conditional)):
            return found
        is_value = is_value and not (isinstance(parent, Binary | Unary) and parent.operator in _YES_OR_NO)
        node = parent


def _is_asked_for(call: Call, target: Expression) -> bool:
    """Say whether a call stands in a statement that asks if a parameter is missing: `if (at === undefined) at = …`."""
    body = call.function.body if call.function is not None else None
    wanted = _parameter(target)
    for statement in around(body, call) if body is not None else ():
        if isinstance(statement, If) and _is_in(call, statement.yes):
            subject = _asked(statement.test, present=False)
            if subject is not None and wanted is not None and _parameter(subject) == wanted:
                return True
    return False


def _asked(test: Expression, *, present: bool) -> Expression | None:
    """Return what surely has a value, or surely has none, where a condition is true."""
    test = bare(test)
    match test:
        case Unary(operator="!", of=of) if of is not None:
            return None if present else of
        case Binary(operator=operator, left=left, right=right) if operator in _EQUAL | _UNEQUAL:
            is_nothing = isinstance(right, Literal) and right.form in {"null", "undefined"}
            return left if is_nothing and present == (operator in _UNEQUAL) else None
        case Name() | Member():
            return test if present else None
        case _:
            return None


def _parameter(subject: Expression, steps: tuple[str | int, ...] = ()) -> Guard | None:
    """Return the parameter, or the field of one, that an expression is."""
    subject = bare(subject)
    if isinstance(subject, Member):
        steps, subject = (subject.name, *steps), bare(subject.of)
    binding = subject.binding if isinstance(subject, Name) else None
    if binding is None or binding.form != "param" or not isinstance(binding.of, Function):
        return None
    return _guard(binding.of, binding.parameter, (*binding.steps, *steps))


def _guard(function: Function, parameter: int, steps: tuple[str | int, ...]) -> Guard:
    key = steps[0] if steps and isinstance(steps[0], str) else None
    return Guard(Closure(function.scope.path, function.ordinal), parameter, key)


def _is_in(call: Expression, node: Expression | Parameter | Statement) -> bool:
    return node.start <= call.start < node.end


def around(statement: Statement, call: Expression) -> Iterator[Statement]:
    """Yield the statements that an expression stands in, from the outermost on."""
    yield statement
    for one in flow.inner(statement):
        if _is_in(call, one):
            yield from around(one, call)
