"""What expressions, names and functions are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.facts.primitives import OPERATORS
from convex_lint.link import calls, classes, collections, members, modules, primitives, tables, typed
from convex_lint.syntax.nodes import (
    EACH,
    REST,
    Array,
    Assign,
    Await,
    Binary,
    Call,
    Cast,
    Class,
    Conditional,
    Declare,
    Function,
    Index,
    Literal,
    Member,
    Name,
    Object,
    Property,
    Spread,
    Template,
    Unary,
)
from convex_lint.values import (
    NULL,
    UNDEFINED,
    UNKNOWN,
    ArrayOf,
    Closure,
    Constant,
    Global,
    Nullable,
    Package,
    Primitive,
    Promise,
    RecordOf,
    Structure,
    TableDefinition,
    Value,
    awaited,
    is_vague,
    join,
    present,
    sharpened,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression


def value(linked: Linked, expression: Expression) -> Value:  # noqa: C901, PLR0911, PLR0912  one case a shape
    """Return what an expression is."""
    match expression:
        case Call():
            return calls.result(linked, expression)
        case Member():
            return members.member(linked, linked.value(expression.of), expression.name)
        case Literal():
            return _literal(expression)
        case Await():
            return awaited(linked.value(expression.of))
        case Function():
            return Closure(expression.scope.path, expression.ordinal)
        case Class():
            return classes.class_of(expression)
        case Object():
            return _object(linked, expression)
        case Array():
            return _array(linked, expression)
        case Cast():
            return _cast(linked, expression)
        case Conditional():
            return join(linked.value(expression.yes), linked.value(expression.no))
        case Binary():
            return _binary(linked, expression)
        case Assign():
            return linked.value(expression.value) if expression.operator == "=" else UNKNOWN
        case Index():
            return _indexed(linked, expression)
        case Unary():
            return primitives.operated(expression.operator, [linked.value(expression.of)] if expression.of else [])
        case Template(tag=None):
            return primitives.STRING
        case _:
            return UNKNOWN


def _indexed(linked: Linked, expression: Index) -> Value:
    of = present(linked.value(expression.of))
    index = expression.index
    if isinstance(of, ArrayOf) and isinstance(index, Literal) and isinstance(index.value, float):
        return collections.item(of, int(index.value))
    return of.of if isinstance(of, ArrayOf | RecordOf) else UNKNOWN


def _literal(expression: Literal) -> Value:
    if expression.form == "null":
        return NULL
    if expression.form == "undefined":
        return UNDEFINED
    return Constant(expression.form, expression.value)


def _object(linked: Linked, expression: Object) -> Value:
    fields: dict[str, Value] = {}
    is_open = False
    for entry in expression.properties:
        if isinstance(entry, Property):
            if entry.key is None:
                is_open = True
            else:
                fields[entry.key] = UNKNOWN if entry.form == "get" else linked.value(entry.value)
            continue
        spread = typed.fields_of(linked, linked.value(entry.of))
        if spread is not None:
            fields.update(spread.fields)
            is_open = is_open or spread.open
        else:
            is_open = True
    return Structure(tuple(fields.items()), is_open)


def _array(linked: Linked, expression: Array) -> Value:
    items: list[Value] = []
    for item in expression.items:
        found = linked.value(item.of) if isinstance(item, Spread) else linked.value(item)
        if isinstance(item, Spread):
            found = collections.items_of(found)
        items.append(found)
    known = collections.listed(items)
    return ArrayOf(known.of) if any(isinstance(item, Spread) for item in expression.items) else known


def _cast(linked: Linked, expression: Cast) -> Value:
    """Look through a cast where the vocabulary proves the value; the type speaks where it does not."""
    inner = linked.value(expression.of)
    if expression.form == "!":
        return present(inner)
    if expression.form != "as":
        return inner
    if isinstance(inner, Constant | Primitive | Package | Global):
        found = linked.type(expression.type)  # an id is a string: the type says of which table
        is_same = isinstance(found, Primitive) and isinstance(inner, Constant) and found.form == inner.form
        return inner if found is UNKNOWN or is_same else found
    return sharpened(inner, linked.type(expression.type)) if is_vague(inner) else inner


def _binary(linked: Linked, expression: Binary) -> Value:
    if expression.operator == ",":
        return linked.value(expression.right)
    if expression.operator == "&&":
        right = linked.value(expression.right)
        return right if right is UNKNOWN or isinstance(right, Nullable | Constant) else Nullable(right)
    if expression.operator in {"||", "??"}:
        left, right = linked.value(expression.left), linked.value(expression.right)
        return right if left in (NULL, UNDEFINED) else join(present(left), right)
    if expression.operator in OPERATORS:
        return primitives.operated(expression.operator, ())
    return primitives.operated(expression.operator, (linked.value(expression.left), linked.value(expression.right)))


def binding(linked: Linked, bound: Binding, path: str) -> Value:  # noqa: PLR0911  one case a form
    """Return what a name stands for; one that is assigned again is what all its values have in common."""
    if bound.form == "import":
        return UNKNOWN if bound.type_only else modules.imported(linked, bound.specifier, bound.imported, path)
    if bound.form == "param":
        return _parameter(linked, bound)
    if bound.form in {"catch", "enum"}:
        return UNKNOWN
    if isinstance(bound.of, Object) and _is_changed(bound):
        return linked.type(bound.type)
    found = _initial(linked, bound)
    if bound.writes:
        found = _rewritten(linked, bound, found)
    if isinstance(found, TableDefinition):
        return tables.changed(linked, bound, found)
    if bound.type is not None and is_vague(found):
        found = sharpened(found, linked.type(bound.type))
    if found is UNKNOWN:
        return modules.declared_builder(linked, bound.name, path) or UNKNOWN
    return found


def _is_changed(bound: Binding) -> bool:
    """Say whether a member of the object that a name holds is assigned."""
    members = [use.parent for use in bound.uses if isinstance(use.parent, Member | Index) and use.parent.of is use]
    return any(isinstance(member.parent, Assign) and member.parent.target is member for member in members)


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
    taken = {other.steps[0] for other in _siblings(bound) if other.steps}
    return Structure(tuple(field for field in fields.fields if field[0] not in taken), fields.open)


def _siblings(bound: Binding) -> Iterable[Binding]:
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


def result(linked: Linked, function: Function) -> Value:
    """Return what calling a function gives, from what it returns or else from its declared type."""
    if function.generator:
        return UNKNOWN
    if function.body is None:
        return linked.type(function.result)
    found: Value = UNDEFINED if not function.returns else UNKNOWN
    for at, statement in enumerate(function.returns):
        new: Value = linked.value(statement.of) if statement.of is not None else UNDEFINED
        if function.asynchronous:
            new = awaited(new)
        found = new if at == 0 else join(found, new)
    if function.result is not None and is_vague(found):
        declared = linked.type(function.result)
        found = sharpened(found, awaited(declared) if function.asynchronous else declared)
    return Promise(found) if function.asynchronous else found
