"""The schema of a project: its tables, their fields and their indexes."""

from __future__ import annotations

import pytest

from convex_lint.link.schema import UNKNOWN_SCHEMA
from convex_lint.link.tables import UNKNOWN_TABLE
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Constant,
    Id,
    IndexDefinition,
    Nullable,
    Primitive,
    SchemaDefinition,
    Structure,
    TableDefinition,
    Validator,
    Value,
)
from tests.asking import linked_of, value_of

STRING = Validator("string")
TITLE = Validator("object", fields=(("title", STRING),))
NOTES = "defineTable({ title: v.string() })"


def by(*fields: str, name: str = "by", staged: bool = False, open: bool = False) -> IndexDefinition:  # noqa: A002
    return IndexDefinition("index", name, fields, staged=staged, open=open)


def schema_of(schema: str, **texts: str) -> SchemaDefinition:
    return linked_of(schema=schema, **texts).schema("convex")


def table_of(table: str, before: str = "") -> TableDefinition:
    found = schema_of(f"{before}\nexport default defineSchema({{ notes: {table} }});").table("notes")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("schema", "texts"),
    [
        (f"export default defineSchema({{ notes: {NOTES} }});", {}),
        (f"const notes = {NOTES}; export default defineSchema({{ notes }});", {}),
        (f"const tables = {{ notes: {NOTES} }}; const schema = defineSchema(tables); export default schema;", {}),
        (f"export const schema = defineSchema({{ notes: {NOTES} }}); export {{ schema as default }};", {}),
        (
            'export { default } from "./elsewhere";',
            {"elsewhere": f"export default defineSchema({{ notes: {NOTES} }});"},
        ),
        (
            'import { tables } from "./lib/tables"; export default defineSchema({ ...tables });',
            {"lib__tables": f"export const tables = {{ notes: {NOTES} }};"},
        ),
        (
            'import * as all from "./lib/tables"; export default defineSchema({ notes: all.notes });',
            {"lib__tables": f"export const notes = {NOTES};"},
        ),
        (
            'import other from "./other"; export default defineSchema({ ...other.tables });',
            {"other": f"export default defineSchema({{ notes: {NOTES} }});"},
        ),
        (
            """
            import { Table } from "convex-helpers/server";
            const Notes = Table("notes", { title: v.string() });
            export default defineSchema({ notes: Notes.table });
            """,
            {},
        ),
        (
            f"function make() {{ return {NOTES}; }} export default defineSchema({{ notes: make() }});",
            {},
        ),
    ],
)
def test_a_table_is_found_wherever_it_is_written(schema: str, texts: dict[str, str]) -> None:
    found = schema_of(schema, **texts)
    assert [name for name, _ in found.tables] == ["notes"]
    assert found.tables[0][1].validator == TITLE
    assert (found.open, found.validates, found.strict) == (False, True, True)


def test_a_schema_in_javascript_is_read() -> None:
    from convex_lint import engine  # noqa: PLC0415
    from convex_lint.link import Linked  # noqa: PLC0415

    text = 'import { defineSchema } from "convex/server"; export default defineSchema({});'
    workspace = engine.of_texts({"convex/schema.js": text})
    linked = Linked(*engine.summaries_of(workspace))
    assert linked.schema("convex") == SchemaDefinition()


@pytest.mark.parametrize(
    ("schema", "names"),
    [
        ("export default defineSchema({ ...elsewhere, notes: defineTable({}) });", ["notes"]),
        ("export default defineSchema({ [name]: defineTable({}) });", []),
        ("export default defineSchema(elsewhere);", []),
        ("export default elsewhere;", []),
        ("export const schema = defineSchema({});", []),
        ("", []),
        (
            """
            import { defineEntSchema, defineEnt } from "convex-ents";
            export default defineEntSchema({ notes: defineEnt({ title: v.string() }) });
            """,
            ["notes"],
        ),
    ],
)
def test_a_schema_with_parts_that_are_not_seen_is_open(schema: str, names: list[str]) -> None:
    found = schema_of('import { elsewhere, name } from "elsewhere";' + schema)
    assert found.open
    assert [name for name, _ in found.tables] == names


def test_a_project_without_a_schema_says_nothing_about_its_tables() -> None:
    linked = linked_of(a="")
    assert linked.schema("convex") == UNKNOWN_SCHEMA
    assert linked.table("convex", "notes") == UNKNOWN_TABLE


def test_a_table_that_is_not_in_a_whole_schema_is_surely_not_there() -> None:
    linked = linked_of(schema=f"export default defineSchema({{ notes: {NOTES}, odd: elsewhere }});")
    assert linked.table("convex", "other") is None
    assert linked.table("convex", "odd") == UNKNOWN_TABLE
    assert linked.table("convex", "_made_up") == UNKNOWN_TABLE
    storage = linked.table("convex", "_storage")
    assert storage is not None
    assert storage.validator.field("sha256") == STRING


def test_the_options_of_a_schema() -> None:
    assert not schema_of("export default defineSchema({}, { schemaValidation: false });").validates
    assert not schema_of("export default defineSchema({}, { strictTableNameTypes: false });").strict
    assert not schema_of('import { o } from "elsewhere"; export default defineSchema({}, o);').validates


SEARCH = IndexDefinition("search", "find", ("title",), ("author",))
VECTOR = IndexDefinition("vector", "near", ("embedding",), (), 1536)


@pytest.mark.parametrize(
    ("chain", "indexes"),
    [
        ('.index("by", ["a", "b"])', [by("a", "b")]),
        ('.index("by", ["a"]).index("other", ["b"])', [by("a"), by("b", name="other")]),
        ('.index("by", { fields: ["a"] })', [by("a")]),
        ('.index("by", { fields: ["a"], staged: true })', [by("a", staged=True)]),
        ('.index("by", FIELDS)', [by("a", "b")]),
        ('.index("by", elsewhere)', [by(open=True)]),
        ('.index("by", ["a", ...elsewhere])', [by("a", open=True)]),
        ('.index("by", { fields: ["a"], ...elsewhere })', [by("a", open=True)]),
        ('.index(elsewhere, ["a"])', [IndexDefinition("index", None, ("a",))]),
        ('.searchIndex("find", { searchField: "title", filterFields: ["author"] })', [SEARCH]),
        (
            '.searchIndex("find", { searchField: "title", staged: true })',
            [IndexDefinition("search", "find", ("title",), staged=True)],
        ),
        ('.searchIndex("find", elsewhere)', [IndexDefinition("search", "find", open=True)]),
        ('.vectorIndex("near", { vectorField: "embedding", dimensions: 1536 })', [VECTOR]),
    ],
)
def test_the_indexes_of_a_table(chain: str, indexes: list[IndexDefinition]) -> None:
    before = 'import { elsewhere } from "elsewhere"; const FIELDS = ["a", "b"] as const;'
    found = table_of(NOTES + chain, before)
    assert list(found.indexes) == indexes
    assert not found.open


@pytest.mark.parametrize(
    "before",
    [
        f'let notes = {NOTES}; notes = notes.index("by", ["title"]);',
        f'const notes = {NOTES}; notes.index("by", ["title"]);',
        f'const notes = {NOTES}; export const other = notes.index("by", ["title"]);',
        f'const base = {NOTES}; const notes = base.index("by", ["title"]);',
    ],
)
def test_an_index_that_is_added_later_is_one_of_the_table(before: str) -> None:
    found = table_of("notes", before)
    assert found.indexes == (by("title"),)
    assert not found.open


def test_an_index_that_a_function_adds_makes_a_table_open() -> None:
    assert table_of("notes", f"const notes = {NOTES}; function more() {{ notes.index('by', ['title']); }}").open


def test_a_staged_validator_is_not_the_one_that_holds() -> None:
    found = table_of(f"{NOTES}.staged({{ more: v.string() }})")
    assert found.validator == TITLE
    assert found.staged == Validator("object", fields=(("title", STRING), ("more", STRING)))


def test_the_tables_of_ents_are_open() -> None:
    before = 'import { defineEnt } from "convex-ents";'
    found = table_of('defineEnt({}).field("title", v.string()).edges("tags").index("by", ["title"])', before)
    assert found.open
    assert found.validator == Validator("object", fields=(("title", STRING),), open=True)
    assert found.indexes == (by("title"),)


def test_each_table_says_which_call_made_it() -> None:
    linked = linked_of(
        schema=f"const a = {NOTES}; const b = {NOTES}; export default defineSchema({{ b, c: a, d: a }});"
    )
    assert [(name, table.made) for name, table in linked.schema("convex").tables] == [
        ("b", ("convex/schema.ts", 1)),
        ("c", ("convex/schema.ts", 0)),
        ("d", ("convex/schema.ts", 0)),
    ]


FIELDS = """
import { authTables } from "@convex-dev/auth/server";
const shared = { at: v.optional(v.number()) };
export default defineSchema({
  ...authTables,
  users: defineTable({
    ...shared,
    name: v.string(),
    team: v.id("teams"),
    friends: v.array(v.id("users")),
    home: v.object({ city: v.string(), owner: v.optional(v.id("users")) }),
    odd: elsewhere,
  }).index("by_team", ["team"]),
  shapes: defineTable(v.union(
    v.object({ kind: v.literal("circle"), radius: v.number(), owner: v.id("users") }),
    v.object({ kind: v.literal("square"), side: v.number(), owner: v.id("users") }),
  )),
  loose: defineTable(v.any()),
});
"""


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("user._id", Id("users")),
        ("user._creationTime", Primitive("number")),
        ("user.name", Primitive("string")),
        ("user.at", Nullable(Primitive("number"))),
        ("user.team", Id("teams")),
        ("user.friends", ArrayOf(Id("users"))),
        ("user.friends[0]", Id("users")),
        ("user.home.city", Primitive("string")),
        ("user.home.owner", Nullable(Id("users"))),
        ("user.odd", UNKNOWN),
        ("user.madeUp", UNKNOWN),
        ("shape.kind", Primitive("string")),
        ("shape.radius", Primitive("number")),
        ("shape.owner", Id("users")),
        ("shape._id", Id("shapes")),
        ("loose.any", UNKNOWN),
        ("loose._id", Id("loose")),
        ("unknown.name", UNKNOWN),
        ("unknown._id", Id("nowhere")),
        ("file.sha256", Primitive("string")),
        ("file.contentType", Nullable(Primitive("string"))),
        ("job.state.kind", Primitive("string")),
        ("job._id", Id("_scheduled_functions")),
        ("account.userId", Id("users")),
    ],
)
def test_a_field_of_a_document_is_what_the_schema_says(expression: str, value: Value) -> None:
    before = """
    declare const user: Doc<"users">, shape: Doc<"shapes">, loose: Doc<"loose">, unknown: Doc<"nowhere">,
      file: Doc<"_storage">, job: Doc<"_scheduled_functions">, account: Doc<"authAccounts">;
    """
    assert value_of(expression, before, schema='import { elsewhere } from "elsewhere";' + FIELDS) == value


def test_a_document_that_the_database_gives_has_the_fields_of_its_table() -> None:
    handler = """
    async (ctx, args) => {
      const one = await ctx.db.get(args.user);
      const two = await ctx.db.get("users", args.user);
      const three = await ctx.db.query("users").withIndex("by_team").first();
      const four = await ctx.db.get(ctx.db.normalizeId("users", args.text));
      const { team, ...rest } = one;
      const all = await ctx.db.query("users").collect();
      for await (const each of ctx.db.query("users")) {
        return [one.team, two.team, three.team, four.team, team, all.map((each) => each.team)[0], each.team];
      }
    }
    """
    linked = linked_of(
        schema=FIELDS,
        a=f'export const f = query({{ args: {{ user: v.id("users"), text: v.string() }}, handler: {handler} }});',
    )
    module = linked.summaries["convex/a.ts"].code
    assert linked.given("convex/a.ts", module.functions[0].ordinal) is not None
    with linked.at("convex/a.ts"):
        for item in module.functions[0].returns[0].of.items:  # type: ignore[union-attr]
            assert linked.value(item) == Id("teams")


def test_a_schema_that_is_edited_is_read_again() -> None:
    texts = {"schema": FIELDS, "a": "declare const user: Doc<'users'>;\nexport const asked = user.name;"}
    linked = linked_of(**texts)
    assert linked.export("convex/a.ts", "asked") == Primitive("string")
    edited = linked_of(**{**texts, "schema": FIELDS.replace("name: v.string()", "name: v.number()")})
    # The same objects stand for texts that did not change, as they do in an editor.
    kept = {**linked.summaries, "convex/schema.ts": edited.summaries["convex/schema.ts"]}
    linked.change(edited.workspace, kept)
    assert linked.export("convex/a.ts", "asked") == Primitive("number")


def test_constants_meet_as_what_they_have_in_common() -> None:
    before = 'import { truth } from "elsewhere";'
    assert value_of('truth ? "a" : "b"', before) == Primitive("string")
    assert value_of('truth ? "a" : "a"', before) == Constant("string", "a")
    assert value_of('truth ? "a" : 1', before) == UNKNOWN
    assert value_of("truth ? v.string() : v.number()", before) == Validator()
    assert value_of("{ ...v.object({ a: v.string() }).fields }", before) == Structure((("a", STRING),))
