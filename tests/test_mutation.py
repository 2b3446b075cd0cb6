"""Faults that are planted in the fixtures and in published components are found, but for those that are named here."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from convex_lint.source import Source
from convex_lint.workspace import Project, Role, Workspace
from scripts import mutate
from tests.mutation import planting, running
from tests.mutation.code import changed, origin
from tests.mutation.mutant import KINDS
from tests.npm import PINS, component

if TYPE_CHECKING:
    from tests.mutation.running import Result

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PROJECTS = ("agent-mess", "builders", "chat", "clean", "handbook", "monorepo", "runtimes")


class Missed(NamedTuple):
    """Mutants that are not found: in which package or fixture, of which kind, in which file, of what, how many."""

    where: str
    kind: str
    file: str
    what: str
    times: int = 1


ALLOWED: dict[str, tuple[Missed, ...]] = {
    "the streams of the web": (
        Missed("clean", "await-statement", "handlers.ts", "writer.close()"),
        Missed("clean", "await-statement", "handlers.ts", "writer.write()"),
    ),
    "a function that zod validates needs no validator of Convex": (
        Missed("builders", "no-args", "search.ts", "zAuthedMutation"),
        Missed("builders", "no-args", "search.ts", "zQuery", 2),
    ),
    "a builder that is imported from where it is not": (
        Missed("agent-mess", "no-args", "tags.ts", "query"),
        Missed("agent-mess", "ctx", "tags.ts", "query"),
        Missed("agent-mess", "write-in-query", "tags.ts", "query"),
        Missed("agent-mess", "network", "tags.ts", "query"),
        Missed("agent-mess", "timer", "tags.ts", "query"),
        Missed("agent-mess", "new-key", "tags.ts", "query"),
        Missed("agent-mess", "scheduler-in-query", "tags.ts", "query"),
        Missed("agent-mess", "action-in-query", "tags.ts", "query"),
        Missed("agent-mess", "bad-ctx-member", "tags.ts", "query"),
        Missed("agent-mess", "run-in-transaction", "tags.ts", "query"),
        Missed("agent-mess", "read-all", "tags.ts", "query"),
        Missed("agent-mess", "query-twice", "tags.ts", "query"),
        Missed("agent-mess", "page-twice", "tags.ts", "query"),
        Missed("agent-mess", "id-cast", "tags.ts", ""),
        Missed("agent-mess", "file-as-string", "tags.ts", "query"),
        Missed("agent-mess", "fat-handler", "tags.ts", "query"),
        Missed("agent-mess", "ctx-any", "tags.ts", "query"),
        Missed("agent-mess", "blinded-reference", "tags.ts", "internal"),
        Missed("agent-mess", "circular-result", "tags.ts", "query"),
        Missed("agent-mess", "conditional-export", "tags.ts", ""),
        Missed("agent-mess", "function-name", "tags.ts", ""),
    ),
    "an id in arguments whose validators a package makes": (
        Missed("@convex-dev/aggregate", "table-of-another", "worker.ts", "entry.id", 2),
        Missed("@convex-dev/rate-limiter", "table-of-another", "worker.ts", "id"),
        Missed("@convex-dev/resend", "table-of-another", "lib.ts", "emailId"),
    ),
    "a schema that a package is given, which may use any index": (
        Missed("@convex-dev/better-auth", "index-unused", "schema.ts", "", 25),
    ),
    "a file whose directive is at fault already": (
        Missed("runtimes", "node-export", "archive.ts", ""),
        Missed("runtimes", "node-import", "archive.ts", ""),
        Missed("runtimes", "node-require", "archive.ts", ""),
    ),
    "a name that a package is imported under": (Missed("runtimes", "node-global", "images.ts", ""),),
    "a file whose functions are not deployed": (Missed("agent-mess", "function-name", "ai.node.ts", ""),),
    "documents that are filtered already": (
        Missed("builders", "filter-of-some", "legacy.js", "take"),
        Missed("chat", "filter-of-some", "messages.ts", "take"),
        Missed("chat", "filter-of-some", "summaries.ts", "take"),
    ),
    "a function that wants a login already": (Missed("chat", "scheduled-login", "messages.ts", "runAfter"),),
    "a handler that is too long already": (
        Missed("@convex-dev/agent", "fat-handler", "messages.ts", "internalQuery"),
        Missed("@convex-dev/migrations", "fat-handler", "lib.ts", "mutation"),
        Missed("@convex-dev/rag", "fat-handler", "chunks.ts", "mutation"),
        Missed("@convex-dev/workflow", "fat-handler", "journal.ts", "mutation"),
        Missed("@convex-dev/workpool", "fat-handler", "loop.ts", "internalMutation"),
    ),
    "an index that has another name than its field already": (
        Missed("@convex-dev/polar", "misnamed-index", "schema.ts", "", 3),
    ),
    "a range that is at fault already": (Missed("handbook", "range-twice", "notes.ts", "lt"),),
    "a search index whose filter fields are computed": (
        Missed("@convex-dev/rag", "search-field", "search.ts", ""),
        Missed("@convex-dev/rag", "search-filter", "search.ts", ""),
    ),
    "a route that is at fault already": (
        Missed("agent-mess", "route-slash", "http.ts", "path", 2),
        Missed("agent-mess", "route-reserved", "http.ts", "path", 2),
    ),
}
"""The mutants that are not found yet, by the reason. Whoever mends one takes it out: the lists are exact."""


@cache
def result_of(where: str) -> Result:
    return running.run(component(where) if where in PINS else FIXTURES / where)


@pytest.mark.parametrize("where", [*sorted(PINS), *PROJECTS])
def test_all_mutants_are_found_but_those_that_are_named(where: str) -> None:
    missed = Counter((one.kind, one.path.rsplit("/", 1)[-1], one.what) for one in result_of(where).missed)
    allowed = {entry[1:4]: entry.times for entries in ALLOWED.values() for entry in entries if entry.where == where}
    assert missed == allowed


def test_every_kind_is_planted_and_nearly_all_of_it_found() -> None:
    """The floors are a little below what there is, so that a mutator that no longer sees its code does not pass.

    Of those that are 0, whose code is in larger projects only, the tests of the mutators show what they plant.
    """
    few = {
        "route-slash": 2,
        "route-reserved": 2,
        "search-field": 1,
        "search-filter": 1,
        "filter-of-some": 3,
        "index-unused": 25,
        "scheduled-login": 1,
        "file-as-string": 1,
    }  # of which there are few, and these are named above
    results = [result_of(where) for where in (*sorted(PINS), *PROJECTS)]
    planted = Counter(one.kind for result in results for one in result.mutants)
    missed = Counter(one.kind for result in results for one in result.missed)
    floors = {
        "await-statement": 450,
        "await-condition": 12,
        "await-member": 18,
        "promise-all": 30,
        "for-each": 20,
        "public-reference": 30,
        "no-args": 300,
        "anybody": 2,
        "raw-builder": 3,
        "filter": 150,
        "filter-all": 170,
        "clock": 70,
        "random": 70,
        "identity-dropped": 9,
        "identity-asserted": 9,
        "person-from-args": 1,
        "person-written": 1,
        "person-looked-up": 1,
        "person-for-caller": 0,
        "subject-as-token": 4,
        "subject-as-id": 2,
        "email-compared": 40,
        "email-tested": 40,
        "email-looked-up": 4,
        "owner-unchecked": 0,
        "past-triggers": 0,
        "secret-returned": 0,
        "secret-in-object": 0,
        "plain-error": 0,
        "open-route": 2,
        "index-name": 175,
        "search-index-name": 6,
        "range-field": 165,
        "range-twice": 165,
        "range-bounds": 165,
        "range-gap": 42,
        "query-delete": 205,
        "query-skip": 205,
        "second-order": 200,
        "order-of-search": 6,
        "late-index": 205,
        "take-string": 56,
        "no-end": 5,
        "insert-unknown-field": 46,
        "insert-missing-field": 42,
        "patch-unknown-field": 52,
        "table-of-query": 200,
        "table-of-call": 275,
        "table-of-validator": 140,
        "table-of-type": 125,
        "table-left-out": 205,
        "table-of-another": 200,
        "index-field": 112,
        "index-creation-time": 120,
        "index-field-twice": 120,
        "index-reserved": 120,
        "index-bad-name": 120,
        "index-name-twice": 120,
        "reference-name": 40,
        "reference-module": 50,
        "cron-target": 10,
        "args-unknown": 65,
        "args-missing": 54,
        "args-none": 54,
        "whole-table": 105,
        "array-grows": 40,
        "key-unindexed": 75,
        "read-all": 260,
        "index-unused": 120,
        "action-in-loop": 115,
        "run-in-transaction": 60,
        "run-in-loop": 44,
        "run-twice": 44,
        "run-action": 22,
        "run-kind": 40,
        "api-as-internal": 11,
        "internal-as-api": 14,
        "string-reference": 90,
        "direct-call": 245,
        "network": 260,
        "timer": 260,
        "new-key": 260,
        "db-in-action": 25,
        "write-in-query": 115,
        "scheduler-in-query": 115,
        "action-in-query": 115,
        "search-in-mutation": 135,
        "bad-ctx-member": 250,
        "validator-name": 550,
        "validator-missing": 130,
        "record-optional": 12,
        "index-twice": 120,
        "import-of-builder": 19,
        "import-of-v": 80,
        "import-of-api": 20,
        "conditional-export": 310,
        "function-name": 310,
        "cron-schedule": 11,
        "cron-string": 3,
        "cron-twice": 10,
        "crons-not-exported": 4,
        "no-response": 5,
        "http-not-exported": 2,
        "route-slash": 4,
        "route-reserved": 4,
        "route-twice": 6,
        "route-method": 7,
        "document-array": 70,
        "schema-not-exported": 17,
        "negative-delay": 50,
        "absolute-delay": 50,
        "relative-time": 1,
        "search-field": 3,
        "search-filter": 4,
        "query-twice": 250,
        "page-twice": 250,
        "page-in-component": 200,
        "auth-in-component": 200,
        "returns-of-component": 180,
        "page-options": 1,
        "schema-off": 17,
        "url-in-document": 105,
        "file-as-string": 5,
        "unused-table": 18,
        "misnamed-index": 155,
        "fat-handler": 285,
        "ctx-any": 285,
        "circular-result": 185,
        "blinded-reference": 145,
        "write-loop": 135,
        "length-of-all": 34,
        "filter-of-some": 14,
        "date-value": 100,
        "map-value": 100,
        "node-import": 110,
        "node-export": 110,
        "node-require": 110,
        "node-global": 110,
        "node-method": 110,
        "browser-global": 110,
        "browser-import": 110,
        "import-of-node": 26,
        "late-directive": 110,
        "directive-of-http": 6,
        "directive-of-component": 62,
        "directive-of-database": 23,
        "frozen-time": 110,
        "frozen-random": 110,
        "early-variable": 62,
        "variable": 12,
        "variable-by-name": 12,
        "variable-undeclared": 12,
        "no-provider": 1,
        "ctx": 300,
        "unsupported": 100,
        "get-metadata": 2,
        "any-arg": 24,
        "id-cast": 40,
        "optional-in-patch": 2,
        "optional-in-range": 10,
        "unbounded-take": 9,
        "broad-patch": 4,
        "privilege-in-patch": 4,
        "scheduled-login": 10,
    }
    assert floors.keys() == KINDS.keys()
    assert {kind: planted[kind] for kind, floor in floors.items() if planted[kind] < floor} == {}
    assert {kind: missed[kind] for kind in KINDS if missed[kind] * 100 > planted[kind] * 3} == few


def test_what_is_allowed_to_be_missed_is_in_what_is_run() -> None:
    named = {entry.where for entries in ALLOWED.values() for entry in entries}
    assert named <= {*PINS, *PROJECTS}


IMPORTS = 'import { internal } from "./_generated/api";\n'


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("await-statement", "await f();\nawait (g ?? f)();", "f();\n;(g ?? f)();"),
        ("await-statement", "if (a) await f(); else x = await g();", "if (a) f(); else x = await g();"),
        ("await-condition", "if (a && (await f())) while (!(await g())) ;", "if (a && (f())) while (!(g())) ;"),
        (
            "await-condition",
            "x = (await f()) ? (await g()) ?? 1 : (await h()) > 2;",
            "x = (f()) ? (g()) ?? 1 : (h()) > 2;",
        ),
        ("await-condition", "x = a ?? (await f()); if (b.c) return await g();", None),
        (
            "await-member",
            "x = [(await f()).a, (await g())[0], (await h())!.b()];",
            "x = [(f()).a, (g())[0], (h())!.b()];",
        ),
        ("await-member", "x = (await f()).then(g);", None),
        ("promise-all", "x = await Promise.all(xs.map(async (y) => y));", "x = await xs.map(async (y) => y);"),
        ("promise-all", "await Promise.all(\n  xs.map(async (y) => y),\n);", "await xs.map(async (y) => y);"),
        ("promise-all", "await Promise.all(xs.map((y) => f(y))); await Promise.all([xs.map(async () => 1)]);", None),
        ("for-each", "for (const x of xs) { await f(x); }", ";(xs).forEach(async (x) => { await f(x); });"),
        (
            "for-each",
            "if (a) for (const [x] of xs) await f(x);",
            "if (a) (xs).forEach(async ([x]) => { await f(x); });",
        ),
        ("for-each", "for (const x of xs) { await f(x); if (x) continue; }", None),
        ("for-each", "for await (const x of xs) await f(x); for (const x of xs) g(async () => await x);", None),
        (
            "public-reference",
            f"{IMPORTS}await ctx.scheduler.runAfter(0, internal.a.b, {{}});",
            'import { api, internal } from "./_generated/api";\nawait ctx.scheduler.runAfter(0, api.a.b, {});',
        ),
        ("public-reference", f"{IMPORTS}await pool.enqueue(ctx, internal.a.b, {{}}); f(internal.a);", None),
        (
            "no-args",
            "export const a = query({ args: {}, handler: f });",
            "export const a = query({  handler: f });",
        ),
        (
            "no-args",
            "const a = query({ args: {}, handler: f }); export const b = make({ args: {}, handler: f });",
            None,
        ),
        (
            "filter",
            'x = ctx.db.query("a").withIndex("b", (q) => q.eq("c", 1)).order("desc").first();',
            'x = ctx.db.query("a").filter((q) => q.eq(q.field("name"), "x")).order("desc").first();',
        ),
        ("filter", 'x = ctx.db.query("a").withIndex("b").paginate(p); y = q.withIndex("b");', None),
        (
            "filter-all",
            'x = q.withIndex("b").paginate(p); y = stream(db, s).query("a").withIndex("b").first();',
            (
                """x = q.filter((q) => q.eq(q.field("name"), "x")).paginate(p); """
                """y = stream(db, s).query("a").withIndex("b").first();"""
            ),
        ),
        (
            "clock",
            (
                "const a = () => 1;\nfunction b() { return a(); }\nfunction c() {}\n"
                "export const d = query({ handler: async (ctx) => b() });"
            ),
            (
                "const a = () => (Date.now(), 1);\nfunction b() { Date.now(); return a(); }\nfunction c() {}\n"
                "export const d = query({ handler: async (ctx) => b() });"
            ),
        ),
        (
            "ctx",
            (
                "export const a = internalQuery({ handler: async (c) => { return 1; } });\n"
                "export const b = action(async (c) => { return 1; }); const d = query(async (c) => { return 1; });"
            ),
            (
                "export const a = internalQuery({ handler: async (c) => { c.db.insert('x', {}); return 1; } });\n"
                "export const b = action(async (c) => { c.db.query('x'); return 1; }); "
                "const d = query(async (c) => { return 1; });"
            ),
        ),
        (
            "unsupported",
            "await ctx.db.insert('a', { b: 1 }); await db.patch(id, { c }); await db.patch(id, c); x.insert(1, {});",
            (
                "await ctx.db.insert('a', { planted: new Date(), b: 1 }); "
                "await db.patch(id, { planted: new Date(), c }); await db.patch(id, c); x.insert(1, {});"
            ),
        ),
        (
            "subject-as-token",
            "q.eq('tokenIdentifier', identity.tokenIdentifier); f({ a: identity.tokenIdentifier }, x.tokenIdentifier);",
            "q.eq('tokenIdentifier', identity.subject); f({ a: identity.tokenIdentifier }, x.tokenIdentifier);",
        ),
        (
            "person-from-args",
            (
                'import { v } from "convex/values";\nimport { mutation, query } from "./_generated/server";\n'
                "const a = mutation({ args: {}, handler: (ctx, args) => { return 1; } });\n"
                "const b = mutation({ args: {}, handler: (ctx, args) => { requireUser(ctx); } });\n"
                "const c = query({ args: {}, handler: (ctx, args) => { return 1; } });"
            ),
            (
                'import { v } from "convex/values";\nimport { mutation, query } from "./_generated/server";\n'
                "const a = mutation({ args: { userId: v.string(),}, handler: (ctx, args) => "
                '{ await ctx.db.insert("notes", { userId: args.userId }); return 1; } });\n'
                "const b = mutation({ args: {}, handler: (ctx, args) => { requireUser(ctx); } });\n"
                "const c = query({ args: {}, handler: (ctx, args) => { return 1; } });"
            ),
        ),
        ("get-metadata", "ctx.storage.getUrl(id); r2.getUrl(id);", "ctx.storage.getMetadata(id); r2.getUrl(id);"),
        ("ctx", "export const a = mutation(async ({ db }) => { return 1; });", None),
        ("clock", "function a() {}\nexport const b = mutation({ handler: async () => a() });", None),
    ],
)
def test_a_mutator_plants_its_fault_and_no_other(kind: str, before: str, after: str | None) -> None:
    path = "convex/a.ts"
    source = Source(path, before.encode())
    workspace = Workspace(
        projects=(Project("convex"),),
        sources={path: source},
        reported=frozenset({path}),
        roles={path: Role.ENTRY},
    )
    mutants = [one for one in planting.mutants(workspace) if one.kind == kind]
    texts = planting.texts(workspace, mutants)
    assert texts == ({} if after is None else {path: after.encode()})


def test_places_in_a_mutated_text_are_those_of_the_text_before() -> None:
    before = b"if (await f()) { await g(); await h(); }"
    path = "convex/a.ts"
    workspace = Workspace(sources={path: Source(path, before)}, reported=frozenset({path}))
    mutants = planting.mutants(workspace)
    changes = planting.changes(mutants)[path]
    after = changed(before, changes)
    assert after == b"if (f()) { g(); h(); }"
    for name in (b"f(", b"g(", b"h("):
        assert origin(changes, after.index(name)) == (before.index(name), False)
    assert planting.hit(mutants, [("a-rule", path, after.index(b"g("))]) == {mutants[1]}
    assert (
        planting.hit(mutants, [("a-rule", path, after.index(b"g("))], [("a-rule", path, before.index(b"g("))]) == set()
    )


def test_the_script_prints_what_is_found_and_what_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate.main([str(FIXTURES / "builders"), "--kind", "no-args"]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^no-args +\d+ +\d+ +3 ", printed, re.MULTILINE)
    assert re.search(r"^no-args: zQuery \(2\)$", printed, re.MULTILINE)
