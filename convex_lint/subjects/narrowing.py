"""How a chain is written that uses an index: the range in the place of a filter, an index where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare
from convex_lint.source import Span
from convex_lint.syntax.nodes import Call, Function, Member
from convex_lint.values import Db, Identity, Method, Nullable, present

if TYPE_CHECKING:
    from convex_lint.diagnostics import Edit
    from convex_lint.link.filters import IndexRange
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression


_SURE_CLAIMS = frozenset({"issuer", "subject", "tokenIdentifier"})


def edits(module: Module, first: Call, filter_: Call, found: IndexRange) -> tuple[Edit, ...]:
    """Return the edits that put `.withIndex()` behind `db.query()` and take `.filter()` away; none where not sure.

    `first` is the first call of the chain, which has to be made on the query as the database gives it.
    """
    if not isinstance(first.callee, Member) or not isinstance(filter_.callee, Member):
        return ()
    start, written = first.callee.of, _written(module, filter_, found)
    if written is None or not isinstance(start, Call) or not _is_begun(module, start):
        return ()
    removed = Span(filter_.callee.of.end, filter_.end)
    text = module.text(removed)
    blank = text[: text.index(".")]
    if filter_ is first:
        return (module.replace(removed, f"{blank}{written}"),)
    return (module.insert(start.end, f"{blank}{written}"), module.replace(removed, ""))


def ranged(module: Module, used: Call, filter_: Call, found: IndexRange) -> tuple[Edit, ...]:
    """Return the edits that use a range in the place of an index without one, and of a filter; none where not sure."""
    written = _written(module, filter_, found)
    if written is None or len(used.arguments) != 1 or not isinstance(filter_.callee, Member):
        return ()
    given = written.removeprefix(".withIndex(").removesuffix(")")
    return (module.replace(used.arguments[0], given), module.replace(Span(filter_.callee.of.end, filter_.end), ""))


def moved(module: Module, start: Expression, before: Expression, call: Call) -> tuple[Edit, ...]:
    """Return the edits that put a call of a chain right behind its start; none where that is not `db.query()`.

    `before` is what the call is made on.
    """
    if not isinstance(start, Call) or not _is_begun(module, start):
        return ()
    step = Span(before.end, call.end)
    return (module.insert(start.end, module.text(step)), module.replace(step, ""))


def _is_begun(module: Module, call: Call) -> bool:
    callee = present(module.linked.value(call.callee))
    return isinstance(callee, Method) and isinstance(callee.of, Db) and callee.name == "query"


def _written(module: Module, filter_: Call, found: IndexRange) -> str | None:
    """Return the call that uses a range, with the values that a filter gives; None where these cannot be moved."""
    function = filter_.arguments[0]
    text = module.text(Span(filter_.callee.end, filter_.end))
    if not isinstance(function, Function) or function.form != "arrow" or "//" in text or "/*" in text:
        return None
    parameter = function.parameters[0]
    statements = function.body.items if function.body is not None else []
    if parameter.name is None or len(statements) != 1 or _uses_own(module, function, found) or _may_lack(module, found):
        return None
    terms = "".join(f".{one.method}({module.quoted(one.field)}, {module.text(one.value)})" for one in found.terms)
    return f".withIndex({module.quoted(found.index.name or '')}, ({module.text(parameter)}) => {parameter.name}{terms})"


def _uses_own(module: Module, function: Function, found: IndexRange) -> bool:
    """Say whether a value in a range has a name in it that the function around it makes."""
    values = [term.value for term in found.terms]
    return any(
        name.binding is not None and name.binding.of is function
        for name in module.summary.code.names
        if any(value.start <= name.start < value.end for value in values)
    )


def _may_lack(module: Module, found: IndexRange) -> bool:
    """Say whether a value in a range may be null or undefined, which a filter takes, and the type of an index may not.

    All claims of an identity may be missing but those that Convex makes itself.
    """
    for value in (bare(term.value) for term in found.terms):
        of = present(module.linked.value(value.of)) if isinstance(value, Member) else None
        is_claim = isinstance(of, Identity) and isinstance(value, Member) and value.name not in _SURE_CLAIMS
        if is_claim or isinstance(module.linked.value(value), Nullable):
            return True
    return False


def widened(module: Module, used: Call, filter_: Call, found: IndexRange) -> tuple[Edit, ...]:
    """Return the edits that put another index range in the place of one and of a filter; none where not sure."""
    if len(used.arguments) < 2 or not isinstance(filter_.callee, Member):  # noqa: PLR2004  the index and its range
        return ()
    own, other = used.arguments[1], filter_.arguments[0]
    written = Span(used.arguments[0].start, used.arguments[-1].end)
    removed = Span(filter_.callee.of.end, filter_.end)
    is_plain = isinstance(own, Function) and isinstance(other, Function) and own.form == other.form == "arrow"
    if not is_plain or any(mark in module.text(span) for span in (written, removed) for mark in ("//", "/*")):
        return ()
    parameter = own.parameters[0] if isinstance(own, Function) and own.parameters else None
    if parameter is None or parameter.name is None or _block(own) or _block(other):
        return ()
    if any(isinstance(one, Function) and _uses_own(module, one, found) for one in (own, other)) or _may_lack(
        module, found
    ):
        return ()
    terms = "".join(f".{one.method}({module.quoted(one.field)}, {module.text(one.value)})" for one in found.terms)
    text = f"{module.quoted(found.index.name or '')}, ({module.text(parameter)}) => {parameter.name}{terms}"
    return (module.replace(written, text), module.replace(removed, ""))


def _block(function: object) -> bool:
    """Say whether a function does more than to give an expression."""
    statements = function.body.items if isinstance(function, Function) and function.body is not None else []
    return len(statements) != 1
