"""What the functions import inside the workspace is read: relative, by alias, from packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from convex_lint.engine import summaries_of
from convex_lint.link import Linked
from convex_lint.values import Reference
from convex_lint.workspace import Alias
from tests.test_discovery_support import MODULE, load, write

if TYPE_CHECKING:
    from pathlib import Path


def read(root: Path, files: dict[str, str], *imports: str) -> list[str]:
    """Return the files that are read outside of `convex/` for imports of one module in it."""
    text = "".join(f'import "{each}";\n' for each in imports)
    workspace, diagnostics = load(write(root, {"package.json": "{}", "convex/a.ts": text} | files), "convex")
    assert diagnostics == ()
    return sorted(path for path in workspace.sources if path != "convex/a.ts")


def test_transitively_and_never_into_npm_packages(tmp_path: Path) -> None:
    files = {
        "shared/one.ts": 'export * from "./two.js";',
        "shared/two.ts": 'import "../node_modules/x/index"; import "./one"; import "./data.json"; import "../../out";',
        "shared/unused.ts": "",
        "shared/data.json": "{}",
        "node_modules/x/index.ts": "",
        "node_modules/y/index.ts": "",
    }
    assert read(tmp_path, files, "../shared/one", "y", "convex/server") == ["shared/one.ts", "shared/two.ts"]


def test_generated_modules_are_read_and_not_followed(tmp_path: Path) -> None:
    files = {"convex/_generated/api.d.ts": 'import "../../src/x";', "src/x.ts": ""}
    assert read(tmp_path, files) == ["convex/_generated/api.d.ts"]


def test_a_component_that_is_reached_is_a_project(tmp_path: Path) -> None:
    app = 'import counter from "../../../packages/counter/src/component/convex.config";'
    files = {
        "apps/web/convex/convex.config.ts": app,
        "packages/counter/src/component/convex.config.ts": "export default 1",
        "packages/counter/src/component/lib.ts": MODULE,
        "packages/counter/src/component/lib.test.ts": MODULE,
    }
    workspace, _ = load(write(tmp_path, files), "apps")
    assert [project.folder for project in workspace.projects] == ["apps/web/convex", "packages/counter/src/component"]
    assert "packages/counter/src/component/lib.ts" in workspace.sources
    assert "packages/counter/src/component/lib.test.ts" not in workspace.sources
    assert workspace.reported == {"apps/web/convex/convex.config.ts"}


def test_paths_of_a_tsconfig_with_comments(tmp_path: Path) -> None:
    paths = '{ "@/*": ["./src/*"], /* two */ "~lib": ["lib/index.ts"], }'
    text = f'{{\r\n  // comment\r\n  "compilerOptions": {{\r\n    "paths": {paths},\r\n  }},\r\n}}'
    files = {"tsconfig.json": "\ufeff" + text, "src/b.ts": "", "lib/index.ts": ""}
    assert read(tmp_path, files, "@/b", "~lib", "@/no") == ["lib/index.ts", "src/b.ts"]


def test_extends_and_base_url(tmp_path: Path) -> None:
    files = {
        "convex/tsconfig.json": '{"extends": ["../config/strict", "../config/base.json"]}',
        "config/strict.json": '{"compilerOptions": {"baseUrl": "../old", "paths": {"@/*": ["x/*"]}}}',
        "config/base.json": '{"extends": "@x/y", "compilerOptions": {"baseUrl": "..", "paths": {"@/*": ["src/*"]}}}',
        "src/b.ts": "",
        "x/b.ts": "",
        "lib/c.ts": "",
    }
    assert read(tmp_path, files, "@/b", "lib/c") == ["lib/c.ts", "src/b.ts"]


def test_config_dir_and_targets_outside_the_workspace(tmp_path: Path) -> None:
    files = {
        "convex/tsconfig.json": '{"extends": "../base/tsconfig.json"}',
        "base/tsconfig.json": '{"compilerOptions": {"paths": {"#/*": ["${configDir}/lib/*"], "up/*": ["../../*"]}}}',
        "convex/lib/b.ts": "",
    }
    workspace, _ = load(write(tmp_path, {"package.json": "{}", "convex/a.ts": 'import "#/b"; import "up/x"', **files}))
    assert workspace.aliases == (Alias("convex", "#/*", ("convex/lib/*",)),)


def test_a_tsconfig_that_extends_itself(tmp_path: Path) -> None:
    files = {
        "tsconfig.json": '{"extends": "./tsconfig.json", "compilerOptions": {"paths": {"@/*": ["src/*"]}}}',
        "src/b.ts": "",
    }
    assert read(tmp_path, files, "@/b") == ["src/b.ts"]


@pytest.mark.parametrize(
    "top",
    [
        {"package.json": '{"workspaces": ["packages/*", "!packages/old"]}'},
        {"package.json": '{"workspaces": {"packages": ["./packages/**"]}}'},
        {"pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n  - \"!packages/old\"  # one\ncatalog:\n  - apps/*\n"},
        {"pnpm-workspace.yaml": 'packages: ["packages/*"]\n'},
    ],
)
def test_packages_of_the_workspace(tmp_path: Path, top: dict[str, str]) -> None:
    exports = '{".": "./src/index.ts", "./*": "./src/*.ts"}'
    files = {
        "packages/shared/package.json": f'{{"name": "@repo/shared", "exports": {exports}}}',
        "packages/shared/src/index.ts": "",
        "packages/shared/src/ids.ts": "",
        "packages/shared/src/unused.ts": "",
    }
    found = read(tmp_path, top | files, "@repo/shared", "@repo/shared/ids", "@repo/shared/no", "@repo/other")
    assert found == ["packages/shared/src/ids.ts", "packages/shared/src/index.ts"]


@pytest.mark.parametrize(
    ("manifest", "sources", "expected"),
    [
        ('"exports": "./index.js"', ["index.ts"], "index.ts"),
        ('"exports": {"import": "./dist/a.js", "types": "./dist/a.d.ts"}', ["dist/a.js", "src/a.ts"], "src/a.ts"),
        ('"exports": {".": {"types": "./dist/esm/a.d.ts"}}', ["src/a.tsx"], "src/a.tsx"),
        ('"exports": {".": [{"default": "./lib/a.js"}]}', ["lib/a.js"], "lib/a.js"),
        (
            '"exports": {".": {"@repo/source": "./code/a.ts", "default": "./dist/b.js"}}',
            ["code/a.ts", "src/b.ts"],
            "code/a.ts",
        ),
        ('"main": "./main"', ["main.ts"], "main.ts"),
        ('"main": "dist/index.js"', ["src/index.ts"], "src/index.ts"),
        ('"types": "src/types.ts"', ["src/types.ts"], "src/types.ts"),
        ('"version": "1.0.0"', ["src/index.tsx"], "src/index.tsx"),
        ('"version": "1.0.0"', ["index.js"], "index.js"),
        ('"exports": "../../outside.ts"', [], None),
    ],
)
def test_what_a_package_stands_for(tmp_path: Path, manifest: str, sources: list[str], expected: str | None) -> None:
    files = {
        "package.json": '{"workspaces": ["p/*"]}',
        "p/x/package.json": f'{{"name": "x", {manifest}}}',
        "outside.ts": "",
    }
    found = read(tmp_path, files | {f"p/x/{path}": "" for path in sources}, "x")
    assert found == ([f"p/x/{expected}"] if expected else [])


def test_a_package_imports_itself_by_name(tmp_path: Path) -> None:
    files = {
        "package.json": '{"name": "@me/counter", "exports": {"./convex.config": "./dist/component/convex.config.js"}}',
        "src/component/convex.config.ts": "export default 1",
    }
    assert read(tmp_path, files, "@me/counter/convex.config") == ["src/component/convex.config.ts"]


def test_subpaths_of_a_package_without_exports(tmp_path: Path) -> None:
    files = {"package.json": '{"workspaces": ["p/x"]}', "p/x/package.json": '{"name": "x"}', "p/x/lib/deep.ts": ""}
    assert read(tmp_path, files, "x/lib/deep") == ["p/x/lib/deep.ts"]


def test_the_imports_of_a_package_json_are_aliases(tmp_path: Path) -> None:
    imports = '{"#src/*": "./src/*.ts", "#lib": {"import": "./lib/index.ts"}, "#far": "far", "#up": "../up.ts"}'
    files = {"package.json": f'{{"imports": {imports}}}', "src/b.ts": "", "lib/index.ts": "", "far.ts": ""}
    assert read(tmp_path, files, "#src/b", "#lib", "#far", "#up") == ["lib/index.ts", "src/b.ts"]


def test_generated_code_behind_an_alias_is_that_of_the_folder_it_leads_to(tmp_path: Path) -> None:
    files = {
        "package.json": '{"imports": {"#convex/*": "./convex/*"}}',
        "convex/auth.ts": 'export { sign } from "../src/auth/convex/sign";\n',
        "src/auth/convex/sign.ts": (
            'import { internal } from "#convex/_generated/api.js";\n'
            'import { internalMutation } from "#convex/_generated/server.js";\n'
            "export const sign = internalMutation({ args: {}, handler: async () => 1 });\n"
            "export const again = internal.auth.sign;\n"
        ),
    }
    workspace, _ = load(write(tmp_path, files))
    linked = Linked(*summaries_of(workspace))
    found = linked.export("src/auth/convex/sign.ts", "again")
    assert found == Reference("internal", ("auth", "sign"), "convex")
    assert isinstance(found, Reference)
    target = linked.target(found)
    assert target is not None
    assert target.path == "src/auth/convex/sign.ts"
