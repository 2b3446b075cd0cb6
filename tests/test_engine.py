"""The engine: what it asks, what it signs, what a crash of a rule does."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convex_lint import engine, registry
from convex_lint.api import Category, Finding, Findings, Module, Preset, Severity, rule
from convex_lint.rule import Level
from convex_lint.summary import Summary, summarise
from convex_lint.workspace import SUFFIXES, BuilderSetting, Project

if TYPE_CHECKING:
    from convex_lint.rule import Rule
    from convex_lint.source import Source

RULES = tuple(rule for rule in registry.builtin() if rule.preset is not Preset.OPT_IN)

FLOATING = """\
import { internalMutation } from "./_generated/server";
export const f = internalMutation({ args: {}, handler: async (ctx) => { ctx.db.delete(ctx.x); } });
"""
CIRCULAR = """\
const label = [{ n: "a" }].map((r) => r.n).join(",");
function odd(n: any): any { return even(n); }
function even(n: any): any { return odd(n) ?? label; }
"""
FINE = FLOATING.replace("ctx.db", "await ctx.db")


@rule("crashes", Category.STYLE, Severity.ERROR, preset=Preset.OPT_IN, each=Module)
def crashes(module: Module) -> Findings:
    """Fail on every module."""
    yield Finding(module, "before the crash")
    raise ValueError(module.path)


@rule("capped", Category.STYLE, Severity.ERROR, preset=Preset.OPT_IN, each=Module)
def capped(module: Module) -> Findings:
    """Find something in every module, as a warning."""
    yield Finding(module, "a remark", help="do something", at_most=Severity.WARNING)


@rule("recent", Category.STYLE, Severity.ERROR, preset=Preset.OPT_IN, each=Module, since=(1, 46))
def recent(module: Module) -> Findings:
    """Find something in every module of a recent enough project."""
    yield Finding(module, "a remark")


def levels_of(*rules: Rule) -> engine.Levels:
    return lambda _path: {found.name: Level(found.severity) for found in rules}


def test_a_rule_that_raises_is_told_and_ends_nothing_else() -> None:
    found = engine.lint_texts({"convex/a.ts": FLOATING, "convex/b.ts": FLOATING}, (crashes, *RULES))
    crashed = [diagnostic for diagnostic in found if diagnostic.rule == "rule-crashed"]
    assert [diagnostic.place.path for diagnostic in crashed] == ["convex/a.ts", "convex/b.ts"]
    assert "`crashes`" in crashed[0].message
    assert "ValueError" in crashed[0].message
    assert sum(diagnostic.rule == "no-floating-promises" for diagnostic in found) == 2
    assert sum(diagnostic.rule == "crashes" for diagnostic in found) == 2


def test_the_engine_signs_with_the_level_of_the_file_and_a_finding_can_only_lower_it() -> None:
    workspace = engine.of_texts({"convex/a.ts": FLOATING})
    floating = registry.by_name(RULES)["no-floating-promises"]
    lowered = engine.lint(workspace, (floating,), lambda _path: {floating.name: Level(Severity.WARNING)})
    assert [diagnostic.severity for diagnostic in lowered.diagnostics] == [Severity.WARNING]
    found = engine.lint(workspace, (capped,), levels_of(capped)).diagnostics
    assert [(diagnostic.severity, diagnostic.help) for diagnostic in found] == [(Severity.WARNING, "do something")]


def test_a_rule_that_is_off_for_a_file_is_not_asked_about_it() -> None:
    workspace = engine.of_texts({"convex/a.ts": FLOATING, "convex/b.ts": FLOATING})
    every = RULES
    found = engine.lint(workspace, every, lambda path: levels_of(*every)(path) if path == "convex/b.ts" else {})
    assert {diagnostic.place.path for diagnostic in found.diagnostics} == {"convex/b.ts"}


def test_generated_code_is_known_and_never_reported() -> None:
    texts = {"convex/a.ts": FINE, "convex/_generated/server.js": "export const = ;"}
    assert engine.lint_texts(texts, RULES) == ()


def test_the_order_of_the_files_does_not_matter() -> None:
    texts = {"convex/b.ts": FLOATING, "convex/a.ts": FLOATING, "convex/c.ts": FLOATING}
    found = engine.lint_texts(texts, RULES)
    assert found == engine.lint_texts(dict(reversed(texts.items())), RULES)
    assert [diagnostic.place.path for diagnostic in found] == sorted(texts)


def test_a_source_that_did_not_change_is_not_read_again() -> None:
    read: list[str] = []
    kept: dict[Source, Summary] = {}

    def reading(source: Source) -> Summary:
        if source not in kept:
            read.append(source.path)
            kept[source] = summarise(source)
        return kept[source]

    workspace = engine.of_texts({"convex/a.ts": FLOATING, "convex/b.ts": FINE})
    every = RULES
    engine.lint(workspace, every, levels_of(*every), reading)
    changed = workspace.with_source(engine.of_texts({"convex/a.ts": FINE}).sources["convex/a.ts"])
    after = engine.lint(changed, every, levels_of(*every), reading)
    assert read == ["convex/a.ts", "convex/b.ts", "convex/a.ts"]
    assert after.diagnostics == ()


@pytest.mark.parametrize("broken", ["export const = 1;", "function f( {", "const a = [1, 2", "}"])
def test_a_file_that_does_not_parse_gives_one_error_and_its_neighbours_are_linted(broken: str) -> None:
    found = engine.lint_texts({"convex/a.ts": broken, "convex/b.ts": FLOATING}, RULES)
    assert [(diagnostic.place.path, diagnostic.rule) for diagnostic in found] == [
        ("convex/a.ts", "syntax-error"),
        ("convex/b.ts", "no-floating-promises"),
    ]


def test_a_finding_in_one_module_depends_on_the_others() -> None:
    texts = {
        "convex/schema.ts": (
            'import { defineSchema, defineTable } from "convex/server";\n'
            "export default defineSchema({ a: defineTable({}) });\n"
        ),
        "convex/model.ts": (
            'import type { MutationCtx } from "./_generated/server";\n'
            "export async function save(ctx: MutationCtx) { await ctx.db.insert('a', {}); }"
        ),
        "convex/a.ts": (
            'import { internalMutation } from "./_generated/server";\nimport { save } from "./model";\n'
            "export const f = internalMutation({ args: {}, handler: async (ctx) => { save(ctx); } });\n"
        ),
    }
    assert [diagnostic.rule for diagnostic in engine.lint_texts(texts, RULES)] == ["no-floating-promises"]
    renamed = {**texts, "convex/model.ts": texts["convex/model.ts"].replace("save(", "keep(")}
    assert engine.lint_texts(renamed, RULES) == ()


def fixture_texts() -> list[dict[str, str]]:
    root = Path(__file__).parent.parent / "fixtures"
    return [
        {
            path.relative_to(project).as_posix(): path.read_text("utf-8")
            for path in sorted((project / "convex").rglob("*"))
            if path.suffix in SUFFIXES
        }
        for project in sorted(root.iterdir())
        if (project / "convex").is_dir()
    ]


@pytest.mark.parametrize("texts", [*fixture_texts(), {"convex/a.ts": f"{CIRCULAR}{FLOATING}"}])
def test_what_a_rule_finds_does_not_depend_on_what_was_asked_before(texts: dict[str, str]) -> None:
    every = RULES
    together = {found for found in engine.lint_texts(texts, every) if found.rule != "syntax-error"}
    alone = {found for one in every for found in engine.lint_texts(texts, [one]) if found.rule != "syntax-error"}
    backwards = {found for found in engine.lint_texts(texts, every[::-1]) if found.rule != "syntax-error"}
    assert together == alone == backwards


def test_a_summary_survives_being_stored() -> None:
    def stored(source: Source) -> Summary:
        found = pickle.loads(pickle.dumps(summarise(source)))  # noqa: S301  what was written a moment ago
        assert isinstance(found, Summary)
        return found

    every = RULES
    for texts in fixture_texts():
        workspace = engine.of_texts(texts)
        fresh = engine.lint(workspace, every, levels_of(*every)).diagnostics
        assert engine.lint(workspace, every, levels_of(*every), stored).diagnostics == fresh


@pytest.mark.parametrize(("version", "found"), [((1, 48, 0), 1), ((1, 46), 1), ((1, 45, 9), 0), (None, 0)])
def test_a_rule_is_asked_only_where_the_version_of_convex_is_known_to_be_recent_enough(
    version: tuple[int, ...] | None, found: int
) -> None:
    workspace = replace(engine.of_texts({"convex/a.ts": FINE}), projects=(Project("convex", version),))
    assert len(engine.lint(workspace, (recent,), levels_of(recent)).diagnostics) == found


@pytest.mark.parametrize(
    "source",
    [
        'import { guarded } from "@acme/builders";',
        'import { guarded } from "./not-there";',
        'import { makeAll } from "@acme/builders";\nconst { guarded } = makeAll();',
    ],
)
def test_a_builder_that_the_configuration_declares_is_one_where_it_cannot_be_resolved(source: str) -> None:
    text = (
        f"{source}\nexport const f = guarded({{ args: {{}}, handler: async (ctx) => {{ ctx.db.delete(ctx.x); }} }});\n"
    )
    every = RULES
    plain = engine.of_texts({"convex/a.ts": text})
    assert engine.lint(plain, every, levels_of(*every)).diagnostics == ()
    declared = replace(plain, projects=(Project("convex", builders=(BuilderSetting("guarded", "mutation"),)),))
    found = engine.lint(declared, every, levels_of(*every)).diagnostics
    assert [diagnostic.rule for diagnostic in found] == ["no-floating-promises"]


def test_a_builder_that_can_be_resolved_is_what_it_is_whatever_is_declared() -> None:
    workspace = engine.of_texts({"convex/a.ts": FLOATING})
    declared = replace(workspace, projects=(Project("convex", builders=(BuilderSetting("mutation", "action"),)),))
    every = RULES
    assert len(engine.lint(declared, every, levels_of(*every)).diagnostics) == 1
    assert (
        engine.lint(declared, every, levels_of(*every)).diagnostics
        == engine.lint(workspace, every, levels_of(*every)).diagnostics
    )


def test_what_the_code_of_another_package_throws_is_its_own_affair() -> None:
    thrown = "export function f(x: string) {{ if (!x) throw new Error('{0}'); return x; }}\n"
    texts = {
        "packages/text/index.ts": thrown.format("theirs"),
        "apps/web/names.ts": thrown.format("ours"),
        "apps/web/convex/rooms.ts": "import { f } from '../names';\n"
        "import { f as g } from '../../../packages/text';\n"
        "import { query } from './_generated/server';\n"
        "export const get = query({ args: {}, handler: async () => [f(''), g('')] });\n",
    }
    chosen = registry.by_name(registry.builtin())["require-convex-error"]
    found = engine.lint(engine.of_texts(texts, "apps/web/convex"), (chosen,), levels_of(chosen)).diagnostics
    assert [one.place.path for one in found] == ["apps/web/names.ts"]
