"""Classes of the project: what `this` is, and what the members of an object are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import typed
from convex_lint.syntax.nodes import Array, Call, Cast, Class, Function, Member, Object, Property
from convex_lint.values import UNKNOWN, ClassOf, Closure, Instance, TableDefinition, Validator, Value

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Name, Node


def class_of(node: Class) -> ClassOf:
    """Return the value of a class."""
    return ClassOf(node.scope.path, node.ordinal)


def this(name: Name) -> Value:
    """Return what `this` is where it is written: an object of the class whose method or field is around it.

    In a static field it is the class.
    """
    function = name.scope.function
    while function is not None:
        holder = function.parent
        if isinstance(holder, Property) and isinstance(holder.parent, Class):
            return Instance(class_of(holder.parent))
        if function.form != "arrow":
            return UNKNOWN
        function = function.inside
    node: Node | None = name.parent
    while isinstance(node, Array | Call | Cast | Member | Object | Property) and not isinstance(node.parent, Class):
        node = node.parent
    if isinstance(node, Property) and isinstance(node.parent, Class):
        of = class_of(node.parent)
        return of if node.key in node.parent.statics else Instance(of)
    return UNKNOWN


def member(linked: Linked, of: ClassOf, name: str, given: tuple[Value, ...]) -> Value:
    """Return a member of an object of a class: a method, or a field by its declared type.

    `given` is what the type parameters of the class stand for.
    """
    node = linked.summaries[of.path].code.classes[of.ordinal]
    function, form = _function(node, name)
    if function is not None:
        return linked.result(function) if form == "get" else Closure(of.path, function.ordinal)
    if name in node.types:
        return typed.known(linked, node.types[name], dict(zip(node.generics, given, strict=False)))
    for entry in node.members:
        if entry.key == name:
            value = linked.value(entry.value)
            if name in node.statics and isinstance(value, TableDefinition | Validator):
                return value  # what the schema is made of is made once, as the module is loaded
            # A field can be assigned again: its first value says only which class it is of.
            return value if isinstance(value, Instance) else UNKNOWN
        if entry.key == "constructor" and isinstance(entry.value, Function):
            for at, parameter in enumerate(entry.value.parameters):
                if parameter.field and parameter.name == name:
                    return linked.parameter(entry.value, at)
    above = linked.base(of, given)
    return linked.member(above.of, name, above.given) if above is not None else UNKNOWN


def base(linked: Linked, of: ClassOf, given: tuple[Value, ...]) -> Instance | None:
    """Return what an object of a class is as one of the class that this extends."""
    node = linked.summaries[of.path].code.classes[of.ordinal]
    found = linked.value(node.extends) if node.extends is not None else UNKNOWN
    if not isinstance(found, ClassOf):
        return None
    known = dict(zip(node.generics, given, strict=False))
    return Instance(found, tuple(typed.known(linked, one, known) for one in node.arguments))


def _function(node: Class, name: str) -> tuple[Function | None, str]:
    """Return the method of a class, and its form; the one with a body, where there are overloads."""
    found: tuple[Function | None, str] = (None, "")
    for entry in node.members:
        if entry.key == name and isinstance(entry.value, Function) and entry.form != "set":
            if entry.value.body is not None:
                return entry.value, entry.form
            found = found if found[0] is not None else (entry.value, entry.form)
    return found
