"""Promises that are used as if they were what they are promises of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.language import PROMISE_METHODS
from convex_lint.facts.promises import MORE
from convex_lint.link import maybe
from convex_lint.link.modules import is_of_values
from convex_lint.link.shapes import dotted, outermost
from convex_lint.subjects import sinks
from convex_lint.syntax.nodes import (
    REST,
    Array,
    Binary,
    Call,
    Cast,
    Conditional,
    Declare,
    Function,
    If,
    Index,
    Loop,
    Member,
    Name,
    Object,
    Property,
    Spread,
    Switch,
    Template,
    Unary,
)
from convex_lint.values import Promise, Unknown, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax import nodes
    from convex_lint.syntax.nodes import Binding

_EQUALITIES = frozenset({"==", "===", "!=", "!=="})
_COMPARISONS = _EQUALITIES | {"<", ">", "<=", ">="}
_ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "**"})
_SIGNS = frozenset({"+", "-", "~"})
_CONVERSIONS = {"Boolean": "as a condition", "Number": "in an expression", "String": "as a text"}
_TIGHT = (Binary, Cast, Conditional, Index, Member, Spread, Unary)
"""What `await` stands in parentheses in, as it binds less or is read worse without."""


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
        parent = self.node.parent
        if isinstance(parent, Property) and parent.form == "shorthand" and parent.key is not None:
            return (self.module.insert(self.node.start, f"{parent.key}: await "),)
        if not isinstance(parent, _TIGHT):
            return (self.module.insert(self.node.start, "await "),)
        return (self.module.insert(self.node.start, "(await "), self.module.insert(self.node.end, ")"))


_USERS = (Binary, Cast, Conditional, If, Index, Loop, Member, Spread, Switch, Template, Unary)
"""What a promise stands in where it is used as a value."""

_TAKEN = (Array, Call, Property)
"""What it stands in where it may be given to Convex."""


_PLACES = frozenset({*_USERS, *_TAKEN, Declare})
"""What it stands in at all where it may be used so."""


def _may_be_used(module: Module, node: Call | Name) -> bool:
    """Say, from names and places alone, whether something may be used as a value here."""
    parent = node.parent
    if parent.__class__ in _USERS:
        return True
    if isinstance(parent, Declare):
        return bool(parent.bindings) and bool(parent.bindings[0].steps)
    if isinstance(parent, Call) and isinstance(parent.callee, Name) and parent.callee.text in _CONVERSIONS:
        return True
    return parent.__class__ in _TAKEN and sinks.may_be(module, node)


def find(module: Module) -> Iterator[PromiseUse]:
    """Yield the promises of a module that are surely used as values."""
    code, linked = module.summary.code, module.linked
    nodes_: list[Call | Name] = [
        call
        for call in code.calls
        if call.parent.__class__ in _PLACES
        and not is_of_values(call)
        and _may_be_used(module, call)
        and maybe.call(linked, call)
    ]
    held: dict[Binding, bool] = {}
    for name in code.names:
        binding = name.binding
        if (
            binding is None
            or name.parent.__class__ not in _PLACES
            or binding.form not in maybe.FORMS
            or (binding.form == "param" and binding.type is None)
        ):
            continue
        if binding not in held:
            held[binding] = maybe.name(linked, binding)
        if held[binding] and _may_be_used(module, name):
            nodes_.append(name)
    for node in nodes_:
        how = _how(module, node)
        if how is not None:
            value = module.linked.value(node)
            is_wrong = isinstance(value, Promise) and not _is_excused(module, node, value)
            if isinstance(value, Promise) and is_wrong and module.whole(node, _around(node)):
                yield PromiseUse(module, node, value, how)


def _around(node: Call | Name) -> Function | None:
    return node.function if isinstance(node, Call) else node.scope.function


def _is_excused(module: Module, node: Call | Name, promise: Promise) -> bool:
    """Say whether a promise makes sense as it is used here.

    It has other members than every promise, `if (running === mine)` compares it with another, or it is a list of a
    package, which is fetched page by page.
    """
    pair = outermost(node).parent
    if isinstance(pair, Member | Declare):
        return promise.also is not None
    if isinstance(pair, Loop) and pair.awaits:
        return not promise.made_by
    if not isinstance(node, Name) or not isinstance(pair, Binary) or pair.operator not in _EQUALITIES:
        return False
    other = pair.right if pair.left is outermost(node) else pair.left
    return isinstance(present(module.linked.value(other)), Promise | Unknown)


def _how(module: Module, node: nodes.Expression) -> str | None:  # noqa: C901, PLR0911, PLR0912  one case a use
    """Say as what an expression is used, where a promise makes no sense."""
    node = outermost(node)
    if _is_condition(node):
        return "as a condition"
    match node.parent:
        case Loop(form="of" | "in") as loop if node in loop.heads:
            return "as what is looped over"
        case Declare(bindings=bindings):
            return _taken(bindings[0].steps[0]) if bindings and bindings[0].steps else None
        case Switch():
            return "in a comparison"
        case Unary(operator=operator) if operator in _SIGNS:
            return "in an expression"
        case Binary() as pair if pair.operator in _COMPARISONS:
            return "in a comparison"
        case Binary() as pair if pair.operator in _ARITHMETIC:
            return "in an expression"
        case Member() as member if member.name not in PROMISE_METHODS and member.name not in MORE:
            return f"for its `{member.name}`"
        case Index() as index if index.of is node:
            return "for its items"
        case Spread() as spread:
            return "for its fields" if isinstance(spread.parent, Object) else "for its items"
        case Template():
            return "as a text"
        case Call(callee=Name(binding=None, text=name)) if name in _CONVERSIONS:
            return _CONVERSIONS[name]
        case Array() | Call() | Property():
            return sinks.of(module, node)
        case _:
            return None


def _taken(step: str | int) -> str | None:
    """Say as what a promise is used that a pattern takes apart."""
    if isinstance(step, int):
        return "for its items"
    if step in PROMISE_METHODS or step in MORE:
        return None
    return "for its fields" if step == REST else f"for its `{step}`"


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
