"""What the clients of services give, whose methods all return promises."""

from __future__ import annotations

from convex_lint.facts.promises import CLIENTS
from convex_lint.values import UNKNOWN, Package, Promise, Value


def result(callee: Package) -> Value:
    """Return what a call of a package's function, or of a method of what it made, gives."""
    clients = CLIENTS.get(callee.specifier, {})
    if any(_is_of_client(callee.name, root, but) for root, but in clients.items()):
        return Promise(UNKNOWN)
    return instance(callee.specifier, callee.name) or UNKNOWN


def instance(specifier: str, name: str) -> Package | None:
    """Return what a function or a class of a package makes, where it makes a client."""
    made = f"{name}()"
    return Package(specifier, made) if made in CLIENTS.get(specifier, ()) else None


def _is_of_client(name: str, root: str, but: str) -> bool:
    """Say whether a name is a method of a part of a client, `Stripe().customers.create`, and none that is excepted."""
    parts = name.removeprefix(f"{root}.").split(".")
    return (
        name.startswith(f"{root}.")
        and len(parts) > 1
        and not any(part.endswith("()") for part in parts)
        and set(but.split()).isdisjoint(parts)
    )
