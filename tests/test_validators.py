"""What validators are, and what they let in."""

from __future__ import annotations

import pytest

from convex_lint.validators import let_in
from convex_lint.values import (
    NULL,
    UNKNOWN,
    ArrayOf,
    Constant,
    Id,
    Nullable,
    Primitive,
    RecordOf,
    Structure,
    Validator,
    Value,
)
from tests.asking import linked_of, value_of

STRING = Validator("string")
NUMBER = Validator("float64")
NULL_VALIDATOR = Validator("null")
NOT_KNOWN = Validator()


def text(value: str) -> Validator:
    return Validator("literal", literal=Constant("string", value))


def fields(**of: Validator) -> Validator:
    return Validator("object", fields=tuple(of.items()))


def left_out(kind: str) -> Validator:
    return Validator(kind, optional=True)


@pytest.mark.parametrize(
    ("expression", "validator"),
    [
        ("v.string()", STRING),
        ("v.number()", NUMBER),
        ("v.float64()", NUMBER),
        ("v.bigint()", Validator("int64")),
        ("v.int64()", Validator("int64")),
        ("v.commitTs()", Validator("commitTs")),
        ('v.function({ fnType: "query", args: { a: v.string() } })', Validator("function")),
        ("v.boolean()", Validator("boolean")),
        ("v.bytes()", Validator("bytes")),
        ("v.null()", NULL_VALIDATOR),
        ("v.any()", Validator("any")),
        ('v.id("users")', Validator("id", table="users")),
        ("v.id(someTable())", Validator("id")),
        ('v.literal("a")', text("a")),
        ("v.literal(other)", Validator("literal")),
        ("v.optional(v.string())", left_out("string")),
        ("v.string().optional()", left_out("string")),
        ("v.optional(other)", Validator(optional=True)),
        ("v.array(v.string())", Validator("array", items=(STRING,))),
        ("v.array(other)", Validator("array", items=(NOT_KNOWN,))),
        ("v.record(v.string(), v.number())", Validator("record", items=(STRING, NUMBER))),
        ("v.union(v.string(), v.null())", Validator("union", items=(STRING, NULL_VALIDATOR))),
        ("v.nullable(v.string())", Validator("union", items=(STRING, NULL_VALIDATOR))),
        ("v.union(...many)", Validator("union", open=True)),
        ("v.union(v.null(), ...[v.string()])", Validator("union", items=(NULL_VALIDATOR, STRING), open=True)),
        ("v.object({})", fields()),
        ("v.object({ a: v.string(), b: other })", fields(a=STRING, b=NOT_KNOWN)),
        ("v.object({ ...other, a: v.string() })", Validator("object", fields=(("a", STRING),), open=True)),
        ("v.object(other)", Validator("object", open=True)),
        ("v.madeUp()", NOT_KNOWN),
    ],
)
def test_a_function_of_v_makes_a_validator(expression: str, validator: Validator) -> None:
    assert value_of(expression, 'import { other, many, someTable } from "elsewhere";') == validator


NOTE = "const note = v.object({ title: v.string(), body: v.number() });"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('note.pick("title")', fields(title=STRING)),
        ('note.omit("title")', fields(body=NUMBER)),
        ("note.omit(...names)", Validator("object", open=True)),
        ("note.partial()", fields(title=left_out("string"), body=left_out("float64"))),
        ("note.extend({ title: v.null() })", fields(title=NULL_VALIDATOR, body=NUMBER)),
        ("note.extend(names)", Validator("object", fields=fields(title=STRING, body=NUMBER).fields, open=True)),
        ('note.omit("title").extend({ more: v.string() })', fields(body=NUMBER, more=STRING)),
        ("note.fields.title", STRING),
        ("v.object({ ...note.fields, more: v.null() })", fields(title=STRING, body=NUMBER, more=NULL_VALIDATOR)),
        ("v.array(v.string()).element", STRING),
        ("v.record(v.string(), v.number()).value", NUMBER),
        ("v.string().kind", Constant("string", "string")),
        ('v.id("users").tableName', Constant("string", "users")),
        ('v.literal("a").value', Constant("string", "a")),
        ("v.string().madeUp", UNKNOWN),
        ("truth ? v.string() : v.number()", NOT_KNOWN),
    ],
)
def test_a_member_of_a_validator(expression: str, value: Value) -> None:
    assert value_of(expression, f'import {{ names, truth }} from "elsewhere"; {NOTE}') == value


def test_validators_of_other_modules_are_followed() -> None:
    shared = (
        'export const base = { a: v.string() }; export const whole = v.object(base); export * as all from "./more";'
    )
    more = "export const extra = { b: v.number() };"
    before = 'import { base, whole as w, all } from "./shared";'
    assert value_of("{ ...base, ...all.extra, ...w.fields }", before, shared=shared, more=more) == Structure(
        (("a", STRING), ("b", NUMBER))
    )


HELPERS = """import { literals, nullable, partial, doc, typedV, systemFields, withSystemFields, deprecated,
  vRequired, pretendRequired, brandedString, addFieldsToValidator } from "convex-helpers/validators";
import { Table } from "convex-helpers/server";
import { paginationOptsValidator, paginationResultValidator, docValidator } from "convex/server";
import schema from "./schema";
const vv = typedV(schema);
const Users = Table("users", { name: v.string() });
"""
SCHEMA = "export default defineSchema({ notes: defineTable({ title: v.string() }), many: defineTable(v.union(\
  v.object({ a: v.string() }), v.object({ b: v.number() }))) });"


def system(table: str) -> dict[str, Validator]:
    return {"_id": Validator("id", table=table), "_creationTime": NUMBER}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('literals("a", "b")', Validator("union", items=(text("a"), text("b")))),
        ("literals(...names)", Validator("union", open=True)),
        ("nullable(v.string())", Validator("union", items=(NULL_VALIDATOR, STRING))),
        ("partial({ a: v.string() })", Structure((("a", left_out("string")),))),
        ("partial(v.object({ a: v.string() }))", fields(a=left_out("string"))),
        ('systemFields("notes")', Structure(tuple(system("notes").items()))),
        (
            'withSystemFields("notes", { a: v.string() })',
            Structure((("a", STRING), *system("notes").items())),
        ),
        ("vRequired(v.optional(v.string()))", STRING),
        ("pretendRequired(v.optional(v.string()))", left_out("string")),
        ("deprecated", left_out("any")),
        ('brandedString("x")', STRING),
        ("addFieldsToValidator(v.object({ a: v.string() }), { b: v.number() })", fields(a=STRING, b=NUMBER)),
        ('doc(schema, "notes")', fields(title=STRING, **system("notes"))),
        ('vv.doc("notes")', fields(title=STRING, **system("notes"))),
        ('vv.id("notes")', Validator("id", table="notes")),
        ("vv.optional(vv.string())", left_out("string")),
        ('schema.doc("notes")', fields(title=STRING, **system("notes"))),
        (
            'schema.doc("many")',
            Validator("union", items=(fields(a=STRING, **system("many")), fields(b=NUMBER, **system("many")))),
        ),
        ('schema.doc("elsewhere")', NOT_KNOWN),
        ('schema.id("notes")', Validator("id", table="notes")),
        ("schema.tables.notes.validator", fields(title=STRING)),
        ("schema.tables.notes.validator.fields.title", STRING),
        ('docValidator("notes", schema.tables.notes)', fields(title=STRING, **system("notes"))),
        ("Users.doc", fields(name=STRING, **system("users"))),
        ("Users.withoutSystemFields", Structure((("name", STRING),))),
        ("Users.withSystemFields._id", Validator("id", table="users")),
        ("Users._id", Validator("id", table="users")),
        ("Users.table.validator", fields(name=STRING)),
        ("paginationOptsValidator.fields.numItems", NUMBER),
        ("paginationResultValidator(v.string()).fields.page", Validator("array", items=(STRING,))),
    ],
)
def test_validators_that_packages_make(expression: str, value: Value) -> None:
    assert value_of(expression, 'import { names } from "elsewhere";' + HELPERS, schema=SCHEMA) == value


@pytest.mark.parametrize(
    ("validator", "value"),
    [
        (STRING, Primitive("string")),
        (NUMBER, Primitive("number")),
        (Validator("int64"), Primitive("bigint")),
        (Validator("commitTs"), Primitive("bigint")),
        (Validator("function"), UNKNOWN),
        (Validator("boolean"), Primitive("boolean")),
        (Validator("bytes"), Primitive("bytes")),
        (NULL_VALIDATOR, NULL),
        (Validator("id", table="users"), Id("users")),
        (text("a"), Constant("string", "a")),
        (Validator("any"), UNKNOWN),
        (NOT_KNOWN, UNKNOWN),
        (Validator("array", items=(STRING,)), ArrayOf(Primitive("string"))),
        (Validator("record", items=(STRING, NUMBER)), RecordOf(Primitive("number"))),
        (Validator("union", items=(STRING, NULL_VALIDATOR)), Nullable(Primitive("string"))),
        (Validator("union", items=(text("a"), text("b"))), Primitive("string")),
        (Validator("union", items=(STRING, NUMBER)), UNKNOWN),
        (Validator("union", items=(STRING,), open=True), UNKNOWN),
        (
            fields(a=left_out("string"), b=NUMBER, c=left_out("any")),
            Structure((("a", Nullable(Primitive("string"))), ("b", Primitive("number")), ("c", UNKNOWN))),
        ),
    ],
)
def test_what_a_validator_lets_in(validator: Validator, value: Value) -> None:
    assert let_in(validator) == value


@pytest.mark.parametrize(
    ("config", "args", "returns"),
    [
        ("{ args: { a: v.string() }, returns: v.null(), handler }", fields(a=STRING), NULL_VALIDATOR),
        ("{ args: v.object({ a: v.string() }), handler }", fields(a=STRING), None),
        ("{ ...shared, handler }", fields(a=STRING), None),
        ("{ args: shared.args, returns: unknown, handler }", fields(a=STRING), NOT_KNOWN),
        ("{ ...unknown, handler }", NOT_KNOWN, NOT_KNOWN),
        ("{ handler }", None, None),
        ("handler", None, None),
        ("unknown", NOT_KNOWN, NOT_KNOWN),
    ],
)
def test_the_validators_of_a_registered_function(
    config: str, args: Validator | None, returns: Validator | None
) -> None:
    shared = 'import { unknown } from "elsewhere"; const shared = { args: { a: v.string() } };'
    linked = linked_of(a=f"{shared} const handler = async (ctx) => null; export const f = query({config});")
    assert linked.validator("convex/a.ts", "f", "args") == args
    assert linked.validator("convex/a.ts", "f", "returns") == returns
    assert linked.validator("convex/a.ts", "nowhere", "args") == NOT_KNOWN
