"""Whether a function finds out who calls, and whether it insists on knowing.

Reached is not enforced: a function may look the caller up and do nothing with what it finds. So each function has a
`Grade`. An identity is what `ctx.auth.getUserIdentity()` gives, or what a helper of the project or of a known package
gives that asks it; a document that is looked up with an identity stands for it. It is insisted on where every way
through the function passes a check that there is one, and what fails the check throws.

Read in the npm packages `convex` 1.48.0 (`server/authentication.d.ts`), `@convex-dev/auth` 0.0.90 (`server`) and
`@convex-dev/better-auth` 0.10 (`client`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.link import modules
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import (
    Await,
    Binary,
    Call,
    Function,
    If,
    Literal,
    Member,
    Name,
    Object,
    Property,
    Return,
    Unary,
)
from convex_lint.values import Ctx, Document, Identity, Method, Package, Service, awaited, present

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression


class Grade(StrEnum):
    """What a function does about who calls it, from nothing to everything."""

    NONE = "none"
    """It never asks, as far as is seen; where a call that receives ctx is not understood, it is `UNKNOWN`."""
    UNKNOWN = "unknown"
    READS = "reads"
    """It asks, and what it is told decides nothing."""
    GIVES = "gives"
    """It returns who calls, or nothing, and leaves it to its caller to look."""
    ENFORCES = "enforces"
    """Where it ends as it should, somebody is logged in."""


_GIVERS = frozenset(
    {
        ("@convex-dev/auth/server", "getAuthUserId"),
        ("@convex-dev/auth/server", "getAuthSessionId"),
    }
)
"""The functions of packages that give who calls, or null."""

_ASSERTIONS = frozenset({("tiny-invariant", "default"), ("invariant", "default"), ("assert", "default")})
"""The functions of packages that throw where their first argument is nothing."""

_NOTHING = frozenset({"null", "undefined"})


def grade(linked: Linked, function: Function) -> Grade:
    """Return what a function of the module that is looked at does about who calls it."""
    asks = _asks(linked, function)
    if asks and flow.always(function, lambda leaf: _insists(linked, leaf, by_return=False)):
        return Grade.ENFORCES
    if not asks:
        return Grade.UNKNOWN if _hands_ctx_on(linked, function) else Grade.NONE
    gives = any(statement.of is not None and _is_given(linked, statement.of) for statement in function.returns)
    return Grade.GIVES if gives else Grade.READS


def _is_given(linked: Linked, returned: Expression) -> bool:
    """Say whether what is returned is who calls, or an object with that in it."""
    returned = bare(returned)
    if isinstance(returned, Object):
        return any(isinstance(one, Property) and _is_given(linked, one.value) for one in returned.properties)
    return _is_identity(linked, returned, set())


def guards(linked: Linked, function: Function) -> bool:
    """Say whether a handler goes on for nobody who is not logged in: it throws, or returns at once."""
    return _asks(linked, function) and flow.always(function, lambda leaf: _insists(linked, leaf, by_return=True))


def asserts(function: Function, index: int) -> bool:
    """Say whether a function ends as it should only where a parameter is something."""
    names = function.parameters[index].pattern if index < len(function.parameters) else ()
    if len(names) != 1 or names[0].steps:
        return False

    def is_name(expression: Expression) -> bool:
        return isinstance(expression, Name) and expression.binding is names[0]

    return bool(names[0].uses) and flow.always(function, lambda leaf: _rejects(leaf, is_name, by_return=False))


def _calls(linked: Linked, function: Function) -> Iterator[Call]:
    for call in linked.summaries[function.scope.path].code.calls:
        if call.function is function:
            yield call


def _is_source(linked: Linked, call: Call) -> bool:
    """Say whether a call gives who calls, or nothing."""
    callee = present(linked.value(call.callee))
    if isinstance(callee, Method):
        return callee.of == Service("auth") and callee.name == "getUserIdentity"
    if isinstance(callee, Package):
        return (callee.specifier, callee.name) in _GIVERS
    closure = modules.callee(linked, call)
    return closure is not None and linked.identity(closure.path, closure.ordinal) is Grade.GIVES


def _asks(linked: Linked, function: Function) -> bool:
    """Say whether a function asks who calls, or calls one that does."""
    for call in _calls(linked, function):
        closure = modules.callee(linked, call)
        asking = (Grade.READS, Grade.GIVES, Grade.ENFORCES)
        if _is_source(linked, call) or (
            closure is not None and linked.identity(closure.path, closure.ordinal) in asking
        ):
            return True
    return False


def _hands_ctx_on(linked: Linked, function: Function) -> bool:
    """Say whether a call that is not understood receives what could tell it who calls."""
    for call in _calls(linked, function):
        closure = modules.callee(linked, call)
        if closure is not None:
            if linked.identity(closure.path, closure.ordinal) is Grade.UNKNOWN:
                return True
        elif any(isinstance(linked.value(argument), Ctx) for argument in call.arguments):
            return True
    return False


def _insists(linked: Linked, leaf: Expression, *, by_return: bool) -> bool:
    """Say whether the program goes on behind an expression only where somebody is logged in."""
    waited = bare(leaf.of) if isinstance(leaf, Await) else leaf if _is_returned(leaf) else None
    if isinstance(waited, Call):
        closure = modules.callee(linked, waited)
        if closure is not None and linked.identity(closure.path, closure.ordinal) is Grade.ENFORCES:
            return True
    if isinstance(leaf, Call) and _is_asserted(linked, leaf):
        return True
    return _rejects(leaf, lambda expression: _is_identity(linked, expression, set()), by_return=by_return)


def _is_returned(leaf: Expression) -> bool:
    """Say whether a promise is given back, so that who asked waits for it."""
    return isinstance(leaf, Call) and isinstance(leaf.parent, Return)


def _is_asserted(linked: Linked, call: Call) -> bool:
    closure = modules.callee(linked, call)
    callee = present(linked.value(call.callee)) if closure is None else None
    is_known = isinstance(callee, Package) and (callee.specifier, callee.name) in _ASSERTIONS
    for index, argument in enumerate(call.arguments):
        own = closure is not None and linked.asserts(closure.path, closure.ordinal, index)
        if (own or (is_known and index == 0)) and _is_identity(linked, argument, set()):
            return True
    return False


def _rejects(leaf: Expression, is_it: Callable[[Expression], bool], *, by_return: bool) -> bool:
    """Say whether an expression is the test that there is none, of an `if` that does not go on then."""
    if not _denies(leaf, is_it):
        return False
    test: Expression = leaf
    while isinstance(test.parent, Binary) and test.parent.operator == "||":
        test = test.parent
    branch = test.parent
    if not isinstance(branch, If) or branch.test is not test:
        return False
    ends = flow.outcome(branch.yes)
    return ends.falls is None and (by_return or ends.returns is None) and not (ends.breaks or ends.continues)


def _denies(test: Expression, is_it: Callable[[Expression], bool]) -> bool:
    """Say whether a test is true wherever there is none: `!it`, `it === null`, `it == undefined`, `!it?.subject`."""
    if isinstance(test, Unary) and test.operator == "!" and test.of is not None:
        of = bare(test.of)
        return is_it(of) or (isinstance(of, Member) and of.optional and is_it(bare(of.of)))
    if isinstance(test, Binary) and test.operator in {"==", "==="}:
        sides = (bare(test.left), bare(test.right))
        pairs = ((sides[0], sides[1]), (sides[1], sides[0]))
        return any(isinstance(none, Literal) and none.form in _NOTHING and is_it(other) for none, other in pairs)
    return False


def _is_identity(linked: Linked, expression: Expression, seen: set[Binding]) -> bool:
    """Say whether an expression is who calls, or what was looked up with that, or nothing."""
    expression = bare(expression)
    if isinstance(expression, Await):
        return _is_identity(linked, expression.of, seen)
    if isinstance(present(awaited(linked.value(expression))), Identity):
        return True
    if isinstance(expression, Call):
        return _is_source(linked, expression) or _is_looked_up(linked, expression, seen)
    if isinstance(expression, Name) and expression.binding is not None and expression.binding not in seen:
        seen.add(expression.binding)
        of = expression.binding.of
        is_held = of is not None and expression.binding.form != "param" and not expression.binding.writes
        return is_held and of is not None and _is_identity(linked, of, seen)
    return False


def _is_looked_up(linked: Linked, call: Call, seen: set[Binding]) -> bool:
    """Say whether a call gives a document that was found with an identity."""
    found = present(awaited(linked.value(call)))
    return isinstance(found, Document) and any(_speaks_of(linked, one, seen) for one in _given(call))


def _given(call: Call) -> Iterator[Expression]:
    """Yield what a call is given, and the calls before it in its chain."""
    node: Expression = call
    while isinstance(node, Call):
        yield from node.arguments
        node = bare(node.callee.of) if isinstance(node.callee, Member) else node.callee


def _speaks_of(linked: Linked, argument: Expression, seen: set[Binding]) -> bool:
    """Say whether an argument, or the range that it builds, is made with an identity."""
    argument = bare(argument)
    if isinstance(argument, Member):
        return _is_identity(linked, argument.of, seen)
    if isinstance(argument, Call):
        return any(_speaks_of(linked, one, seen) for one in _given(argument))
    if isinstance(argument, Function):
        return any(one.of is not None and _speaks_of(linked, one.of, seen) for one in argument.returns)
    return isinstance(argument, Name) and _is_identity(linked, argument, seen)
