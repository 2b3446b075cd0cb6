"""Whether a function may tell one user from another: by what it tests, and by what it compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.facts.language import PREDICATES
from convex_lint.link import modules
from convex_lint.link.parts import Origin
from convex_lint.link.shapes import bare, held
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import Await, Binary, Call, Function, Literal, Member, Name, Unary
from convex_lint.values import Db, Document, Method, Query, awaited, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Closure

Looks = frozenset[str] | None
"""The tables whose documents a function looks at before it goes on; None where it may tell users apart."""

_COMPARISONS = frozenset({"==", "===", "!=", "!==", "<", ">", "<=", ">=", "in", "instanceof"})
_MEMBERSHIP = PREDICATES | {"has", "includes", "indexOf", "endsWith", "startsWith", "test"}
_SAID = frozenset({"arg", "clock", "literal"})
"""Where a condition comes from that says nothing of who calls."""


def of(linked: Linked, function: Function) -> Looks:
    """Return what a function looks at, itself."""
    found: set[str] = set()
    for test in _tests(function):
        looks = _looks(linked, test) if not _narrows(linked, test) else frozenset[str]()
        if looks is None:
            return None
        found |= looks
    return frozenset(found)


def _tests(function: Function) -> frozenset[Expression]:
    """Return the conditions and the comparisons of a function."""
    nothing: frozenset[Expression] = frozenset()
    return _all(
        flow.fold(
            function,
            flow.Algebra(
                nothing,
                lambda leaf: frozenset({leaf}) if _compares(leaf) else nothing,
                frozenset.union,
                frozenset.union,
                lambda once: once,
                lambda test, _outcome: frozenset({test}),
            ),
        )
    )


def _all(found: flow.Outcome[frozenset[Expression]]) -> frozenset[Expression]:
    return frozenset().union(*(way for way in found if way is not None))


def _compares(leaf: Expression) -> bool:
    if isinstance(leaf, Binary):
        return leaf.operator in _COMPARISONS
    return isinstance(leaf, Call) and isinstance(leaf.callee, Member) and leaf.callee.name in _MEMBERSHIP


def _narrows(linked: Linked, test: Expression) -> bool:
    """Say whether it is a query that is filtered, which decides nothing yet: only what becomes of its documents may."""
    receiver = test.callee.of if isinstance(test, Call) and isinstance(test.callee, Member) else None
    return receiver is not None and isinstance(present(linked.value(receiver)), Query)


def _looks(linked: Linked, test: Expression) -> Looks:
    """Return the tables that a condition looks at."""
    test = bare(test)
    if isinstance(test, Unary) and test.operator == "!" and test.of is not None:
        return _looks(linked, test.of)
    if isinstance(test, Binary) and test.operator in {"&&", "||", "??"}:
        left, right = _looks(linked, test.left), _looks(linked, test.right)
        return None if left is None or right is None else left | right
    there = _is_there(test)
    if there is not None:
        return _of_something(linked, there)
    return _of_origins(linked, test)


def _is_there(test: Expression) -> Expression | None:
    """Return what a condition asks of whether it is there: `x`, `x === null`."""
    if isinstance(test, Name | Await | Call):
        return test
    if not isinstance(test, Binary) or test.operator not in _COMPARISONS:
        return None
    sides = [bare(test.left), bare(test.right)]
    nothing = [one for one in sides if _is_nothing(one)]
    return next(one for one in sides if one is not nothing[0]) if len(nothing) == 1 else None


def _of_something(linked: Linked, there: Expression) -> Looks:
    """Return what it says that something is there: that of a document, how it was found."""
    found = present(awaited(linked.value(there)))
    if isinstance(found, Document):
        return _found_by(linked, there)
    is_who = linked.origins(there) == {Origin("identity")}
    return frozenset() if is_who else _of_origins(linked, there)


def _found_by(linked: Linked, document: Expression, depth: int = 4) -> Looks:
    """Return nothing of a document that is found by its id, or by who calls alone; else it may tell users apart."""
    made = held(document)
    if not isinstance(made, Call):
        return None
    closure = modules.callee(linked, made)
    if closure is not None and not is_stub(closure.path):
        return _given_by(linked, closure, depth - 1) if depth else None
    callee = present(linked.value(made.callee))
    if isinstance(callee, Method) and isinstance(callee.of, Db) and callee.name == "get":
        return frozenset()
    given = [*_compared(made)]
    is_own = given and all(linked.origin_kinds(value) == {"identity"} for value in given)
    return frozenset() if is_own else None


def _given_by(linked: Linked, closure: Closure, depth: int) -> Looks:
    """Return what it says that a function gives a document; what it tests itself is looked at with the function."""
    with linked.at(closure.path):
        given = [bare(one.of) for one in linked.function(closure).returns if one.of is not None]
        found = [_found_by(linked, one, depth) for one in given if not _is_nothing(one)]
    return frozenset() if found and all(one is not None for one in found) else None


def _is_nothing(node: Expression) -> bool:
    return isinstance(node, Literal) and node.form in {"null", "undefined"}


def _compared(call: Call) -> Iterator[Expression]:
    """Yield what the ranges of a chain of a query compare fields with."""
    node: Expression = call
    while isinstance(node, Call) and isinstance(node.callee, Member):
        for argument in node.arguments:
            if isinstance(argument, Function):
                for each in argument.returns:
                    yield from _steps(each.of) if each.of is not None else ()
        node = bare(node.callee.of)


def _steps(node: Expression) -> Iterator[Expression]:
    node = bare(node)
    while isinstance(node, Call) and isinstance(node.callee, Member):
        yield from node.arguments[1:]
        node = bare(node.callee.of)


def _of_origins(linked: Linked, test: Expression) -> Looks:
    """Return the tables that a condition is made of, with what clients send and what is written in the code."""
    found = linked.origins(test)
    if any(one.kind not in {*_SAID, "db"} or (one.kind == "db" and not one.detail) for one in found):
        return None
    return frozenset(one.detail for one in found if one.kind == "db")


def reached(linked: Linked, start: tuple[Closure, ...]) -> frozenset[str] | None:
    """Return what functions look at, and all that they call."""
    seen, pending = set(start), list(start)
    found: set[str] = set()
    for closure in pending:  # grows while it is walked
        looks = linked.looks(closure)
        if looks is None:
            return None
        found |= looks
        for edge in linked.edges(closure.path):
            if edge.caller == closure and edge.callee not in seen:
                seen.add(edge.callee)
                pending.append(edge.callee)
    return frozenset(found)
