"""What the functions of npm packages give of which only that is known: a promise, or an object whose methods do."""

from __future__ import annotations

from functools import cache

from convex_lint.facts.api import TERMINALS
from convex_lint.facts.callbacks import HANDED
from convex_lint.facts.promises import CLIENTS, METHODS, NODE, STREAM_STEPS, STREAMS
from convex_lint.values import UNKNOWN, ArrayOf, Ctx, Package, Promise, Query, Structure, Value


def result(callee: Package) -> Value:
    """Return what a call of a package's function, or of a method of what it made, gives."""
    specifier, name = _home(callee)
    methods, clients = _methods(specifier), CLIENTS.get(specifier, {})
    of, _, last = name.rpartition(".")
    if last in methods.get(of, ()) or any(_is_of_client(name, root, but) for root, but in clients.items()):
        return Promise(UNKNOWN)
    if specifier in STREAMS:
        return _stream(specifier, name)
    made = instance(specifier, name)
    return made if made is not None else UNKNOWN


def _stream(specifier: str, name: str) -> Value:
    """Return what is like a query but is none, `stream(…).query(…)`, or what running it gives."""
    of, _, last = name.rpartition(".")
    roots = STREAMS[specifier].split()
    if name in roots:
        return Package(specifier, f"{name}()")
    if of.removesuffix("()") not in roots or last not in STREAM_STEPS | TERMINALS:
        return UNKNOWN
    return Package(specifier, of) if last in STREAM_STEPS else Promise(_RUN.get(last, UNKNOWN), f".{last}()")


_RUN: dict[str, Value] = {
    "collect": ArrayOf(UNKNOWN),
    "take": ArrayOf(UNKNOWN),
    "paginate": Structure((("page", ArrayOf(UNKNOWN)),), open=True),
}


def instance(specifier: str, name: str) -> Package | None:
    """Return what a function or a class of a package makes, where something is known of its methods."""
    roots = (*_methods(specifier), *CLIENTS.get(specifier, ()))
    made = f"{name}()"
    return Package(specifier, made) if any(root.startswith(made) for root in roots) else None


def _home(callee: Package) -> tuple[str, str]:
    """Return the module that documents a function, and its name there: Node's have several of both."""
    specifier, name = callee.specifier.removeprefix("node:"), callee.name
    if specifier in {"fs", "timers", *NODE}:
        name = name.removeprefix("default.")
    if specifier in {"fs", "timers"} and name.startswith("promises."):
        return f"{specifier}/promises", name.removeprefix("promises.")
    return specifier, name


def handed(callee: Package, keys: str, index: int) -> Value:
    """Return what a callback receives from a function of a package that it stands in the first argument of."""
    kind = HANDED.get((callee.specifier, callee.name), {}).get((keys, index))
    if kind is None:
        return UNKNOWN
    return Query(None, None, None) if kind == "table" else Ctx(frozenset({kind}))


@cache
def _methods(specifier: str) -> dict[str, frozenset[str]]:
    found = {of: frozenset(names.split()) for of, names in METHODS.get(specifier, {}).items()}
    return {**found, "": frozenset(NODE[specifier].split())} if specifier in NODE else found


def _is_of_client(name: str, root: str, but: str) -> bool:
    """Say whether a name is a method of a part of a client, `Stripe().customers.create`, and none that is excepted."""
    parts = name.removeprefix(f"{root}.").split(".")
    return (
        name.startswith(f"{root}.")
        and len(parts) > 1
        and not any(part.endswith("()") for part in parts)
        and set(but.split()).isdisjoint(parts)
    )
