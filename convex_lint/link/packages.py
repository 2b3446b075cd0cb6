"""What the functions of known npm packages give: `convex` itself, and the helpers that return promises.

Read in the npm packages `convex` 1.48.0 and `convex-helpers` 0.1.104.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import callback, literal
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Constant,
    Crons,
    Id,
    Package,
    Promise,
    Query,
    Structure,
    Validator,
    Value,
    awaited,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call


def result(linked: Linked, callee: Package, call: Call) -> Value:
    """Return what a call of a package's function gives."""
    if callee.specifier == "convex/values" and callee.name.startswith("v."):
        return _validator(linked, callee.name.removeprefix("v."), call)
    known = _KNOWN.get((callee.specifier, callee.name))
    return known(linked, call) if known is not None else UNKNOWN


def _validator(linked: Linked, name: str, call: Call) -> Value:
    first = linked.value(call.arguments[0]) if call.arguments else UNKNOWN
    match name:
        case "id":
            return Validator(Id(literal(linked, call, 0)))
        case "optional":
            return Validator(first.of, optional=True) if isinstance(first, Validator) else Validator(UNKNOWN)
        case "array":
            return Validator(ArrayOf(first.of if isinstance(first, Validator) else UNKNOWN))
        case "object":
            return Validator(fields(first))
        case "literal":
            return Validator(first if isinstance(first, Constant) else UNKNOWN)
        case _:
            return Validator(UNKNOWN)


def fields(validators: Value) -> Value:
    """Return the object that a validator, or an object of validators, lets in."""
    if isinstance(validators, Validator):
        return validators.of
    if not isinstance(validators, Structure):
        return UNKNOWN
    inner = tuple((name, value.of if isinstance(value, Validator) else UNKNOWN) for name, value in validators.fields)
    return Structure(inner, validators.open)


def _async_map(linked: Linked, call: Call) -> Value:
    function = callback(linked, call.arguments[1]) if len(call.arguments) > 1 else None
    made = awaited(linked.result(function)) if function is not None else UNKNOWN
    return Promise(ArrayOf(made), "asyncMap")


def _filter(linked: Linked, call: Call) -> Value:
    first = linked.value(call.arguments[0]) if call.arguments else UNKNOWN
    return first if isinstance(first, Query) else UNKNOWN


def _promise(name: str) -> Callable[[Linked, Call], Value]:
    return lambda _linked, _call: Promise(UNKNOWN, name)


_KNOWN: dict[tuple[str, str], Callable[[Linked, Call], Value]] = {
    ("convex/server", "cronJobs"): lambda _linked, _call: Crons(),
    ("convex/server", "createFunctionHandle"): _promise("createFunctionHandle"),
    ("convex-helpers", "asyncMap"): _async_map,
    ("convex-helpers/server/filter", "filter"): _filter,
}
