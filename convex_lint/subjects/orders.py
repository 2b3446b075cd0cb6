"""What makes a step of a query fail: a query that does not have it any more, and arguments that it does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.queries import FIRST, ORDERS, REQUIRED
from convex_lint.link.primitives import form
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import Object, Spread
from convex_lint.values import Constant, Structure, present

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call, Expression
    from convex_lint.values import Query, Value


def late(query: Query, name: str) -> str | None:
    """Say why a query does not have a step any more: `index`, `started`, `search` or `ordered`; None where it may."""
    if name in FIRST and query.started:
        return "index" if query.index != "" else "started"
    if name != "order":
        return None
    return "search" if query.search else "ordered" if query.ordered else None


class Wrong(NamedTuple):
    """What is given to a step and not taken by it: `missing`, `number`, `order`, or of a page its `size` or `page`."""

    what: str
    argument: Expression | None = None


def wrong(linked: Linked, call: Call, name: str) -> Wrong | None:
    """Return what a step of a query is given that makes it fail."""
    arguments = call.arguments
    if any(isinstance(one, Spread) for one in arguments):
        return None
    if len(arguments) < REQUIRED.get(name, 0):
        return Wrong("missing")
    if name not in {"take", "order", "paginate"}:
        return None
    given = linked.value(arguments[0])
    if form(given) == "undefined":
        return Wrong("missing", arguments[0])
    if name == "paginate":
        found = _page(given, is_made=isinstance(bare(arguments[0]), Object))
    else:
        found = _number(given) if name == "take" else _order(given)
    return Wrong(found, arguments[0]) if found is not None else None


def _number(given: Value) -> str | None:
    return None if _may_count(given, 0) else "number"


def _order(given: Value) -> str | None:
    is_known = isinstance(given, Constant) or form(given) not in {"", "string"}
    return "order" if is_known and not (isinstance(given, Constant) and given.value in ORDERS) else None


def _page(given: Value, *, is_made: bool) -> str | None:
    if form(given):
        return "page"
    given = present(given)
    if not isinstance(given, Structure):
        return None
    if not given.has("numItems"):
        # What a client sends is a matter of its validator.
        return "page" if is_made and not given.open else None
    return None if _may_count(given.get("numItems"), 1) else "size"


def _may_count(given: Value, least: int) -> bool:
    """Say whether a value may be a whole number that is not below another one."""
    if isinstance(given, Constant) and isinstance(given.value, int | float) and given.form == "number":
        return given.value >= least and given.value == int(given.value)
    return form(given) in {"", "number"}
