"""What rules can ask of a schema: tables, indexes and fields where they are written; which index serves a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from convex_lint import registry
from convex_lint.api import Filter, Index, Module, QueryChain, Schema, Severity, Table
from convex_lint.engine import lint_texts
from convex_lint.link.filters import Term
from convex_lint.subjects import SUBJECTS
from convex_lint.syntax.nodes import Literal
from convex_lint.values import IndexDefinition, Validator
from tests.asking import PRELUDE, linked_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.link.filters import IndexRange

SHARED = """
export const notes = defineTable({ title: v.string(), ...more });
notes.index("by_title", ["title"]);
export const unused = defineTable({});
"""
SCHEMA = """
import { notes } from "./shared";
import { Table } from "convex-helpers/server";
const Tags = Table("tags", { name: v.string() });
export default defineSchema({
  notes,
  users: defineTable(v.object({ name: v.string(), age: v.number() })).index("by_name", ["name"])
    .searchIndex("search", { searchField: "name" }),
  shapes: defineTable(v.union(v.object({ side: v.number() }), v.object({ radius: v.number() }))),
  tags: Tags.table.index("by_name", { fields: ["name"], staged: true }),
  first: same(), second: same(),
});
function same() { return defineTable({}); }
"""


def subjects_of(kind: type, path: str) -> Iterator[object]:
    linked = linked_of(schema=SCHEMA, shared=SHARED)
    with linked.at(path):
        yield from SUBJECTS[kind](Module(linked, linked.summaries[path]))


def written(place: Place, text: str) -> str:
    assert place.span is not None
    return (PRELUDE + text)[place.span.start : place.span.end]


def test_tables_are_where_they_are_made() -> None:
    found = [table for table in subjects_of(Table, "convex/schema.ts") if isinstance(table, Table)]
    assert [(table.names, table.name) for table in found] == [
        (("tags",), "tags"),
        (("users",), "users"),
        (("shapes",), "shapes"),
        (("first", "second"), None),
    ]
    assert [written(table.place, SCHEMA) for table in found] == ["Table", "defineTable", "defineTable", "defineTable"]
    assert [[field.name for field in table.fields] for table in found] == [
        ["name"],
        ["name", "age"],
        ["side", "radius"],
        [],
    ]
    age = found[1].fields[1]
    assert (written(age.place, SCHEMA), written(age.value_place, SCHEMA)) == ("age", "v.number()")
    assert age.validator == Validator("float64")


def test_a_table_of_another_module_has_its_name_and_all_its_indexes() -> None:
    found = [table for table in subjects_of(Table, "convex/shared.ts") if isinstance(table, Table)]
    assert [table.name for table in found] == ["notes", None]
    assert [index.name for index in found[0].definition.indexes] == ["by_title"]
    assert [written(index.place, SHARED) for index in found[0].indexes] == ['"by_title"']
    assert found[0].definition.validator.open
    assert found[1].definition.indexes == ()


def test_indexes_are_where_they_are_added() -> None:
    found = [index for index in subjects_of(Index, "convex/schema.ts") if isinstance(index, Index)]
    assert [(index.table, index.definition.form, written(index.place, SCHEMA)) for index in found] == [
        ("users", "index", '"by_name"'),
        ("users", "search", '"search"'),
        ("tags", "index", '"by_name"'),
    ]
    assert written(found[0].fields_place, SCHEMA) == '["name"]'
    assert found[2].definition.staged


INDEXED = """
export default defineSchema({
  notes: defineTable({ author: v.id("users"), title: v.string(), at: v.number() })
    .index("by_author", ["author"])
    .index("by_author_and_at", ["author", "at"])
    .index("by_title", { fields: ["title"], staged: true })
    .searchIndex("find", { searchField: "title" }),
});
"""


class Compared(NamedTuple):
    """What a filter says that it compares."""

    equal: tuple[str, ...] = ()
    bounded: tuple[str, ...] = ()
    unequal: tuple[str, ...] = ()
    whole: bool = True


def filter_of(callback: str) -> tuple[Filter, IndexRange | None]:
    code = f"""
    import {{ more }} from "elsewhere";
    function named(q) {{ return q.eq(q.field("author"), 1); }}
    export const f = query({{
      handler: async (ctx, args) => await ctx.db.query("notes").filter({callback}).collect(),
    }});
    """
    linked = linked_of(schema=INDEXED, a=code)
    module = Module(linked, linked.summaries["convex/a.ts"])
    with linked.at(module.path):
        (chain,) = (one for one in SUBJECTS[QueryChain](module) if isinstance(one, QueryChain))
        (compared,) = (step.compared for step in chain.steps if step.name == "filter")
        return compared, Schema(linked).serving(module, "notes", compared)


@pytest.mark.parametrize(
    ("callback", "compared", "serving"),
    [
        ('(q) => q.eq(q.field("author"), args.a)', Compared(("author",)), "by_author"),
        ('(q) => q.eq(args.a, q.field("author"))', Compared(("author",)), "by_author"),
        ('function (q) { return q.eq(q.field("author"), args.a); }', Compared(("author",)), "by_author"),
        ("named", Compared(("author",)), "by_author"),
        (
            '(q) => q.and(q.eq(q.field("author"), 1), q.gt(q.field("at"), 2))',
            Compared(("author",), ("at",)),
            "by_author_and_at",
        ),
        (
            '(q) => q.and(q.eq(q.field("author"), 1), q.neq(q.field("title"), 2))',
            Compared(("author",), unequal=("title",)),
            "by_author",
        ),
        ('(q) => q.gt(q.field("author"), 1)', Compared(bounded=("author",)), "by_author"),
        ('(q) => q.eq(q.field("title"), "x")', Compared(("title",)), None),
        ('(q) => q.eq(q.field("at"), 1)', Compared(("at",)), None),
        ('(q) => q.neq(q.field("author"), 1)', Compared(unequal=("author",)), None),
        ('(q) => q.gte(q.field("_creationTime"), 1)', Compared(bounded=("_creationTime",)), "by_creation_time"),
        ('(q) => q.eq(q.field("_id"), 1)', Compared(("_id",)), "by_id"),
        (
            '(q) => q.and(q.eq(q.field("author"), 1), q.lt(q.field("_creationTime"), 2))',
            Compared(("author",), ("_creationTime",)),
            "by_author",
        ),
        ('(q) => q.eq(q.field("home.city"), 1)', Compared(("home.city",)), None),
        ('(q) => q.or(q.eq(q.field("author"), 1), q.eq(q.field("at"), 1))', Compared(whole=False), None),
        ('(q) => q.not(q.eq(q.field("author"), 1))', Compared(whole=False), None),
        ('(q) => q.and(q.eq(q.field("author"), 1), more(q))', Compared(("author",), whole=False), "by_author"),
        ('(q) => q.eq(q.field("author"), q.field("title"))', Compared(whole=False), None),
        ('(q) => q.eq(q.add(q.field("at"), 1), 2)', Compared(whole=False), None),
        ("(q) => q.eq(q.field(more), 1)", Compared(whole=False), None),
        ("more", Compared(whole=False), None),
        ('(q) => { if (more) return true; return q.eq(q.field("author"), 1); }', Compared(whole=False), None),
    ],
)
def test_what_a_filter_compares_and_which_index_serves_it(
    callback: str, compared: Compared, serving: str | None
) -> None:
    found, served = filter_of(callback)
    assert Compared(found.equal, found.bounded, found.unequal, found.whole) == compared
    assert (served.index.name if served is not None else None) == serving


def test_what_a_filter_says_of_itself() -> None:
    nothing = Literal(0, 4, "null", None)

    def compared(*terms: str, whole: bool = True) -> Filter:
        made = (term.split() for term in terms)
        return Filter(tuple(Term(method, field, nothing) for method, field in made), whole)

    assert compared("neq a").only_unequal
    assert not compared("eq a", "neq b").only_unequal
    assert not compared("neq a", whole=False).only_unequal
    assert compared("eq a", "eq a", "gt b", "lt c").fields == ("a", "b")
    assert compared("eq a", "gt b.c").index == '.index("by_a_and_b_c", ["a", "b.c"])'
    assert compared("eq a").both(compared("neq b", whole=False)) == compared("eq a", "neq b", whole=False)


@pytest.mark.parametrize(
    ("callback", "written", "rest"),
    [
        ('(q) => q.eq(q.field("author"), 1)', 'q.eq("author", …)', False),
        ('(q) => q.and(q.gt(2, q.field("at")), q.eq(q.field("author"), 1))', 'q.eq("author", …).lt("at", …)', False),
        (
            '(q) => q.and(q.eq(q.field("author"), 1), q.lt(q.field("at"), 1), q.gte(q.field("at"), 2))',
            'q.eq("author", …).gte("at", …).lt("at", …)',
            False,
        ),
        ('(q) => q.and(q.eq(q.field("author"), 1), q.neq(q.field("title"), 2))', 'q.eq("author", …)', True),
        ('(q) => q.and(q.eq(q.field("author"), 1), more(q))', 'q.eq("author", …)', True),
    ],
)
def test_how_an_index_serves_a_filter(callback: str, written: str, *, rest: bool) -> None:
    served = filter_of(callback)[1]
    assert served is not None
    assert served.written == f'.withIndex("{served.index.name}", (q) => {written})'
    assert served.rest == rest


def test_what_a_schema_says_of_tables_and_indexes() -> None:
    linked = linked_of(schema=INDEXED, a="")
    module = Module(linked, linked.summaries["convex/a.ts"])
    schema = Schema(linked)
    assert schema.is_whole(module)
    assert list(schema.tables(module)) == ["notes"]
    assert schema.table(module, "elsewhere") is None
    assert schema.index(module, "notes", "by_author") == IndexDefinition("index", "by_author", ("author",))
    assert schema.index(module, "notes", "by_id") == IndexDefinition("index", "by_id", ("_id",))
    assert schema.index(module, "notes", "find") is None
    assert schema.index(module, "notes", "find", "search") == IndexDefinition("search", "find", ("title",))
    assert schema.index(module, "notes", "nowhere") is None
    assert schema.index(module, "elsewhere", "by_id") is None


def test_what_is_not_known_of_a_schema_is_open() -> None:
    linked = linked_of(schema="export default defineSchema({ ...elsewhere });", a="")
    module = Module(linked, linked.summaries["convex/a.ts"])
    schema = Schema(linked)
    assert not schema.is_whole(module)
    assert schema.index(module, "notes", "by_author") == IndexDefinition("index", "by_author", open=True)
    without = linked_of(a="")
    module = Module(without, without.summaries["convex/a.ts"])
    assert not Schema(without).is_whole(module)
    table = Schema(without).table(module, "notes")
    assert table is not None
    assert table.open


def indexes_of(**texts: str) -> list[Index]:
    linked = linked_of(**texts)
    with linked.at("convex/schema.ts"):
        found = list(SUBJECTS[Index](Module(linked, linked.summaries["convex/schema.ts"])))
    return [index for index in found if isinstance(index, Index)]


def test_the_indexes_that_one_table_is_given() -> None:
    schema = """
    const users = defineTable({ name: v.string() }).index("a", ["name"]).index("b", ["name"]);
    users.searchIndex("c", { searchField: "name" }).index("d", ["name"]);
    function made() { return defineTable({}).index("e", []); }
    export default defineSchema({ users, one: made().index("f", []), two: made().index("g", []) });
    """
    siblings = {
        index.definition.name: [one.definition.name for one in index.siblings] for index in indexes_of(schema=schema)
    }
    assert siblings == {
        **{name: ["a", "b", "c", "d"] for name in "abcd"},
        **{name: [name] for name in "efg"},
    }


def test_a_table_has_only_so_many_indexes() -> None:
    chain = "".join(f'.index("i{at}", ["a.f{at}"])' for at in range(66))
    found = indexes_of(schema=f"export default defineSchema({{ t: defineTable({{ a: v.any() }}){chain} }});")
    assert [index.definition.name for index in found if index.is_one_too_many] == ["i64"]


def test_a_validator_that_convex_may_never_see_is_no_error() -> None:
    texts = {
        "convex/schema.ts": 'import { defineSchema } from "convex/server";\nexport default defineSchema({});\n',
        "convex/a.ts": 'import { v } from "convex/values";\nimport { query } from "./_generated/server";\n'
        "const input = (given: any) => given;\n"
        'export const a = input({ args: { b: v.optional(v.id("x")) } });\n'
        'export const c = query({ args: { b: v.optional(v.id("y")) }, handler: async () => null });\n'
        'export const shared = { b: v.array(v.id("z")) };\n',
    }
    found = lint_texts(texts, [rule for rule in registry.builtin() if rule.name == "no-unknown-table"])
    assert [one.severity for one in found] == [Severity.WARNING, Severity.ERROR, Severity.ERROR]
