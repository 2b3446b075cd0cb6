"""What a function does about who calls it: reached is not enforced, and looks that deceive are no checks."""

from __future__ import annotations

import pytest

from convex_lint import engine
from convex_lint.link import Linked
from convex_lint.link.identity import Grade
from convex_lint.subjects import SUBJECTS, Module, Registered

HEAD = """\
import { action, mutation, query } from "./_generated/server";
import type { MutationCtx, QueryCtx } from "./_generated/server";
import { createAccount, getAuthUserId } from "@convex-dev/auth/server";
import { customMutation, customCtx } from "convex-helpers/server/customFunctions";
import { v } from "convex/values";
async function nobody(ctx: QueryCtx) { return 1; }
async function maybe(ctx: QueryCtx) { return await ctx.auth.getUserIdentity(); }
async function maybeUser(ctx: QueryCtx) {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null) return null;
  return await ctx.db.query("users").withIndex("by_token", (q) => q.eq("token", identity.tokenIdentifier)).unique();
}
async function needs(ctx: { auth: { getUserIdentity: () => Promise<{ subject: string } | null> } }) {
  const identity = await ctx.auth.getUserIdentity();
  if (!identity) throw new Error("Unauthenticated");
  return identity;
}
async function must(ctx: QueryCtx) {
  const identity = await ctx.auth.getUserIdentity();
  if (!identity) throw new Error("Unauthenticated");
  return identity;
}
function assertLoggedIn(identity: any) { if (identity == null) throw new Error("Unauthenticated"); }
"""


def modules(text: str) -> Module:
    """Link a module with helpers."""
    workspace = engine.of_texts({"convex/a.ts": HEAD + text})
    linked = Linked(*engine.summaries_of(workspace))
    return Module(linked, linked.summaries["convex/a.ts"])


def grade_of(body: str, arguments: str = "{}", builder: str = "mutation") -> Grade:
    """Return the grade of a registered function with a body."""
    text = f"export const f = {builder}({{ args: {arguments}, handler: async (ctx, args) => {{ {body} }} }});"
    (found,) = (one for one in SUBJECTS[Registered](modules(text)) if one.name == "f")
    assert isinstance(found.identity, Grade)
    return found.identity


@pytest.mark.parametrize(
    ("body", "grade"),
    [
        ("await ctx.db.insert('a', {});", Grade.NONE),
        ("await nobody(ctx);", Grade.NONE),
        ("await ctx.auth.getUserIdentity();", Grade.READS),
        ("const who = await ctx.auth.getUserIdentity(); console.log(who);", Grade.READS),
        ("return await ctx.auth.getUserIdentity();", Grade.GIVES),
        ("await maybe(ctx);", Grade.READS),
        ("const who = await ctx.auth.getUserIdentity(); if (!who) throw new Error(); await f();", Grade.ENFORCES),
        ("const who = await ctx.auth.getUserIdentity(); if (who === null) { return null; } await f();", Grade.ENFORCES),
        ("const who = await ctx.auth.getUserIdentity(); if (!who?.subject) throw new Error();", Grade.ENFORCES),
        ("if (!(await ctx.auth.getUserIdentity())) throw new Error();", Grade.ENFORCES),
        ("const id = await getAuthUserId(ctx); if (id === null) throw new Error();", Grade.ENFORCES),
        ("const user = await maybeUser(ctx); if (!user || !args.on) return;", Grade.ENFORCES),
        ("await must(ctx); await ctx.db.insert('a', {});", Grade.ENFORCES),
        ("const { subject } = await must(ctx);", Grade.ENFORCES),
        ("return must(ctx);", Grade.ENFORCES),
        ("const who = await needs(ctx); await ctx.db.insert('a', {});", Grade.ENFORCES),
        ("const who = await maybe(ctx); assertLoggedIn(who);", Grade.ENFORCES),
        # Looks that deceive.
        ("if (!args.id) throw new Error('Unauthenticated'); await ctx.db.insert('a', {});", Grade.NONE),
        ("if (args.role !== 'admin') throw new Error('Forbidden');", Grade.NONE),
        ("const user = await ctx.db.get(args.userId); if (!user) throw new Error('Unauthenticated');", Grade.NONE),
        ("const who = await ctx.auth.getUserIdentity(); if (!args.id) throw new Error();", Grade.READS),
        ("const who = await ctx.auth.getUserIdentity(); if (!who) console.log('nobody');", Grade.READS),
        ("if (args.on) await must(ctx); await ctx.db.insert('a', {});", Grade.READS),
        ("try { await must(ctx); } catch {}", Grade.READS),
        ("must(ctx); await ctx.db.insert('a', {});", Grade.READS),
        ("for (const a of args.all) { await must(ctx); }", Grade.READS),
        # What is not understood.
        ("await unknown(ctx);", Grade.UNKNOWN),
        ("await createAccount(ctx, {});", Grade.UNKNOWN),
    ],
)
def test_the_grade_of_a_handler(body: str, grade: Grade) -> None:
    assert grade_of(body) is grade


def test_what_a_builder_runs_first_counts() -> None:
    guarded = "customMutation(mutation, customCtx(async (ctx) => ({ who: await must(ctx) })))"
    assert grade_of("await ctx.db.insert('a', {});", builder=f"({guarded})") is Grade.ENFORCES
    loose = "customMutation(mutation, customCtx(async (ctx) => ({ who: await maybe(ctx) })))"
    assert grade_of("await ctx.db.insert('a', {});", builder=f"({loose})") is Grade.GIVES


def test_helpers_that_call_each_other_have_a_grade() -> None:
    text = "async function a(ctx) { return b(ctx); }\nasync function b(ctx) { return a(ctx); }\n"
    found = modules(text).linked
    code = found.summaries["convex/a.ts"].code
    ordinals = [one.ordinal for one in code.functions if one.name in {"a", "b"}]
    assert {found.identity("convex/a.ts", ordinal) for ordinal in ordinals} == {Grade.NONE}
