"""Uses of an index: `.withIndex(…)`, `.withSearchIndex(…)` and `ctx.vectorSearch(…)`, and what they compare."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.diagnostics import Place
from convex_lint.link.shapes import bare, callback, leaves, literal, property_of
from convex_lint.records import entity
from convex_lint.source import Span
from convex_lint.subjects import ranges
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Array, Call, Literal, Member, Name, Object
from convex_lint.values import Constant, Ctx, FieldBuilder, Method, Query, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.module import Module
    from convex_lint.subjects.ranges import RangeFault
    from convex_lint.syntax.nodes import Expression, Function

_FORMS = {"withIndex": "index", "withSearchIndex": "search", "vectorSearch": "vector"}
"""The methods that use an index by its name, and the form of the index."""


@entity
class Comparison:
    """One call on the builder of a range or a search: `.eq("author", id)`.

    `field` is None where it is not a string that is known; `place` is the field as it is written, or the method, and
    `written` the whole call from its dot on. `wrapped` says that the field is given as `q.field("author")`, which only
    the builder of a filter has.
    """

    method: str
    field: str | None
    place: Place
    value: Expression | None
    written: Span
    wrapped: bool = False


@entity
class Comparisons:
    """What one way through a callback compares, in the order of the calls; `place` is the expression it gives."""

    steps: tuple[Comparison, ...]
    place: Place

    def of(self, *methods: str) -> tuple[Comparison, ...]:
        """Return the calls of some methods."""
        return tuple(step for step in self.steps if step.method in methods)

    def fault(self, fields: tuple[str, ...]) -> RangeFault | None:
        """Return what is wrong with it as the range of an index that is sorted by `fields`."""
        return ranges.fault(self.steps, fields)


class IndexUse:
    """A place where a query or a vector search names an index; `form` is `index`, `search` or `vector`."""

    def __init__(self, module: Module, call: Call, method: str, table: str | None) -> None:
        self.module = module
        self.call = call
        self.form = _FORMS[method]
        self.table = table
        self._first = 1 if self.form == "vector" else 0

    @property
    def place(self) -> Place:
        """The name of the index, or what is called where there is none."""
        given = self.call.arguments
        return self.module.at(given[self._first] if self._first < len(given) else self.call.callee)

    @property
    def written(self) -> Literal | None:
        """The name, where it is written here, as a string."""
        first = bare(self.call.arguments[self._first]) if self._first < len(self.call.arguments) else None
        return first if isinstance(first, Literal) else None

    @cached_property
    def name(self) -> str | None:
        """The name of the index, where it is known."""
        return literal(self.module.linked, self.call, self._first)

    @cached_property
    def ranges(self) -> tuple[Comparisons, ...]:
        """What the callback compares, for each expression that it may give; what is not followed is left out."""
        if self.form == "vector" or len(self.call.arguments) < 2:  # noqa: PLR2004  the name and the callback
            return ()
        function = callback(self.module.linked, self.call.arguments[1])
        if function is None or function.scope.path != self.module.path:
            return ()
        given = (each.of for each in function.returns if each.of is not None)
        found = (_comparisons(self.module, function, bare(leaf)) for one in given for leaf in leaves(one))
        return tuple(one for one in found if one is not None)

    @property
    def silent(self) -> Place | None:
        """The callback, where it surely comes to its end and gives nothing."""
        if self.form == "vector" or len(self.call.arguments) < 2:  # noqa: PLR2004  the name and the callback
            return None
        function = callback(self.module.linked, self.call.arguments[1])
        if function is None or function.scope.path != self.module.path or function.concise or function.generator:
            return None
        gives = any(one.of is not None for one in function.returns) or not self.module.whole(function, function)
        return self.module.at(self.call.arguments[1]) if not gives and flow.falls_off(function) else None

    @property
    def filtered_by(self) -> tuple[Comparison, ...]:
        """The fields that the filter of a vector search compares with `q.eq`."""
        entry = self.option("filter")
        function = callback(self.module.linked, entry) if entry is not None else None
        if function is None or function.scope.path != self.module.path:
            return ()
        found = (_equal(self.module, one.of) for one in function.returns if one.of is not None)
        return tuple(step for steps in found for step in steps)

    def at_option(self, key: str) -> Place:
        """Return the place of an option of a vector search, or that of the index where it is not written."""
        entry = self.option(key)
        return self.module.at(entry) if entry is not None else self.place

    def option(self, key: str) -> Expression | None:
        """Return an option of a vector search, where the options are written here."""
        options = bare(self.call.arguments[2]) if self.form == "vector" and len(self.call.arguments) > 2 else None  # noqa: PLR2004
        entry = property_of(options, key) if isinstance(options, Object) else None
        return entry.value if entry is not None else None

    def number(self, key: str) -> float | None:
        """Return an option that is a number, where that is known."""
        entry = self.option(key)
        value = self.module.linked.value(entry) if entry is not None else None
        if not isinstance(value, Constant) or value.form != "number" or value.value is None:
            return None
        return float(value.value)


def _comparisons(module: Module, function: Function, given: Expression) -> Comparisons | None:
    """Return the calls that lead from the parameter of a callback to what it gives, or None where that is not seen."""
    steps: list[Comparison] = []
    node = _held(given)
    while isinstance(node, Call) and isinstance(node.callee, Member):
        steps.append(_comparison(module, node, node.callee))
        node = _held(node.callee.of)
    is_parameter = isinstance(node, Name) and node.binding is not None and node.binding.of is function
    if not is_parameter or not isinstance(present(module.linked.value(node)), FieldBuilder):
        return None
    return Comparisons(tuple(reversed(steps)), module.at(given))


def _held(expression: Expression) -> Expression:
    """Return an expression, or what the constant holds that it is a name of."""
    inner = bare(expression)
    binding = inner.binding if isinstance(inner, Name) else None
    if binding is None or binding.form != "const" or binding.steps or binding.of is None:
        return inner
    return _held(binding.of)


def _comparison(module: Module, call: Call, member: Member) -> Comparison:
    field, wrapped = literal(module.linked, call, 0), _wrapped(call, member)
    if wrapped is not None:
        field = literal(module.linked, wrapped, 0)
    name = Place(module.path, Span(member.name_start, member.name_end))
    value = call.arguments[1] if len(call.arguments) > 1 else None
    written = Span(member.of.end, call.end)
    place = module.at(call.arguments[0]) if call.arguments else name
    return Comparison(member.name, field, place, value, written, wrapped is not None)


def _wrapped(call: Call, member: Member) -> Call | None:
    """Return the `q.field(…)` that a comparison is given, of the same `q`."""
    given = bare(call.arguments[0]) if call.arguments else None
    if not isinstance(given, Call) or not isinstance(given.callee, Member) or given.callee.name != "field":
        return None
    of, first = bare(given.callee.of), bare(member.of)
    while isinstance(first, Call) and isinstance(first.callee, Member):
        first = bare(first.callee.of)
    is_same = isinstance(of, Name) and isinstance(first, Name) and of.binding is first.binding
    return given if is_same else None


def _equal(module: Module, expression: Expression) -> Iterator[Comparison]:
    """Yield the `q.eq(…)` in the filter of a vector search, in `q.or(…)` too."""
    inner = bare(expression)
    if isinstance(inner, Array):
        for item in inner.items:
            yield from _equal(module, item)
    elif isinstance(inner, Call) and isinstance(inner.callee, Member):
        if inner.callee.name == "eq":
            yield _comparison(module, inner, inner.callee)
        elif inner.callee.name == "or":
            for argument in inner.arguments:
                yield from _equal(module, argument)


@once
def find(module: Module) -> Iterator[IndexUse]:
    """Yield the uses of indexes in a module."""
    for call in module.summary.calls(frozenset(_FORMS)):
        if not call.arguments or not module.whole(call, call.function):
            continue
        match present(module.linked.value(call.callee)):
            case Method(of=Query() as query, name="withIndex" | "withSearchIndex" as name):
                yield IndexUse(module, call, name, query.table)
            case Method(of=Ctx(), name="vectorSearch"):
                yield IndexUse(module, call, "vectorSearch", literal(module.linked, call, 0))
            case _:
                pass
