"""What is said of the front end: each fault that is planted in it is found, and what it no longer calls is unused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convex_lint import engine, registry
from convex_lint.rule import Level
from convex_lint.summary import Summary, summarise
from tests.command import run

if TYPE_CHECKING:
    from convex_lint.source import Source

FRONTEND = Path(__file__).resolve().parent.parent / "fixtures" / "frontend"
CALL = re.compile(r"\b(useQuery|useMutation|useAction|query|mutation|convexQuery)\((api\.recipes\.\w+)")
OTHER = {
    "useQuery": "useMutation",
    "useMutation": "useAction",
    "useAction": "useQuery",
    "query": "mutation",
    "mutation": "query",
}
"""Of what runs functions, what runs those of another kind."""

FAULTY = ("search", "translate", "addLike")
"""The functions that the front end does not refer to as it should."""

CLEAN = {
    "convex/recipes.ts": (
        'import { mutation, query } from "./_generated/server";\nimport { v } from "convex/values";\n'
        "export const list = query({ args: { title: v.string() }, handler: async () => [] });\n"
        "export const add = mutation({ args: { title: v.string() }, handler: async () => null });\n"
    ),
    "src/App.tsx": (
        'import { useQuery } from "convex/react";\nimport { api } from "../convex/_generated/api";\n'
        'export const useAll = () => useQuery(api.recipes.list, { title: "x" });\n'
    ),
    "src/Add.tsx": (
        'import { useMutation } from "convex/react";\nimport { api } from "../convex/_generated/api";\n'
        "export const useAdd = () => useMutation(api.recipes.add);\n"
    ),
}


def planted(kind: str) -> list[tuple[str, str]]:
    """Return the files of the front end, each with one fault more, by their paths."""
    found = []
    for path in sorted((*FRONTEND.glob("src/*"), *FRONTEND.glob("scripts/*"))):
        text = path.read_text("utf-8")
        for call in CALL.finditer(text):
            before, hook, reference, after = text[: call.start()], call[1], call[2], text[call.end() :]
            if reference.endswith(FAULTY):
                continue
            if kind == "name":
                found.append((path, f"{before}{hook}({reference}Old{after}"))
            elif kind == "kind" and hook in OTHER:
                found.append((path, f"{before}{OTHER[hook]}({reference}{after}"))
            elif kind == "key" and after.startswith(", {"):
                found.append((path, f"{before}{hook}({reference}, {{ unheardOf: 1,{after[3:]}"))
    return [(path.relative_to(FRONTEND).as_posix(), text) for path, text in found]


@pytest.mark.parametrize(
    ("kind", "rule", "least"),
    [
        ("name", "no-unresolved-function-reference", 8),
        ("kind", "function-kind-mismatch", 7),
        ("key", "args-mismatch", 4),
    ],
)
def test_faults_that_are_planted_in_the_front_end_are_found(tmp_path: Path, kind: str, rule: str, least: int) -> None:
    shutil.copytree(FRONTEND, tmp_path / "app")
    mutants = planted(kind)
    assert len(mutants) >= least
    command = ("check", "--format", "concise", "--select", rule)
    known = run(*command, cwd=tmp_path / "app").out.count(f" {rule} ")
    for path, text in mutants:
        target = tmp_path / "app" / path
        before = target.read_text("utf-8")
        target.write_text(text, encoding="utf-8")
        assert run(*command, cwd=tmp_path / "app").out.count(f" {rule} ") == known + 1, text
        target.write_text(before, encoding="utf-8")


def test_what_the_last_client_no_longer_calls_is_unused() -> None:
    rules = [rule for rule in registry.builtin() if rule.name == "no-unused-function"]
    levels = {rule.name: Level(rule.severity) for rule in rules}
    kept = engine.Kept()
    known: dict[bytes, Summary] = {}

    def read(source: Source) -> Summary:
        if source.data not in known:
            known[source.data] = summarise(source)
        return known[source.data]

    def messages(texts: dict[str, str]) -> list[str]:
        found = engine.lint(engine.of_texts(texts), rules, lambda _path: levels, read, kept).diagnostics
        return [one.message for one in found]

    assert messages(CLEAN) == []
    gone = {**CLEAN, "src/Add.tsx": 'import { useMutation } from "convex/react";\nexport {};\n'}
    assert messages(gone) == ["nothing refers to the public mutation `add`"]
    named = {**gone, "src/Add.tsx": 'export const name = "recipes:add";\n'}
    assert messages(named) == []
    assert messages(CLEAN) == []
