"""What expressions and functions are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convex_lint.facts.primitives import OPERATORS
from convex_lint.link import calls, classes, collections, members, primitives, typed
from convex_lint.syntax.nodes import (
    Array,
    Assign,
    Await,
    Binary,
    Call,
    Cast,
    Class,
    Conditional,
    Function,
    Index,
    Literal,
    Member,
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
    Validator,
    Value,
    awaited,
    is_nothing,
    is_vague,
    join,
    present,
    sharpened,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Expression


def unknown(_linked: Linked, _expression: Expression) -> Value:
    """Return what an expression is of whose form nothing is known."""
    return UNKNOWN


def _member(linked: Linked, expression: Member) -> Value:
    return members.member(linked, linked.value(expression.of), expression.name)


def _await(linked: Linked, expression: Await) -> Value:
    return awaited(linked.value(expression.of))


def _conditional(linked: Linked, expression: Conditional) -> Value:
    return join(linked.value(expression.yes), linked.value(expression.no))


def _assign(linked: Linked, expression: Assign) -> Value:
    return linked.value(expression.value) if expression.operator == "=" else UNKNOWN


def _unary(linked: Linked, expression: Unary) -> Value:
    return primitives.operated(expression.operator, [linked.value(expression.of)] if expression.of else [])


def _indexed(linked: Linked, expression: Index) -> Value:
    of = present(linked.value(expression.of))
    index = expression.index
    if isinstance(of, ArrayOf) and isinstance(index, Literal) and isinstance(index.value, float):
        return collections.item(of, int(index.value))
    return of.of if isinstance(of, ArrayOf | RecordOf) else UNKNOWN


def literal(expression: Literal) -> Value:
    """Return what a constant is."""
    if expression.form == "null":
        return NULL
    if expression.form == "undefined":
        return UNDEFINED
    return Constant(expression.form, expression.value)


_DEFINITIONS = (TableDefinition, Validator)


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
        spread = typed.fields_of(linked, present(linked.value(entry.of)))
        if spread is not None:
            fields.update(spread.fields)
            is_open = is_open or spread.open
        else:
            # Any of them may be another now, but for definitions: TypeScript refuses one that is replaced at once.
            fields = {name: one if isinstance(one, _DEFINITIONS) else UNKNOWN for name, one in fields.items()}
            is_open = True
    return Structure(tuple(fields.items()), is_open)


def _array(linked: Linked, expression: Array) -> Value:
    if not expression.items:
        return ArrayOf(UNKNOWN, empty=True)
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
    if isinstance(present(inner), Constant | Primitive | Package | Global):
        found = linked.type(expression.type)  # an id is a string: the type says of which table
        is_same = isinstance(found, Primitive | Constant) and isinstance(inner, Constant) and found.form == inner.form
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
        return right if is_nothing(left) else join(present(left), right)
    if expression.operator in OPERATORS:
        return primitives.operated(expression.operator, ())
    return primitives.operated(expression.operator, (linked.value(expression.left), linked.value(expression.right)))


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
    if function.result is not None and (is_vague(found) or found in (NULL, UNDEFINED)):
        declared = linked.type(function.result)
        declared = awaited(declared) if function.asynchronous else declared
        # A method that gives nothing may be there to be replaced by one that does.
        found = declared if isinstance(declared, Nullable) and not is_vague(found) else sharpened(found, declared)
    return Promise(found) if function.asynchronous else found


FORMS: dict[type, Callable[[Linked, Any], Value]] = {
    Array: _array,
    Assign: _assign,
    Await: _await,
    Binary: _binary,
    Call: calls.result,
    Cast: _cast,
    Class: lambda _linked, made: classes.class_of(made),
    Conditional: _conditional,
    Function: lambda _linked, function: Closure(function.scope.path, function.ordinal),
    Index: _indexed,
    Literal: lambda _linked, written: literal(written),
    Member: _member,
    Object: _object,
    Template: lambda _linked, written: primitives.STRING if written.tag is None else UNKNOWN,
    Unary: _unary,
}
"""What the forms of expressions are; a lookup is quicker than to compare with one after another."""
