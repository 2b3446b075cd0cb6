"""Arrays that hold an item for each key: where there is one already, it is changed in the place of adding another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.link.shapes import outermost
from convex_lint.subjects.clock import around
from convex_lint.syntax.nodes import Assign, Call, Declare, If, Index, Literal, Member, Name, Unary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.syntax.nodes import Expression, Function

_FINDERS = frozenset({"find", "findLast"})
_MUTATORS = frozenset({"push", "unshift", "splice"})
_STEPS = frozenset({"++", "--"})


def is_changed_instead(arrays: Iterable[Expression], add: Expression, function: Function | None) -> bool:
    """Say whether a function changes an item of an array where it does not add one: `if (found) found.n += 1; else …`.

    `arrays` are the places where the array is written, or what it was copied from, and `add` is what adds to it.
    """
    if function is None or function.body is None:
        return False
    changes = (change for array in arrays for item in _items(array) for change in _changes(item))
    return any(_is_either(function, change, add) for change in changes)


def _items(array: Expression) -> Iterator[Expression]:
    """Yield where an item is that is looked for: `array[at]`, and the uses of `array.find(…)` by its name."""
    array = outermost(array)
    match array.parent:
        case Index(of=of, index=index) as item if of is array and not isinstance(index, Literal):
            yield from _uses(item)
        case Member(name=name, parent=Call() as call) if name in _FINDERS and call.callee is array.parent:
            yield from _uses(call)
        case _:
            pass


def _uses(item: Expression) -> Iterator[Expression]:
    yield item
    parent = outermost(item).parent
    if isinstance(parent, Declare) and len(parent.bindings) == 1 and not parent.bindings[0].steps:
        yield from parent.bindings[0].uses


def _changes(item: Expression) -> Iterator[Expression]:
    """Yield what changes something in an item, or sets the item itself: `item.n += 1`, `Object.assign(item, …)`."""
    node, name = outermost(item), ""
    while isinstance(node.parent, Member | Index) and node.parent.of is node:
        name = node.parent.name if isinstance(node.parent, Member) else ""
        node = outermost(node.parent)
    is_inside = not isinstance(item, Name) or outermost(item) is not node
    match node.parent:
        case Assign(target=target) if target is node and is_inside:
            yield node
        case Unary(operator=operator) if operator in _STEPS and is_inside:
            yield node
        case Call(callee=callee) if callee is node and name in _MUTATORS:
            yield node
        case Call(callee=Member(name="assign"), arguments=[first, *_]) if first is node:
            yield node
        case _:
            pass


def _is_either(function: Function, one: Expression, other: Expression) -> bool:
    """Say whether of two expressions only one is evaluated: each has a branch, or the branch of one leaves off."""
    return _is_left(function, one, other) or _is_left(function, other, one)


def _is_left(function: Function, one: Expression, other: Expression) -> bool:
    for outer in around(function.body, one) if function.body is not None else ():
        if isinstance(outer, If) and outer.test.end <= one.start:
            is_yes = outer.yes.start <= one.start < outer.yes.end
            mine, its = (outer.yes, outer.no) if is_yes else (outer.no, outer.yes)
            if its is not None and its.start <= other.start < its.end:
                return True
            if mine is not None and other.start >= outer.end and flow.outcome(mine).falls is None:
                return True
    return False
