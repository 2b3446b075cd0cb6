"""What a value is made of, in the words of the function that it stands in: what it receives stays a name.

Each question is about one function and looks at its own code; what it is told of another one is less deep than itself
(`depth`), so that no question runs into itself, and the work is that of the code, whatever calls whatever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.language import CALLBACKS
from convex_lint.link import clock, modules, randomness
from convex_lint.link.shapes import bare, outermost
from convex_lint.records import record
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import (
    Array,
    Assign,
    Await,
    Binary,
    Call,
    Conditional,
    Function,
    Index,
    Literal,
    Member,
    Name,
    Object,
    Spread,
    Template,
    Unary,
)
from convex_lint.values import UNKNOWN as UNKNOWN_VALUE
from convex_lint.values import (
    Closure,
    Ctx,
    Db,
    Document,
    FieldBuilder,
    Global,
    Id,
    Identity,
    Package,
    Query,
    Service,
    awaited,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression


@record
class Origin:
    """One place that a value comes from.

    `kind` is `arg` (`detail` is the path in the arguments of a registered function, as `user.name`), `db` (the table,
    or empty), `identity` (the claim, or empty), `env` (the variable, or empty), `request`, `clock`, `random`,
    `literal` or `unknown`.
    """

    kind: str
    detail: str = ""


@record
class Received:
    """What a parameter of a function receives, or what `steps` lead to in it: a name for what its callers know."""

    function: Closure
    index: int
    steps: tuple[str, ...] = ()


Origins = frozenset[Origin]
Parts = frozenset[Origin | Received]
"""What a value is made of, as far as the function tells that it stands in, and those that it calls."""

NOWHERE: Origins = frozenset()
UNKNOWN: Origins = frozenset({Origin("unknown")})
LITERAL: Origins = frozenset({Origin("literal")})

DEPTH = 6
"""The calls that a value is followed through, and as many more from where it is received."""

_PATH = 4
"""The fields of a path that are told apart."""

_Item = tuple["Expression", tuple[str, ...]]
"""An expression, and the way from there to a part of its value."""


def parts(linked: Linked, items: Iterable[_Item], depth: int) -> Parts:
    """Return what some expressions of the module that is looked at are made of."""
    found: set[Origin | Received] = set()
    pending = list(items)
    seen: set[tuple[Binding, tuple[str, ...]]] = set()
    while pending:
        expression, steps = pending.pop()
        expression = bare(expression)
        if isinstance(expression, Name) and expression.binding is not None:
            key = (expression.binding, steps)
            if key in seen:
                continue
            seen.add(key)
        known = _known(linked, expression)
        if known is not None:
            found |= within(known, steps)
        else:
            found |= _step(linked, expression, steps, depth, pending)
    return frozenset(found)


def _step(  # noqa: PLR0911  one case a shape
    linked: Linked, expression: Expression, steps: tuple[str, ...], depth: int, pending: list[_Item]
) -> Parts:
    """Return what an expression is made of itself; the expressions that it is made of become pending."""
    match expression:
        case Literal():
            return LITERAL
        case Name():
            return _name(linked, expression, steps, depth, pending)
        case Call():
            return _call(linked, expression, steps, depth, pending)
        case Function():
            return NOWHERE
        case Member():
            pending.append((expression.of, _further((expression.name,), steps)))
            return NOWHERE
        case Object():
            entries = [*_entries(expression, steps)]
            pending += entries
            return NOWHERE if entries or steps else LITERAL
        case _:
            inner = [*_inner(expression)]
            pending += [(one, steps) for one in inner]
            return NOWHERE if inner else LITERAL if isinstance(expression, Array) else UNKNOWN


def _inner(expression: Expression) -> Iterator[Expression]:
    match expression:
        case Binary():
            yield from (expression.left, expression.right)
        case Conditional():
            yield from (expression.yes, expression.no)
        case Unary(of=inner) if inner is not None:
            yield inner
        case Assign():
            yield expression.value
        case Index() | Await() | Spread():
            yield expression.of
        case Array() | Template():
            yield from expression.items
        case _:
            pass


def _entries(expression: Object, steps: tuple[str, ...]) -> Iterator[_Item]:
    """Yield what a part of an object is made of, the last one with its name first; all of it without a name."""
    for entry in reversed(expression.properties):
        if isinstance(entry, Spread):
            yield entry.of, steps
        elif not steps or entry.key is None:
            yield entry.value, steps[1:]
        elif entry.key == steps[0]:
            yield entry.value, steps[1:]
            return


def _further(first: tuple[str | int, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    """Return one way behind the other, items of arrays being no steps of their own."""
    return (*(str(step) for step in first if step not in {"[]", "..."}), *then)[:_PATH]


def _name(linked: Linked, name: Name, steps: tuple[str, ...], depth: int, pending: list[_Item]) -> Parts:
    binding = name.binding
    if binding is None:
        return NOWHERE
    if binding.form == "import":
        return _imported(linked, name, binding, steps, depth)
    steps = _further(binding.steps, steps)
    if binding.form == "param" and isinstance(binding.of, Function):
        items = _items_of(binding.of) if binding.parameter == 0 else None
        if items is None:
            return frozenset({Received(Closure(name.scope.path, binding.of.ordinal), binding.parameter, steps)})
        pending.append((items, steps))
        return NOWHERE
    pending += [(one, steps) for one in ([binding.of] if binding.of is not None else []) + binding.writes]
    return NOWHERE


def _items_of(function: Function) -> Expression | None:
    """Return the array whose method a function is given to, so that it receives one item after the other."""
    given = outermost(function)
    call = given.parent
    if not isinstance(call, Call) or call.arguments[:1] != [given] or not isinstance(call.callee, Member):
        return None
    return call.callee.of if call.callee.name in CALLBACKS else None


def _imported(linked: Linked, name: Name, binding: Binding, steps: tuple[str, ...], depth: int) -> Parts:
    path = linked.resolve(binding.specifier, name.scope.path)
    is_read = path is not None and path in linked.summaries and depth > 0
    found = linked.exported_origins(path, binding.imported, steps, depth - 1) if path and is_read else UNKNOWN
    # Of what is passed on by another module it is only known that it is something.
    return found if found != UNKNOWN or linked.value(name) is UNKNOWN_VALUE else LITERAL


def within(found: Origins, steps: tuple[str, ...]) -> Origins:
    """Take a part out of what is told apart by its parts: arguments, identities and variables of the environment."""
    if not steps:
        return found
    path = ".".join(steps)
    return frozenset(Origin(one.kind, path) if one.kind in {"arg", "env", "identity"} else one for one in found)


def _known(linked: Linked, expression: Expression) -> Origins | None:
    """Return where a value of the vocabulary comes from, whatever made it."""
    if not isinstance(expression, Name | Member | Call):
        return None
    match present(awaited(linked.value(expression))):
        case Identity():
            return frozenset({Origin("identity")})
        case Document(table=table) | Query(table=table):
            return frozenset({Origin("db", table or "")})
        case Ctx() | Db() | Service() | FieldBuilder():
            return NOWHERE
        case Global(name="process.env") | Package(specifier="_generated/server", name="env"):
            return frozenset({Origin("env")})
        case _:
            return None


def _call(linked: Linked, call: Call, steps: tuple[str, ...], depth: int, pending: list[_Item]) -> Parts:
    if clock.read_by(linked, call) is not None:
        return frozenset({Origin("clock")})
    if randomness.drawn_by(linked, call) is not None:
        return frozenset({Origin("random")})
    closure = modules.callee(linked, call)
    if closure is None and isinstance(call.callee, Member) and call.callee.name == "getUserIdentity":
        return within(frozenset({Origin("identity")}), steps)
    if closure is not None and not is_stub(closure.path):
        return _given_by(linked, call, closure, steps, depth, pending)
    if closure is None and isinstance(present(awaited(linked.value(call))), Id):
        return frozenset({Origin("db")})
    receiver = [call.callee.of] if isinstance(call.callee, Member) else []
    inner = [*receiver, *call.arguments]
    pending += [(one, steps) for one in inner]
    return NOWHERE if any(_says_something(linked, one) for one in inner) else UNKNOWN


def _says_something(linked: Linked, expression: Expression) -> bool:
    """Say whether what a call is given tells anything of what it gives: ctx, a callback, a global do not."""
    expression = bare(expression)
    if isinstance(expression, Function) or (isinstance(expression, Name) and expression.binding is None):
        return False
    return _known(linked, expression) != NOWHERE


def _given_by(  # noqa: PLR0913, PLR0917  as a step
    linked: Linked, call: Call, closure: Closure, steps: tuple[str, ...], depth: int, pending: list[_Item]
) -> Parts:
    """Return what a call of a function gives: what that is made of, with the arguments in the place of parameters."""
    around = call.function
    while around is not None:
        if around.scope.path == closure.path and around.ordinal == closure.ordinal:
            return NOWHERE  # what a function gives that calls itself is what it gives else
        around = around.inside
    if depth == 0:
        return UNKNOWN
    found: set[Origin | Received] = set()
    for part in linked.returned_parts(closure, steps, depth - 1):
        if isinstance(part, Origin) or part.function != closure:
            found.add(part)
        elif part.index >= len(call.arguments) or any(isinstance(one, Spread) for one in call.arguments):
            found |= NOWHERE if part.index >= len(call.arguments) else UNKNOWN
        else:
            pending.append((call.arguments[part.index], part.steps))
    return frozenset(found)


def returned(linked: Linked, function: Function, steps: tuple[str, ...], depth: int) -> Parts:
    """Return what a part of what a function returns is made of."""
    return parts(linked, [(one.of, steps) for one in function.returns if one.of is not None], depth)
