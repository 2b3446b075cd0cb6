"""Where a value comes from: what a client sent, who calls, a table, the environment, the clock.

What is made of several values comes from all of them. A function that is called in several places receives what any of
them passes, so that an answer says where a value may come from, and `UNKNOWN` is in it where not all of that is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import clock, modules, parameters
from convex_lint.link.shapes import bare
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
    Property,
    Spread,
    Template,
    Unary,
)
from convex_lint.values import UNKNOWN as UNKNOWN_VALUE
from convex_lint.values import Ctx, Db, Document, Global, Id, Identity, Package, Query, Service, awaited, present

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression


@record
class Origin:
    """One place that a value comes from.

    `kind` is `arg` (`detail` is the path in the arguments of a registered function, as `user.name`), `db` (the table,
    or empty), `identity`, `env` (the variable, or empty), `request`, `clock`, `literal` or `unknown`.
    """

    kind: str
    detail: str = ""


Origins = frozenset[Origin]

NOWHERE: Origins = frozenset()
UNKNOWN: Origins = frozenset({Origin("unknown")})
LITERAL: Origins = frozenset({Origin("literal")})

_PATH = 4
"""The fields of a path in the arguments that are told apart."""


def of(linked: Linked, expression: Expression) -> Origins:
    """Return where an expression of the module that is looked at comes from."""
    return _of(linked, expression, frozenset())


def _of(linked: Linked, expression: Expression, seen: frozenset[Binding]) -> Origins:  # noqa: PLR0911  one case a shape
    expression = bare(expression)
    match expression:
        case Literal():
            return LITERAL
        case Name():
            return _name(linked, expression, seen)
        case Member():
            return _member(linked, expression, seen)
        case Call():
            return _call(linked, expression, seen)
        case Await() | Spread():
            return _of(linked, expression.of, seen)
        case Function():
            return NOWHERE
        case _:
            parts = [*_parts(expression)]
            return (
                _all(linked, parts, seen) if parts else LITERAL if isinstance(expression, Object | Array) else UNKNOWN
            )


def _parts(expression: Expression) -> Iterator[Expression]:
    match expression:
        case Binary():
            yield from (expression.left, expression.right)
        case Conditional():
            yield from (expression.yes, expression.no)
        case Unary(of=inner) if inner is not None:
            yield inner
        case Assign():
            yield expression.value
        case Index():
            yield expression.of
        case Object():
            yield from (entry.value if isinstance(entry, Property) else entry.of for entry in expression.properties)
        case Array() | Template():
            yield from expression.items
        case _:
            pass


def _all(linked: Linked, expressions: Iterable[Expression], seen: frozenset[Binding]) -> Origins:
    found: Origins = NOWHERE
    for expression in expressions:
        found |= _of(linked, expression, seen)
    return found


def _name(linked: Linked, name: Name, seen: frozenset[Binding]) -> Origins:
    binding = name.binding
    if binding is None:
        return NOWHERE
    if binding in seen:
        return NOWHERE
    seen |= {binding}
    if binding.form == "param" and isinstance(binding.of, Function):
        found = linked.received_origins(name.scope.path, binding.of.ordinal, binding.parameter)
        return _within(found, [str(step) for step in binding.steps])
    if binding.form == "import":
        return _imported(linked, name, binding)
    written = ([binding.of] if binding.of is not None else []) + binding.writes
    found = _all(linked, written, seen)
    return _within(found, [str(step) for step in binding.steps])


def _imported(linked: Linked, name: Name, binding: Binding) -> Origins:
    known = _known(linked, name)
    if known is not None:
        return known
    path = linked.resolve(binding.specifier, name.scope.path)
    is_read = path is not None and path in linked.summaries
    found = linked.exported_origins(path, binding.imported) if path is not None and is_read else UNKNOWN
    # Of what is passed on by another module it is only known that it is something.
    return found if found != UNKNOWN or linked.value(name) is UNKNOWN_VALUE else LITERAL


def exported(linked: Linked, path: str, name: str) -> Origins:
    """Return where what a module exports under a name comes from."""
    export = linked.summaries[path].exports.get(name)
    return UNKNOWN if export is None or export.of is None or is_stub(path) else _of(linked, export.of, frozenset())


def _within(found: Origins, steps: list[str]) -> Origins:
    """Take a field out of what comes from the arguments."""
    if not steps:
        return found
    taken = []
    for origin in found:
        path = ".".join(part for part in (origin.detail, *steps) if part and part not in {"[]", "..."})
        is_field = origin.kind in {"arg", "env"} and path.count(".") < _PATH
        taken.append(Origin(origin.kind, path) if is_field else origin)
    return frozenset(taken)


def _known(linked: Linked, expression: Expression) -> Origins | None:
    """Return where a value of the vocabulary comes from, whatever made it."""
    value = present(awaited(linked.value(expression)))
    match value:
        case Identity():
            return frozenset({Origin("identity")})
        case Document(table=table) | Query(table=table):
            return frozenset({Origin("db", table or "")})
        case Ctx() | Db() | Service():
            return NOWHERE
        case Global(name="process.env") | Package(specifier="_generated/server", name="env"):
            return frozenset({Origin("env")})
        case _:
            return None


def _member(linked: Linked, member: Member, seen: frozenset[Binding]) -> Origins:
    known = _known(linked, member)
    if known is not None:
        return known
    return _within(_of(linked, member.of, seen), [member.name])


def _call(linked: Linked, call: Call, seen: frozenset[Binding]) -> Origins:
    known = _known(linked, call)
    if known is not None:
        return known
    if clock.read_by(linked, call) is not None:
        return frozenset({Origin("clock")})
    closure = modules.callee(linked, call)
    if closure is not None and not is_stub(closure.path):
        return linked.given_origins(closure.path, closure.ordinal)
    if closure is None and isinstance(present(awaited(linked.value(call))), Id):
        return frozenset({Origin("db")})
    receiver = [call.callee.of] if isinstance(call.callee, Member) else []
    return _all(linked, [*receiver, *call.arguments], seen) or UNKNOWN


def given(linked: Linked, function: Function) -> Origins:
    """Return where what a function returns comes from."""
    return _all(linked, [one.of for one in function.returns if one.of is not None], frozenset())


def received(linked: Linked, function: Function, index: int) -> Origins:
    """Return where what a parameter receives comes from."""
    roles = linked.registered_as(function)
    if roles:
        kinds = {role.kind for role in roles}
        if index == 1:
            return frozenset({Origin("request" if kinds == {"httpAction"} else "arg")})
        return NOWHERE
    if isinstance(linked.parameter(function, index), Ctx | Db):
        return NOWHERE
    uses = parameters.uses(linked, function)
    if not uses:
        return UNKNOWN
    found: Origins = NOWHERE
    for path, use in uses:
        call = use.parent
        if not isinstance(call, Call) or call.callee is not use or index >= len(call.arguments):
            found |= UNKNOWN
            continue
        with linked.at(path):
            found |= _of(linked, call.arguments[index], frozenset())
    return found
