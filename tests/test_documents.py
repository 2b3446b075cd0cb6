"""Calls that read or write a document by its id: what `explicit-table-ids` may name, and how sure that is."""

from __future__ import annotations

import json

import pytest

from convex_lint import registry
from convex_lint.diagnostics import Safety
from convex_lint.engine import lint_texts

RULE = registry.by_name(registry.builtin())["explicit-table-ids"]
CALL = """import { query } from "./_generated/server";
import { v } from "convex/values";
export const one = query({ args: { id: v.id("users") }, handler: async (ctx, args) => await ctx.db.get(args.id) });
"""
WRAPS = 'import { Triggers } from "convex-helpers/server/triggers";\nexport const triggers = new Triggers();\n'


@pytest.mark.parametrize(
    ("helpers", "wraps", "safety"),
    [
        (None, False, Safety.SAFE),
        ("^0.1.100", False, Safety.SAFE),
        ("^0.1.107", True, Safety.UNSAFE),
        ("^0.1.108", True, Safety.SAFE),
        (None, True, Safety.UNSAFE),
    ],
)
def test_a_database_of_old_convex_helpers_takes_no_table(helpers: str | None, safety: Safety, *, wraps: bool) -> None:
    asked = {"convex": "^1.31.0"} | ({"convex-helpers": helpers} if helpers else {})
    texts = {"convex/a.ts": CALL, "package.json": json.dumps({"dependencies": asked})}
    found = lint_texts(texts | ({"convex/triggers.ts": WRAPS} if wraps else {}), [RULE])
    assert [one.fix.safety for one in found if one.fix is not None] == [safety]
