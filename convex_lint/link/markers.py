"""The types that only stubs know: they say what types of TypeScript cannot say to the model.

A stub imports them from `convex-lint`:

- `Builder<"query", "internal">`: what registers functions of a kind and a visibility.
- `BuilderFrom<B, C>`: the builder `B` (an argument), customized by `C`, whose `input` runs before every handler and
  gives what is added to ctx.
- `Unvalidated<B>`: the builder `B`, whose functions have no validators of Convex under `args`.
- `Internal<B>`: the builder `B`, whose functions are internal.
- `CtxOf<B>`: the ctx of the functions that the builder `B` makes.
- `Registered<B, F>`: a function that the builder `B` registers, and whose handler is `F`.
- `Running<F, R>`: a function that runs the function `F`, and gives `R`.
- `Runs<T>`: a parameter of type `T`, a function, that the call surely runs.
- `Given<F, T>`: a parameter of type `T`; `F` is what it is given, as it is.
- `Exactly<T>`: an object of the type `T` that has no other fields.
- `DocumentOf<Q>`: a document that the query `Q` gives.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint.link import generics, parameters, signatures
from convex_lint.validators import NOT_KNOWN, as_validator, extend
from convex_lint.values import (
    UNKNOWN,
    Builder,
    Closure,
    Constant,
    Ctx,
    Document,
    Method,
    Query,
    Registration,
    Signature,
    Structure,
    Validator,
    Value,
    awaited,
)

if TYPE_CHECKING:
    from convex_lint.link import Linked

_KINDS = {"RegisteredQuery": "query", "RegisteredMutation": "mutation", "RegisteredAction": "action"}


def marker(linked: Linked, name: str, given: tuple[Value, ...]) -> Value:  # noqa: C901, PLR0911  one case a marker
    """Return what a value of a marker type is."""
    first, second, *_ = (*given, UNKNOWN, UNKNOWN)
    match name, first:
        case "Builder", Constant(value=str() as kind):
            return _builder(kind, second)
        case "BuilderFrom", Builder() as base:
            return _customized(linked, base, second)
        case "Unvalidated", Builder() as base:
            return replace(base, validates=False)
        case "Internal", Builder() as base:
            return replace(base, internal=True)
        case "Registered", Builder() as base:
            return Registration(base, second if isinstance(second, Closure) else None)
        case "CtxOf", Builder() as base:
            return parameters.context(base)
        case "Running", (Closure() | Signature() | Method()) as function:
            return Signature(second, runs=_runs(linked, function))
        case "Runs", _:
            return first
        case "Given", _:
            return second
        case "Exactly", Structure():
            return replace(first, open=False)
        case "DocumentOf", Query() as query:
            return Document(query.table)
        case _:
            return UNKNOWN


def registration(name: str, given: tuple[Value, ...]) -> Value:
    """Return what `RegisteredQuery<Visibility, …>` and its like are."""
    builder = _builder(_KINDS[name], given[0]) if name in _KINDS and given else UNKNOWN
    return Registration(builder) if isinstance(builder, Builder) else UNKNOWN


def _builder(kind: str, visibility: Value) -> Value:
    if not isinstance(visibility, Constant) or visibility.value not in {"public", "internal"}:
        return UNKNOWN
    return Builder(kind, visibility.value == "internal", custom=True, open=True, opaque=True)


def _customized(linked: Linked, base: Builder, by: Value) -> Builder:
    """Return a builder with what a customization adds to ctx, and runs."""
    function = by.get("input") if isinstance(by, Structure) else UNKNOWN
    given = awaited(generics.result_of(linked, function))
    added = given.get("ctx") if isinstance(given, Structure) else UNKNOWN
    if isinstance(added, Ctx):  # a ctx that is wrapped is one
        added = Structure(added.extra, added.open)
    return Builder(
        base.kind,
        base.internal,
        custom=True,
        validates=base.validates,
        adds=(*(added.fields if isinstance(added, Structure) else ()), *base.adds),
        runs=(*base.runs, *_runs(linked, function)),
        takes=_taken(base, by),
        open=base.open or not isinstance(added, Structure) or added.open,
        opaque=base.opaque or not _runs(linked, function),
    )


def _taken(base: Builder, by: Value) -> Validator | None:
    """Return the arguments that a customized builder validates itself, or None where that is not known."""
    own = as_validator(by.get("args")) if isinstance(by, Structure) else NOT_KNOWN
    if own.kind != "object":
        return None
    if not base.custom:
        return own
    return extend(base.takes, own) if base.takes is not None else None


def _runs(linked: Linked, function: Value) -> tuple[Closure, ...]:
    if isinstance(function, Closure):
        return (function,)
    if isinstance(function, Method):
        found = signatures.callee(linked, function)
        return (found[0],) if found is not None else ()
    return function.runs if isinstance(function, Signature) else ()
