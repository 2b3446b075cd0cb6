"""The share of what is known of the uses of a schema and of functions, and the counter that it is held against."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from scripts import count_uses, coverage

ROOT = Path(__file__).parent.parent


def test_the_counter_imports_nothing_of_the_project() -> None:
    tree = ast.parse((ROOT / "scripts" / "count_uses.py").read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"__future__", "re", "sys", "pathlib", "scripts.count_tokens"}


IMPORT = 'import { api, internal } from "./_generated/api";'


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        ("index", 'q.withIndex("a"); q\n  .withSearchIndex("b", f); withIndex(c); // q.withIndex("d")', 2),
        ("reference", f"{IMPORT} f(internal.a.b, api.c!.d.e, api.f, x.api.g.h, typeof api.i.j);", 2),
        ("reference", "f(internal.a.b);", 0),
        ("call", "ctx.runQuery(f, {}); ctx.runQuery(f, args); ctx.runQuery(f); runQuery(f, {});", 1),
        ("call", "s.runAfter(0, f, { a: [1, 2], b: g(1, 2) }); s.runAfter(f(1, 2), g, h); s.runAt(0, {});", 1),
        ("insert", 'ctx.db.insert("a", {}); db.insert("b", c); list.insert(d);', 2),
    ],
)
def test_uses_are_counted(kind: str, text: str, number: int) -> None:
    assert len(count_uses.uses(text)[kind]) == number


def test_what_is_not_known_is_told_with_its_cause(tmp_path: Path) -> None:
    (tmp_path / "convex").mkdir()
    (tmp_path / "convex" / "schema.ts").write_text(
        'import { defineSchema, defineTable } from "convex/server";\nimport { v } from "convex/values";\n'
        'export default defineSchema({ notes: defineTable({ text: v.string() }).index("by_text", ["text"]) });\n'
    )
    (tmp_path / "convex" / "a.ts").write_text(
        'import { mutation } from "./_generated/server";\nimport { internal } from "./_generated/api";\n'
        "export const f = mutation({ args: {}, handler: async (ctx, args) => {\n"
        '  const [note] = await ctx.db.query("notes").withIndex("by_text").take(1);\n'
        '  const [other] = await ctx.db.query(args.table).withIndex("by_text").take(1);\n'
        '  await ctx.db.insert("notes", { text: `${note}${other}` });\n'
        "  await ctx.runMutation(internal.a.f, {});\n"
        "  await args.other.runMutation(internal.a.g, {});\n"
        "} });\n"
    )
    told = [re.sub(r" +|@\d+", " ", line).strip() for line in coverage.report(str(tmp_path))][1:]
    assert told == [
        "index 2 by tokens, 1 known (50.0 %, wanted are 98 %)",
        "1 the table is not known (convex/a.ts )",
        "reference 2 by tokens, 2 known (100.0 %)",
        "call 2 by tokens, 1 known (50.0 %, wanted are 92 %)",
        "1 it is not seen (convex/a.ts )",
        "insert 1 by tokens, 1 known (100.0 %)",
    ]


@pytest.mark.parametrize("name", ["builders", "chat", "clean", "monorepo"])
def test_of_the_fixtures_all_but_what_is_meant_to_be_hidden_is_known(name: str) -> None:
    lines = list(coverage.report(str(ROOT / "fixtures" / name)))
    assert [line for line in lines if "it is not seen" in line] == []
