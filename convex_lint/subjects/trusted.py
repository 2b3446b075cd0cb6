"""Arguments by which a client says who it is, in functions that never ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.diagnostics import Pointer
from convex_lint.facts.identity import CALLERS, PERSONS, SECRETS, USERS
from convex_lint.link.shapes import bare, property_of
from convex_lint.subjects import auth
from convex_lint.syntax.nodes import Object

if TYPE_CHECKING:
    from convex_lint.diagnostics import Place
    from convex_lint.link.flows import Sink
    from convex_lint.subjects.functions import Registered
    from convex_lint.values import Validator

_STORED = frozenset({"insert", "patch", "replace"})


class TrustedArgument:
    """An argument of a public function that says whose documents it writes, where nothing looks whether that is so.

    `kind` is that of the function.
    """

    def __init__(self, function: Registered, name: str, sink: Sink) -> None:
        self.function = function
        self.name = name
        self.kind = function.kind
        self._sink = sink

    @property
    def can_be_asked(self) -> bool:
        """Whether `ctx.auth` can know who calls, because the project says who logs in."""
        module = self.function.module
        project = module.linked.project_of(module.path)
        return project is None or auth.configuration(module.linked, project.folder) is not None

    @property
    def place(self) -> Place:
        """The argument, where the validators are written; else the builder."""
        return argument_of(self.function, self.name)

    @property
    def related(self) -> tuple[Pointer, ...]:
        """The call where it counts."""
        sink = self._sink
        table = f" of `{sink.table}`" if sink.table else ""
        field = self.name if sink.field == "*" else sink.field
        said = f"becomes `{field}`{table}" if sink.kind in _STORED else f"finds a document by `{field}`{table}"
        return (Pointer(sink.by.path, sink.by.ordinal, sink.nth, f"here it {said}"),)


def argument_of(function: Registered, name: str) -> Place:
    """Return the place of the validator of an argument, or that of the builder where it is not written there."""
    args = function.made.args
    written = bare(args.value) if args is not None else None
    entry = property_of(written, name) if isinstance(written, Object) else None
    is_here = entry is not None and function.made.path == function.module.path
    return function.module.at(entry) if entry is not None and is_here else function.place


def of(function: Registered) -> TrustedArgument | None:
    """Return the first argument by which a client says who it is; None where a function may look who calls."""
    if not function.exposed or function.kind not in {"mutation", "action"} or function.made.closure is None:
        return None
    names, handler = _names(function), function.made.closure
    opening = function.opening() if names and not function.is_marked_public else None
    if opening is None or opening.asks:
        return None
    flows = function.module.linked.flows(handler)
    sinks = [
        (name, sink)
        for part, sink in flows
        if part.function == handler and part.index == 1
        for name in names
        if part.steps in {(name,), ()} and _says_who(name, sink, is_whole=not part.steps)
    ]
    if not sinks or ({sink.kind for _, sink in sinks} == {"lookup"} and function.effects.has("write") is not True):
        return None
    first = min(sinks, key=lambda one: (names.index(one[0]), one[1].kind == "lookup", one[1].by.path, one[1].nth))
    return TrustedArgument(function, *first)


def _names(function: Registered) -> list[str]:
    """Return the arguments that may say who somebody is; none where one of them may be a secret."""
    args = function.args
    if args is None or args.kind != "object":
        return []
    fields = [name for name, _ in args.fields]
    if any(part in name.lower() for name in fields if not PERSONS.fullmatch(name) for part in SECRETS):
        return []
    return [name for name, one in args.fields if PERSONS.fullmatch(name) and _is_of_user(one)]


def _is_of_user(validator: Validator) -> bool:
    """Say whether a validator lets in the name of a user: a string, or the id of one."""
    return validator.kind == "string" or (validator.kind == "id" and validator.table in USERS)


def _says_who(name: str, sink: Sink, *, is_whole: bool) -> bool:
    """Say whether an argument that comes to the database there says whose documents are written."""
    if is_whole:
        return sink.kind == "insert" and sink.field == "*"
    if sink.kind == "id":
        return name in CALLERS
    return PERSONS.fullmatch(sink.field) is not None
