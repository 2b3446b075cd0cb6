"""Whether a function finds out who calls, and whether it insists on knowing.

Reached is not enforced: a function may look the caller up and do nothing with what it finds. So each function has a
`Grade`. An identity is what `ctx.auth.getUserIdentity()` gives, or what a helper of the project or of a known package
gives that asks it; a document that is looked up with an identity stands for it. It is insisted on where every way
through the function passes a check that there is one, and what fails the check throws.

Read in the npm packages `convex` 1.48.0 (`server/authentication.d.ts`), `@convex-dev/auth` 0.0.90 (`server`) and
`@convex-dev/better-auth` 0.10 (`client`).
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from convex_lint import flow, stubs
from convex_lint.facts.identity import GIVERS, IDENTITY_CALLS
from convex_lint.link import modules
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import (
    Array,
    Assign,
    Await,
    Binary,
    Call,
    Function,
    Literal,
    Member,
    Name,
    Object,
    Property,
    Return,
    Template,
    Unary,
)
from convex_lint.values import (
    NULL,
    UNDEFINED,
    Ctx,
    Document,
    Global,
    Identity,
    Method,
    Package,
    Service,
    awaited,
    present,
)

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


_ASKING = frozenset({Grade.READS, Grade.GIVES, Grade.ENFORCES})

_NO_CTX = frozenset({Array, Function, Literal, Object, Template, Unary})
"""The forms of expressions that are no ctx, whatever is in them."""

_ASSERTIONS = frozenset({("tiny-invariant", "default"), ("invariant", "default"), ("assert", "default")})
"""The functions of packages that throw where their first argument is nothing."""

_NOTHING = frozenset({"null", "undefined"})


def grade(linked: Linked, function: Function) -> Grade:
    """Return what a function of the module that is looked at does about who calls it."""
    asks = _asks(linked, function)
    if asks and _ends(linked, function, frozenset({_State.PASSED})):
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
    return _asks(linked, function) and _ends(linked, function, frozenset({_State.PASSED, _State.DENIED}))


def asserts(function: Function, index: int) -> bool:
    """Say whether a function ends as it should only where a parameter is something."""
    names = function.parameters[index].pattern if index < len(function.parameters) else ()
    if len(names) != 1 or names[0].steps or not names[0].uses:
        return False

    def is_it(expression: Expression) -> bool:
        return isinstance(expression, Name) and expression.binding is names[0]

    algebra = _algebra(lambda _leaf: _SAME, lambda test, outcome: _shown(test, outcome, is_it))
    return _passes(flow.fold(function, algebra), frozenset({_State.PASSED}))


class _State(IntEnum):
    """What is known of the caller at a place: nothing, that nobody is logged in, that somebody is."""

    OPEN = 0
    DENIED = 1
    PASSED = 2


_Change = tuple[frozenset[_State], frozenset[_State], frozenset[_State]]
"""What a piece of code makes of each state."""

_SAME: _Change = (frozenset({_State.OPEN}), frozenset({_State.DENIED}), frozenset({_State.PASSED}))
_PASS: _Change = (_SAME[_State.PASSED], _SAME[_State.PASSED], _SAME[_State.PASSED])
_DENY: _Change = (frozenset({_State.DENIED}), frozenset({_State.DENIED}), frozenset({_State.PASSED}))
_WORK: _Change = (frozenset({_State.OPEN}), frozenset({_State.OPEN}), frozenset({_State.PASSED}))
"""Something is done: who was found to be nobody is let go on."""


def _algebra(
    leaf: Callable[[Expression], _Change], test: Callable[[Expression, bool], _Change]
) -> flow.Algebra[_Change]:
    return flow.Algebra(_SAME, leaf, _seq, _alt, lambda one: _alt(_SAME, _alt(one, _seq(one, one))), test)


def _seq(before: _Change, after: _Change) -> _Change:
    one, two, three = (frozenset(end for state in states for end in after[state]) for states in before)
    return one, two, three


def _alt(left: _Change, right: _Change) -> _Change:
    one, two, three = (mine | its for mine, its in zip(left, right, strict=True))
    return one, two, three


def _ends(linked: Linked, function: Function, good: frozenset[_State]) -> bool:
    """Say whether a function returns in good states only, and falls off its end only if somebody is logged in."""

    def is_it(expression: Expression) -> bool:
        return _is_identity(linked, expression, set())

    algebra = _algebra(lambda leaf: _done(linked, leaf), lambda test, outcome: _shown(test, outcome, is_it))
    return _passes(flow.fold(function, algebra), good)


def _passes(found: flow.Outcome[_Change], good: frozenset[_State]) -> bool:
    falls = found.falls[_State.OPEN] if found.falls is not None else frozenset()
    returns = found.returns[_State.OPEN] if found.returns is not None else frozenset()
    return falls <= {_State.PASSED} and returns <= good


def _shown(  # noqa: PLR0911  one case a test
    test: Expression,
    outcome: bool,  # noqa: FBT001  called as an algebra calls its test
    is_it: Callable[[Expression], bool],
) -> _Change:
    """Return what is known when a condition turned out to be true or false."""
    test = bare(test)
    if isinstance(test, Unary) and test.operator == "!" and test.of is not None:
        return _shown(test.of, not outcome, is_it)
    if isinstance(test, Binary) and test.operator in {"&&", "||"}:
        if outcome == (test.operator == "&&"):
            return _seq(_shown(test.left, outcome, is_it), _shown(test.right, outcome, is_it))
        sides = {_shown(test.left, outcome, is_it), _shown(test.right, outcome, is_it)}
        return _DENY if _DENY in sides and _PASS not in sides else _SAME
    if isinstance(test, Binary) and test.operator in {"==", "===", "!=", "!=="}:
        sides_ = [bare(test.left), bare(test.right)]
        nothing = [side for side in sides_ if isinstance(side, Literal) and side.form in _NOTHING]
        if len(nothing) != 1 or not is_it(next(side for side in sides_ if side is not nothing[0])):
            return _SAME
        return _DENY if outcome == test.operator.startswith("=") else _PASS
    of = bare(test.of) if isinstance(test, Member) and test.optional else test
    if not is_it(of):
        return _SAME
    return _PASS if outcome else _DENY


def _calls(linked: Linked, function: Function) -> Iterator[Call]:
    yield from linked.summaries[function.scope.path].calls_in(function)


def gives_identity(linked: Linked, call: Call) -> bool:
    """Say whether a call gives who calls, or nothing."""
    callee = present(linked.value(call.callee))
    if isinstance(callee, Method):
        return callee.of == Service("auth") and callee.name == "getUserIdentity"
    closure = modules.callee(linked, call)
    if isinstance(callee, Package) or (closure is not None and stubs.is_stub(closure.path)):
        return is_giver(linked, call)
    if closure is None and isinstance(call.callee, Member):
        # Helpers say of their ctx only what they need: `{ auth: { getUserIdentity: () => … } }`.
        return call.callee.name == "getUserIdentity"
    return closure is not None and linked.identity(closure.path, closure.ordinal) is Grade.GIVES


def is_giver(linked: Linked, call: Call) -> bool:
    """Say whether a call is one of a function of a package that gives who calls."""
    callee = present(linked.value(call.callee))
    if isinstance(callee, Package):
        return (callee.specifier, callee.name) in GIVERS
    closure = modules.callee(linked, call)
    if closure is None or not stubs.is_stub(closure.path):
        return False
    return (stubs.specifier_of(closure.path), linked.function(closure).name) in GIVERS


def _asks(linked: Linked, function: Function) -> bool:
    """Say whether a function asks who calls, or calls one that does."""
    named = linked.summaries[function.scope.path].calls(IDENTITY_CALLS)
    for call in _calls(linked, function):
        closure = modules.callee(linked, call)
        if closure is not None and linked.identity(closure.path, closure.ordinal) in _ASKING:
            return True
        if call in named and gives_identity(linked, call):
            return True
    return False


def _hands_ctx_on(linked: Linked, function: Function) -> bool:
    """Say whether a call that is not understood receives what could tell it who calls."""
    for call in _calls(linked, function):
        closure = modules.callee(linked, call)
        if closure is not None and not stubs.is_stub(closure.path):
            if linked.identity(closure.path, closure.ordinal) is Grade.UNKNOWN:
                return True
        elif any(one.__class__ not in _NO_CTX and isinstance(linked.value(one), Ctx) for one in call.arguments):
            return True
    return False


def _done(linked: Linked, leaf: Expression) -> _Change:
    """Return what is known behind an expression: somebody is logged in, or something was done without knowing."""
    waited = bare(leaf.of) if isinstance(leaf, Await) else leaf if _is_returned(leaf) else None
    if isinstance(waited, Call):
        closure = modules.callee(linked, waited)
        if closure is not None and linked.identity(closure.path, closure.ordinal) is Grade.ENFORCES:
            return _PASS
    if isinstance(leaf, Call) and _is_asserted(linked, leaf):
        return _PASS
    return _WORK if isinstance(leaf, Call) and not isinstance(linked.value(leaf.callee), Global) else _SAME


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


def _is_identity(linked: Linked, expression: Expression, seen: set[Binding]) -> bool:
    """Say whether an expression is who calls, or what was looked up with that, or nothing."""
    expression = bare(expression)
    if isinstance(expression, Await):
        return _is_identity(linked, expression.of, seen)
    if isinstance(present(awaited(linked.value(expression))), Identity):
        return True
    if isinstance(expression, Call):
        return gives_identity(linked, expression) or _is_looked_up(linked, expression, seen)
    if isinstance(expression, Name) and expression.binding is not None and expression.binding not in seen:
        seen.add(expression.binding)
        return expression.binding.form != "param" and _holds(linked, expression.binding, seen)
    return False


def _holds(linked: Linked, binding: Binding, seen: set[Binding]) -> bool:
    """Say whether a name holds who calls, or nothing, whatever it is assigned."""
    written = [binding.of] if binding.of is not None else []
    written += [one.value if isinstance(one, Assign) else one for one in binding.writes]
    something = [
        one for one in written if not (isinstance(bare(one), Literal) and linked.value(one) in (NULL, UNDEFINED))
    ]
    return bool(something) and not binding.steps and all(_is_identity(linked, one, seen) for one in something)


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
