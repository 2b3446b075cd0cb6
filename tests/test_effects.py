"""What a function does when it runs, through all that it calls, and whether that is all."""

from __future__ import annotations

import pytest

from convex_lint.subjects import SUBJECTS, Module, Registered
from tests.asking import linked_of

HEAD = """
import { save, sideways } from "./lib";
import { unknownHelper } from "nobody-knows";
import { asyncMap } from "convex-helpers";
import { getAll } from "convex-helpers/server/relationships";
import { RAG } from "@convex-dev/rag";
const rag = new RAG(components.rag, {});
function pure(text: string) { return text.trim(); }
async function both(ctx: MutationCtx) { await save(ctx); await ctx.scheduler.runAfter(0, internal.a.f, {}); }
async function each(ctx: MutationCtx, run: (ctx: MutationCtx) => Promise<void>) { await run(ctx); }
"""
LIB = """
export async function save(ctx: MutationCtx) { await ctx.db.insert("notes", { text: "a" }); }
export async function sideways(ctx: MutationCtx): Promise<void> { await back(ctx); }
async function back(ctx: MutationCtx): Promise<void> { if (ctx) await sideways(ctx); await ctx.storage.getUrl("a"); }
"""


def effects(body: str) -> tuple[set[str], bool]:
    """Return the effects of a handler, each as `kind` or `kind:detail`, and whether these are all."""
    text = (
        f"export const f = mutation({{ args: {{ id: v.id('notes') }}, handler: async (ctx, args) => {{ {body} }} }});"
    )
    linked = linked_of(a=HEAD + text, lib=LIB)
    with linked.at("convex/a.ts"):
        (found,) = SUBJECTS[Registered](Module(linked, linked.summaries["convex/a.ts"]))
        done = found.effects
    return {f"{one.kind}:{one.detail}".rstrip(":") for one in done.done}, done.complete


@pytest.mark.parametrize(
    ("body", "done", "complete"),
    [
        ("return 1;", set(), True),
        ("pure('a'); console.log(args);", set(), True),
        ("await ctx.db.patch(args.id, {});", {"write:notes"}, True),
        ("await ctx.db.get(args.id);", {"read:notes"}, True),
        ("await ctx.db.query('notes').take(1);", {"read:notes"}, True),
        ("await save(ctx);", {"write:notes"}, True),
        ("await both(ctx);", {"write:notes", "schedule"}, True),
        ("await sideways(ctx);", {"storage"}, True),
        ("[1].map(() => ctx.db.delete(args.id));", {"write:notes"}, True),
        ("await each(ctx, async (again) => { await again.db.delete(args.id); });", {"write:notes"}, False),
        ("await ctx.runMutation(internal.a.f, {}); await fetch('a');", {"run:runMutation", "fetch"}, True),
        ("await ctx.auth.getUserIdentity();", {"identity"}, True),
        ("await unknownHelper(ctx);", set(), False),
        ("await unknownHelper(args.id);", set(), True),
        ("await rag.search(ctx, {});", set(), False),
        ("await rag.search({}, { id: args.id });", set(), True),
        ("await getAll(ctx.db, [args.id]);", set(), False),
        ("await asyncMap([args.id], async (id) => await ctx.db.delete(id));", {"write:notes"}, True),
        ("unknownHelper(() => ctx.db.delete(args.id));", set(), False),
    ],
)
def test_what_a_function_does(body: str, done: set[str], *, complete: bool) -> None:
    assert effects(body) == (done, complete)
