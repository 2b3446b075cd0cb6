"""Classes of the project: what `this` is, and what the members of an object are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.syntax.nodes import Class, Function, Property
from convex_lint.values import UNKNOWN, ClassOf, Closure, Instance, Value

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Name


def class_of(node: Class) -> ClassOf:
    """Return the value of a class."""
    return ClassOf(node.scope.path, node.ordinal)


def this(name: Name) -> Value:
    """Return what `this` is where it is written: an object of the class whose method is around it."""
    function = name.scope.function
    while function is not None:
        holder = function.parent
        if isinstance(holder, Property) and isinstance(holder.parent, Class):
            return Instance(class_of(holder.parent))
        function = function.inside if function.form == "arrow" else None
    return UNKNOWN


def member(linked: Linked, of: ClassOf, name: str) -> Value:
    """Return a member of an object of a class: a method, or a field by its declared type."""
    node = linked.summaries[of.path].code.classes[of.ordinal]
    for entry in node.members:
        if entry.key == name and isinstance(entry.value, Function):
            own = Closure(of.path, entry.value.ordinal)
            return linked.result(entry.value) if entry.form == "get" else own
    if name in node.types:
        return linked.type(node.types[name])
    for entry in node.members:
        if entry.key == name:
            value = linked.value(entry.value)
            # A field can be assigned again: its first value says only which class it is of.
            return value if isinstance(value, Instance) else UNKNOWN
        if entry.key == "constructor" and isinstance(entry.value, Function):
            for at, parameter in enumerate(entry.value.parameters):
                if parameter.field and parameter.name == name:
                    return linked.parameter(entry.value, at)
    base = linked.value(node.extends) if node.extends is not None else UNKNOWN
    return linked.member(base, name) if isinstance(base, ClassOf) else UNKNOWN
