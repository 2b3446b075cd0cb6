"""The share of what the model does not understand, and the counter that it is held against."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from scripts import count_tokens, tables, unknown

ROOT = Path(__file__).parent.parent


def test_the_counter_imports_nothing_of_the_project() -> None:
    tree = ast.parse((ROOT / "scripts" / "count_tokens.py").read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"__future__", "re", "sys", "pathlib", "typing"}


@pytest.mark.parametrize(
    ("text", "handlers", "ctx", "calls"),
    [
        ("export const a = query({ args: {}, handler: async (ctx) => ctx.db.get(x) });", 1, 1, 2),
        ("export const a = mutation(async (ctx) => { await ctx.scheduler.runAfter(0, f); });", 1, 1, 2),
        ("// ctx.db.get(x)\n/* f() */ const a = 'f()' + \"ctx.db\" + `${f()}`;", 0, 0, 1),
        ("if (a) { for (const b of c) { while (d()) {} } } function e(f) {}", 0, 0, 1),
        ("const a = /f\\(/.test(b); actionCtx.runQuery(c); ctx!.db.insert(d);", 0, 2, 3),
        ("class A {\n  async b(c: D) {\n    return e();\n  }\n}", 0, 0, 1),
        ("query({ handler })", 1, 0, 1),
    ],
)
def test_tokens_are_counted(text: str, handlers: int, ctx: int, calls: int) -> None:
    assert count_tokens.count(text) == (1, handlers, ctx, calls)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ctx.db.get(id); db.delete(f(a, b)); innerDb.get([a, b]);", 3),
        ("ctx.db.patch(id, { a, b }); ctx.db!.replace(id, g(a), );", 2),
        ('ctx.db.get("users", id); ctx.db.patch("users", id, {}); ctx.db.delete("users", id);', 0),
        ("// ctx.db.get(id)\nusers.get(id); ctx.db.query(id); ctx.db.system.get(id); ctx.db.get();", 0),
    ],
)
def test_implicit_calls_are_counted(text: str, number: int) -> None:
    assert count_tokens.implicit(text) == number


def test_the_table_of_an_implicit_call_is_told_or_why_it_is_not(tmp_path: Path) -> None:
    code = (
        'import { query } from "./_generated/server";\nimport { v } from "convex/values";\n'
        'export const a = query({ args: { id: v.id("users"), any: v.any() }, handler: async (ctx, args) => {\n'
        "  await ctx.db.get(args.id);\n  await ctx.db.get(args.any);\n"
        '  await ctx.db.get("users", args.id);\n  await ctx.db.get("teams", args.id);\n} });\n'
    )
    (tmp_path / "convex").mkdir()
    (tmp_path / "convex" / "a.ts").write_text(code, "utf-8")
    found = list(tables.report(str(tmp_path), each=False))
    assert found[0].endswith(": 2 implicit calls by tokens, 2 seen, 1 named (50.0 %)")
    assert found[1:] == ["  2 name it, 2 of these known, 1 as another one", "       1 a member of Structure"]


def test_tests_and_generated_code_are_not_counted(tmp_path: Path) -> None:
    for name in ("a.ts", "a.test.ts", "b.d.ts", "_generated/api.ts", "c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("f();")
    assert count_tokens.total(count_tokens.files_of(tmp_path)) == (1, 0, 0, 1)


def test_what_is_unknown_is_told_with_its_cause(tmp_path: Path) -> None:
    (tmp_path / "convex").mkdir()
    (tmp_path / "convex" / "a.ts").write_text(
        'import { mutation } from "./_generated/server";\n'
        'import { make } from "nobody-knows";\n'
        "const made = make();\n"
        "export const f = mutation({ args: {}, handler: async (ctx) => { await made.of.run(ctx.db.get(x)); } });\n"
    )
    head, handlers, ctx, calls, _, *causes = unknown.report(str(tmp_path))
    assert head.endswith("1 files")
    assert " ".join(handlers.split()) == "handlers 1 by tokens, 1 seen, 0 unknown (0.0 %)"
    assert " ".join(ctx.split()) == "ctx 1 by tokens, 1 seen, 0 unknown (0.0 %)"
    assert " ".join(calls.split()) == "calls 4 by tokens, 4 seen, 1 unknown (25.0 %)"
    assert [line.strip().split(" (")[0] for line in causes] == ["1 the result of `make` of nobody-knows"]


@pytest.mark.parametrize("name", ["agent-mess", "builders", "chat", "clean", "handbook"])
def test_of_the_fixtures_every_handler_and_every_use_of_ctx_is_understood(name: str) -> None:
    _, handlers, ctx, *_ = unknown.report(str(ROOT / "fixtures" / name))
    assert "0 unknown" in handlers
    assert " 0 unknown" in ctx
