"""What is written to the database, passed to a function or returned, and is no value of Convex.

Told from the code itself: what is made in place, or in a constant that holds nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.facts.api import RUNS, WRITES
from convex_lint.facts.unsupported import MADE, unfit
from convex_lint.link.shapes import bare
from convex_lint.stubs import is_stub
from convex_lint.subjects import sinks
from convex_lint.syntax.nodes import (
    Array,
    Await,
    Binary,
    Call,
    Class,
    Conditional,
    Function,
    Literal,
    Name,
    Object,
    Property,
    Spread,
)
from convex_lint.values import ClassOf, MapOf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.subjects.module import Module, Ranged
    from convex_lint.syntax.nodes import Binding, Expression

_SCHEDULES = frozenset({"runAfter", "runAt"})
_STORED = WRITES - {"delete"}
_TAKERS = sorted(_STORED | RUNS | _SCHEDULES)


class Unsupported:
    """Something that Convex does not take, where it is given to it.

    `what` is it in the words of a message, `where` what takes it, and `instead` what to give in its stead. For the name
    of a field that cannot be used, `why` says what is wrong with it.
    """

    def __init__(self, module: Module, found: _Found, where: str) -> None:
        self.module = module
        self.node = found.node
        self.what = found.what
        self.instead = found.instead
        self.why = found.why
        self.where = where
        self._made = found.made

    @property
    def place(self) -> Place:
        """The expression, or the name of the field."""
        return self.module.at(self.node)

    def as_number(self) -> Edit | None:
        """Return the edit that makes a number of a date that is made in place."""
        made = self._made
        if made is None or made is not self.node or self.what != "a `Date`":
            return None
        if not made.arguments:
            return self.module.replace(made, "Date.now()")
        return self.module.insert(made.end, ".getTime()")


class _Found(NamedTuple):
    node: Ranged
    what: str
    instead: str | None = None
    why: str | None = None
    made: Call | None = None


def find(module: Module) -> Iterator[Unsupported]:
    """Yield what is given to Convex in a module, and it does not take."""
    for name in _TAKERS:
        for call in module.summary.calls((name,)):
            given = _given(name, call)
            found = list(_faults(module, given, keys=False)) if given is not None else []
            if name in _STORED and given is not None and _is_free(module):
                found += _named(given)
            where = sinks.of(module, given) if found and given is not None else None
            if where is not None and module.whole(call, call.function):
                yield from (Unsupported(module, one, where) for one in found)
    for made in module.linked.registered(module.path):
        handler = made.handler
        is_sent = made.names and made.kind != "httpAction" and made.builder.validates and not made.builder.open
        if is_sent and handler is not None and handler.scope.path == module.path and module.whole(handler, handler):
            for statement in handler.returns:
                for one in _faults(module, statement.of, keys=True) if statement.of is not None else ():
                    yield Unsupported(module, one, "in what the function returns")


def _given(name: str, call: Call) -> Expression | None:
    """Return the argument of a call that is stored or sent, told by the name of what is called."""
    if any(isinstance(argument, Spread) for argument in call.arguments):
        return None
    at = 1 if name in RUNS or name == "insert" else 2 if name in _SCHEDULES else len(call.arguments) - 1
    return call.arguments[at] if 0 < at < len(call.arguments) else None


def _is_free(module: Module) -> bool:
    """Say whether documents may have any fields, as there is no schema; else that is told by other rules."""
    folder = module.linked.schema_folder(module.path)
    return folder is None or module.linked.schema_path(folder) is None


def _named(given: Expression) -> Iterator[_Found]:
    """Yield the names of fields that no document may have."""
    inner = bare(given)
    for entry in inner.properties if isinstance(inner, Object) else ():
        if isinstance(entry, Property) and entry.key is not None:
            yield from _of_key(entry, entry.key, stored=True)


def _faults(module: Module, given: Expression, *, keys: bool) -> Iterator[_Found]:
    """Yield what Convex does not take in a value: whatever is made there, or in a constant."""
    inner = bare(given)
    match inner:
        case Object():
            yield from _of_object(module, inner, keys=keys)
        case Array():
            yield from _of_array(module, inner, keys=keys)
        case Conditional():
            yield from _faults(module, inner.yes, keys=keys)
            yield from _faults(module, inner.no, keys=keys)
        case Binary(operator="??" | "||" | "&&"):
            yield from _faults(module, inner.right, keys=keys)
        case Name():
            held = _held(inner.binding)
            if isinstance(held, Object):
                yield from _of_object(module, held, keys=keys)
            for one in _of_made(module, held) if held is not None else ():
                yield one._replace(node=inner)
            if isinstance(held, Await | Call) and isinstance(module.linked.value(inner), MapOf) and not _is_new(held):
                yield _Found(inner, "a `Map`", MADE["Map"])
        case _:
            yield from _of_made(module, inner)


def _of_object(module: Module, given: Object, *, keys: bool) -> Iterator[_Found]:
    for entry in given.properties:
        if isinstance(entry, Spread):
            if isinstance(bare(entry.of), Object):
                yield from _faults(module, entry.of, keys=keys)
            continue
        if keys and entry.key is not None:
            yield from _of_key(entry, entry.key)
        if entry.form != "get":
            yield from _faults(module, entry.value, keys=keys)


def _of_array(module: Module, given: Array, *, keys: bool) -> Iterator[_Found]:
    for item in given.items:
        if isinstance(item, Literal) and item.form == "undefined":
            yield _Found(item, "`undefined` in an array", "give `null`, or leave it out")
        elif not isinstance(item, Spread):
            yield from _faults(module, item, keys=keys)


def _is_new(expression: Expression) -> bool:
    return isinstance(expression, Call) and expression.new


def _of_key(entry: Property, key: str, *, stored: bool = False) -> Iterator[_Found]:
    why = unfit(key, stored=stored)
    if why is not None:
        yield _Found(_Key(entry.key_start, entry.key_end), f"`{key}`", None, why)


class _Key(NamedTuple):
    start: int
    end: int


def _held(binding: Binding | None) -> Expression | None:
    """Return what a constant holds, or the function or class that a name is of."""
    if binding is None or binding.steps or binding.writes or binding.form not in {"const", "function", "class"}:
        return None
    held = bare(binding.of) if binding.of is not None else None
    # What is in an object may be changed where its name is used.
    return held if not isinstance(held, Object) or len(binding.uses) == 1 else None


def _of_made(module: Module, made: Expression) -> Iterator[_Found]:
    match made:
        case Function():
            yield _Found(made, "a function", "leave it out, or give what it returns")
        case Class():
            yield _Found(made, "a class", "leave it out")
        case Literal(form="regex"):
            yield _Found(made, "a `RegExp`", MADE["RegExp"])
        case Call(callee=Name(binding=None, text="Symbol"), new=False):
            yield _Found(made, "a symbol", "give a string")
        case Call(callee=Name(binding=None, text=text), new=True) if text in MADE:
            yield _Found(made, f"{'an' if text[0] in 'EI' else 'a'} `{text}`", MADE[text], made=made)
        case Call(callee=Name(text=text, binding=binding), new=True) if binding is not None:
            found = module.linked.value(made.callee)
            if isinstance(found, ClassOf) and not is_stub(found.path):
                yield _Found(made, f"an object of the class `{text}`", "make a plain object of what is needed of it")
        case _:
            pass
