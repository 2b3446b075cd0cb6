"""Where an HTTP action ends without a response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import flow
from convex_lint.link import modules
from convex_lint.link.shapes import bare, dotted
from convex_lint.source import Span
from convex_lint.syntax.nodes import Await, Block, Call, Evaluate, If, Literal, Loop, Switch, Try
from convex_lint.values import (
    NULL,
    UNDEFINED,
    UNKNOWN,
    ArrayOf,
    Closure,
    Constant,
    Document,
    FileUrl,
    Id,
    Identity,
    Nullable,
    Primitive,
    Structure,
    Value,
    awaited,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.link import Linked
    from convex_lint.link.registered import Registered
    from convex_lint.subjects.module import Module, Ranged
    from convex_lint.syntax.nodes import Expression, Function, Statement


class Unanswered:
    """A way out of the handler of an HTTP action that surely gives no `Response`; `gives` is what it gives, in words.

    It is empty where the handler may come to its end.
    """

    def __init__(self, module: Module, node: Ranged, gives: str) -> None:
        self.module = module
        self.node = node
        self.gives = gives

    @property
    def place(self) -> Place:
        """What is returned; of a handler that comes to its end, the builder that it is given to, if that is here."""
        return self.module.at(self.node)


def find(module: Module) -> Iterator[Unanswered]:
    """Yield the ways out of the HTTP actions of a module that give no response."""
    for handler in module.summary.code.functions:
        made = _registered(module, handler) if handler.inside is None else None
        if made is None or handler.generator or handler.body is None or not module.whole(handler, handler):
            continue
        for statement in handler.returns:
            gives = "nothing" if statement.of is None else _words(awaited(module.linked.value(statement.of)))
            if gives:
                yield Unanswered(module, statement if statement.of is None else statement.of, gives)
        if not handler.concise and _may_end(module.linked, handler):
            yield Unanswered(module, made.call.callee if made.path == module.path else _name(module, handler), "")


def _registered(module: Module, function: Function) -> Registered | None:
    """Return what registers a function as the handler of an HTTP action, in this module or in another one.

    What a builder of the project's own makes of a result is not known.
    """
    made = module.linked.registered_as(function)
    is_plain = all(one.kind == "httpAction" and not one.builder.custom for one in made)
    return made[0] if made and is_plain else None


def _name(module: Module, function: Function) -> Ranged:
    """Return the name of a function where it is declared, or else all of it."""
    before, name, _ = module.text(function).partition(function.name or "")
    start = function.start + len(before.encode())
    return Span(start, start + len(name.encode())) if name else function


def _words(value: Value) -> str:  # noqa: PLR0911  one case a value
    """Return what a value is that is surely no response."""
    match value:
        case Constant() if value in (NULL, UNDEFINED):
            return f"`{value.form}`"
        case Constant(form=form) | Primitive(form=form):
            return f"a {form}"
        case Structure() | Identity():
            return "an object"
        case ArrayOf():
            return "an array"
        case Document():
            return "a document"
        case Id():
            return "an id"
        case FileUrl():
            return "a string"
        case Closure():
            return "a function"
        case Nullable():
            inner = _words(value.of)
            return f"{inner} or `null`" if inner else ""
        case _:
            return ""


def _may_end(linked: Linked, function: Function) -> bool:
    """Say whether a function surely comes to its end on some way.

    It may not behind a call that always throws, a loop without an end, or a switch over all that there is.
    """
    return function.body is not None and flow.falls_off(function) and not _stays(linked, function.body)


def _stays(linked: Linked, statement: Statement | None) -> bool:
    match statement:
        case Block():
            inner = statement.items
            return any(_never(linked, one) for one in inner) or (bool(inner) and _stays(linked, inner[-1]))
        case If():
            return _stays(linked, statement.yes) or _stays(linked, statement.no)
        case Try():
            return any(_stays(linked, one) for one in (statement.body, statement.handler, statement.final))
        case Switch():
            return all(test is not None for test, _ in statement.cases) or any(
                _stays(linked, block) for _, block in statement.cases
            )
        case None:
            return False
        case _:
            return _never(linked, statement)


def _never(linked: Linked, statement: Statement) -> bool:
    """Say whether code may never go on behind a statement, though it neither returns nor throws itself."""
    if isinstance(statement, Loop):
        heads = [bare(head) for head in statement.heads]
        return statement.form in {"for", "while", "do"} and all(
            isinstance(head, Literal) and head.value is True for head in heads
        )
    call = _call(statement.of) if isinstance(statement, Evaluate) else None
    if call is None or (dotted(call.callee) or "").startswith("console."):
        return False
    closure = modules.static_closure(linked, call.callee)
    if closure is not None:
        return flow.ways_out(linked.function(closure), _NOTHING) is None
    return linked.value(call) is UNKNOWN


def _call(expression: Expression) -> Call | None:
    inner = bare(expression)
    inner = bare(inner.of) if isinstance(inner, Await) else inner
    return inner if isinstance(inner, Call) else None


_NOTHING: flow.Algebra[bool] = flow.Algebra(
    empty=False,
    leaf=lambda _leaf: False,
    seq=lambda _before, _after: False,
    alt=lambda _one, _other: False,
    loop=lambda _round: False,
)
"""It asks only whether there is a way."""
