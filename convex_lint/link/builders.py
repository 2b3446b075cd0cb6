"""Builders made from other builders: the `custom…` family of convex-helpers and what is like it.

Read in the npm package `convex-helpers` 0.1.104: `server/customFunctions.ts`, `server/zod.ts`, `server/zod3.ts`,
`server/zod4.ts`. The builder that is wrapped decides kind and visibility.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import adds_index, bare, callback, property_of
from convex_lint.syntax.nodes import Call, Function, Name, Object, Property
from convex_lint.values import Builder, Closure, Package, Structure, Value, awaited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.summary import Summary
    from convex_lint.syntax.nodes import Expression

CUSTOM = frozenset({"customQuery", "customMutation", "customAction"})
ZOD = frozenset(
    f"z{version}Custom{kind}" for version in ("", "3", "4", "id") for kind in ("Query", "Mutation", "Action")
) | frozenset({"zCustomQueryBuilder", "zCustomMutationBuilder", "zCustomActionBuilder"})


def custom(linked: Linked, callee: Package, call: Call) -> Builder | None:
    """Return the builder that a call of the `custom…` family makes, or None where it is another call."""
    if not _is_custom(callee):
        return None
    base = linked.value(call.arguments[0]) if call.arguments else None
    if not isinstance(base, Builder):
        return None
    validates = callee.name in CUSTOM and base.validates
    function = _customization(linked, call.arguments[1]) if len(call.arguments) > 1 else None
    if function is None:
        return Builder(base.kind, base.internal, custom=True, validates=validates, adds=base.adds, runs=base.runs)
    given = awaited(linked.result(function))
    # `input` returns the ctx to add among other things; a `customCtx` callback returns it alone.
    added = given.get("ctx") if isinstance(given, Structure) and _is_input(function) else given
    return Builder(
        base.kind,
        base.internal,
        custom=True,
        validates=validates,
        adds=(*(added.fields if isinstance(added, Structure) else ()), *base.adds),
        runs=(*base.runs, Closure(function.scope.path, function.ordinal)),
    )


def _customization(linked: Linked, expression: Expression) -> Function | None:
    """Return the function that a customization runs: `input` of an object, or the callback of `customCtx`."""
    expression = bare(expression)
    if isinstance(expression, Name):
        binding = expression.binding
        expression = bare(binding.of) if binding is not None and binding.of is not None else expression
    if isinstance(expression, Call) and expression.arguments:
        callee = linked.value(expression.callee)
        is_context = isinstance(callee, Package) and callee.name == "customCtx"
        return callback(linked, expression.arguments[0]) if is_context else None
    if isinstance(expression, Object):
        entry = property_of(expression, "input")
        return callback(linked, entry.value) if entry is not None else None
    return None


def _is_input(function: Function) -> bool:
    return isinstance(function.parent, Property) and function.parent.key == "input"


def customized(linked: Linked, summary: Summary) -> Iterator[tuple[Function, Builder]]:
    """Yield the functions that customize a builder in a module, each with the builder that it customizes."""
    for call in summary.code.calls:
        if call.function is None and len(call.arguments) > 1 and not adds_index(call):
            callee = linked.value(call.callee)
            base = linked.value(call.arguments[0]) if _is_custom(callee) else None
            function = _customization(linked, call.arguments[1]) if isinstance(base, Builder) else None
            if function is not None and isinstance(base, Builder):
                yield function, base


def _is_custom(callee: Value) -> bool:
    return isinstance(callee, Package) and (callee.name in CUSTOM or callee.name in ZOD)
