"""What the functions of known npm packages give: `convex` itself, and the helpers that return promises.

Read in the npm packages `convex` 1.48.0, `convex-helpers` 0.1.135 and `convex-ents` 0.20.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link import exports, promising, tables, validators
from convex_lint.link.shapes import literal
from convex_lint.syntax.nodes import Spread
from convex_lint.validators import (
    NOT_KNOWN,
    NULL_VALIDATOR,
    as_validator,
    document,
    extend,
    optional,
    partial,
    required,
    system_fields,
    union,
)
from convex_lint.values import (
    UNKNOWN,
    Constant,
    Crons,
    Method,
    Package,
    Promise,
    Router,
    SchemaDefinition,
    Structure,
    TableDefinition,
    Validator,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Call


def result(linked: Linked, callee: Package, call: Call) -> Value:
    """Return what a call of a package's function gives."""
    if callee.specifier == "convex/values" and callee.name.startswith("v."):
        return validators.made(linked, callee.name.removeprefix("v."), call)
    known = _KNOWN.get((callee.specifier, callee.name))
    return known(linked, call) if known is not None else promising.result(callee)


def _promise(name: str) -> Callable[[Linked, Call], Value]:
    return lambda _linked, _call: Promise(UNKNOWN, name)


def _given(linked: Linked, call: Call, index: int) -> Value:
    return linked.value(call.arguments[index]) if index < len(call.arguments) else UNKNOWN


def _as_given(validator: Validator, given: Value) -> Value:
    """Return a validator as it was given: as an object of validators, or as that of an object."""
    return Structure(validator.fields, validator.open) if isinstance(given, Structure) else validator


def _literals(linked: Linked, call: Call) -> Value:
    values = [UNKNOWN if isinstance(one, Spread) else linked.value(one) for one in call.arguments]
    known = [Validator("literal", literal=value) for value in values if isinstance(value, Constant)]
    return union(known, more=len(known) < len(values))


def _partial(linked: Linked, call: Call) -> Value:
    given = _given(linked, call, 0)
    return _as_given(partial(as_validator(given)), given)


def _system_fields(linked: Linked, call: Call) -> Value:
    return _as_given(system_fields(literal(linked, call, 0)), Structure(()))


def _with_system_fields(linked: Linked, call: Call) -> Value:
    fields = document(literal(linked, call, 0), validators.argument(linked, call, 1))
    return Structure(fields.fields, fields.open or fields.kind != "object")


def _with_fields(linked: Linked, call: Call) -> Value:
    return extend(validators.argument(linked, call, 0), validators.argument(linked, call, 1))


def _document(linked: Linked, call: Call) -> Value:
    schema = _given(linked, call, 0)
    table = literal(linked, call, 1)
    return tables.documents_of(schema, table) if isinstance(schema, SchemaDefinition) else NOT_KNOWN


def _document_of_table(linked: Linked, call: Call) -> Value:
    table = _given(linked, call, 1)
    validator = table.validator if isinstance(table, TableDefinition) else NOT_KNOWN
    return document(literal(linked, call, 0), validator)


def _typed_v(linked: Linked, call: Call) -> Value:
    """Return what `typedV(schema)` gives: all of `v`, and what makes the validator of a document."""
    schema = _given(linked, call, 0)
    functions: list[tuple[str, Value]] = [
        (name, Package("convex/values", f"v.{name}")) for name in validators.FUNCTIONS
    ]
    more = Method(schema, "doc") if isinstance(schema, SchemaDefinition) else UNKNOWN
    return Structure((*functions, ("doc", more)))


_KNOWN: dict[tuple[str, str], Callable[[Linked, Call], Value]] = {
    ("convex/server", "cronJobs"): lambda _linked, _call: Crons(),
    ("convex/server", "httpRouter"): lambda _linked, _call: Router(),
    ("convex/server", "HttpRouter"): lambda _linked, _call: Router(),
    ("convex/server", "createFunctionHandle"): _promise("createFunctionHandle"),
    ("convex/server", "defineTable"): tables.defined,
    ("convex/server", "defineSchema"): tables.schema,
    ("convex/server", "docValidator"): _document_of_table,
    ("convex/server", "paginationResultValidator"): lambda linked, call: exports.page_of(
        validators.argument(linked, call, 0)
    ),
    ("convex/values", "asObjectValidator"): lambda linked, call: validators.argument(linked, call, 0),
    ("convex-ents", "defineEnt"): tables.ent,
    ("convex-ents", "defineEntSchema"): lambda linked, call: tables.schema(linked, call, more=True),
    ("convex-helpers/server", "Table"): tables.helper,
}

_VALIDATORS: dict[str, Callable[[Linked, Call], Value]] = {
    "addFieldsToValidator": _with_fields,
    "brandedString": lambda _linked, _call: exports.STRING,
    "doc": _document,
    "literals": _literals,
    "nullable": lambda linked, call: union((NULL_VALIDATOR, validators.argument(linked, call, 0))),
    "partial": _partial,
    "pretend": lambda _linked, _call: optional(exports.ANY),
    "pretendRequired": lambda linked, call: validators.argument(linked, call, 0),
    "systemFields": _system_fields,
    "typedV": _typed_v,
    "vRequired": lambda linked, call: required(validators.argument(linked, call, 0)),
    "withSystemFields": _with_system_fields,
}
"""The functions of `convex-helpers/validators`."""

_KNOWN |= {("convex-helpers/validators", name): function for name, function in _VALIDATORS.items()}
