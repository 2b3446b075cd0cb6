"""The arguments of registered functions, as their validators are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import modules
from convex_lint.link.shapes import bare
from convex_lint.subjects import functions, sent
from convex_lint.subjects.module import once
from convex_lint.syntax.nodes import Call, Member, Object, Property, Unary
from convex_lint.values import Package, Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.subjects.functions import Registered
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_INSIDE = {"array": (0, "[]"), "record": (1, "[]"), "object": (0, ""), "optional": (0, ""), "nullable": (0, "")}
"""The functions of `v` that validate what is in something: which operand does so, and what its path ends in."""

_PARSERS = frozenset({"parse", "parseAsync", "safeParse", "safeParseAsync", "assert", "isArray"})
"""The methods that look at what they are given, of zod and its like."""


class Argument:
    """An argument of a registered function, or a part of one: a piece of its validator that is written in one.

    `path` leads to it, as `author.name`; the items of an array, and the values of a record, are `[]`.
    """

    def __init__(self, function: Registered, node: Expression, path: str) -> None:
        self.module = function.module
        self.function = function
        self.node = node
        self.path = path

    @property
    def place(self) -> Place:
        """The validator, or the name that it is known by here."""
        return self.module.at(self.node)

    @property
    def takes_anything(self) -> bool:
        """Whether it surely lets in every value."""
        found = self.module.linked.value(self.node)
        return isinstance(found, Validator) and found.kind == "any"

    @property
    def parsed(self) -> bool:
        """Whether the handler has something else look at it: a parser, or a function that takes what is not known."""
        handler, path = self.function.made.handler, tuple(self.path.split("."))
        used = sent.uses(handler, path) if handler is not None and handler.scope.path == self.module.path else ()
        return any(_is_parsed(self.module, use) for use in used)


def _is_parsed(module: Module, use: Expression) -> bool:
    call = use.parent
    if not isinstance(call, Call) or use not in call.arguments:
        return isinstance(call, Unary) and call.operator == "typeof"
    if isinstance(call.callee, Member) and call.callee.name in _PARSERS:
        return True
    closure = modules.callee(module.linked, call)
    taken = module.linked.function(closure).parameters if closure is not None else []
    at = call.arguments.index(use)
    type_ = taken[at].type if at < len(taken) else None
    return type_ is not None and type_.form == "name" and type_.name == "unknown"


def _joined(path: str, more: str) -> str:
    return f"{path}{more}" if more.startswith("[]") or not path or not more else f"{path}.{more}"


@once
def find(module: Module) -> Iterator[Argument]:
    """Yield the arguments of the functions that a module registers and validates with Convex."""
    for function in functions.find_registered(module):
        args = function.made.args
        if args is not None and function.made.builder.validates and not function.takes_anything:
            yield from _parts(function, args.value, "")


def _parts(function: Registered, node: Expression, path: str) -> Iterator[Argument]:
    """Yield the pieces that a validator is written in."""
    inner = bare(node)
    if isinstance(inner, Object):
        for entry in inner.properties:
            if not isinstance(entry, Property):
                yield Argument(function, entry.of, path)
            elif entry.key is not None:
                yield from _parts(function, entry.value, _joined(path, entry.key))
        return
    name = _called(function.module, inner) if isinstance(inner, Call) else ""
    if isinstance(inner, Call) and name == "union":
        for argument in inner.arguments:
            yield from _parts(function, argument, path)
    elif isinstance(inner, Call) and name in _INSIDE and len(inner.arguments) > _INSIDE[name][0]:
        at, end = _INSIDE[name]
        yield from _parts(function, inner.arguments[at], f"{path}{end}")
    else:
        yield Argument(function, node, path)


def _called(module: Module, call: Call) -> str:
    """Return the name of the function of `v` that is called; empty for another one."""
    callee = module.linked.value(call.callee)
    is_v = isinstance(callee, Package) and callee.specifier == "convex/values" and callee.name.startswith("v.")
    return callee.name.removeprefix("v.") if isinstance(callee, Package) and is_v else ""
