"""Each mutator plants its fault, and no other."""

from __future__ import annotations

import pytest

from convex_lint.source import Source
from convex_lint.workspace import Project, Role, Workspace
from tests.mutation import planting

SCHEMA = """import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({
  notes: defineTable({ text: v.string(), at: v.optional(v.number()) }).index("by_text", ["text"]),
});
"""
OTHER = """import { query, internalMutation } from "./_generated/server";
import { v } from "convex/values";
export const list = query({ args: { text: v.string(), at: v.optional(v.number()) }, handler: f });
export const clean = internalMutation({ args: {}, handler: f });
"""
API = 'import { api, internal } from "./_generated/api";\n'
V = 'import { v } from "convex/values";\n'
SERVER = 'import { query, mutation, action, httpAction } from "./_generated/server";\n'


def planted(kind: str, path: str, before: str, *, schema: str = SCHEMA, other: str = OTHER) -> str | None:
    """Return a module with all mutants of one kind, beside a schema and another module; None without mutants."""
    texts = {"convex/schema.ts": schema, "convex/other.ts": other, path: before}
    sources = {name: Source(name, text.encode()) for name, text in texts.items()}
    roles = dict.fromkeys(texts, Role.ENTRY)
    workspace = Workspace(projects=(Project("convex"),), sources=sources, reported=frozenset(texts), roles=roles)
    mutants = [one for one in planting.mutants(workspace) if one.kind == kind and one.path == path]
    after = planting.texts(workspace, mutants)
    return after[path].decode() if after else None


PAGE = 'await ctx.db.query("x").paginate({ numItems: 1, cursor: null });'
READ = 'ctx.db.query("notes").withIndex("by_text", (q) => q.eq("text", "a").gt("at", 1)).first();'
WRITE = 'ctx.db.insert("notes", { text: "a" });'


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("index-name", '"by_text"', '"by_textqqq"'),
        ("range-field", '.gt("at"', '.gt("qqq"'),
        ("range-twice", '.gt("at", 1)', '.gt("at", 1).eq("at", "x")'),
        ("range-bounds", '.gt("at", 1)', '.gt("at", 1).gt("_id", "x").gt("_creationTime", 1)'),
        ("range-gap", '.eq("text", "a")', ""),
        ("table-of-query", '"notes"', '"notesqqq"'),
        ("query-delete", "first()", "delete()"),
        ("query-skip", "first()", "skip(1).first()"),
        ("second-order", "first()", 'order("desc").order("asc").first()'),
        ("late-index", "first()", 'filter((q) => true).withIndex("by_creation_time").first()'),
    ],
)
def test_a_read_is_mutated(kind: str, before: str, after: str) -> None:
    assert planted(kind, "convex/a.ts", READ) == READ.replace(before, after)
    assert planted(kind, "convex/a.ts", READ.replace("ctx.db.", "stream(ctx.db, schema).")) is None or "table" in kind


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("insert-unknown-field", WRITE, 'ctx.db.insert("notes", { qqq: 1, text: "a" });'),
        ("insert-missing-field", WRITE, 'ctx.db.insert("notes", {  });'),
        ("table-of-call", WRITE, 'ctx.db.insert("notesqqq", { text: "a" });'),
        ("date-value", WRITE, 'ctx.db.insert("notes", { text: new Date() });'),
        ("map-value", WRITE, 'ctx.db.insert("notes", { text: new Map() });'),
        ("insert-unknown-field", 'ctx.db.insert("notes", { ...a, text });', None),
        ("insert-missing-field", 'ctx.db.insert("notes", { at: 1 });', None),
        ("table-of-call", 'ctx.db.insert("others", {});', None),
        (
            "patch-unknown-field",
            'ctx.db.patch("notes", id, { at: 1 });',
            'ctx.db.patch("notes", id, { qqq: 1, at: 1 });',
        ),
        ("table-of-validator", 'v.id("notes"); v.id("others");', 'v.id("notesqqq"); v.id("others");'),
        ("table-of-type", 'let a: Id<"notes"> | Doc<"notes">;', 'let a: Id<"notesqqq"> | Doc<"notesqqq">;'),
        ("validator-name", f"{V}v.string(); s.string();", f"{V}v.text(); s.string();"),
        ("validator-name", "v.string();", None),
        ("record-optional", f"{V}v.record(a, v.null())", f"{V}v.record(a, v.optional(v.null()))"),
        ("validator-missing", f"{V}v.array(v.null())", f"{V}v.array()"),
        ("take-string", 'ctx.db.query("a").take(5);', 'ctx.db.query("a").take("5");'),
        (
            "search-index-name",
            'ctx.db.query("a").withSearchIndex("s", (q) => q.search("a", b)).collect();',
            'ctx.db.query("a").withSearchIndex("sqqq", (q) => q.search("a", b)).collect();',
        ),
        ("length-of-all", 'a = await ctx.db.query("a").collect();', 'a = (await ctx.db.query("a").collect()).length;'),
        (
            "filter-of-some",
            'a = await ctx.db.query("a").take(5);',
            'a = (await ctx.db.query("a").take(5)).filter((d) => d.qqq);',
        ),
        (
            "search-field",
            'ctx.db.query("a").withSearchIndex("s", (q) => q.search("a", b).eq("c", d)).collect();',
            'ctx.db.query("a").withSearchIndex("s", (q) => q.search("qqq", b).eq("c", d)).collect();',
        ),
        (
            "search-filter",
            'ctx.db.query("a").withSearchIndex("s", (q) => q.search("a", b).eq("c", d)).collect();',
            'ctx.db.query("a").withSearchIndex("s", (q) => q.search("a", b).eq("qqq", d)).collect();',
        ),
        (
            "order-of-search",
            'ctx.db.query("a").withSearchIndex("s", f).collect();',
            'ctx.db.query("a").withSearchIndex("s", f).order("desc").collect();',
        ),
        ("negative-delay", "ctx.scheduler.runAfter(5, f);", "ctx.scheduler.runAfter(-1000, f);"),
        ("absolute-delay", "ctx.scheduler.runAfter(5, f);", "ctx.scheduler.runAfter(Date.now() + 1000, f);"),
        ("relative-time", "ctx.scheduler.runAt(at, f);", "ctx.scheduler.runAt(60000, f);"),
        ("import-of-v", 'import { v } from "convex/values";', 'import { v } from "convex/server";'),
        ("import-of-v", 'import { ConvexError } from "convex/values";', None),
        ("import-of-builder", 'import { query } from "./_generated/server";', 'import { query } from "convex/server";'),
        ("import-of-builder", 'import type { QueryCtx } from "./_generated/server";', None),
        ("import-of-api", 'import { api } from "./_generated/api";', 'import { api } from "./_generated/server";'),
    ],
)
def test_a_module_is_mutated(kind: str, before: str, after: str | None) -> None:
    assert planted(kind, "convex/a.ts", before) == after


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("reference-name", "other.list,", "other.listQqq,"),
        ("reference-module", "other.list,", "otherQqq.list,"),
        ("api-as-internal", "api.other", "internal.other"),
        ("run-kind", "runQuery", "runMutation"),
        ("string-reference", "api.other.list", '"other:list"'),
        ("args-unknown", "{ text }", "{ qqq: 1, text }"),
        ("args-missing", "{ text }", "{  }"),
        ("args-none", ", { text }", ""),
    ],
)
def test_a_call_of_a_function_is_mutated(kind: str, before: str, after: str) -> None:
    code = f"{API}ctx.runQuery(api.other.list, {{ text }}); ctx.runQuery(api.other.nothing, {{ text }});"
    assert planted(kind, "convex/a.ts", code) == code.replace(before, after, 1)


@pytest.mark.parametrize(
    ("kind", "builder", "put"),
    [
        ("db-in-action", "action", 'await ctx.db.query("x").first();'),
        ("db-in-action", "httpAction", 'await ctx.db.query("x").first();'),
        ("write-in-query", "query", "await ctx.db.delete(id as any);"),
        ("scheduler-in-query", "query", "await ctx.scheduler.cancel(id as any);"),
        ("action-in-query", "query", "await ctx.runAction(x as any);"),
        ("search-in-mutation", "mutation", 'await ctx.vectorSearch("x", "y", {} as any);'),
        ("write-loop", "mutation", 'for (const d of await ctx.db.query("x").collect()) await ctx.db.delete(d._id);'),
        ("page-twice", "query", f"{PAGE} {PAGE}"),
        (
            "query-twice",
            "query",
            'const qqq = ctx.db.query("x").order("desc"); await qqq.first(); await qqq.first();',
        ),
        ("bad-ctx-member", "mutation", "await ctx.database.get(id as any);"),
    ],
)
def test_a_handler_is_mutated(kind: str, builder: str, put: str) -> None:
    given = "async (ctx) => { return f(); }"
    before = f"{SERVER}export const a = {builder}({given if builder == 'httpAction' else f'{{ handler: {given} }}'});"
    assert planted(kind, "convex/a.ts", before) == before.replace("=> {", f"=> {{ {put}")
    assert planted(kind, "convex/a.ts", before.replace(f"{builder}(", "make(")) is None


def test_a_function_calls_another_one_of_its_module() -> None:
    before = "".join(f"export const {name} = query({{ handler: async (ctx) => {{}} }});\n" for name in "ab")
    first, second = (f"=> {{ await {name}(ctx, {{}} as any);}}" for name in "ba")
    wanted = before.replace("=> {}", first, 1).replace("=> {}", second, 1)
    assert planted("direct-call", "convex/a.ts", SERVER + before) == SERVER + wanted
    assert planted("direct-call", "convex/a.ts", SERVER + before.split("\n", maxsplit=1)[0]) is None


def test_an_http_action_returns_nothing_and_a_query_has_no_end() -> None:
    before = f"{SERVER}export const a = httpAction(async (ctx) => {{ f(); return new Response(); }});"
    assert planted("no-response", "convex/a.ts", before) == before.replace("return new Response();", "")
    before = (
        f'{SERVER}export const a = query({{ handler: async (ctx) => {{ return await ctx.db.query("a").first(); }} }});'
    )
    assert planted("no-end", "convex/a.ts", before) == before.replace(".first()", "")
    assert planted("no-end", "convex/a.ts", before.replace("return", "const a =")) is None


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("index-field", '["text"]', '["textqqq"]'),
        ("index-creation-time", '["text"]', '["text", "_creationTime"]'),
        ("index-field-twice", '["text"]', '["text", "text"]'),
        ("index-reserved", '"by_text"', '"by_creation_time"'),
        ("index-bad-name", '"by_text"', '"by_text-x"'),
        ("index-name-twice", '["text"])', '["text"]).index("by_text", ["qqq"])'),
        ("index-twice", '["text"])', '["text"]).index("qqq", ["text"])'),
        (
            "document-array",
            "{ text: v.string(), at: v.optional(v.number()) }",
            "v.array({ text: v.string(), at: v.optional(v.number()) })",
        ),
        ("schema-not-exported", "export default", "export const qqq ="),
    ],
)
def test_a_schema_is_mutated(kind: str, before: str, after: str) -> None:
    assert planted(kind, "convex/schema.ts", SCHEMA) == SCHEMA.replace(before, after)
    assert planted(kind, "convex/tables.ts", SCHEMA) is None


ROUTES = 'http.route({ path: "/a", method: "GET", handler });\nexport default http;\n'
CRONS = f'{API}crons.daily("a", {{ hourUTC: 4 }}, internal.other.clean);\nexport default crons;\n'


@pytest.mark.parametrize(
    ("kind", "name", "before", "after"),
    [
        ("route-slash", "http", '"/a"', '"a"'),
        ("route-reserved", "http", '"/a"', '"/.files/a"'),
        ("route-method", "http", '"GET"', '"FETCH"'),
        ("route-twice", "http", "\nexport", '\nhttp.route({ path: "/a", method: "GET", handler });\nexport'),
        ("http-not-exported", "http", "export default", "export const qqq ="),
        ("cron-schedule", "crons", "4", "24"),
        ("cron-target", "crons", "clean", "cleanQqq"),
        ("internal-as-api", "crons", "internal.other", "api.other"),
        ("cron-twice", "crons", "\nexport", '\ncrons.daily("a", { hourUTC: 4 }, internal.other.clean);\nexport'),
        ("crons-not-exported", "crons", "export default", "export const qqq ="),
    ],
)
def test_routes_and_crons_are_mutated(kind: str, name: str, before: str, after: str) -> None:
    code = ROUTES if name == "http" else CRONS
    assert planted(kind, f"convex/{name}.ts", code) == code.replace(before, after)
    assert planted(kind, f"convex/lib/{name}.ts", code) is None or kind in {"cron-target", "internal-as-api"}


def test_a_cron_string_is_mutated() -> None:
    before = 'crons.cron("a", "5 4 * * *", f);'
    assert planted("cron-string", "convex/crons.ts", before) == 'crons.cron("a", "61 * * * *", f);'


def test_the_options_of_a_page_are_mutated() -> None:
    given = "args: { paginationOpts: paginationOptsValidator }"
    before = f"{SERVER}export const a = query({{ {given}, handler: (ctx, args) => q.paginate(args.paginationOpts) }});"
    wanted = before.replace("paginationOptsValidator", "v.any()")
    assert planted("page-options", "convex/a.ts", before) == wanted
    assert planted("page-options", "convex/a.ts", before.replace("args.pag", "other.pag")) is None


def test_an_export_is_mutated() -> None:
    before = f"{SERVER}export const a = query({{}});\nexport const b = f();\n"
    assert planted("function-name", "convex/a.ts", before) == before.replace("const a", "const a$")
    wanted = before.replace("query({})", "process.env.QQQ ? query({}) : null")
    assert planted("conditional-export", "convex/a.ts", before) == wanted


def test_who_calls_is_not_asked_any_more() -> None:
    before = """export const f = mutation({
  handler: async (ctx) => {
    const user = await requireUser(ctx);
    await ctx.db.insert("notes", { by: user._id });
  },
});
"""
    after = before.replace("await requireUser(ctx)", '({ _id: "x", subject: "x", tokenIdentifier: "x" } as any)')
    assert planted("anybody", "convex/a.ts", SERVER + before) == SERVER + after
    assert planted("anybody", "convex/a.ts", SERVER + before.replace("requireUser", "log")) is None
    assert planted("anybody", "convex/a.ts", SERVER + before.replace("ctx.db.insert", "ctx.db.get")) is None


def test_the_builder_of_convex_stands_where_one_was_that_checks() -> None:
    before = 'export const f = authedMutation({ handler: async (ctx) => await ctx.db.insert("notes", {}) });\n'
    added = 'import { mutation as planted } from "./_generated/server";\n'
    after = added + SERVER + before.replace("authedMutation", "planted")
    assert planted("raw-builder", "convex/a.ts", SERVER + before) == after
    assert planted("raw-builder", "convex/a.ts", SERVER + before.replace('"notes"', "ctx.user")) is None


RUNTIME = 'import { query } from "./_generated/server";\nexport const list = query({ args: {}, handler: f });\n'


@pytest.mark.parametrize(
    ("kind", "path", "line"),
    [
        ("node-import", "convex/a.ts", 'import qqq from "node:fs";\nconsole.log(qqq);'),
        ("node-export", "convex/a.ts", 'export { readFile as qqq } from "fs/promises";'),
        ("node-require", "convex/a.ts", 'export const qqq = () => require("child_process");'),
        ("browser-import", "convex/a.ts", 'import { useQuery as qqq } from "convex/react";\nconsole.log(qqq);'),
        ("late-directive", "convex/a.ts", '"use node";'),
        ("frozen-time", "convex/a.ts", "export const qqq = { at: Date.now() };"),
        ("frozen-random", "convex/a.ts", "export const qqq = Math.random();"),
    ],
)
def test_what_a_runtime_lacks_is_put_behind_the_imports(kind: str, path: str, line: str) -> None:
    first, rest = RUNTIME.split("\n", 1)
    assert planted(kind, path, RUNTIME) == f"{first}\n{line}\n{rest}"
    assert planted(kind, path, f'"use node";\n{RUNTIME}') is None


def test_the_directive_is_put_where_a_module_cannot_be_for_node() -> None:
    assert planted("directive-of-database", "convex/a.ts", RUNTIME) == f'"use node";\n{RUNTIME}'
    assert planted("directive-of-http", "convex/http.ts", RUNTIME) == f'"use node";\n{RUNTIME}'
    assert planted("directive-of-database", "convex/a.ts", RUNTIME.replace("query", "action")) is None


CALLERS = 'import { v } from "convex/values";\nimport { mutation, query } from "./_generated/server";\n'


def test_an_argument_says_who_calls() -> None:
    before = CALLERS + "export const f = mutation({ args: {}, handler: async (ctx, args) => { return 1; } });"
    looks = 'await ctx.db.query("notes").withIndex("by_user", (q) => q.eq("userId", args.userId)).first();'
    for kind, validator, code in (
        ("person-from-args", "v.string()", 'await ctx.db.insert("notes", { userId: args.userId });'),
        ("person-written", 'v.id("users")', 'await ctx.db.patch(args.userId, { name: "x" });'),
        (
            "person-looked-up",
            "v.string()",
            f"const qqq = {looks} if (qqq !== null) await ctx.db.delete(qqq._id);",
        ),
    ):
        after = before.replace("args: {", f"args: {{ userId: {validator},").replace("=> {", f"=> {{ {code}")
        assert planted(kind, "convex/a.ts", before) == after
        assert planted(kind, "convex/a.ts", before.replace("args: {}", "args: { userId: v.string() }")) is None
        assert planted(kind, "convex/a.ts", before.replace("args: {}", "args: { inviteCode: v.string() }")) is None
        assert planted(kind, "convex/a.ts", before.replace("return 1", "await assertOwner(ctx)")) is None


def test_an_argument_stands_for_who_calls() -> None:
    before = """export const f = mutation({
  args: { text: v.string() },
  handler: async (ctx, args) => {
    const userId = await getAuthUserId(ctx);
    await ctx.db.insert("notes", { userId, text: args.text });
  },
});
"""
    after = before.replace("await getAuthUserId(ctx)", "args.userId").replace("args: {", "args: { userId: v.string(),")
    assert planted("person-for-caller", "convex/a.ts", CALLERS + before) == CALLERS + after
    assert planted("person-for-caller", "convex/a.ts", CALLERS + before.replace("userId, ", "")) is None
    assert planted("person-for-caller", "convex/a.ts", CALLERS + before.replace("args.text", "f(ctx)")) is None


OWNED = """import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
export default defineSchema({
  notes: defineTable({ ownerId: v.string(), token: v.string(), text: v.string() }),
});
"""
REMOVE = """export const remove = mutation({
  args: { id: v.id("notes") },
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    const note = await ctx.db.get(args.id);
    if (!note || note.ownerId !== user._id) throw new Error("No");
    await ctx.db.delete(args.id);
  },
});
"""


def test_a_login_is_enough_where_the_owner_was_compared() -> None:
    after = REMOVE.replace("note.ownerId !== user._id", "!user")
    assert planted("owner-unchecked", "convex/a.ts", CALLERS + REMOVE, schema=OWNED) == CALLERS + after
    for one, other in (
        ("user._id)", 'user._id && user.role !== "admin")'),
        ("throw new Error", "return console.log"),
        ("get(args.id)", "get(args.other)"),
        ("db.delete(args.id)", "db.delete(args.other)"),
        (
            "const note",
            'const many = await ctx.db.query("members").withIndex("by_note", (q) => q.eq("note", 1)).first();',
        ),
    ):
        changed = CALLERS + REMOVE.replace(one, f"{other} const note" if one == "const note" else other)
        assert planted("owner-unchecked", "convex/a.ts", changed, schema=OWNED) is None


@pytest.mark.parametrize("kind", ["email-compared", "email-tested"])
def test_the_email_of_an_identity_decides(kind: str) -> None:
    before = CALLERS + "export const f = query({ args: {}, handler: async (ctx) => { return 1; } });"
    after = planted(kind, "convex/a.ts", before)
    assert after is not None
    assert "=> { const qqq = await ctx.auth.getUserIdentity(); if (" in after
    assert after.count("email") > before.count("email")
    assert planted(kind, "convex/a.ts", before + " // whether the email is verified") is None


def test_a_document_is_looked_up_by_an_email() -> None:
    before = 'q.eq("clerkId", identity.subject); q.eq("by", user.subject); q.eq("at", identity.at);'
    after = before.replace('"clerkId", identity.subject', '"email", identity.email')
    assert planted("email-looked-up", "convex/a.ts", before) == after


def test_a_subject_is_compared_with_an_id() -> None:
    before = (
        f'{CALLERS}export const f = query({{ args: {{ who: v.id("users") }}, handler: (ctx, args) => {{ g(); }} }});'
    )
    check = 'const qqq = await ctx.auth.getUserIdentity(); if (args.who !== qqq?.subject) throw new Error("no");'
    assert planted("subject-as-id", "convex/a.ts", before) == before.replace("=> {", f"=> {{ {check}")
    assert planted("subject-as-id", "convex/a.ts", before.replace('v.id("users")', "v.string()")) is None


@pytest.mark.parametrize("kind", ["secret-returned", "secret-in-object"])
def test_documents_with_secrets_are_returned(kind: str) -> None:
    before = f"{CALLERS}export const f = query({{ args: {{}}, handler: async (ctx) => {{ return 1; }} }});"
    after = planted(kind, "convex/a.ts", before, schema=OWNED)
    assert after is not None
    assert "=> { if ((globalThis as any).qqq) return" in after
    assert 'await ctx.db.query("notes")' in after
    assert planted(kind, "convex/a.ts", before) is None
    assert planted(kind, "convex/a.ts", before.replace("args: {}", "args: {}, returns: v.any()"), schema=OWNED) is None
    assert planted(kind, "convex/a.ts", before.replace("return 1", "requireUser(ctx)"), schema=OWNED) is None


def test_an_error_says_nothing_in_production() -> None:
    before = SERVER + 'export const f = query({ handler: async (ctx) => { throw new ConvexError("No"); } });'
    assert planted("plain-error", "convex/a.ts", before) == before.replace("ConvexError", "Error")
    assert planted("plain-error", "convex/a.ts", before.replace('"No"', "{ code: 1 }")) is None
    assert (
        planted("plain-error", "convex/a.ts", before.replace("throw", "try { throw").replace("; }", "; } catch {} }"))
        is None
    )
    assert planted("plain-error", "convex/a.ts", before.replace("query(", "internal(")) is None


def test_a_route_runs_a_mutation_for_anyone() -> None:
    before = """import { httpRouter } from "convex/server";
import { httpAction } from "./_generated/server";
const http = httpRouter();
export default http;
"""
    after = planted("open-route", "convex/http.ts", before, other=WRITES)
    code = """http.route({ path: "/qqq", method: "POST", handler: httpAction(async (ctx, request) => \
{ await ctx.runMutation(qqq.other.add, await request.json()); return new Response(null); }) });
"""
    bound = 'import { internal as qqq } from "./_generated/api";\n'
    assert after == bound + before.replace("export default", f"{code}export default")
    assert planted("open-route", "convex/http.ts", before) is None
    assert planted("open-route", "convex/a.ts", before, other=WRITES) is None


WRITES = """import { internalMutation } from "./_generated/server";
export const add = internalMutation({ args: {}, handler: async (ctx) => { await ctx.db.insert("notes", {}); } });
export const addOne = internalMutation({
  args: {},
  handler: async (ctx, args) => {
    if (args.secret !== process.env.SECRET) throw new Error("No");
    await ctx.db.insert("notes", {});
  },
});
"""
TRIGGERED = """import { Triggers } from "convex-helpers/server/triggers";
import { mutation as rawMutation } from "./_generated/server";
const triggers = new Triggers();
triggers.register("notes", async (ctx, change) => {});
export const mutation = customMutation(rawMutation, customCtx(triggers.wrapDB));
"""


def test_a_mutation_is_made_past_the_triggers() -> None:
    before = """import { mutation } from "./other";
export const a = mutation({ handler: async (ctx) => { await ctx.db.insert("notes", {}); } });
export const b = mutation({ handler: async (ctx) => { await ctx.db.insert("others", {}); } });
"""
    swapped = 'import { mutation as qqq } from "./other";\nimport { mutation } from "./_generated/server";'
    after = before.replace('import { mutation } from "./other";', swapped)
    assert planted("past-triggers", "convex/a.ts", before, other=TRIGGERED) == after
    assert planted("past-triggers", "convex/a.ts", before.replace('"notes"', '"others"'), other=TRIGGERED) is None
    assert planted("past-triggers", "convex/a.ts", before) is None


def test_an_argument_that_may_be_missing_is_compared_with_a_field() -> None:
    before = f"{CALLERS}export const f = query({{ args: {{}}, handler: async (ctx, args) => {{ {READ} }} }});"
    after = before.replace("args: {", "args: { qqq: v.optional(v.any()), ").replace('"text", "a"', '"text", args.qqq')
    assert planted("optional-in-range", "convex/a.ts", before) == after


def test_a_client_may_write_what_nobody_should_choose() -> None:
    write = 'await ctx.db.patch(args.id, { text: "a" });'
    before = f"{CALLERS}export const f = mutation({{ args: {{}}, handler: async (ctx, args) => {{ {write} }} }});"
    fields = "args: { qqq: v.object({ name: v.string(), isAdmin: v.boolean() }), "
    after = before.replace("args: {", fields).replace('{ text: "a"', '{ ...args.qqq,  text: "a"')
    assert planted("privilege-in-patch", "convex/a.ts", before) == after
    assert planted("privilege-in-patch", "convex/a.ts", before.replace('text: "a"', "isAdmin: a")) is None
    assert (
        planted("privilege-in-patch", "convex/a.ts", before.replace("{ await", "{ await requireRole(ctx); await"))
        is None
    )
