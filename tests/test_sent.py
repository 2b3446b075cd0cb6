"""What callers send: a handler may stand in another module than the function that it is the handler of."""

from __future__ import annotations

import pytest

from convex_lint import engine, registry
from convex_lint.rule import Level
from convex_lint.source import Source
from convex_lint.summary import summarise

RULES = [rule for rule in registry.builtin() if rule.name == "bounded-numeric-args"]
LEVELS = {rule.name: Level(rule.severity) for rule in RULES}
HANDLER = """\
import type { QueryCtx } from "./_generated/server";
export async function list(ctx: QueryCtx, args: { limit: number }) {
  return await ctx.db.query("notes").take(args.limit);
}
"""
REGISTERED = """\
import {{ internalQuery, query }} from "./_generated/server";
import {{ v }} from "convex/values";
import {{ list }} from "./lists";
export const notes = {builder}({{ args: {{ limit: {validator} }}, handler: list }});
"""


@pytest.mark.parametrize(
    ("builder", "validator", "found"),
    [("query", "v.number()", 1), ("internalQuery", "v.number()", 0), ("query", "v.literal(5)", 0)],
)
def test_what_a_function_is_registered_as_is_asked_again(builder: str, validator: str, found: int) -> None:
    texts = {"convex/lists.ts": HANDLER, "convex/notes.ts": REGISTERED.format(builder=builder, validator=validator)}
    other = ("internalQuery", "v.number()") if found else ("query", "v.number()")
    before = engine.of_texts({**texts, "convex/notes.ts": REGISTERED.format(builder=other[0], validator=other[1])})
    kept = engine.Kept()
    assert len(engine.lint(before, RULES, lambda _path: LEVELS, summarise, kept).diagnostics) == 1 - found
    after = before.with_source(Source("convex/notes.ts", texts["convex/notes.ts"].encode()))
    assert len(engine.lint(after, RULES, lambda _path: LEVELS, summarise, kept).diagnostics) == found
