"""What expressions are to a caller who is not logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convex_lint.facts.access import is_secret
from convex_lint.facts.context import ANYWHERE
from convex_lint.link.access import names, results, rights
from convex_lint.link.access.seen import SURE, UNSURE, Seen, Visit, either, held
from convex_lint.link.shapes import bare
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
    Other,
    Property,
    Spread,
    Template,
    Unary,
)
from convex_lint.values import Ctx, Db, Global, Package, Service, present

if TYPE_CHECKING:
    from collections.abc import Callable

    from convex_lint.syntax.nodes import Expression


_NOTHING = frozenset({"null", "undefined"})
_EQUAL = frozenset({"==", "===", "!=", "!=="})


def of(visit: Visit, expression: Expression) -> Seen:
    """Return what an expression of the module that is looked at is to the caller."""
    expression = bare(expression)
    found = visit.known.get(expression)
    if found is None:
        visit.known[expression] = Seen.OPEN  # what hangs on itself adds nothing
        found = _of(visit, expression)
        found = visit.known[expression] = Seen.DOUBT if rights.tells(visit, expression, found) else found
    return found


def _of(visit: Visit, expression: Expression) -> Seen:
    form: Callable[[Visit, Any], Seen] | None = _FORMS.get(expression.__class__)
    return form(visit, expression) if form is not None else Seen.OPEN


def _literal(_visit: Visit, literal: Literal) -> Seen:
    if literal.form == "boolean":
        return Seen.SOMETHING if literal.value else Seen.NOTHING
    return Seen.NOTHING if literal.form in _NOTHING else Seen.OPEN


def _inner(visit: Visit, expression: Await | Spread) -> Seen:
    return of(visit, expression.of)


def _call(visit: Visit, call: Call) -> Seen:
    return results.call(visit, call)


def _conditional(visit: Visit, expression: Conditional) -> Seen:
    test = of(visit, expression.test)
    if test in SURE:
        chosen = expression.yes if test is Seen.SOMETHING else expression.no
        found = of(visit, chosen)
        return Seen.DOUBT if found is Seen.OPEN and is_written_out(chosen) else found
    return Seen.DOUBT if test is Seen.DOUBT else either((of(visit, expression.yes), of(visit, expression.no)))


def _object(visit: Visit, expression: Object) -> Seen:
    return held(_entry(visit, one) for one in expression.properties)


def _items(visit: Visit, expression: Array | Template | Other) -> Seen:
    return held(part(visit, one) for one in expression.items)


def _index(visit: Visit, expression: Index) -> Seen:
    found = of(visit, expression.of)
    return found if found in UNSURE else held((found, of(visit, expression.index)))


def _entry(visit: Visit, entry: Property | Spread) -> Seen:
    """Return what an entry of an object is: a secret under another name is not known for one any more."""
    if isinstance(entry, Spread):
        return of(visit, entry.of)
    found = part(visit, entry.value)
    return Seen.DOUBT if found is Seen.SECRET and not is_secret(entry.key or "") else found


def part(visit: Visit, expression: Expression) -> Seen:
    """Return what a part of something is; what is written out is the same for everyone."""
    return Seen.OPEN if isinstance(bare(expression), Literal) else of(visit, expression)


def is_written_out(expression: Expression | None) -> bool:
    """Say whether something is written out as it is: if who calls decides that it is given, it says who calls."""
    return expression is not None and isinstance(bare(expression), Literal | Object | Array | Template)


def _callback(visit: Visit, written: Function) -> Seen:
    """Return whether what a callback gives may hang on who calls."""
    given = [of(visit, one.of) for one in written.returns if one.of is not None]
    return Seen.DOUBT if Seen.DOUBT in given else Seen.OPEN


def _unary(visit: Visit, expression: Unary) -> Seen:
    found = of(visit, expression.of) if expression.of is not None else Seen.OPEN
    if expression.operator != "!":
        return Seen.DOUBT if found in UNSURE else Seen.OPEN
    if found in SURE:
        return Seen.SOMETHING if found is Seen.NOTHING else Seen.NOTHING
    return Seen.OPEN if found is Seen.SECRET else found


def _binary(visit: Visit, expression: Binary) -> Seen:  # noqa: PLR0911  one case an operator
    left, right = of(visit, expression.left), of(visit, expression.right)
    match expression.operator:
        case "&&":
            if Seen.NOTHING in {left, right}:
                return Seen.NOTHING
            return right if left is Seen.SOMETHING else either((left, right))
        case "||":
            if Seen.SOMETHING in {left, right}:
                return Seen.SOMETHING
            return right if left is Seen.NOTHING else either((left, right))
        case "??":
            return right if left is Seen.NOTHING else either((left, right))
        case ",":
            return right
        case operator if operator in _EQUAL:
            return _equality(visit, expression)
        case _:
            kinds = {part(visit, expression.left), part(visit, expression.right)}
            return held(kinds) if Seen.SETTING not in kinds else Seen.DOUBT


def _equality(visit: Visit, expression: Binary) -> Seen:
    """Return what a comparison is: with a secret or a setting, it tells who knows it from who does not."""
    sides = [bare(expression.left), bare(expression.right)]
    others = [side for side in sides if not isinstance(side, Literal)]
    kinds = {of(visit, side) for side in others}
    if any(isinstance(side, Literal) and side.form in _NOTHING for side in sides):
        found = kinds.pop() if kinds else Seen.OPEN
        if found in SURE:
            is_equal = found is Seen.NOTHING
            return Seen.SOMETHING if is_equal == expression.operator.startswith("=") else Seen.NOTHING
        return Seen.OPEN if found is Seen.SECRET else found
    if kinds & {Seen.DOUBT, Seen.NOTHING, Seen.SETTING} or rights.picks(visit, sides):
        return Seen.DOUBT
    return Seen.DOUBT if Seen.SECRET in kinds and len(others) > 1 else Seen.OPEN


def _member(visit: Visit, member: Member) -> Seen:
    linked = visit.linked
    value = linked.value(member)
    if isinstance(value, Global) and value.name.startswith("process.env"):
        return Seen.SETTING
    whole = present(linked.value(member.of))
    if whole == Package("_generated/server", "env") or whole == Global("process.env"):
        return Seen.SETTING
    if isinstance(whole, Ctx):
        is_plain = member.name in ANYWHERE or isinstance(present(value), Ctx | Db | Service)
        return Seen.OPEN if is_plain or rights.is_user(visit, member) else Seen.DOUBT
    found = of(visit, member.of)
    if found is Seen.CONTROL:
        return Seen.CONTROL if member.name in ANYWHERE else Seen.DOUBT
    if found in {Seen.OPEN, Seen.SECRET, Seen.SOMETHING}:
        return Seen.SECRET if is_secret(member.name) else Seen.OPEN
    return found


_FORMS: dict[type, Callable[[Visit, Any], Seen]] = {
    Array: _items,
    Assign: lambda visit, assign: of(visit, assign.value),
    Await: _inner,
    Binary: _binary,
    Call: _call,
    Conditional: _conditional,
    Function: _callback,
    Index: _index,
    Literal: _literal,
    Member: _member,
    Name: names.of,
    Object: _object,
    Other: _items,
    Spread: _inner,
    Template: _items,
    Unary: _unary,
}
