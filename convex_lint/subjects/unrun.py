"""Queries that are built and not run, where they are taken for what they would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import CHAINED
from convex_lint.link import ends, modules
from convex_lint.link.shapes import bare, outermost
from convex_lint.subjects import drops, held
from convex_lint.syntax.nodes import (
    Array,
    Assign,
    Await,
    Call,
    Conditional,
    Declare,
    Evaluate,
    Function,
    If,
    Loop,
    Member,
    Name,
    Object,
    Property,
    Return,
    Spread,
    Unary,
)
from convex_lint.values import Global, Query, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression, Node

_BUILT = CHAINED | {"query"}


class UnrunQuery:
    """A query that was not run where it is `returned`, `awaited`, `looped` over, `dropped`, or `used` otherwise."""

    def __init__(self, module: Module, node: Expression, how: str) -> None:
        self.module = module
        self.node = node
        self.how = how

    @property
    def place(self) -> Place:
        """The query, or the name that holds it."""
        return self.module.at(self.node)


def find(module: Module) -> Iterator[UnrunQuery]:
    """Yield the queries of a module that surely are used, or thrown away, without having been run."""
    for call in module.summary.calls(_BUILT):
        if not _goes_on(call) and isinstance(call.callee, Member) and not isinstance(call.parent, Call):
            for node, how in _faults(module, call):
                if module.whole(call, call.function) and _is_query(module, call):
                    yield UnrunQuery(module, node, how)
    for call in _sent(module):
        if modules.static_closure(module.linked, call.callee) is not None and _is_query(module, call):
            yield UnrunQuery(module, call, "returned")


def _is_query(module: Module, node: Expression) -> bool:
    return isinstance(present(module.linked.value(node)), Query)


def _sent(module: Module) -> Iterator[Call]:
    """Yield the calls of a name whose results handlers return as they are."""
    for function in module.sending:
        if function.scope.path == module.path and module.whole(function, function):
            for statement in function.returns:
                given = bare(statement.of) if statement.of is not None else None
                given = bare(given.of) if isinstance(given, Await) else given
                if isinstance(given, Call) and isinstance(given.callee, Name):
                    yield given


def _goes_on(call: Call) -> bool:
    return isinstance(outermost(call).parent, Member)


def _faults(module: Module, call: Call) -> Iterator[tuple[Expression, str]]:
    """Yield where a query, or the name that holds it, is used as what it is not, and as what."""
    given = drops.carried(call)
    if not isinstance(given.parent, Declare):
        how = _fault(module, given)
        if how is not None:
            yield call, how
        return
    bound = held.plain(given.parent)
    if bound is None:
        return
    found = {use: _fault(module, drops.carried(use)) for use in held.uses(bound)}
    uses = [use for use in found if found[use] is not None]
    never = bound not in module.summary.exported and len(uses) == len(found)
    for use in uses:
        if found[use] != "used" or (never and use is uses[0]):
            yield use, found[use] or ""


def _fault(module: Module, given: Expression) -> str | None:  # noqa: PLR0911  one case a use
    """Say as what a query is used that was not run; None where it may be run."""
    match given.parent:
        case Evaluate():
            return "dropped"
        case Await() as waiting:
            return None if _may_run(module, drops.carried(waiting)) else "awaited"
        case Loop(form="of", awaits=False) as loop if given in loop.heads:
            return "looped"
        case Spread(parent=Array()):
            return "looped"
        case Return(function=Function() as function):
            return "returned" if function in module.sending else _mapped(module, function)
        case Property() | Array() as part:
            return _inside(module, given, part)
        case If() | Unary(operator="!") | Member() as user:
            return "used" if not _is_called(user) else None
        case Conditional(test=test) if test is given:
            return "used"
        case _:
            return None


def _is_called(user: Node) -> bool:
    return isinstance(user, Member) and isinstance(outermost(user).parent, Call)


def _inside(module: Module, given: Expression, part: Property | Array) -> str | None:
    """Say as what a query is used in an object or an array: it is returned, or awaited together with others."""
    whole = part.parent if isinstance(part, Property) else part
    if not isinstance(whole, Object | Array):
        return None
    outer = drops.carried(whole)
    match outer.parent:
        case Return(function=Function() as function):
            return "returned" if function in module.sending else None
        case Property() | Array() as more:
            return _inside(module, outer, more)
        case Call() as call if isinstance(part, Array) and _is_all(module, call):
            return _together(module, part.items.index(given), drops.carried(call))
        case _:
            return None


def _together(module: Module, item: int, all_: Expression) -> str | None:
    """Say as what a query is used that is one of those that `Promise.all` is given."""
    match all_.parent:
        case Return(function=Function() as function):
            return "returned" if function in module.sending else None
        case Await(parent=Return(function=Function() as function)):
            return "returned" if function in module.sending else None
        case Await(parent=Declare(bindings=bindings)):
            kept = [one for one in bindings if one.steps[:1] == (item,)]
            is_plain = all(one.steps[:1] != () for one in bindings)
            may_run = any(_may_run(module, drops.carried(use)) for one in kept for use in one.uses)
            return "awaited" if kept and is_plain and not may_run else None
        case _:
            return None


def _mapped(module: Module, function: Function) -> str | None:
    """Say as what a query is used that a callback gives for each item, for `Promise.all` to wait for."""
    mapped = function.parent
    if not isinstance(mapped, Call) or not isinstance(mapped.callee, Member) or not function.concise:
        return None
    all_ = drops.carried(mapped).parent
    if mapped.callee.name != "map" or not isinstance(all_, Call) or not _is_all(module, all_):
        return None
    waiting = drops.carried(all_).parent
    return "awaited" if isinstance(waiting, Await) or _is_sent(module, waiting) else None


def _is_sent(module: Module, node: Node | None) -> bool:
    return isinstance(node, Return) and node.function in module.sending


def _is_all(module: Module, call: Call) -> bool:
    callee = module.linked.value(call.callee)
    return isinstance(callee, Global) and callee.name == "Promise.all"


def _may_run(module: Module, given: Expression) -> bool:
    """Say whether a query may be run that was awaited: it is one still, and what is not seen may run it."""
    if isinstance(given.parent, Declare):
        plain = [one for one in given.parent.bindings if not one.steps]
        uses = {_use(module, drops.carried(use)) for one in plain for use in one.uses}
        return "run" in uses or ("handed on" in uses and "read" not in uses)
    return _use(module, given) != "read"


def _use(module: Module, given: Expression) -> str:
    """Say what becomes of a query: it is `run`, `handed on` to who may run it, or `read` as if it had been run."""
    match given.parent:
        case Member(name=name):
            return "run" if name in ends.STEPS else "read"
        case Loop() as loop:
            return "run" if loop.awaits else "read"
        case Return(function=Function() as function):
            return "read" if function in module.sending else "handed on"
        case Call() | Property() | Array() | Assign() | Spread() | Declare():
            return "handed on"
        case _:
            return "read"
