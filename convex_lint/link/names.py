"""What names stand for: their first values taken apart, what is assigned and put into them later, their types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import collections, members, modules, tables, typed
from convex_lint.link.shapes import outermost
from convex_lint.syntax.nodes import (
    EACH,
    REST,
    Assign,
    Call,
    Declare,
    Function,
    Index,
    Member,
    Name,
    Object,
)
from convex_lint.values import (
    UNDEFINED,
    UNKNOWN,
    ArrayOf,
    MapOf,
    Structure,
    TableDefinition,
    Value,
    is_vague,
    join,
    present,
    sharpened,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding


def binding(linked: Linked, bound: Binding, path: str) -> Value:
    """Return what a name stands for; one that is assigned again is what all its values have in common."""
    if bound.form == "import":
        return UNKNOWN if bound.type_only else modules.imported(linked, bound.specifier, bound.imported, path)
    if bound.form == "param":
        return _parameter(linked, bound)
    if bound.form in {"catch", "enum"}:
        return UNKNOWN
    if isinstance(bound.of, Object) and (changes := _changes(bound)):
        return tables.added(_initial(linked, bound), changes) or linked.type(bound.type)
    found = _initial(linked, bound)
    if bound.writes:
        found = _rewritten(linked, bound, found)
    found = _as_used(linked, bound, found)
    return found if found is not UNKNOWN else modules.declared_builder(linked, bound.name, path) or UNKNOWN


def _as_used(linked: Linked, bound: Binding, found: Value) -> Value:
    """Return what a name stands for, with what its uses and its type say of it."""
    if isinstance(found, TableDefinition):
        return tables.changed(linked, bound, found)
    if isinstance(found, ArrayOf) and not bound.steps and (found.empty or _changes(bound)):
        found = ArrayOf(UNKNOWN)  # who knows it by its name may have put something into it
    if bound.type is not None and is_vague(found):
        return sharpened(found, linked.type(bound.type))
    if isinstance(found, ArrayOf | MapOf) and not bound.steps:
        return collections.filled(linked, bound, found)
    return found


def _changes(bound: Binding) -> set[str | None]:
    """Return the names of the members that are assigned of the object that a name holds, None for what is computed."""
    found: set[str | None] = set()
    for use in bound.uses:
        node = outermost(use)
        match node.parent:
            case Member(name=name, parent=Assign(target=target)) if target is node.parent:
                found.add(name)
            case Index(of=of, parent=Assign(target=target)) if of is node and target is node.parent:
                found.add(None)
            case Call(callee=Member(of=Name(text="Object"), name="assign"), arguments=[given, *_]) if given is node:
                found.add(None)
            case _:
                pass
    return found


def _parameter(linked: Linked, bound: Binding) -> Value:
    function = bound.of
    if not isinstance(function, Function):
        return UNKNOWN
    found = _steps(linked, linked.parameter(function, bound.parameter), bound)
    return _rewritten(linked, bound, found) if bound.writes else found


def _initial(linked: Linked, bound: Binding) -> Value:
    if bound.of is None:
        return UNDEFINED if bound.writes else UNKNOWN
    return _steps(linked, linked.value(bound.of), bound)


def _steps(linked: Linked, found: Value, bound: Binding) -> Value:
    """Take a value apart as the pattern does."""
    for step in bound.steps:
        if isinstance(step, int):
            found = collections.item(found, step)
        elif step == EACH:
            found = collections.items_of(found)
        elif step == REST:
            found = ArrayOf(found.of) if isinstance(found, ArrayOf) else _rest(linked, bound, found)
        else:
            found = members.member(linked, found, step)
    return found


def _rest(linked: Linked, bound: Binding, found: Value) -> Value:
    """Return what is left of an object whose other fields have names of their own."""
    fields = typed.fields_of(linked, present(found))
    if fields is None or len(bound.steps) > 1:
        return UNKNOWN
    taken = {other.steps[0] for other in siblings(bound) if other.steps}
    return Structure(tuple(field for field in fields.fields if field[0] not in taken), fields.open)


def siblings(bound: Binding) -> Iterable[Binding]:
    """Return the names of the pattern that a name stands in."""
    if isinstance(bound.of, Function):
        return bound.of.parameters[bound.parameter].pattern
    holder = bound.of.parent if bound.of is not None else None
    return holder.bindings if isinstance(holder, Declare) else ()


def _rewritten(linked: Linked, bound: Binding, found: Value) -> Value:
    linked.provisional(bound, found)
    for write in bound.writes:
        if not (isinstance(write, Assign) and write.operator == "=" and isinstance(write.target, Name)):
            return UNKNOWN
        new = linked.value(write.value)
        found = join(found, new)
        linked.provisional(bound, found)
        if found is UNKNOWN:
            return UNKNOWN
    return found
