"""What tests say counts where they are not linted themselves, and are known by their texts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = """import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({
  notes: defineTable({ author: v.string() }).index("by_author", ["author"]).index("by_nothing", ["author", "author"]),
  drafts: defineTable({ author: v.string() }).index("by_author", ["author"]),
  left: defineTable({}),
});
"""
NOTES = """import { query } from "./_generated/server";
export const list = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").take(50) });
"""
TEST = """import { convexTest } from "convex-test";
await convexTest(schema).run(async (ctx) => {
  await ctx.db.query("notes").withIndex("by_author", (q) => q.eq("author", "x")).unique();
  await ctx.db.insert('drafts', { author: "x" });
});
"""


def found(folder: Path, rule: str, files: dict[str, str]) -> list[str]:
    """Return what a rule says of some files, a line for each finding."""
    for path, text in files.items():
        full = folder / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, "utf-8")
    done = run("check", str(folder), "--select", rule, "--format", "concise", cwd=folder)
    return [line for line in done.out.splitlines() if f"{rule}" in line]


def test_an_index_and_a_table_that_a_test_uses_are_used(tmp_path: Path) -> None:
    files = {"convex/schema.ts": SCHEMA, "convex/notes.ts": NOTES, "convex/tests/notes.test.ts": TEST}
    other, drafts = found(tmp_path, "no-unused-index", files)
    assert "`by_nothing` of `notes`" in other
    assert "`by_author` of `drafts`" in drafts
    (table,) = found(tmp_path, "no-unused-table", files)
    assert "`left`" in table


def test_a_database_that_is_played_needs_no_index(tmp_path: Path) -> None:
    test = 'import { list } from "./notes";\nconst db = { query: () => ({ withIndex: () => 0 }) };\n'
    use = 'db.query("notes").withIndex("by_author");\n'
    files = {"convex/schema.ts": SCHEMA, "convex/notes.ts": NOTES, "convex/notes.test.ts": test + use}
    assert len(found(tmp_path, "no-unused-index", files)) == 3


PLAYED = {
    "package.json": '{"dependencies": {"convex": "1.31.0"}}',
    "convex/model/users.ts": (
        'import type { QueryCtx } from "../_generated/server";\nimport type { Id } from "../_generated/dataModel";\n'
        'export const load = async (ctx: QueryCtx, id: Id<"users">) => await ctx.db.get(id);\n'
    ),
    "convex/users.ts": (
        'import type { QueryCtx } from "./_generated/server";\nimport type { Id } from "./_generated/dataModel";\n'
        'import { load } from "./model/users";\n'
        'export const both = async (ctx: QueryCtx, id: Id<"users">) => [await load(ctx, id), await ctx.db.get(id)];\n'
    ),
    "convex/notes.ts": (
        'import type { QueryCtx } from "./_generated/server";\nimport type { Id } from "./_generated/dataModel";\n'
        'export const load = async (ctx: QueryCtx, id: Id<"notes">) => await ctx.db.get(id);\n'
    ),
}


@pytest.mark.parametrize(
    ("method", "is_played"),
    [
        ("get: async (id: string) => rows.get(id) ?? null", True),
        ("async get(id) { return rows.get(id); }", True),
        ("patch: vi.fn(async (id: Id<any>, value: unknown) => undefined)", True),
        ("delete: vi.fn(async function (id): Promise<void> {})", True),
        ("get: async (table: string, id: string) => rows.get(id) ?? null", False),
        ("get: vi.fn()", False),
        ("insert: async () => found.get(id) ? 1 : 2", False),
    ],
)
def test_a_fix_is_not_safe_where_a_test_plays_the_database(tmp_path: Path, method: str, is_played: bool) -> None:  # noqa: FBT001
    test = f'import {{ both }} from "./users";\nconst ctx = {{ db: {{ {method} }} }};\nawait both(ctx, "u");\n'
    for path, text in {**PLAYED, "convex/users.test.ts": test}.items():
        full = tmp_path / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, "utf-8")
    run("check", str(tmp_path), "--select", "explicit-table-ids", "--fix", cwd=tmp_path)
    fixed = {path for path in PLAYED if (tmp_path / path).read_text("utf-8") != PLAYED[path]}
    everything = {path for path in PLAYED if path.startswith("convex/")}
    assert fixed == ({"convex/notes.ts"} if is_played else everything)


@pytest.mark.parametrize(("given", "is_safe"), [('{ a: "b" }', False), ("rest", False), ("{}", True), ("", True)])
def test_a_fix_is_not_safe_that_refuses_what_a_test_gives(tmp_path: Path, given: str, is_safe: bool) -> None:  # noqa: FBT001
    old = 'import { query } from "./_generated/server";\nexport const all = query(async () => []);\n'
    new = old.replace("all = query(async", "every = query({ handler: async").replace("[])", "[] })")
    behind = f", {given}" if given else ""
    calls = [f"await t.query(api.{name}{behind});\n" for name in ("notes.all", "more.every")]
    test = "".join(('import { api } from "./_generated/api";\n', *calls))
    files = {"package.json": "{}", "convex/notes.ts": old, "convex/more.ts": new, "convex/notes.test.ts": test}
    for path, text in files.items():
        full = tmp_path / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, "utf-8")
    rules = "no-old-registered-function-syntax,require-args-validator"
    run("check", str(tmp_path), "--select", rules, "--fix", cwd=tmp_path)
    assert ("args: {}" in (tmp_path / "convex/notes.ts").read_text("utf-8")) == is_safe
    assert ("args: {}" in (tmp_path / "convex/more.ts").read_text("utf-8")) == is_safe
