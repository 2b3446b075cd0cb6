"""What is known of a query that is being built, and which functions read a page of one."""

from __future__ import annotations

import pytest

from convex_lint.values import Query
from tests.asking import linked_of, value_of

BEFORE = "declare const ctx: QueryCtx; declare const some: boolean;"


@pytest.mark.parametrize(
    ("chain", "started", "ordered"),
    [
        ("", False, False),
        (".withIndex('by_a')", True, False),
        (".fullTableScan()", True, False),
        (".filter((q) => q.eq(q.field('a'), 1))", True, False),
        (".order('desc')", True, True),
        (".withIndex('by_a').order('asc').filter((q) => q.eq(q.field('a'), 1))", True, True),
    ],
)
def test_what_was_chained_on_a_query(chain: str, *, started: bool, ordered: bool) -> None:
    found = value_of(f"ctx.db.query('notes'){chain}", BEFORE)
    assert isinstance(found, Query)
    assert (found.started, found.ordered) == (started, ordered)


def test_of_two_queries_only_what_both_have_is_known() -> None:
    found = value_of("some ? ctx.db.query('notes') : ctx.db.query('notes').order('desc')", BEFORE)
    assert isinstance(found, Query)
    assert (found.started, found.ordered) == (None, None)


PAGES = """
export async function always(ctx: QueryCtx, opts: any) { return await ctx.db.query("notes").paginate(opts); }
export async function maybe(ctx: QueryCtx, opts: any) { if (opts) await always(ctx, opts); }
export async function either(ctx: QueryCtx, opts: any) { if (opts) return await always(ctx, opts); throw new Error(); }
export async function nested(ctx: QueryCtx, opts: any) { return () => always(ctx, opts); }
export async function around(ctx: QueryCtx, opts: any): Promise<any> { return opts ? await around(ctx, opts) : null; }
"""


@pytest.mark.parametrize(("ordinal", "surely"), [(0, True), (1, False), (2, True), (3, False), (5, False)], ids=str)
def test_which_functions_surely_read_a_page(ordinal: int, *, surely: bool) -> None:
    assert linked_of(a=PAGES).paginates("convex/a.ts", ordinal) is surely


def test_a_function_of_another_module_reads_a_page() -> None:
    linked = linked_of(
        lib=PAGES,
        a='import { always } from "./lib";\nexport const mine = (ctx: QueryCtx) => always(ctx, null);\n',
        b='import { mine } from "./a";\nexport const more = (ctx: QueryCtx) => mine(ctx);\n',
    )
    assert linked.paginates("convex/a.ts", 0)
    assert not linked.paginates("convex/b.ts", 0)  # a page is looked for in what a module imports, and no further
