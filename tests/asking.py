"""Ask the model what an exported constant is, in a project of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint import engine
from convex_lint.link import Linked

if TYPE_CHECKING:
    from convex_lint.values import Value

PRELUDE = """import { v } from "convex/values";
import { defineSchema, defineTable } from "convex/server";
import { query, mutation, action } from "./_generated/server";
import { api, components, internal } from "./_generated/api";
import type { Doc, Id, DataModel, TableNames } from "./_generated/dataModel";
import type { QueryCtx, MutationCtx, ActionCtx } from "./_generated/server";
"""
"""What the modules of a test begin with."""


def linked_of(**texts: str) -> Linked:
    """Return a project of modules in `convex/`, by name (`schema`, `lib__a` for `lib/a`), linked."""
    paths = {f"convex/{name.replace('__', '/')}.ts": PRELUDE + text for name, text in texts.items()}
    workspace = engine.of_texts(paths)
    return Linked(*engine.summaries_of(workspace))


def value_of(expression: str, before: str = "", **texts: str) -> Value:
    """Return what an expression of `convex/a.ts` is; `before` stands before it, `texts` are other modules."""
    return linked_of(a=f"{before}\nexport const asked = {expression};\n", **texts).export("convex/a.ts", "asked")
