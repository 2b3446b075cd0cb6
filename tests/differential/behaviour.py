"""Programs of what functions do when they run: queries, ranges of indexes, delays and documents."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from tests.differential.declarations import SCHEMA, TASKS
from tests.differential.program import SERVER, Program

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = f"""{SCHEMA}export default defineSchema({{
  t: defineTable({{ a: v.string(), b: v.string(), c: v.string(), d: v.string(), o: v.object({{ x: v.string() }}) }})
    .index("by_a", ["a"])
    .index("by_a_b", ["a", "b"])
    .index("by_a_b_c", ["a", "b", "c"])
    .index("by_o", ["o.x", "b"])
    .searchIndex("search_d", {{ searchField: "d", filterFields: ["a"] }}),
}});
"""

_STEPS = (
    '.withIndex("by_a")',
    '.withIndex("by_a", (q) => q.eq("a", "x"))',
    '.withSearchIndex("search_d", (q) => q.search("d", "x"))',
    '.order("desc")',
    '.order("asc")',
    '.filter((q) => q.eq(q.field("a"), "x"))',
    ".fullTableScan()",
)
_ODD = (
    ".order()", '.order("down")', '.order("DESC")', ".order(-1)", ".delete()", ".skip(1)", ".offset(1)", ".where({})",
    ".map((d) => d)", ".sort()", ".forEach((d) => d)", ".find((d) => d)", '.update({ a: "x" })',
    ".select('a')", ".orderBy('a')", ".groupBy('a')", ".distinct()", ".filter()", ".withIndex()", ".toArray()",
    ".get('a')", ".slice(0, 1)", ".withSearchIndex('search_d')", ".range('a')", ".all()", ".findOne()",
)  # fmt: skip
_ENDS = (
    ".collect()", ".first()", ".unique()", ".take(1)", ".take(0)", ".take(-1)", ".take(1.5)", '.take("5")', ".take()",
    ".paginate({ numItems: 5, cursor: null })", ".paginate({ numItems: 0, cursor: null })",
    ".paginate({ numItems: -1, cursor: null })", '.paginate({ numItems: "5", cursor: null })', ".paginate()",
    ".paginate({ cursor: null })",
)  # fmt: skip


def chains() -> Iterator[Program]:
    """Yield chains of a query: steps in every order, methods that there are and are not, and no end."""
    found = {
        *("".join(steps) for many in range(3) for steps in product(_STEPS, repeat=many)),
        *("".join(steps) for steps in product(_STEPS[1:6:2], repeat=3)),
        *(f"{before}{step}" for before in ("", '.order("asc")', '.withIndex("by_a")') for step in _ODD),
    }
    for chain in sorted(found):
        yield of_query(f'return await ctx.db.query("t"){chain}.collect();')
        yield of_query(f'return ctx.db.query("t"){chain};')
    for step, end in product(("", *_STEPS), _ENDS):
        yield of_query(f'return await ctx.db.query("t"){step}{end};')
    for returned in (
        "return await q;",
        "return [q];",
        "return { q };",
        "return await Promise.all([q]);",
        "const r = q; return r;",
        "return true ? q : null;",
        "return null;",
        "return q.collect();",
        "for await (const d of q) { return d; } return null;",
        "const out = []; for await (const d of q) out.push(d); return out;",
    ):
        for step in ("", '.withIndex("by_a")', '.order("desc")'):
            yield of_query(f'const q = ctx.db.query("t"){step}; {returned}')


_USES = (
    "await q.collect();",
    "await q.take(1);",
    "await q.first();",
    "await q.unique();",
    "await q.paginate({ numItems: 1, cursor: null });",
    "for await (const d of q) { d.a; }",
    'await q.order("desc").collect();',
    'await q.filter((f) => f.eq(f.field("a"), "x")).first();',
    'q.filter((f) => f.eq(f.field("a"), "x"));',
)
_BASES = ("", '.withIndex("by_a")', '.order("asc")', '.filter((f) => f.eq(f.field("a"), "x"))', ".fullTableScan()")


def reuses() -> Iterator[Program]:
    """Yield queries in a name that is used twice: one after the other, in branches, in loops, assigned anew."""
    for base, one, other in product(_BASES[:3], _USES, _USES):
        yield of_query(f'const q = ctx.db.query("t"){base}; {one} {other} return null;')
    for base, use in product(_BASES, _USES[:7]):
        q = f'ctx.db.query("t"){base}'
        odd = "Math.random() > 2"
        yield of_query(f"const q = {q}; if ({odd}) {{ {use} }} else {{ {use} }} return null;")
        yield of_query(f"const q = {q}; if ({odd}) {{ {use} return 1; }} {use} return null;")
        yield of_query(f"const q = {q}; if ({odd}) {{ {use} }} {use} return null;", hides=True)
        yield of_query(f"const q = {q}; for (const n of [1, 2]) {{ {use} }} return null;", hides=True)
        yield of_query(f"for (const n of [1, 2]) {{ const q = {q}; {use} }} return null;")
        yield of_query(f"let q = {q}; {use} q = {q}; {use} return null;")
        yield of_query(f"const make = () => {q}; let q = make(); {use} q = make(); {use} return null;")
        yield of_query(f"let q = {q}; q = q.filter((f) => f.eq(f.field('a'), 'x')); {use} return null;")
        yield of_query(
            f"const q = {q}; const p = q; {use} {use.replace('q.', 'p.').replace('of q', 'of p')} return null;"
        )


_FIELDS = ("a", "b", "c", "_creationTime", "_id", "nope")
_COMPARISONS = ("eq", "gt", "lte")


def ranges() -> Iterator[Program]:
    """Yield ranges of indexes: all that have one or two conditions, some with three or four, and other callbacks."""
    for index, op, field in product(("by_a", "by_a_b", "by_o", "by_id", "by_creation_time", "by_nope"),
                                    ("eq", "gt", "gte", "lt", "lte"), (*_FIELDS, "o.x", "o")):  # fmt: skip
        yield _range(index, f'q.{op}("{field}", "x")')
    one = [f'.{op}("{field}", "x")' for op, field in product(_COMPARISONS, _FIELDS[:4])]
    for first, second in product(one, repeat=2):
        yield _range("by_a_b", f"q{first}{second}")
    steps = [f'.{op}("{field}", "x")' for op, field in product(("eq", "gte", "lt"), _FIELDS[:5])]
    for at, several in enumerate(product(steps, repeat=3)):
        if at % 11 == 0:  # some of each
            yield _range("by_a_b_c", f"q{''.join(several)}")
    for body in (
        '{ return q.eq("a", "x"); }',
        '{ q.eq("a", "x"); }',
        '{ q.eq("a", "x"); return q; }',
        '{ q.eq("a", "x"); return q.eq("b", "x"); }',
        '{ const r = q.eq("a", "x"); return r.eq("b", "x"); }',
        '{ const r = q.eq("b", "x"); return r; }',
        '{ let r = q.eq("a", "x"); r = r.eq("b", "x"); return r; }',
        '(true ? q.eq("a", "x") : q)',
        '(args.a ? q.eq("a", "x") : q.eq("b", "x"))',
        "q",
        "undefined",
        "[q]",
        'q.neq("a", "x")',
        'q.and(q.eq("a", "x"))',
        'q.eq(q.field("a"), "x")',
        'q.search("a", "x")',
        'q.eq("a", "x").neq("b", "x")',
    ):
        yield _range("by_a_b", body)
    for name in ("a", "b"):
        read = 'ctx.db.query("t").withIndex("by_a", (q) => q.eq(field, "x")).first()'
        yield of_query(f'const field = "{name}"; return await {read};')


def _range(index: str, body: str) -> Program:
    return of_query(f'return await ctx.db.query("t").withIndex("{index}", (q) => {body}).collect();')


def of_query(code: str, *, hides: bool = False) -> Program:
    """Return a program whose query does something with `ctx`."""
    text = f"{SERVER}export const run = query({{ args: {{}}, handler: async (ctx, args) => {{ {code} }} }});\n"
    return Program("query", "a", {"a": text, "schema": TABLES}, hides)


_YEAR = 366 * 24 * 3600 * 1000
_DELAYS = (
    "0", "1", "1.5", "-1", "-0.5", "NaN", "Infinity", "-Infinity", '"5"', "undefined", "null", "true", "60 * 1000",
    "-60 * 1000", "1_000", "new Date()", "Date.now()", "Date.now() + 1000", "Date.now() - Date.now()",
    "Math.max(0, -5)", "5n", f"{4 * _YEAR}", f"{6 * _YEAR}", f"-{4 * _YEAR}", "5 * 366 * 24 * 60 * 60 * 1000 + 9999999",
    "Number.MAX_SAFE_INTEGER", "1e3", "[]", "{}",
)  # fmt: skip
_TIMES = (
    "Date.now()", "Date.now() + 1000", "Date.now() - 1000", "new Date()", "new Date(Date.now() + 1000)", "0", "60000",
    "60 * 1000", "-1", '"2026-01-01"', "undefined", "null", "NaN", "Infinity", f"Date.now() + {6 * _YEAR}",
    f"Date.now() + {4 * _YEAR}", "new Date(0)", "new Date('nope')", "new Date().toISOString()", "Date.now() / 1000",
    "5n", "true",
)  # fmt: skip


def delays() -> Iterator[Program]:
    """Yield calls of the scheduler: every delay, inline and in a constant."""
    for method, times in (("runAfter", _DELAYS), ("runAt", _TIMES)):
        for time in times:
            call = f"await ctx.scheduler.{method}({{}}, internal.tasks.run, {{{{}}}});"
            yield _mutation(call.format(time))
            yield _mutation(f"const when = {time}; {call.format('when')}", hides=True)
            yield _mutation(call.format(f"[{time}][0]"), hides=True)


_DOCUMENTS = (
    "1", "'a'", "true", "null", "1n", "[]", "{}", "[1, 'a']", "{ x: 1 }", "new ArrayBuffer(8)", "undefined",
    "new Date()", "new Date(0)", "new Map()", "new Set()", "new Uint8Array(8)", "/a/", "() => 1", "function () {}",
    "Symbol('a')",
    "new Error('a')", "[undefined]", "[new Date()]", "{ x: new Date() }", "{ x: undefined }", "new Date().getTime()",
    "Date.now()", "new URL('https://a.b')", "Promise.resolve(1)", "NaN", "Infinity", "-0", "10n ** 20n", "2n ** 63n",
    "{ $x: 1 }", "{ 'ä': 1 }", "{ '': 1 }", "{ _x: 1 }", "class {}", "String(1)", "new Headers()", "[...new Set([1])]",
    "Object.fromEntries(new Map())", "JSON.stringify({})", "new Map().size", "Math", "globalThis.nope",
)  # fmt: skip


def documents() -> Iterator[Program]:
    """Yield writes of documents, and functions that return something, with values that Convex has and has not."""
    for value in _DOCUMENTS:
        yield _mutation(f'await ctx.db.insert("any", {{ x: {value} }});')
        yield _mutation(f"return {value};")
        yield _mutation(f"return {{ x: [{value}] }};")
        yield _mutation(f'const x = {value}; await ctx.db.insert("any", {{ x }});')


def _mutation(code: str, *, hides: bool = False) -> Program:
    text = (
        f'{SERVER}import {{ internal }} from "./_generated/api";\n'
        f"export const run = mutation({{ args: {{}}, handler: async (ctx) => {{ {code} }} }});\n"
    )
    return Program("mutation", "a", {"a": text, "tasks": TASKS}, hides)
