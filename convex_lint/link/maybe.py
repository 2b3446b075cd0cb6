"""What may give a promise, told from names alone, so that little has to be inferred: a no is sure enough to be silent.

A method counts where its name is one that gives promises in Convex or JavaScript, or where it is one of an object that
the project made; a function of the project where it is asynchronous, says that it returns a promise, or returns what
may be one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.api import RUNS, SERVICE_METHODS, TERMINALS, WRITES
from convex_lint.facts.language import BODY_READERS, PLAIN_METHODS, PROMISE_MAKERS, PROMISE_METHODS
from convex_lint.link import modules
from convex_lint.link.shapes import bare
from convex_lint.syntax.nodes import Assign, Binary, Call, Conditional, Function, Member, Name

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression

_METHODS = frozenset({"get", "vectorSearch", "next", "find", "at", "pop", "reduce", "reduceRight"}).union(
    BODY_READERS,
    RUNS,
    TERMINALS,
    WRITES,
    PROMISE_METHODS,
    (name.rpartition(".")[2] for name in PROMISE_MAKERS),
    *SERVICE_METHODS.values(),
)
"""The names of methods that give a promise, or an item that may be one."""

_DEEP = 4

FORMS = frozenset({"const", "let", "var", "param"})
"""The forms of names that may stand for a promise."""


def call(linked: Linked, node: Call) -> bool:
    """Say whether a call may give a promise."""
    if modules.is_of_values(node):
        return False
    callee = bare(node.callee)
    if node.new or isinstance(callee, Function):
        return isinstance(callee, Function) and callee.asynchronous
    if isinstance(callee, Member):
        return callee.name in _METHODS or (callee.name not in PLAIN_METHODS and _is_of_another(linked, callee))
    return isinstance(callee, Name) and _called(linked, callee)


def _called(linked: Linked, callee: Name) -> bool:
    binding = callee.binding
    if binding is None:
        return callee.text == "fetch"
    closure = modules.static_closure(linked, callee)
    if closure is not None:
        return linked.may_give(closure.path, closure.ordinal)
    held = bare(binding.of) if binding.of is not None else None
    taken = bool(binding.steps) and str(binding.steps[-1]) in _METHODS
    return taken or binding.form == "import" or isinstance(held, Call | Member)


def _is_of_another(linked: Linked, callee: Member) -> bool:
    """Say whether a method may be one of what the project made, or of what a package gives."""
    return _is_made(callee.of) or callee.name in linked.described().promising


def _is_made(of: Expression) -> bool:
    """Say whether something is made by a call, or imported: then its methods are its own."""
    of = bare(of)
    while isinstance(of, Member):
        of = bare(of.of)
    if isinstance(of, Name) and of.binding is not None:
        held = bare(of.binding.of) if of.binding.of is not None else None
        return of.binding.form == "import" or isinstance(held, Call)
    return isinstance(of, Call) and of.new


def function(linked: Linked, found: Function) -> bool:
    """Say whether a function of the module that is looked at may give a promise."""
    if found.asynchronous:
        return True
    if found.result is not None:
        return found.result.mentions("Promise")
    return any(expression(linked, statement.of) for statement in found.returns if statement.of is not None)


def expression(linked: Linked, written: Expression, depth: int = 0) -> bool:
    """Say whether an expression may be a promise."""
    written = bare(written)
    match written:
        case Call():
            return call(linked, written)
        case Assign():
            return expression(linked, written.value, depth)
        case Conditional():
            return expression(linked, written.yes, depth) or expression(linked, written.no, depth)
        case Binary(operator="&&" | "||" | "??" | ","):
            return expression(linked, written.left, depth) or expression(linked, written.right, depth)
        case Name(binding=binding) if binding is not None:
            return name(linked, binding, depth + 1)
        case _:
            return False


def name(linked: Linked, binding: Binding, depth: int = 0) -> bool:
    """Say whether a name may stand for a promise; one that leads on and on may."""
    if depth > _DEEP:
        return True
    if binding.steps or binding.form not in FORMS:
        return False
    if binding.form == "param":
        return binding.type is not None and binding.type.mentions("Promise")
    written = ([] if binding.of is None else [binding.of]) + binding.writes
    return any(expression(linked, one, depth) for one in written)
