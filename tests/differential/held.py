"""Queries in names, in branches, in loops and in helpers, none of which fails: no rule may say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.differential.behaviour import of_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.differential.program import Program

_CODE = """
let q = ctx.db.query("t"); if (args.a) q = q.withIndex("by_a");
q = q.order("desc"); return await q.collect();

let q = ctx.db.query("t").order("desc"); for (const n of [1, 2]) q = q.filter((f) => f.gt(f.field("a"), n));
return await q.first();

const q = ["a", "b"].reduce((q, n) => q.filter((f) => f.eq(f.field("a"), n)), ctx.db.query("t"));
return await q.collect();

const q = args.a ? ctx.db.query("t").withIndex("by_a") : ctx.db.query("t").order("asc");
return await q.take(3);

const q = ctx.db.query("t").withIndex("by_a"); return args.a ? await q.first() : await q.collect();

const q = ctx.db.query("t").order("desc"); if (args.a) return await q.first();
return await q.collect();

const q = ctx.db.query("t").order("desc"); switch (args.a) { case 1: return await q.first(); default: break; }
return await q.take(2);

const q = ctx.db.query("t").order("desc"); try { return await q.first(); }
catch { return null; }

const make = (name) => ctx.db.query("t").withIndex(name);
return [await make("by_a").first(), await make("by_a_b").first()];

const make = () => ctx.db.query("t").order("desc");
return [await make().first(), await make().collect()];

const all = async (query) => await query.collect();
return [await all(ctx.db.query("t")), await all(ctx.db.query("t").order("desc"))];

const latest = (query) => query.order("desc"); return await latest(ctx.db.query("t").withIndex("by_a")).first();

for (const q of [ctx.db.query("t"), ctx.db.query("t").order("desc")]) await q.collect();
return null;

const qs = [1, 2].map(() => ctx.db.query("t").order("asc"));
return await Promise.all(qs.map((q) => q.collect()));

return await Promise.all(["a", "b"].map((x) => ctx.db.query("t").withIndex("by_a", (q) => q.eq("a", x)).first()));

const { db } = ctx; const { query } = db; return [await db.query("t").first(), await query("t").take(1)];

const name = ["by_a"][0]; return await ctx.db.query("t").withIndex(name, (q) => q.eq("a", "x")).first();

const order = args.a ? "asc" : "desc"; return await ctx.db.query("t").order(order).first();

const size = Math.min(args.n ?? 5, 10); return await ctx.db.query("t").take(size);

const range = (q) => q.eq("a", "x"); return await ctx.db.query("t").withIndex("by_a", range).first();

const range = (field, value) => (q) => q.eq(field, value);
return await ctx.db.query("t").withIndex("by_a", range("a", "x")).first();

const two = (q) => q.eq("a", "x").eq("b", "y"); const all = (q) => two(q).eq("c", "z");
return await ctx.db.query("t").withIndex("by_a_b_c", all).first();

return await ctx.db.query("t").withIndex("by_a_b", (q) => { let r = q.eq("a", "x");
if (args.b) r = r.eq("b", "y"); return r; }).first();

return await ctx.db.query("t").withIndex("by_a_b", (q) => (args.a ? q : q.eq("a", "x").gt("b", "y"))).first();

return await ctx.db.query("t").withIndex("by_a_b", (q) => { const first = q.eq("a", "x"); if (args.b) {
return first.lt("b", "z"); } return first; }).first();

const fields = ["a", "b"]; return await ctx.db.query("t").withIndex("by_a_b", (q) => fields.reduce((r,
field) => r.eq(field, "x"), q)).first();

const run = async () => { const q = ctx.db.query("t").order("desc"); return await q.first(); }
; return [await run(), await run()];

let q; if (args.a) { q = ctx.db.query("t"); } else { q = ctx.db.query("t").order("asc"); }
return await q.first();

const q = ctx.db.query("t"); return [await q.first(), await q.withIndex("by_a").first(), await q.collect()];

const out = []; for await (const d of ctx.db.query("t")) { if (out.length > 2) break; out.push(d._id); }
return out;

const q = ctx.db.query("t").order("desc"); for await (const d of q) { return d._id; }
return null;

const it = ctx.db.query("t").order("desc")[Symbol.asyncIterator]();
return (await it.next()).done;

const page = await ctx.db.query("t").paginate({ numItems: args.n ?? 5, cursor: null });
return page.isDone;

const pages = args.a ? ctx.db.query("t").paginate({ numItems: 1, cursor: null }) :
ctx.db.query("t").order("desc").paginate({ numItems: 2, cursor: null });
return (await pages).page.length;

class Store { constructor(db) { this.db = db; } all() { return this.db.query("t"); } }
const store = new Store(ctx.db); return [await store.all().first(), await store.all().collect()];

const q = (await ctx.db.query("t").collect()).map((d) => d.a).filter((a) => a).sort();
return q.length;

const tables = { t: () => ctx.db.query("t") }; return [await tables.t().first(), await tables["t"]().take(1)];

function* queries() { yield ctx.db.query("t"); yield ctx.db.query("t"); }
const out = []; for (const q of queries()) out.push(await q.first());
return out;
"""
"""What the handlers of the programs do, a paragraph each."""


def programs() -> Iterator[Program]:
    """Yield a program for each."""
    for code in _CODE.strip().split("\n\n"):
        yield of_query(code.replace("\n", " "))
