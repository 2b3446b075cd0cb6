"""One structural fold over the statements of a function: what runs after what, on which ways, and how it ends.

An `Algebra` says what a fold collects. Counting, "is it checked on every way" and "does it fall off the end" are
instances of it. What a function that stands inside does is not a part of the function around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from convex_lint.records import record
from convex_lint.syntax.nodes import (
    Array,
    Assign,
    Await,
    Binary,
    Block,
    Call,
    Cast,
    Conditional,
    Declare,
    Evaluate,
    Function,
    If,
    Index,
    Jump,
    Loop,
    Member,
    Object,
    Other,
    Property,
    Return,
    Spread,
    Switch,
    Template,
    Throw,
    Try,
    Unary,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from convex_lint.syntax.nodes import Expression, Statement

R = TypeVar("R")


@record
class Algebra(Generic[R]):
    """What a fold collects.

    `empty` is what nothing gives, `leaf` what an expression itself gives (its parts come before it), `seq` joins what
    runs one after the other, `alt` what runs instead of one another, `loop` makes of one round what any number gives.
    `test` is what it gives that a condition turned out to be true or false, `give` what a `return` adds.
    `idle` says of what was collected that nothing behind it in its block matters any more.
    """

    empty: R
    leaf: Callable[[Expression], R]
    seq: Callable[[R, R], R]
    alt: Callable[[R, R], R]
    loop: Callable[[R], R]
    test: Callable[[Expression, bool], R] | None = None
    give: Callable[[Return], R] | None = None
    idle: Callable[[R], bool] | None = None

    def tested(self, condition: Expression | None, *, outcome: bool) -> R:
        """Return what it gives that a condition turned out so."""
        return self.test(condition, outcome) if self.test is not None and condition is not None else self.empty


class Outcome(NamedTuple, Generic[R]):
    """How code ends: `falls` is what was collected where it goes on behind it, None where it never does.

    The others are what was collected on the ways that end in a `return`, a `throw`, a `break` or a `continue`.
    """

    falls: R | None
    returns: R | None = None
    throws: R | None = None
    breaks: R | None = None
    continues: R | None = None


_ANYTHING = Algebra(True, lambda _leaf: True, lambda _a, _b: True, lambda _a, _b: True, lambda _a: True)  # noqa: FBT003
"""What is collected does not matter, only where something is."""


def fold(function: Function, algebra: Algebra[R]) -> Outcome[R]:
    """Fold the body of a function; a declaration without a body does nothing."""
    return _block(function.body.items, algebra) if function.body is not None else Outcome(algebra.empty)


def ways_out(function: Function, algebra: Algebra[R]) -> R | None:
    """Return what was collected where a function gives back control as it should: at its end, or by `return`."""
    found = fold(function, algebra)
    return _either(found.falls, found.returns, algebra)


def always(function: Function, test: Callable[[Expression], bool]) -> bool:
    """Say whether every way through a function that does not throw passes an expression that passes a test."""
    return ways_out(function, _passing(test)) is not False


def each_round(body: Statement, test: Callable[[Expression], bool]) -> bool:
    """Say whether every round of a loop, of which this is the body, passes an expression that passes a test."""
    passed = _passing(test)
    found = _statement(body, passed)
    return _either(found.falls, found.continues, passed) is not False


def _passing(test: Callable[[Expression], bool]) -> Algebra[bool]:
    return Algebra(
        empty=False,
        leaf=test,
        seq=lambda before, after: before or after,
        alt=lambda one, other: one and other,
        loop=lambda _round: False,
    )


def inner(statement: Statement) -> Iterator[Statement]:
    """Yield the statements that stand in one, without those in these."""
    found: Iterable[Statement | None] = ()
    match statement:
        case Block(items=items):
            found = items
        case If(yes=yes, no=no):
            found = (yes, no)
        case Loop(body=body):
            found = (body,)
        case Switch(cases=cases):
            found = [block for _, block in cases]
        case Try(body=body, handler=handler, final=final):
            found = (body, handler, final)
        case _:
            pass
    yield from (one for one in found if one is not None)


def falls_off(function: Function) -> bool:
    """Say whether a function may end without a `return` or a `throw`."""
    items = function.body.items if function.body is not None else []
    if items and isinstance(items[-1], Return | Throw):
        return False  # as most functions end
    return fold(function, _ANYTHING).falls is not None


def outcome(statement: Statement) -> Outcome[bool]:
    """Return how a statement may end: each way that there is holds True."""
    return _statement(statement, _ANYTHING)


def _either(one: R | None, other: R | None, algebra: Algebra[R]) -> R | None:
    if one is None or other is None:
        return other if one is None else one
    return algebra.alt(one, other)


def _then(before: R, after: R | None, algebra: Algebra[R]) -> R | None:
    return algebra.seq(before, after) if after is not None else None


def _follow(first: Outcome[R], second: Outcome[R], algebra: Algebra[R]) -> Outcome[R]:
    """Return how it ends when the second runs where the first goes on."""
    if first.falls is None:
        return first
    if second.returns is None and second.throws is None and second.breaks is None and second.continues is None:
        falls = algebra.seq(first.falls, second.falls) if second.falls is not None else None
        return Outcome(falls, first.returns, first.throws, first.breaks, first.continues)
    return Outcome(
        _then(first.falls, second.falls, algebra),
        *(
            _either(mine, _then(first.falls, its, algebra), algebra)
            for mine, its in zip(first[1:], second[1:], strict=True)
        ),
    )


def _branch(one: Outcome[R], other: Outcome[R], algebra: Algebra[R]) -> Outcome[R]:
    return Outcome(*(_either(mine, its, algebra) for mine, its in zip(one, other, strict=True)))


def _block(items: Iterable[Statement], algebra: Algebra[R]) -> Outcome[R]:
    found: Outcome[R] = Outcome(algebra.empty)
    for item in items:
        if found.falls is None or (algebra.idle is not None and algebra.idle(found.falls)):
            break  # what comes behind a `return` is never run
        found = _follow(found, _statement(item, algebra), algebra)
    return found


def _statement(statement: Statement, algebra: Algebra[R]) -> Outcome[R]:  # noqa: PLR0911  one case a statement
    match statement:
        case Block():
            return _block(statement.items, algebra)
        case Evaluate() | Declare():
            return Outcome(_expression(statement.of, algebra))
        case Return():
            given = _expression(statement.of, algebra)
            return Outcome(None, returns=algebra.seq(given, algebra.give(statement)) if algebra.give else given)
        case Throw():
            return Outcome(None, throws=_expression(statement.of, algebra))
        case Jump():
            return _jump(statement.form, algebra)
        case If():
            no = _statement(statement.no, algebra) if statement.no is not None else Outcome(algebra.empty)
            yes = _follow(
                Outcome(algebra.tested(statement.test, outcome=True)), _statement(statement.yes, algebra), algebra
            )
            no = _follow(Outcome(algebra.tested(statement.test, outcome=False)), no, algebra)
            return _follow(Outcome(_expression(statement.test, algebra)), _branch(yes, no, algebra), algebra)
        case Loop():
            return _loop(statement, algebra)
        case Switch():
            return _switch(statement, algebra)
        case Try():
            return _try(statement, algebra)


def _jump(form: str, algebra: Algebra[R]) -> Outcome[R]:
    match form:
        case "break":
            return Outcome(None, breaks=algebra.empty)
        case "continue":
            return Outcome(None, continues=algebra.empty)
        case _:
            return Outcome(None, returns=algebra.empty)  # to a label: how far is not looked at, so as far as can be


def _loop(statement: Loop, algebra: Algebra[R]) -> Outcome[R]:
    head = _all(statement.heads, algebra)
    body = _statement(statement.body, algebra)
    once = _either(body.falls, body.continues, algebra)
    if statement.form == "do":
        # The body runs before it is asked whether it runs again.
        first = _then(once, head, algebra) if once is not None else None
        again = algebra.loop(first) if first is not None else None
        falls = _then(first, again, algebra) if first is not None else None
        ahead = algebra.empty if again is None else algebra.alt(algebra.empty, again)
    elif statement.form in {"of", "in"}:
        # What is looped over is evaluated once.
        falls = ahead = head if once is None else algebra.seq(head, algebra.loop(once))
    else:
        around = algebra.seq(head, once) if once is not None else None
        ahead = head if around is None else algebra.seq(algebra.loop(around), head)
        falls = ahead
    return Outcome(
        _either(falls, _then(ahead, body.breaks, algebra), algebra),
        _then(ahead, body.returns, algebra),
        _then(ahead, body.throws, algebra),
    )


def _switch(statement: Switch, algebra: Algebra[R]) -> Outcome[R]:
    """Fold the cases: each may be the one that is entered, and falls into the next where it does not break."""
    cases = [_block(block.items, algebra) for _, block in statement.cases]
    entered: Outcome[R] = Outcome(None)
    behind: Outcome[R] = Outcome(algebra.empty)
    for case in reversed(cases):
        behind = _follow(case, behind, algebra)
        entered = _branch(entered, behind, algebra)
    if all(test is not None for test, _ in statement.cases):
        entered = _branch(entered, Outcome(algebra.empty), algebra)
    found = _follow(Outcome(_expression(statement.of, algebra)), entered, algebra)
    return found._replace(falls=_either(found.falls, found.breaks, algebra), breaks=None)


def _try(statement: Try, algebra: Algebra[R]) -> Outcome[R]:
    found = _block(statement.body.items, algebra)
    if statement.handler is not None:
        # Anything may throw: the handler runs before anything was done, after all of it, or behind a `throw`.
        thrown = _either(_either(algebra.empty, found.falls, algebra), found.throws, algebra)
        handled = _block(statement.handler.items, algebra)
        caught = _follow(Outcome(thrown), handled, algebra)
        found = _branch(found._replace(throws=None), caught, algebra)
    if statement.final is None:
        return found
    last = _block(statement.final.items, algebra)
    # What ends in the block that comes last ends so whatever was before; else it goes on as it was before.
    ways = [way for way in found if way is not None]
    before = ways[0] if ways else algebra.empty
    for way in ways[1:]:
        before = algebra.alt(before, way)
    after = Outcome(*(None if way is None else _then(way, last.falls, algebra) for way in found))
    return _branch(after, Outcome(None, *(_then(before, way, algebra) for way in last[1:])), algebra)


def _all(expressions: Sequence[Expression], algebra: Algebra[R]) -> R:
    found = algebra.empty
    for expression in expressions:
        found = algebra.seq(found, _expression(expression, algebra))
    return found


def _expression(expression: Expression | None, algebra: Algebra[R]) -> R:
    match expression:
        case None:
            return algebra.empty
        case Binary(operator="&&" | "||" | "??"):
            is_and = expression.operator == "&&"
            right = algebra.seq(algebra.tested(expression.left, outcome=is_and), _expression(expression.right, algebra))
            skipped = algebra.tested(expression.left, outcome=not is_and)
            return algebra.seq(_expression(expression.left, algebra), algebra.alt(right, skipped))
        case Conditional():
            yes = algebra.seq(algebra.tested(expression.test, outcome=True), _expression(expression.yes, algebra))
            no = algebra.seq(algebra.tested(expression.test, outcome=False), _expression(expression.no, algebra))
            return algebra.seq(_expression(expression.test, algebra), algebra.alt(yes, no))
        case _:
            return algebra.seq(_all(_parts(expression), algebra), algebra.leaf(expression))


def _parts(expression: Expression) -> Sequence[Expression]:  # noqa: PLR0911  one case an expression
    """Return the expressions that are evaluated before an expression itself, in their order."""
    match expression:
        case Call():
            return (expression.callee, *expression.arguments)
        case Member() | Await() | Cast() | Spread():
            return (expression.of,)
        case Unary():
            return (expression.of,) if expression.of is not None else ()
        case Binary():
            return (expression.left, expression.right)
        case Assign():
            return (expression.target, expression.value)
        case Index():
            return (expression.of, expression.index)
        case Object():
            return [entry.value if isinstance(entry, Property) else entry for entry in expression.properties]
        case Array() | Other():
            return expression.items
        case Template():
            return (*([expression.tag] if expression.tag is not None else []), *expression.items)
        case _:
            return ()
