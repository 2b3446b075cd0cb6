"""Builders made from other builders: the `custom…` family of convex-helpers and what is like it.

Read in the npm package `convex-helpers` 0.1.104: `server/customFunctions.ts`, `server/zod.ts`, `server/zod3.ts`,
`server/zod4.ts`. The builder that is wrapped decides kind and visibility.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, callback, property_of
from convex_lint.syntax.nodes import Call, Object
from convex_lint.values import Builder, Package, Structure, Value, awaited

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression

CUSTOM = frozenset({"customQuery", "customMutation", "customAction"})
ZOD = frozenset(
    f"z{version}Custom{kind}" for version in ("", "3", "4", "id") for kind in ("Query", "Mutation", "Action")
) | frozenset({"zCustomQueryBuilder", "zCustomMutationBuilder", "zCustomActionBuilder"})


def custom(linked: Linked, callee: Package, call: Call) -> Builder | None:
    """Return the builder that a call of the `custom…` family makes, or None where it is another call."""
    if callee.name not in CUSTOM and callee.name not in ZOD:
        return None
    base = linked.value(call.arguments[0]) if call.arguments else None
    if not isinstance(base, Builder):
        return None
    validates = callee.name in CUSTOM and base.validates
    added = _added(linked, call.arguments[1]) if len(call.arguments) > 1 else ()
    return Builder(base.kind, base.internal, custom=True, validates=validates, adds=(*base.adds, *added))


def _added(linked: Linked, expression: Expression) -> tuple[tuple[str, Value], ...]:
    """Return what a customization puts on ctx: the `ctx` of what `input` returns, or what `customCtx` returns."""
    expression = bare(expression)
    if isinstance(expression, Call) and expression.arguments:
        callee = linked.value(expression.callee)
        if isinstance(callee, Package) and callee.name == "customCtx":
            return _fields(_returned(linked, expression.arguments[0]))
    if isinstance(expression, Object):
        entry = property_of(expression, "input")
        given = _returned(linked, entry.value) if entry is not None else None
        return _fields(given.get("ctx")) if isinstance(given, Structure) else ()
    return ()


def _returned(linked: Linked, expression: Expression) -> Value | None:
    function = callback(linked, expression)
    return awaited(linked.result(function)) if function is not None else None


def _fields(value: Value | None) -> tuple[tuple[str, Value], ...]:
    return value.fields if isinstance(value, Structure) else ()
