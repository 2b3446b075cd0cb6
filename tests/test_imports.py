"""Names that are imported from modules of Convex, where a module of the project goes by the same name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from convex_lint import engine, registry
from convex_lint.rule import Level
from convex_lint.workspace import Alias

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS = {
    "convex/functions.ts": 'export { query } from "./_generated/server";\n',
    "convex/server.ts": 'export { query as mutation } from "./_generated/server";\n',
    "convex/notes.ts": 'import { query } from "convex/functions";\n'
    'import { mutation } from "convex/server";\n'
    'import { api } from "convex/_generated/api";\n'
    "export const list = [query, mutation, api];\n",
}


def found(*aliases: Alias, texts: Mapping[str, str] = TEXTS) -> list[str]:
    rules = [rule for rule in registry.builtin() if rule.name == "no-wrong-import-source"]
    workspace = replace(engine.of_texts(texts), aliases=aliases)
    levels = {rule.name: Level(rule.severity) for rule in rules}
    return [one.message for one in engine.lint(workspace, rules, lambda _path: levels).diagnostics]


def test_an_alias_of_the_project_is_no_module_of_convex() -> None:
    assert found(Alias(".", "*", ("*",))) == []


def test_without_one_it_is() -> None:
    assert found() == ["`convex/functions` does not export `query`", "`convex/server` does not export `mutation`"]


def test_what_is_generated_is_that_by_an_alias_too() -> None:
    texts = {
        "convex/_generated/server.js": "export const query = queryGeneric;\n",
        "convex/notes.ts": 'import { api } from "~/_generated/server";\nexport const list = api;\n',
    }
    assert found(Alias(".", "~/*", ("convex/*",)), texts=texts) == ["`~/_generated/server` does not export `api`"]
