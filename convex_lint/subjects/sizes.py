"""Arrays of which there surely are no more than so many items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.link import constants
from convex_lint.link.shapes import bare, outermost
from convex_lint.subjects.clock import around
from convex_lint.syntax.nodes import (
    Array,
    Await,
    Binary,
    Call,
    Conditional,
    Declare,
    If,
    Loop,
    Member,
    Name,
    Spread,
    Unary,
)

if TYPE_CHECKING:
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression, Node

_KEEPING = frozenset({"filter", "map", "slice", "sort", "toSorted", "reverse", "toReversed"})
"""The methods of an array that give no more items than it has."""
_ADDING = frozenset({"push", "unshift", "add"})
_COPIERS = frozenset({"Set", "Array", "Array.from", "Promise.all", "Promise.allSettled"})
"""What gives as many items as it is given, or fewer."""
_MAKERS = frozenset({"Object", "Array"})
_SIZES = frozenset({"length", "size"})
_MORE, _LESS = frozenset({">", ">="}), frozenset({"<", "<="})
_DEPTH = 8


def is_written(module: Module, subject: Expression) -> bool:
    """Say whether a list is written in the code, or made from one that is: `["a", "b"]`, `Object.keys(NAMES)`."""
    inner = bare(subject)
    if isinstance(inner, Call) and isinstance(inner.callee, Member):
        of = bare(inner.callee.of)
        is_given = isinstance(of, Name) and of.text in _MAKERS and inner.arguments
        return is_written(module, inner.arguments[0] if is_given else of)
    match inner:
        case Array(items=items):
            return not any(isinstance(item, Spread) for item in items)
        case Member(of=of):
            return is_written(module, of)
        case Name(binding=binding) if binding is not None:
            if binding in module.summary.code.scope.names.values():
                return True
            held = bare(binding.of) if binding.form == "const" and binding.of is not None else None
            return isinstance(held, Array) and bool(held.items) and not binding.steps and is_written(module, held)
        case _:
            return False


def is_bounded(  # noqa: PLR0911  one case a shape
    module: Module, subject: Expression, depth: int = _DEPTH
) -> bool:
    """Say whether an array surely is cut to a size, or made of such ones: `xs.slice(0, n)`, `.take(n)`, or a page."""
    subject, depth = bare(subject), depth - 1
    if depth < 0:
        return False
    match subject:
        case Await(of=of):
            return is_bounded(module, of, depth)
        case Member(name="page"):
            return True
        case Array(items=items):
            return all(is_bounded(module, item.of, depth) for item in items if isinstance(item, Spread))
        case Conditional(yes=one, no=other) | Binary(operator="??" | "||", left=one, right=other):
            return is_bounded(module, one, depth) and is_bounded(module, other, depth)
        case Call():
            return _gives_few(module, subject, depth)
        case Name(binding=binding) if binding is not None and binding.of is not None and not binding.writes:
            if binding.steps:
                return binding.steps == ("page",)
            adds = _adds(binding)
            return all(_adds_few(module, binding, add, depth) for add in adds) and (
                is_bounded(module, binding.of, depth)
            )
        case _:
            return False


def _gives_few(module: Module, call: Call, depth: int) -> bool:
    callee, given = bare(call.callee), call.arguments
    of = callee.of if isinstance(callee, Member) else None
    if given and module.text(callee) in _COPIERS:
        return is_bounded(module, given[0], depth)
    if not isinstance(callee, Member) or of is None:
        return False
    if callee.name == "take" or (callee.name in {"slice", "splice"} and len(given) > 1):
        return True
    if callee.name == "concat":
        return is_bounded(module, of, depth) and all(is_bounded(module, one, depth) for one in given)
    return callee.name in _KEEPING and is_bounded(module, of, depth)


def _adds(binding: Binding) -> list[Call]:
    """Return the calls that put something into the array that a name holds."""
    members = [outermost(use).parent for use in binding.uses]
    calls = [one.parent for one in members if isinstance(one, Member) and one.name in _ADDING]
    return [one for one in calls if isinstance(one, Call)]


def _adds_few(module: Module, binding: Binding, add: Call, depth: int) -> bool:
    """Say whether a call adds a bounded number of items, as often as it is run while the array is there."""
    if not all(is_bounded(module, one.of, depth) for one in add.arguments if isinstance(one, Spread)):
        return False
    function = add.function
    while function is not None and function.start > binding.start:
        mapped = constants.mapped(function)
        if mapped is None or not _is_short(module, mapped, depth):
            return False
        function = function.inside
    body = function.body if function is not None else None
    loops = (one for one in around(body, add) if isinstance(one, Loop)) if body is not None else ()
    inside = (one for one in loops if one.start > binding.start)
    return all(one.form == "of" and _is_short(module, one.heads[-1], depth) for one in inside)


def _is_short(module: Module, subject: Expression, depth: int) -> bool:
    return is_written(module, subject) or is_bounded(module, subject, depth)


def is_looked_at(subject: Expression) -> bool:
    """Say whether a function does not go on where there are too many items in an array, or in what is made of it."""
    root, path = _path(subject)
    if root is None or root.binding is None:
        return False
    uses = (use for use in root.binding.uses if use.scope.function is root.scope.function)
    return any(_is_measured(one, _DEPTH) for use in uses if (one := _at(use, path)) is not None)


def _path(subject: Expression) -> tuple[Name | None, tuple[str, ...]]:
    """Return the name that an expression starts with, and the members of it that it goes through."""
    node, path = bare(subject), list[str]()
    while isinstance(node, Member):
        path.insert(0, node.name)
        node = bare(node.of)
    return (node if isinstance(node, Name) else None), tuple(path)


def _at(use: Name, path: tuple[str, ...]) -> Expression | None:
    """Return the expression that goes on from a name through the same members."""
    node: Expression = outermost(use)
    for name in path:
        if not isinstance(node.parent, Member) or node.parent.name != name:
            return None
        node = outermost(node.parent)
    return node


def _is_measured(array: Expression, depth: int) -> bool:  # noqa: PLR0911  one case a shape
    """Say whether the number of items decides whether the function goes on, with the array or what is made of it."""
    if depth == 0:
        return False
    parent = array.parent
    match parent:
        case Member(name=name) if name in _SIZES:
            return _leaves(outermost(parent))
        case Member(name=name, parent=Call() as call) if name in _KEEPING and call.callee is parent:
            return _is_measured(outermost(call), depth - 1)
        case Call(arguments=arguments, new=True) if array in arguments:
            return _is_measured(outermost(parent), depth - 1)
        case Spread(parent=Array() as copy):
            return _is_measured(outermost(copy), depth - 1)
        case Declare(bindings=[held]) if not held.steps:
            return any(_is_measured(outermost(use), depth - 1) for use in held.uses)
        case _:
            return False


def _leaves(size: Expression) -> bool:
    """Say whether a function leaves off where a size, or a sum with it, is greater than something."""
    node: Node | None = size
    while isinstance(parent := getattr(node, "parent", None), Binary) and parent.operator in {"+", "-"}:
        node = outermost(parent)
    if not isinstance(parent, Binary) or parent.operator not in (_MORE if parent.left is node else _LESS):
        return False
    node = parent
    while isinstance(node.parent, Binary | Unary):
        node = node.parent
    return isinstance(node.parent, If) and flow.outcome(node.parent.yes).falls is None
