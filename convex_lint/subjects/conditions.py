"""Operators of JavaScript on the conditions of queries, which are objects: `q.eq(…) && q.eq(…)` is the second one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, outermost
from convex_lint.source import Span
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Binary, Call, Conditional, Member, Name, Unary
from convex_lint.values import FieldBuilder, Method, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_COMPARED = {"===": "eq", "==": "eq", "!==": "neq", "!=": "neq", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
_JOINED = {"&&": "and", "||": "or"}
_FILTERS = frozenset({"and", "or", "not", "eq", "neq", "lt", "lte", "gt", "gte", "field"})
_RANGES = frozenset({"eq", "lt", "lte", "gt", "gte", "search"})


class JudgedCondition:
    """An operator of JavaScript that judges the object which a condition of a query is, and not what it says.

    `operator` is `&&`, `||`, `!`, a comparison or `?`; `form` is the method of the query (`filter`, `withIndex`,
    `withSearchIndex`), `meant` the method of its builder that the operator was meant for, or empty.
    """

    def __init__(self, module: Module, node: Expression, operator: str, condition: Call, form: str) -> None:
        self.module = module
        self.node = node
        self.operator = operator
        self.form = form
        self._condition = condition
        is_join = operator in _JOINED
        self.meant = _JOINED[operator] if is_join else "not" if operator == "!" else _COMPARED.get(operator, "")

    @property
    def place(self) -> Place:
        """The operator with what it stands between, or before."""
        return self.module.at(self.node)

    @property
    def builder(self) -> str:
        """What the code calls the builder: `q`."""
        return _builder(self._condition)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that use the method that is meant; none where a comment would be lost, or an operand is no such."""
        operands = self._operands()
        if self.form != "filter" or not self.meant or not self.builder or not operands:
            return ()
        written = self.module.text(Span(self.node.start, self.node.end))
        if "//" in written or "/*" in written:
            return ()
        texts = ", ".join(self.module.text(Span(one.start, one.end)) for one in operands)
        return (self.module.replace(self.node, f"{self.builder}.{self.meant}({texts})"),)

    def _operands(self) -> list[Expression]:
        if isinstance(self.node, Unary):
            return [bare(self.node.of)] if self.node.of is not None else []
        if not isinstance(self.node, Binary):
            return []
        if self.operator not in _JOINED:
            return [bare(self.node.left), bare(self.node.right)]
        found = _chain(self.node, self.operator)
        return found if all(_condition(self.module, one) is not None for one in found) else []


@once
def find(module: Module) -> Iterator[JudgedCondition]:
    """Yield the operators of JavaScript in a module that judge conditions of queries."""
    seen: set[Expression] = set()
    for call in module.summary.calls(_FILTERS | _RANGES):
        form = _condition(module, call)
        found = _judged(call) if form is not None else None
        if form is None or found is None or found[0] in seen or not module.whole(call, call.function):
            continue
        seen.add(found[0])
        yield JudgedCondition(module, *found, call, form)


def _condition(module: Module, expression: Expression) -> str | None:
    """Return the method of a query whose builder makes a condition, or None for what is none."""
    if not isinstance(expression, Call):
        return None
    match present(module.linked.value(expression.callee)):
        case Method(of=FieldBuilder(form=form), name=name) if name in (_FILTERS if form == "filter" else _RANGES):
            return form
        case _:
            return None


def _builder(condition: Call) -> str:
    of = condition.callee.of if isinstance(condition.callee, Member) else None
    of = bare(of) if of is not None else None
    while isinstance(of, Call) and isinstance(of.callee, Member):
        of = bare(of.callee.of)
    return of.text if isinstance(of, Name) else ""


def _judged(call: Call) -> tuple[Expression, str] | None:
    """Return the operator that judges a condition, with its sign; the whole chain of equal ones."""
    node: Expression = outermost(call)
    while True:
        parent = node.parent
        match parent:
            case Unary(operator="!"):
                return parent, "!"
            case Binary(operator=operator) if operator in _COMPARED:
                return parent, operator
            case Binary(operator=operator) if operator in _JOINED and outermost(parent.left) is node:
                top = parent
                while isinstance(around := outermost(top).parent, Binary) and around.operator == operator:
                    top = around
                return top, operator
            case Binary(operator=operator) if operator in _JOINED:
                node = outermost(parent)
            case Conditional() if outermost(parent.test) is node:
                return parent, "?"
            case _:
                return None


def _chain(node: Expression, operator: str) -> list[Expression]:
    """Return what stands between equal operators, in their order."""
    inner = bare(node)
    if isinstance(inner, Binary) and inner.operator == operator:
        return [*_chain(inner.left, operator), *_chain(inner.right, operator)]
    return [inner]
