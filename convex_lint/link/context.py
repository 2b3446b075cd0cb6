"""What a function uses of the ctx that it receives, under whatever names it has for it.

All is told by the code of the function alone, but for what the functions need that it hands ctx on to. A function that
asks what its ctx has (`"db" in ctx`, `if (ctx.scheduler)`, `ctx.db?.get`) is ready for either answer: nothing is said
of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint import flow
from convex_lint.facts.context import ANYWHERE
from convex_lint.link import modules
from convex_lint.stubs import is_stub
from convex_lint.syntax.nodes import (
    REST,
    Assign,
    Binary,
    Binding,
    Call,
    Cast,
    Conditional,
    Declare,
    If,
    Loop,
    Member,
    Name,
    Spread,
    Unary,
)
from convex_lint.values import Ctx, present

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression, Function, Parameter
    from convex_lint.values import Closure

Path = tuple[str, ...]
"""A member of ctx, or a member of one: `("db", "patch")`."""

_LOGICAL = frozenset({"&&", "||", "??"})
_COMPARED = frozenset({"===", "!==", "==", "!="})


class Use(NamedTuple):
    """A member that is taken of ctx, where `node` stands; the first `begun` steps of the path were taken before.

    `cast` says that ctx was said to be something else before.
    """

    path: Path
    begun: int
    node: Member | Binding
    cast: bool


class Handed(NamedTuple):
    """Ctx, or a part of it, that is an argument of a call."""

    path: Path
    call: Call
    argument: Expression
    at: int
    cast: bool


class Needs(NamedTuple):
    """What a function takes of a parameter, and which kinds of ctx its type says that it is, if it says so."""

    of: frozenset[Path] = frozenset()
    kinds: frozenset[str] | None = None


NOTHING = Needs()


class Uses:
    """All uses of a parameter that is, or may be, ctx. `guarded` says that it is asked what it has."""

    def __init__(self, parameter: Parameter) -> None:
        self.taken: list[Use] = []
        self.handed: list[Handed] = []
        self.guarded = False
        self._seen: set[Binding] = set()
        for bound in parameter.pattern:
            self._bind(bound, (), cast=False)

    def _bind(self, bound: Binding, path: Path, *, cast: bool) -> None:
        """Follow a name for ctx, or for a part of it."""
        steps = tuple(step for step in bound.steps if step != REST)
        if bound in self._seen or bound.writes or not all(isinstance(step, str) for step in steps):
            return
        self._seen.add(bound)
        inner = (*path, *(str(step) for step in steps))
        if bound.default is not None:
            self.guarded = True
        if steps:
            self.taken.append(Use(inner, len(path), bound, cast))
        for use in bound.uses:
            self._follow(use, inner, cast=cast)

    def _follow(self, node: Expression, path: Path, *, cast: bool) -> None:
        """Follow ctx, or a part of it, to where it is used."""
        if path and path[0] in ANYWHERE and _is_asked(node):
            self.guarded = True
        while isinstance(node.parent, Cast):
            node = node.parent
            cast = cast or node.form == "as"
        parent = node.parent
        match parent:
            case Member():
                inner = (*path, parent.name)
                self.taken.append(Use(inner, len(path), parent, cast))
                is_asked = (bool(path) and parent.optional) or _is_asked(parent)
                self.guarded = self.guarded or (is_asked and inner[0] in ANYWHERE)
                if len(inner) == 1:
                    self._follow(parent, inner, cast=cast)
            case Declare():
                for bound in parent.bindings:
                    self._bind(bound, path, cast=cast)
            case Call() if parent.callee is not node:
                self._hand(node, path, parent, cast=cast)
            case Assign(target=target) if target is node:
                self.guarded = True
            case Binary(operator="in", right=right) if right is node:
                self.guarded = True
            case _:
                pass

    def _hand(self, node: Expression, path: Path, call: Call, *, cast: bool) -> None:
        callee = call.callee
        if _is_asked(call) or (
            isinstance(callee, Member) and isinstance(callee.of, Name) and callee.of.text == "Object"
        ):
            self.guarded = True  # `if (isMutationCtx(ctx))`, `Object.assign(ctx, …)`
        at = call.arguments.index(node)
        if not any(isinstance(argument, Spread) for argument in call.arguments[:at]):
            self.handed.append(Handed(path, call, node, at, cast))


def _is_asked(node: Expression) -> bool:
    """Say whether it is asked if something is there, or what it is."""
    while True:
        parent = node.parent
        match parent:
            case Unary(operator="typeof") | If():
                return True
            case Loop(form=form):
                return form != "of"
            case Unary(operator="!") | Cast():
                node = parent
            case Binary(operator=operator) if operator in _COMPARED:
                node = parent
            case Binary(operator=operator, left=left) if operator in _LOGICAL and left is node:
                return True
            case Binary(operator=operator) if operator in _LOGICAL:
                node = parent
            case Conditional(test=test):
                return test is node
            case Call(optional=True, callee=callee):
                return callee is node
            case _:
                return False


def needs(linked: Linked, function: Function, index: int) -> Needs:
    """Return what a function takes of a parameter, also by handing it on."""
    parameter = function.parameters[index] if index < len(function.parameters) else None
    if parameter is None or parameter.rest:
        return NOTHING
    declared = present(linked.type(parameter.type))
    kinds = declared.kinds if isinstance(declared, Ctx) and not declared.open and not declared.extra else None
    found = Uses(parameter)
    if found.guarded:
        return Needs(kinds=kinds)
    made = {use.path for use in found.taken}
    for handed in found.handed:
        made.update((*handed.path, *path)[:2] for path in needed_by(linked, handed).of)
    return Needs(frozenset(made), kinds)


def surely(linked: Linked, function: Function, index: int, path: Path) -> bool:
    """Say whether every way through a function that ends as it should takes something of a parameter."""
    found = Uses(function.parameters[index])
    passed = {one for use in found.taken if use.path[: len(path)] == path for one in _marks(use.node)}
    for handed in found.handed:
        if handed.path[: len(path)] == path:
            passed.add(handed.call)
            continue
        rest = path[len(handed.path) :]
        callee = called(linked, handed.call) if path[: len(handed.path)] == handed.path else None
        is_taken = callee is not None and rest in needed_by(linked, handed).of
        if callee is not None and is_taken and linked.surely(callee.path, callee.ordinal, handed.at, rest):
            passed.add(handed.call)
    return flow.always(function, lambda one: one in passed)


def _marks(node: Member | Binding) -> list[object]:
    """Return what is run where a member is taken: the member itself, or the calls of the name that it has."""
    if isinstance(node, Member):
        return [node]
    return [use.parent for use in node.uses if isinstance(use.parent, Call) and use.parent.callee is use]


def needed_by(linked: Linked, handed: Handed) -> Needs:
    """Return what the function takes of ctx, or of a part of it, that this is handed on to."""
    callee = called(linked, handed.call)
    return NOTHING if callee is None else linked.needs(callee.path, callee.ordinal, handed.at)


def called(linked: Linked, call: Call) -> Closure | None:
    """Return the function of the project that a call goes to, where it is named."""
    found = modules.callee(linked, call)
    return None if found is None or is_stub(found.path) else found
