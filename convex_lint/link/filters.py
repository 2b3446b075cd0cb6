"""What the callback of `.filter()` compares, on a query or an array, so that an index can be named that would serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.packages import TIEBREAKERS
from convex_lint.link.shapes import bare, callback, literal
from convex_lint.records import record
from convex_lint.syntax.nodes import Binary, Call, Literal, Member, Name
from convex_lint.values import FieldBuilder, IndexDefinition, Method, is_undefined, present

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression, Function

_BOUNDS = {"lt": "gt", "lte": "gte", "gt": "lt", "gte": "lte"}
"""The methods that bound, each with what it is where the sides are changed."""


@record
class Term:
    """One comparison: a field, a path as in `home.city`, and what it is compared with; `method` is as on the field.

    With `there` it asks only that a document has the field: what it has is greater than `undefined`.
    """

    method: str
    field: str
    value: Expression
    there: bool = False


@record
class Filter:
    """The comparisons that a document has to pass, all of them, in the order in which they are written.

    With `whole` that is all that it takes; without, there is more that was not followed: alternatives, negations,
    arithmetic, or another function.
    """

    terms: tuple[Term, ...] = ()
    whole: bool = True

    @property
    def equal(self) -> tuple[str, ...]:
        """The fields that must have one value."""
        return tuple(term.field for term in self.terms if term.method == "eq")

    @property
    def bounded(self) -> tuple[str, ...]:
        """The fields that must lie on one side of a value."""
        return tuple(term.field for term in self.terms if term.method in _BOUNDS)

    @property
    def unequal(self) -> tuple[str, ...]:
        """The fields that must have another value."""
        return tuple(term.field for term in self.terms if term.method == "neq" or term.there)

    @property
    def only_unequal(self) -> bool:
        """Whether all that it asks is that fields have other values: an index serves that of no value alone."""
        is_bounded = any(term.method in _BOUNDS and not term.there for term in self.terms)
        return self.whole and bool(self.unequal) and not (self.equal or is_bounded)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of an index that would serve: those with one value, then one with a bound."""
        return (*dict.fromkeys(self.equal), *[field for field in self.bounded if field not in self.equal][:1])

    @property
    def wanted(self) -> IndexDefinition:
        """The index of these fields, but for those that every index has at its end."""
        fields = tuple(field for field in self.fields if field not in TIEBREAKERS)
        return IndexDefinition("index", f"by_{'_and_'.join(fields).replace('.', '_')}", fields)

    @property
    def index(self) -> str:
        """The call that adds this index to a table."""
        fields = ", ".join(f'"{field}"' for field in self.wanted.fields)
        return f'.index("{self.wanted.name}", [{fields}])'

    def both(self, other: Filter) -> Filter:
        """Return the filter that a document passes if it passes both."""
        return Filter((*self.terms, *other.terms), self.whole and other.whole)


@record
class IndexRange:
    """How an index serves a filter: with the `terms` in its range; with `rest`, there is more to the filter.

    `order` are the fields by which the documents are sorted that the query gives without it; none where not known.
    """

    index: IndexDefinition
    terms: tuple[Term, ...]
    rest: bool
    order: tuple[str, ...] = TIEBREAKERS

    @property
    def keeps_order(self) -> bool:
        """Whether the documents come in the same order as without it: fields that have one value sort nothing."""
        equal = {term.field for term in self.terms if term.method == "eq"}
        before, now = ([one for one in fields if one not in equal] for fields in (self.order, self.index.ordered))
        return bool(self.order) and before == now

    @property
    def written(self) -> str:
        """The call that uses it, without the values."""
        comparisons = "".join(
            f'.{term.method}("{term.field}", {"undefined" if term.there else "…"})' for term in self.terms
        )
        return f'.withIndex("{self.index.name}", (q) => q{comparisons})'


def ranged(index: IndexDefinition, compared: Iterable[tuple[str, str]]) -> list[str]:
    """Return the fields of an index that its range can compare: the first ones, without a gap; a bound is the last.

    `compared` are the methods, each with its field.
    """
    pairs, found = set(compared), list[str]()
    for field in index.ordered:
        is_equal = ("eq", field) in pairs
        if is_equal or any((method, field) in pairs for method in _BOUNDS):
            found.append(field)
        if not is_equal:
            break
    return found


def served(index: IndexDefinition, compared: Filter, order: tuple[str, ...] = TIEBREAKERS) -> IndexRange:
    """Return which comparisons of a filter the range of an index can take: of its first fields, without a gap.

    `order` are the fields by which the documents are sorted without it.
    """
    terms: list[Term] = []
    for field in ranged(index, ((term.method, term.field) for term in compared.terms)):
        of_field = [term for term in compared.terms if term.field == field]
        equal = [term for term in of_field if term.method == "eq"][:1]
        lower = [term for term in of_field if term.method in {"gt", "gte"}][:1]
        upper = [term for term in of_field if term.method in {"lt", "lte"}][:1]
        terms += equal or [*lower, *upper]
    return IndexRange(index, tuple(terms), len(terms) < len(compared.terms) or not compared.whole, order)


_UNSEEN = Filter(whole=False)


def read(linked: Linked, path: str, call: Call) -> Filter:
    """Return what a call of `.filter()` on a query compares, in the module `path`."""
    function = callback(linked, call.arguments[0]) if call.arguments else None
    if function is None or function.scope.path != path or len(function.returns) != 1:
        return _UNSEEN
    returned = function.returns[0].of
    return _condition(linked, returned) if returned is not None else _UNSEEN


def _condition(linked: Linked, written: Expression) -> Filter:
    written = bare(written)
    name = _method(linked, written)
    if not isinstance(written, Call) or name is None:
        return _UNSEEN
    if name == "and":
        found = Filter()
        for argument in written.arguments:
            found = found.both(_condition(linked, argument))
        return found
    if name not in {*_BOUNDS, "eq", "neq"} or len(written.arguments) != 2:  # noqa: PLR2004  what is compared
        return _UNSEEN
    left, right = written.arguments
    of_left, of_right = _field(linked, left), _field(linked, right)
    if of_left is not None and of_right is None:
        return Filter((_term(linked, name, of_left, right),))
    if of_right is not None and of_left is None:
        return Filter((_term(linked, _BOUNDS.get(name, name), of_right, left),))
    return _UNSEEN


def _term(linked: Linked, method: str, field: str, value: Expression) -> Term:
    if method == "neq" and is_undefined(linked.value(value)):
        return Term("gt", field, value, there=True)
    return Term(method, field, value)


def _field(linked: Linked, written: Expression) -> str | None:
    """Return the field that `q.field("…")` means."""
    written = bare(written)
    is_field = isinstance(written, Call) and _method(linked, written) == "field"
    return literal(linked, written, 0) if is_field and isinstance(written, Call) else None


def _method(linked: Linked, written: Expression) -> str | None:
    """Return the method of the builder that is called."""
    callee = present(linked.value(written.callee)) if isinstance(written, Call) else None
    return callee.name if isinstance(callee, Method) and isinstance(callee.of, FieldBuilder) else None


def read_array(linked: Linked, path: str, call: Call) -> Filter:
    """Return what the callback of the filter of an array compares with `===`, in the module `path`."""
    function = callback(linked, call.arguments[0]) if call.arguments else None
    if function is None or function.scope.path != path or len(function.returns) != 1 or not function.parameters:
        return Filter(whole=False)
    returned = function.returns[0].of
    return _judged(function, returned) if returned is not None else Filter(whole=False)


def _judged(function: Function, written: Expression) -> Filter:
    written = bare(written)
    if isinstance(written, Binary) and written.operator == "&&":
        return _judged(function, written.left).both(_judged(function, written.right))
    if isinstance(written, Binary) and written.operator in {"===", "=="}:
        for field, value in ((written.left, written.right), (written.right, written.left)):
            path = _path(function, field)
            if path is not None and not _mentions(function, value):
                return Filter((Term("eq", path, value),))
    return Filter(whole=False)


def _path(function: Function, written: Expression) -> str | None:
    """Return the field of the first parameter that is read, as a path."""
    written = bare(written)
    if not isinstance(written, Member):
        return None
    of = bare(written.of)
    if isinstance(of, Name) and of.binding is not None and of.binding.of is function:
        is_first = of.binding.parameter == 0 and not of.binding.steps
        return written.name if is_first else None
    inner = _path(function, of)
    return f"{inner}.{written.name}" if inner is not None else None


def _mentions(function: Function, value: Expression) -> bool:
    """Say whether a value may have to do with the document that is looked at."""
    inner = bare(value)
    while isinstance(inner, Member):
        inner = bare(inner.of)
    if isinstance(inner, Name):
        return inner.binding is not None and inner.binding.of is function
    return not isinstance(inner, Literal)
