"""Where a value leaves the code for Convex, which takes plain data only: no promise, no function, no date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import RUNS, SERVICE_METHODS, WRITES
from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import Array, Call, Function, Member, Name, Object, Property, Return
from convex_lint.values import Ctx, Db, FieldBuilder, Method, Query, Service, present

if TYPE_CHECKING:
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_COMPARING = frozenset({"eq", "neq", "lt", "lte", "gt", "gte"})
_TAKERS = RUNS.union(WRITES, _COMPARING, {"get", "take", "paginate"}, *SERVICE_METHODS.values())


def may_be(module: Module, node: Expression) -> bool:
    """Say whether an expression may go to Convex, told from names and places alone."""
    match _end(node).parent:
        case Call(callee=Member(name=name)):
            return name in _TAKERS
        case Call(callee=Name(binding=binding)) if binding is not None and binding.steps:
            return binding.steps[-1] in _TAKERS
        case Return(function=Function() as function):
            return function in module.sending
        case _:
            return False


def of(module: Module, node: Expression) -> str | None:
    """Say, in the words of a message, where Convex takes an expression, alone or in objects and arrays around it."""
    inner = _end(node)
    parent = inner.parent
    if isinstance(parent, Call) and inner in parent.arguments:
        taker = _taker(module, parent)
        return f"in the arguments of `{taker}`" if taker is not None else None
    is_inside = inner is not outermost(node)
    if is_inside and isinstance(parent, Return) and parent.function in module.sending:
        return "in what the function returns"
    return None


def _end(node: Expression) -> Expression:
    """Return the outermost of the objects and arrays that an expression stands in."""
    inner = outermost(node)
    while True:
        parent = inner.parent
        if isinstance(parent, Property) and isinstance(parent.parent, Object) and parent.value is inner:
            inner = outermost(parent.parent)
        elif isinstance(parent, Array):
            inner = outermost(parent)
        else:
            return inner


def _taker(module: Module, call: Call) -> str | None:
    match present(module.linked.value(call.callee)):
        case Method(of=Db(), name=name):
            return f"ctx.db.{name}"
        case Method(of=Service(name=service), name=name):
            return f"ctx.{service}.{name}"
        case Method(of=Ctx(), name=name) if name in RUNS:
            return f"ctx.{name}"
        case Method(of=FieldBuilder(), name=name) if name in _COMPARING:
            return f"q.{name}"
        case Method(of=Query(), name="take" | "paginate" as name):
            return f".{name}()"
        case _:
            return None
