"""How many documents a query reads, where whoever calls says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Related
from convex_lint.link.shapes import bare, held, outermost, property_of
from convex_lint.subjects import sent
from convex_lint.syntax.nodes import Binary, Call, Declare, Member, Name, Object, Property
from convex_lint.values import Constant, Method, Query, present

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from convex_lint.diagnostics import Edit
    from convex_lint.subjects.module import Module
    from convex_lint.subjects.sent import Sent
    from convex_lint.syntax.nodes import Binding, Expression, Function

_KEEPS = frozenset({"??", "||", "+", "*"})
"""The operators whose left side still says how much it is."""

_INSTEAD = frozenset({"??", "||"})
"""The operators whose right side says how much it is where the left one says nothing."""

_MOST = 100
"""How many documents a bound lets in that the linter chooses."""

_COMPARES = frozenset({"<", ">", "<=", ">="})


class ChosenLimit:
    """A number of documents that a caller chooses, and that nothing in the handler looks at before it is used.

    `method` is the method of the query that takes it, `take` or `paginate`. `names` are those that hold it, and `more`
    are the other places where the same argument says how much is read.
    """

    def __init__(
        self, module: Module, node: Expression, argument: Sent, method: str, names: tuple[Binding, ...]
    ) -> None:
        self.module = module
        self.node = node
        self.place = module.at(node)
        self.argument = argument
        self.method = method
        self._names = names
        self.more: list[ChosenLimit] = []

    @property
    def most(self) -> int:
        """How many documents a bound may let in: a hundred, or more where more is read if the caller says nothing."""
        node = held(self.node)
        has_fallback = isinstance(node, Binary) and node.operator in _INSTEAD
        value = self.module.linked.value(node.right) if isinstance(node, Binary) and has_fallback else None
        known = value.value if isinstance(value, Constant) else None
        return max(_MOST, int(known)) if isinstance(known, int | float) else _MOST

    @property
    def related(self) -> tuple[Related, ...]:
        """The other places where it says how much is read."""
        return tuple(Related(one.place, "and here") for one in self.more)

    def bounded(self) -> tuple[Edit, ...]:
        """Return the edits that bound it everywhere, where only queries have to do with it.

        Whether as many were found as were asked for, say, is asked with the number that was asked for.
        """
        if not all(one.is_for_queries for one in (self, *self.more)):
            return ()
        bounds = ((one, f"Math.min({one.module.text(one.node)}, {one.most})") for one in (self, *self.more))
        return tuple(one.module.replace(one.node, bound) for one, bound in bounds)

    @property
    def is_for_queries(self) -> bool:
        """Whether nothing else has to do with it, and it is not the name of an option."""
        parent = outermost(self.node).parent
        is_short = isinstance(parent, Property) and parent.form == "shorthand"
        return not is_short and all(_is_for_query(self.module, use) for use in _uses(self.argument, self._names))


def find(module: Module) -> Iterator[ChosenLimit]:
    """Yield the numbers of documents in a module that surely are what a caller sent, each argument once."""
    found: dict[tuple[Function, tuple[str, ...]], ChosenLimit] = {}
    for one in _each(module):
        first = found.setdefault((one.argument.handler, one.argument.path), one)
        if one is not first:
            first.more.append(one)
    yield from found.values()


def _each(module: Module) -> Iterator[ChosenLimit]:
    for call in module.summary.calls(frozenset({"take", "paginate"})):
        given = _number(call)
        names: list[Binding] = []
        argument = _chosen(module, given, names) if given is not None else None
        if given is None or argument is None or argument.validator.kind != "float64":
            continue
        callee = present(module.linked.value(call.callee))
        is_of_query = isinstance(callee, Method) and isinstance(callee.of, Query)
        if is_of_query and module.whole(call, call.function) and not _is_looked_at(module, argument, names, call):
            method = callee.name if isinstance(callee, Method) else ""
            yield ChosenLimit(module, bare(given), argument, method, tuple(names))


def _number(call: Call) -> Expression | None:
    """Return what says how many documents a call reads."""
    first = bare(call.arguments[0]) if call.arguments else None
    if not isinstance(call.callee, Member) or first is None:
        return None
    if call.callee.name == "take":
        return first
    entry = property_of(first, "numItems") if isinstance(first, Object) else None
    return entry.value if entry is not None else None


def _chosen(module: Module, expression: Expression, names: list[Binding]) -> Sent | None:
    """Return the argument that an expression is, or more than it, or something in its stead; `names` get its names."""
    inner = bare(expression)
    if isinstance(inner, Binary) and inner.operator in _KEEPS:
        return _chosen(module, inner.left, names)
    binding = inner.binding if isinstance(inner, Name) else None
    found = sent.of(module, inner)
    if found is None and binding is not None and binding.form == "const" and binding.of is not None:
        names.append(binding)
        return _chosen(module, binding.of, names) if not binding.steps else None
    return found


def _uses(argument: Sent, names: Iterable[Binding]) -> Iterator[Expression]:
    """Yield the uses of an argument, and of the names that hold it."""
    yield from sent.uses(argument.handler, argument.path)
    yield from (outermost(use) for binding in names for use in binding.uses)


def _is_for_query(module: Module, use: Expression) -> bool:
    """Say whether a use says a query how much it reads, or gives the number another name."""
    while isinstance(around := use.parent, Binary) and around.operator in _KEEPS and around.left is use:
        use = outermost(around)
    if isinstance(around, Property) and isinstance(around.parent, Object):
        around = around.parent.parent
    return isinstance(around, Declare) or (isinstance(around, Call) and _is_query(module, around))


def _is_looked_at(module: Module, argument: Sent, names: list[Binding], taker: Call) -> bool:
    """Say whether something compares an argument, or hands it to a function, which may bound it or throw."""
    for use in _uses(argument, names):
        parent = use.parent
        if isinstance(parent, Binary) and parent.operator in _COMPARES:
            return True
        if isinstance(parent, Call) and parent is not taker and not _is_query(module, parent):
            return True
    return False


def _is_query(module: Module, call: Call) -> bool:
    """Say whether a call is one of a query, which takes a number as it is."""
    callee = present(module.linked.value(call.callee))
    return isinstance(callee, Method) and isinstance(callee.of, Query)
