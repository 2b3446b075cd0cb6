"""A small project whose files say much about one another, and the edits that are made to it.

`FILES` has the texts that each file can have: None is a file that is not there. `SETTINGS` are what the workspace can
be like around them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from convex_lint import engine
from convex_lint.workspace import Alias, BuilderSetting, Project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from convex_lint.workspace import Workspace

FUNCTIONS = """\
import { mutation as raw, query as rawQuery } from "./_generated/server";
import { customCtx, customMutation, customQuery } from "convex-helpers/server/customFunctions";
import { stamp } from "./model/clock";
import { log } from "./model/log";
export const mutation = customMutation(raw, customCtx(async (ctx) => ({ audit: log(ctx) })));
export const query = customQuery(rawQuery, customCtx(async () => ({ at: stamp() })));
"""
CLOCK = """\
export function stamp() {
  return Date.now();
}
export function day(at = Date.now()) {
  return Math.floor(at / 86_400_000);
}
"""
LOG = """\
import { nothing } from "../lib";
export async function log(ctx: any) {
  await ctx.db.insert("logs", {});
}
export function note(ctx: any, text: string) {
  return nothing(text) ?? ctx.db.insert("notes", { text });
}
export function all(ctx: any) {
  return ctx.db.query("notes");
}
"""
MESSAGES = """\
import { internal } from "./_generated/api";
import { mutation, query } from "./functions";
import { day } from "./model/clock";
import { all, log, note } from "@/log";
export const list = query({
  args: {},
  handler: async (ctx) => {
    day();
    return await all(ctx).filter((q) => q.eq(q.field("text"), "a")).collect();
  },
});
export const pages = query({ args: {}, handler: async (ctx) => [await all(ctx), await all(ctx)] });
export const send = mutation({
  args: {},
  handler: async (ctx) => {
    log(ctx);
    note(ctx, "b");
    ctx.audit;
    ctx.scheduler.runAfter(0, internal.users.clear, {});
  },
});
"""
USERS = """\
import { api } from "./_generated/api";
import { internalMutation, query } from "./_generated/server";
import { stamp } from "./model/clock";
import * as logs from "./model/log";
export const clear = internalMutation({
  args: {},
  handler: async (ctx) => {
    logs.log(ctx);
    await ctx.runMutation(api.messages.send, {});
    await ctx.scheduler.runAfter(0, api.users.clear, {});
  },
});
export const when = query({ args: {}, handler: async (ctx) => helper(ctx) });
async function helper(ctx) {
  const found = logs.all(ctx);
  if (logs.log(ctx)) return stamp();
  return await found.filter((q) => q.eq(q.field("text"), "c")).paginate(opts);
}
"""

SCHEMA = """\
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { noteFields } from "./model/fields";
export default defineSchema({
  notes: defineTable(noteFields).index("by_text", ["text"]),
});
"""
FIELDS = """\
import { v } from "convex/values";
export const noteFields = { text: v.string() };
"""

FILES: Mapping[str, tuple[str | None, ...]] = {
    "convex/functions.ts": (
        FUNCTIONS,
        "// moved\n\n" + FUNCTIONS,
        FUNCTIONS.replace("customMutation(raw,", "customMutation(internalRaw,"),
        FUNCTIONS.replace("audit: log(ctx)", "audit: 1"),
        FUNCTIONS.replace("const query =", "const asked ="),
        FUNCTIONS.replace("at: stamp()", "at: 0"),
        'export { mutation, query } from "./_generated/server";\n',
        FUNCTIONS + "export const = 1;\n",
    ),
    "convex/model/clock.ts": (
        CLOCK,
        "// moved\n" + CLOCK,
        CLOCK.replace("stamp()", "stamped()"),
        CLOCK.replace("return Date.now()", "return 0"),
        CLOCK.replace("at = Date.now()", "at = 0"),
        "export function first() {}\n" + CLOCK,
        '"use node";\n' + CLOCK,
        'import { hrtime } from "node:process";\n' + CLOCK + "export const started = hrtime();\n",
        None,
    ),
    "convex/model/log.ts": (
        LOG,
        LOG.replace("{\n", "{\n\n"),
        LOG.replace("async function log", "function log").replace("await ctx.db.insert", "void ctx.db.insert"),
        LOG.replace("function note", "function notes"),
        LOG.replace('ctx.db.query("notes")', '[ctx.db.query("notes")]'),
        LOG.replace('query("notes")', 'query("notes").paginate({ numItems: 1, cursor: null })'),
        LOG.replace('query("notes")', 'query("notes").withIndex("by_text", (q) => q.eq("text", "a"))'),
        LOG.replace('query("notes")', 'query("notes").withIndex("by_text", (q) => q.eq("text", "a")).order("desc")'),
        LOG + 'export { stamp } from "./clock";\n',
        'import { send } from "../messages";\n' + LOG + "export const sent = [send];\n",
        'import { send } from "../messages";\n' + LOG + "export const sent = () => send;\n",
        None,
    ),
    "convex/other/log.ts": (
        "export async function log(ctx: any) {}\nexport function note(ctx: any, text: string) {}\n",
        'export * from "../model/log";\n',
        None,
    ),
    "convex/lib.ts": (
        "export function nothing(text: string) { return null; }\n",
        "export async function nothing(text: string) { return null; }\n",
        "export function nothing(text: string) { return Buffer.from(text); }\n",
        "(globalThis as any).Buffer = {};\nexport function nothing(text: string) { return Buffer.from(text); }\n",
        None,
    ),
    "convex/lib/index.ts": (None, "export function nothing(text: string): any { return text; }\n"),
    "convex/messages.ts": (
        MESSAGES,
        MESSAGES.replace("day();", "day(1);"),
        MESSAGES.replace("    log(ctx);", "    await log(ctx);"),
        MESSAGES.replace("export const send", "export const post"),
        MESSAGES.replace("mutation({", "internalMutation({").replace("{ mutation,", "{ mutation as internalMutation,"),
        MESSAGES.replace('"@/log"', '"./model/log"'),
        MESSAGES.replace("{ internal }", "{ components as internal }"),
        "\n" + MESSAGES,
        MESSAGES.replace("list = query", "list = ["),
    ),
    "convex/users.ts": (
        USERS,
        USERS.replace("helper(ctx) }", "null }"),
        USERS.replace("async function helper(ctx)", "async function helper(ctx, more)"),
        USERS.replace("internalMutation({", "query({"),
        USERS.replace("export const clear", "const clear"),
        USERS + "helper({ db: 1 });\n",
        USERS.replace(".paginate(opts)", ".collect()"),
        '"use node";\n' + USERS,
        USERS.replace("return stamp()", "return ctx.auth.getUserIdentity()"),
        "// moved\n" + USERS,
        None,
    ),
    "convex/schema.ts": (
        SCHEMA,
        SCHEMA.replace('"by_text"', '"by_body"'),
        SCHEMA.replace('["text"]', '["author", "text"]'),
        SCHEMA.replace('["text"])', '["text"]).index("by_text_and_author", ["text", "author"])'),
        "// moved\n" + SCHEMA,
        SCHEMA.replace("notes:", "note:"),
        None,
    ),
    "convex/model/fields.ts": (
        FIELDS,
        FIELDS.replace("v.string()", "v.array(v.string())"),
        'import schema from "../schema";\n' + FIELDS + "export const own = schema.tables.notes;\n",
        'import schema from "../schema";\n' + FIELDS + "export const own = () => schema.tables.notes;\n",
        None,
    ),
    "convex/convex.config.ts": (
        None,
        'import { defineComponent } from "convex/server";\nexport default defineComponent("own");\n',
        'import { defineApp } from "convex/server";\nconst app = defineApp();\nexport default app;\n',
        'import { defineApp } from "convex/server";\nexport const app = defineApp();\napp.use(users);\n',
    ),
}

SETTINGS: tuple[Mapping[str, Any], ...] = (
    {},
    {"aliases": (Alias("convex", "@/*", ("convex/model/*",)),)},
    {"aliases": (Alias("convex", "@/*", ("convex/other/*", "convex/model/*")),)},
    {"projects": (Project("convex", (1, 48, 0)),)},
    {"projects": (Project("convex", builders=(BuilderSetting("query", "mutation"),)),)},
)


def workspace_of(texts: Mapping[str, str | None], settings: Mapping[str, Any]) -> Workspace:
    """Return the workspace of the files that are there."""
    made = engine.of_texts({path: text for path, text in texts.items() if text is not None})
    return replace(made, **settings)
