"""Where the database gets what a client sends: by helpers, by functions that are run, as a field and as a whole."""

from __future__ import annotations

import pytest

from convex_lint import engine
from convex_lint.link import Linked

HEAD = """\
import { internalMutation, mutation } from "./_generated/server";
import { internal } from "./_generated/api";
import { v } from "convex/values";
import type { MutationCtx } from "./_generated/server";
async function put(ctx: MutationCtx, note) { await ctx.db.insert("notes", note); }
async function own(ctx: MutationCtx, by, text) { await put(ctx, { by, text }); }
async function again(ctx: MutationCtx, id, left) {
  if (left) await again(ctx, id, left - 1); else await ctx.db.delete(id);
}
async function one(ctx: MutationCtx, id) { await two(ctx, id); }
async function two(ctx: MutationCtx, id) { await one(ctx, id); await ctx.db.patch("notes", id, { done: true }); }
export const kept = internalMutation({ args: { by: v.string() }, handler: async (ctx, args) => await put(ctx, args) });
"""
ARGS = "{ by: v.string(), id: v.id('notes'), all: v.array(v.id('notes')) }"


def flows(body: str) -> set[str]:
    """Return what becomes of the arguments of a handler, each as `path > kind table.field`."""
    text = f"{HEAD}export const f = mutation({{ args: {ARGS}, handler: async (ctx, args) => {{ {body} }} }});\n"
    linked = Linked(*engine.summaries_of(engine.of_texts({"convex/a.ts": text})))
    made = next(one for one in linked.registered("convex/a.ts") if "f" in one.names)
    assert made.closure is not None
    found = linked.flows(made.closure)
    assert {part.function for part, _ in found} <= {made.closure}
    return {f"{'.'.join(part.steps)} > {sink.kind} {sink.table}.{sink.field}" for part, sink in found}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("await ctx.db.insert('notes', { by: args.by, text: 'a' });", {"by > insert notes.by"}),
        ("const { by } = args; await ctx.db.insert('notes', { by });", {"by > insert notes.by"}),
        ("await ctx.db.insert('notes', { ...args, text: 'a' });", {" > insert notes.*"}),
        ("await ctx.db.insert('notes', { by: args.by ?? 'nobody' });", set()),
        ("await ctx.db.insert('notes', { by: args.by.length });", {"by.length > insert notes.by"}),
        ("await own(ctx, args.by, 'a');", {"by > insert notes.by"}),
        ("await put(ctx, args);", {" > insert notes.*"}),
        ("await ctx.runMutation(internal.a.kept, { by: args.by });", {"by > insert notes.by"}),
        ("await ctx.db.delete(args.id);", {"id > id notes._id"}),
        ("for (const id of args.all) await ctx.db.delete(id);", {"all > id notes._id"}),
        ("await Promise.all(args.all.map((id) => ctx.db.delete('notes', id)));", {"all > id notes._id"}),
        ("await again(ctx, args.id, 3);", {"id > id notes._id"}),
        ("await one(ctx, args.id);", {"id > id notes._id"}),
        (
            "return await ctx.db.query('notes').withIndex('by_by', (q) => q.eq('by', args.by)).first();",
            {"by > lookup notes.by"},
        ),
        ("return args.by;", set()),
    ],
)
def test_what_becomes_of_what_a_client_sends(body: str, found: set[str]) -> None:
    assert flows(body) == found
