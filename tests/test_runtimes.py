"""For which runtime a module is bundled, and that what esbuild cannot bundle for it is what is found."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convex_lint import engine, registry
from convex_lint.link import Linked
from tests.command import project, run
from tests.npm import needed
from tests.test_discovery_support import load, write

if TYPE_CHECKING:
    from collections.abc import Sequence

BUNDLE = Path(__file__).with_name("bundle.mjs")
FORMS = (
    "import fs from {0}; export const a = 1;",
    "import fs from {0}; export const a = () => fs;",
    "import fs from {0}; export {{ fs }};",
    "import fs from {0}; function unused() {{ return fs; }} export const a = 1;",
    "import * as fs from {0}; export const a = [fs];",
    "import {{ x as y }} from {0}; export const a = y;",
    "import {{}} from {0}; export const a = 1;",
    "import {0}; export const a = 1;",
    "export {{ x }} from {0};",
    "export * from {0};",
    "export * as fs from {0};",
    "export const a = async () => await import({0});",
    "export const a = async () => (await import({0})).x;",
    "export const a = () => import({0}).catch(() => null);",
    "export const a = async () => {{ try {{ return await import({0}); }} catch {{ return null; }} }};",
    "export const a = () => require({0});",
    "export const a = () => {{ try {{ return require({0}); }} catch {{ return null; }} }};",
    'export const a = process.env.NODE_ENV === "development" ? require({0}) : 1;',
)
TYPED = (
    "import type fs from {0}; export type A = typeof fs;",
    "import {{ type X }} from {0}; export type A = X;",
    "import fs from {0}; export type A = typeof fs;",
    "import {{ X }} from {0}; export const a = (x: X) => 1;",
    "import {{ X }} from {0}; export class A {{ constructor(readonly x: X) {{}} }}",
    "import {{ X, y }} from {0}; export const a = (x: X) => y;",
    "import fs = require({0}); export const a = () => fs;",
    "export type {{ X }} from {0};",
)
SPECIFIERS = ("fs", "node:test", "async_hooks")


def programs() -> list[tuple[str, str]]:
    """Return the texts that are bundled, each with the ending of its file."""
    both = [(form, ending) for form in FORMS for ending in ("ts", "js")] + [(form, "ts") for form in TYPED]
    return [(form.format(f'"{name}"'), ending) for form, ending in both for name in SPECIFIERS]


@pytest.mark.parametrize("verbatim", [False, True])
def test_what_cannot_be_bundled_for_the_default_runtime_is_found_and_nothing_else(*, verbatim: bool) -> None:
    rules = [rule for rule in registry.builtin() if rule.name == "no-node-builtin"]
    settings = {
        "package.json": '{"dependencies": {"convex": "1.45.0"}}',
        "tsconfig.json": f'{{"compilerOptions": {{"verbatimModuleSyntax": {json.dumps(verbatim)}}}}}',
    }
    wrong: list[str] = []
    for (text, ending), errors in zip(programs(), refused(programs(), verbatim=verbatim), strict=True):
        texts = {f"convex/a.{ending}": text, **settings}
        if bool(engine.lint_texts(texts, rules)) != bool(errors):
            wrong.append(f"{ending}: {text} {errors}")
    assert wrong == []


def refused(asked: Sequence[tuple[str, str]], *, verbatim: bool) -> list[list[str]]:
    """Return what esbuild says of each text, bundled as Convex bundles for its own runtime."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    given = json.dumps([{"text": text, "loader": ending, "verbatim": verbatim} for text, ending in asked])
    command = ["node", str(BUNDLE), str(needed("esbuild-wasm"))]
    done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=True)
    found: list[list[str]] = json.loads(done.stdout)
    # What a module does not export is the business of another rule.
    return [[error for error in errors if error.startswith("Could not resolve")] for errors in found]


def test_the_default_runtime_takes_nothing_from_behind_a_module_for_node() -> None:
    texts = {
        "convex/a.ts": 'import { n } from "./n"; import { l } from "../src/l"; export const a = [n, l];',
        "convex/n.ts": '"use node";\nimport { m } from "../src/m"; export * from "../src/l"; export const n = m;',
        "src/l.ts": "export const l = 1;",
        "src/m.ts": "export const m = 1;",
        "src/o.ts": "export const o = 1;",
    }
    linked = Linked(*engine.summaries_of(engine.of_texts(texts)))
    found = {path: (linked.runs_by(path, "default"), linked.runs_by(path, "node")) for path in texts}
    assert found == {
        "convex/a.ts": ("convex/a.ts", None),
        "convex/n.ts": (None, "convex/n.ts"),
        "src/l.ts": ("convex/a.ts", "convex/n.ts"),
        "src/m.ts": (None, "convex/n.ts"),
        "src/o.ts": (None, None),
    }


@pytest.mark.parametrize(
    ("files", "is_verbatim"),
    [
        ({}, False),
        ({"tsconfig.json": '{"compilerOptions": {"verbatimModuleSyntax": true}}'}, True),
        ({"tsconfig.json": '{"extends": "./base"}', "base.json": "{}"}, False),
        (
            {
                "tsconfig.json": '{"extends": "./base"}',
                "base.json": '{"compilerOptions": {"verbatimModuleSyntax": true, "strict": true}}',
            },
            True,
        ),
        (
            {"tsconfig.json": '{"compilerOptions": {"verbatimModuleSyntax": true}}', "convex/tsconfig.json": "{}"},
            False,
        ),
    ],
)
def test_the_nearest_tsconfig_says_whether_imports_are_kept(
    tmp_path: Path, files: dict[str, str], *, is_verbatim: bool
) -> None:
    module = 'import { v } from "convex/values"; export const a = v;'
    workspace, _ = load(write(tmp_path, {"package.json": "{}", "convex/a.ts": module} | files), "convex")
    assert workspace.is_verbatim("convex/a.ts") is is_verbatim


@pytest.mark.parametrize(
    ("files", "stands_in"),
    [
        ({}, False),
        ({"package.json": '{"devDependencies": {"buffer": "*"}}'}, True),
        ({"package.json": '{"browser": {"buffer": false}}'}, True),
        ({"package.json": '{"browser": "main.js"}'}, False),
        ({"node_modules/buffer/package.json": '{"version": "6.0.3"}'}, True),
        ({"package-lock.json": '{"packages": {"node_modules/buffer": {"version": "6.0.3"}}}'}, True),
        ({"convex/a.ts": '"use node";\nimport { Buffer } from "buffer"; export const a = Buffer;'}, False),
    ],
)
def test_a_package_that_stands_in_for_a_module_of_node_is_seen(
    tmp_path: Path, files: dict[str, str], *, stands_in: bool
) -> None:
    module = 'import { Buffer } from "buffer"; import { x } from "node:events"; export const a = [Buffer, x];'
    given = {"package.json": "{}", "convex/a.ts": module} | files
    workspace, _ = load(write(tmp_path, given), "convex")
    assert workspace.polyfills == ({"buffer"} if stands_in else frozenset())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", 0),
        ("node_modules\n", 0),
        ("_generated\n", 1),
        ("convex/_generated/\n", 1),
        ("_generated\n!convex/_generated\n", 0),
        ("/convex\n", 0),
    ],
)
def test_generated_code_that_git_ignores_is_reported_once(tmp_path: Path, text: str, found: int) -> None:
    project(tmp_path, a="export const a = 1;\n", b="export const b = 1;\n")
    (tmp_path / ".gitignore").write_text(text, encoding="utf-8")
    ran = run("--select", "no-generated-edits", "-f", "json", "convex", cwd=tmp_path)
    assert ran.found == [("convex/a.ts", "no-generated-edits")] * found


@pytest.mark.parametrize("version", ["2", "4"])
@pytest.mark.parametrize(("added", "found"), [("convex/a.ts", 1), ("convex/_generated/api.ts", 0)])
def test_what_was_added_by_force_git_keeps_though_it_ignores_it(
    tmp_path: Path, version: str, added: str, found: int
) -> None:
    project(tmp_path, a="export const a = 1;\n")
    (tmp_path / "convex/_generated").mkdir(exist_ok=True)
    (tmp_path / "convex/_generated/api.ts").write_text("// THIS CODE IS AUTOMATICALLY GENERATED\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("_generated\n", encoding="utf-8")
    git = ("git", "-c", f"index.version={version}", "-C", str(tmp_path))
    subprocess.run((*git, "init", "-q"), check=True)
    subprocess.run((*git, "add", "-f", "convex/a.ts", added), check=True)
    ran = run("--select", "no-generated-edits", "-f", "json", "convex", cwd=tmp_path)
    assert ran.found == [("convex/a.ts", "no-generated-edits")] * found
