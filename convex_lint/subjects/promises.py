"""Promises that are used as if they were what they are promises of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.language import PROMISE_METHODS
from convex_lint.facts.promises import MORE
from convex_lint.link import maybe
from convex_lint.link.members import member
from convex_lint.link.shapes import dotted, outermost
from convex_lint.syntax.nodes import (
    Binary,
    Call,
    Cast,
    Conditional,
    Function,
    If,
    Index,
    Loop,
    Member,
    Name,
    Object,
    Spread,
    Template,
    Unary,
)
from convex_lint.values import UNKNOWN, Promise, Unknown, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax import nodes
    from convex_lint.syntax.nodes import Binding

_EQUALITIES = frozenset({"==", "===", "!=", "!=="})
_COMPARISONS = _EQUALITIES | {"<", ">", "<=", ">="}
_ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "**"})


class PromiseUse:
    """A promise that is used without being awaited; `how` says as what, in the words of a message."""

    def __init__(self, module: Module, node: Call | Name, promise: Promise, how: str) -> None:
        self.module = module
        self.node = node
        self.promise = promise
        self.how = how

    @property
    def place(self) -> Place:
        """The promise."""
        return self.module.at(self.node)

    @property
    def words(self) -> str:
        """The promise, in the words of a message."""
        if isinstance(self.node, Name):
            return f"`{self.node.text}`"
        if self.promise.made_by:
            return f"`{self.promise.made_by}`"
        name = dotted(self.node.callee)
        return f"`{name}`" if name is not None else "this call"

    def awaited(self) -> tuple[Edit, ...]:
        """Return the edits that await it; none where the function around it does not allow that."""
        function = _around(self.node)
        if function is not None and not function.asynchronous:
            return ()
        return (self.module.insert(self.node.start, "(await "), self.module.insert(self.node.end, ")"))


_USERS = (Binary, Cast, Conditional, If, Index, Loop, Member, Spread, Template, Unary)
"""What a promise stands in where it is used as a value: nearly everything stands in something else."""


def find(module: Module) -> Iterator[PromiseUse]:
    """Yield the promises of a module that are surely used as values."""
    code, linked = module.summary.code, module.linked
    nodes_: list[Call | Name] = [
        call for call in code.calls if call.parent.__class__ in _USERS and maybe.call(linked, call)
    ]
    held: dict[Binding, bool] = {}
    for name in code.names:
        binding = name.binding
        if binding is None or binding.form not in maybe.FORMS or name.parent.__class__ not in _USERS:
            continue
        if binding not in held:
            held[binding] = maybe.name(linked, binding)
        if held[binding]:
            nodes_.append(name)
    for node in nodes_:
        how = _how(node)
        if how is not None:
            value = module.linked.value(node)
            is_wrong = isinstance(value, Promise) and not _is_identity(module, node) and not _has(module, value, node)
            if isinstance(value, Promise) and is_wrong and module.whole(node, _around(node)):
                yield PromiseUse(module, node, value, how)


def _has(module: Module, promise: Promise, node: Call | Name) -> bool:
    """Say whether a promise has the member that it is used for beside those of every promise."""
    of = outermost(node).parent
    return isinstance(of, Member) and member(module.linked, promise.also, of.name) is not UNKNOWN


def _around(node: Call | Name) -> Function | None:
    return node.function if isinstance(node, Call) else node.scope.function


def _is_identity(module: Module, node: Call | Name) -> bool:
    """Say whether it is asked if a promise that is kept is the same as another: `if (running === mine)`."""
    pair = outermost(node).parent
    if not isinstance(node, Name) or not isinstance(pair, Binary) or pair.operator not in _EQUALITIES:
        return False
    other = pair.right if pair.left is outermost(node) else pair.left
    return isinstance(present(module.linked.value(other)), Promise | Unknown)


def _how(node: nodes.Expression) -> str | None:  # noqa: PLR0911  one case a use
    """Say as what an expression is used, where a promise makes no sense."""
    node = outermost(node)
    if _is_condition(node):
        return "as a condition"
    match node.parent:
        case Loop(form="of" | "in") as loop if node in loop.heads and not loop.awaits:
            return "as what is looped over"
        case Binary() as pair if pair.operator in _COMPARISONS:
            return "in a comparison"
        case Binary() as pair if pair.operator in _ARITHMETIC:
            return "in an expression"
        case Member() as member if member.name not in PROMISE_METHODS and member.name not in MORE:
            return f"for its `{member.name}`"
        case Index() as index if index.of is node:
            return "for its items"
        case Spread(parent=Object()):
            return "for its fields"
        case Template():
            return "as a text"
        case _:
            return None


def _is_condition(node: nodes.Expression) -> bool:
    """Say whether it is asked of an expression if it is true."""
    match node.parent:
        case Unary(operator="!"):
            return True
        case (If() | Conditional()) as branch:
            return branch.test is node
        case Loop(form="for" | "while" | "do") as loop:
            return node in loop.heads
        case Binary(operator="??") as pair:
            return pair.left is node
        case Binary(operator="&&" | "||") as pair:
            return pair.left is node or _is_condition(outermost(pair))
        case _:
            return False
