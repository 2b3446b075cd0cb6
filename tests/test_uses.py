"""What a project needs its indexes for."""

from __future__ import annotations

import pytest

from convex_lint.link.uses import Need
from tests.asking import linked_of

SCHEMA = """
export default defineSchema({
  notes: defineTable({ text: v.string(), at: v.number() })
    .index("by_text", ["text"])
    .index("by_text_at", ["text", "at"]),
});
"""
NOTES = 'ctx.db.query("notes")'
RANGE = '(q) => q.eq("text", args.text)'


@pytest.mark.parametrize(
    ("body", "need"),
    [
        ("null", Need.NOTHING),
        (f'{NOTES}.withIndex("by_text_at").take(5)', Need.NOTHING),
        ('ctx.db.query("tasks").withIndex("by_text").take(5)', Need.NOTHING),
        ('ctx.db.query("notes").filter((q) => q.eq(q.field("by_text"), 1)).take(5)', Need.NOTHING),
        (f'{NOTES}.withIndex("by_text", {RANGE}).unique()', Need.LOOKUP),
        (f'({NOTES} as any).withIndex("by_text", {RANGE}).filter((q) => true).collect()', Need.LOOKUP),
        (f'{NOTES}.withIndex("by_text", {RANGE}).first()', Need.ORDER),
        (f'{NOTES}.withIndex("by_text", {RANGE}).order("asc").collect()', Need.ORDER),
        (f'{NOTES}.withIndex("by_text", {RANGE})', Need.ORDER),
        (f'{NOTES}.withIndex("by_text", args.range).collect()', Need.ORDER),
        (f'{NOTES}.withIndex("by_text", (q) => q.lt("_creationTime", 1)).collect()', Need.ORDER),
        (f"{NOTES}.withIndex(args.by, {RANGE}).collect()", Need.ORDER),
        ('ctx.db.query(args.table).withIndex("by_text").collect()', Need.LOOKUP),
        ("ctx.db.query(args.table).withIndex(args.by).collect()", Need.ORDER),
        ('helper(ctx.db, "notes", "by_text")', Need.ORDER),
        ('helper({ table: "notes", index: ["by_text"] })', Need.ORDER),
    ],
)
def test_what_an_index_is_needed_for(body: str, need: Need) -> None:
    code = f"""
    import {{ helper }} from "elsewhere";
    export const f = query({{ handler: async (ctx, args) => {body} }});
    """
    assert linked_of(schema=SCHEMA, a=code).index_need("convex", "notes", "by_text") is need


@pytest.mark.parametrize(
    ("package", "need"), [("@convex-dev/better-auth", Need.ORDER), ("convex-helpers/server/stream", Need.NOTHING)]
)
def test_a_package_that_is_given_the_schema_may_use_all_indexes(package: str, need: Need) -> None:
    code = f'import {{ made }} from "{package}"; import schema from "./schema"; export const all = made(schema, {{}});'
    assert linked_of(schema=SCHEMA, a=code).index_need("convex", "notes", "by_text") is need


def test_without_a_schema_that_is_not_known() -> None:
    assert linked_of(a="").index_need("convex", "notes", "by_text") is Need.ORDER
