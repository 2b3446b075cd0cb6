"""Where the projects are, what is read, and what is reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from convex_lint import discovery
from convex_lint.workspace import BuilderSetting, Role
from tests.test_discovery_support import MODULE, find, folders, load, reported, write


def test_convex_beside_a_package(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}", "convex/a.ts": "export {}", "src/App.tsx": "export {}"})
    assert folders(tmp_path) == ["convex"]
    assert reported(tmp_path) == ["convex/a.ts"]


def test_convex_json_names_the_folder(tmp_path: Path) -> None:
    write(tmp_path, {"convex.json": '{"functions": "src/backend/"}', "src/backend/a.ts": MODULE, "convex/b.ts": MODULE})
    assert folders(tmp_path) == ["src/backend"]
    assert folders(tmp_path, "src/backend/a.ts") == ["src/backend"]


def test_convex_json_that_names_nothing_leaves_the_name(tmp_path: Path) -> None:
    write(tmp_path, {"convex.json": '{"node": {}, // comment\n}', "convex/b.ts": MODULE})
    assert folders(tmp_path) == ["convex"]


def test_convex_json_that_names_a_missing_folder(tmp_path: Path) -> None:
    write(
        tmp_path, {"convex.json": '{"functions": "backend"}', "convex/b.ts": MODULE, "x/convex/_generated/api.js": ""}
    )
    layout = find(tmp_path)
    assert [project.folder for project in layout.projects] == ["x/convex"]
    assert layout.missing == (("convex.json", "backend"),)
    with pytest.raises(discovery.DiscoveryError, match=r"names the functions folder `backend`, which does not exist"):
        find(tmp_path, "convex")


def test_a_folder_of_hooks_that_is_called_the_same(tmp_path: Path) -> None:
    files = {
        "package.json": "{}",
        "convex/a.ts": MODULE,
        "src/hooks/convex/useToast.ts": 'import { useMutation } from "convex/react";\n'
        'import { FunctionReference } from "convex/server";\nimport { ConvexError } from "convex/values";\n',
        "src/types/convex/types.ts": 'import type { defineSchema } from "convex/server";\n',
        "src/server/convex/schema.ts": 'import {\n  defineSchema,\n} from "convex/server";\n',
        "src/values/convex/a.ts": 'import { ConvexError, v } from "convex/values";\n',
    }
    write(tmp_path, files)
    assert folders(tmp_path) == ["convex", "src/server/convex", "src/values/convex"]


def test_what_is_compiled_is_no_project(tmp_path: Path) -> None:
    built = {
        "dist/component/convex.config.js": "export default 1",
        "dist/component/a.js": MODULE,
        "dist/component/_generated/api.js": "",
    }
    source = {"src/component/convex.config.ts": "export default 1", "src/component/a.ts": MODULE}
    write(tmp_path, {"package.json": "{}"} | built | source)
    assert folders(tmp_path) == ["dist/component", "src/component"]
    write(tmp_path, {"tsconfig.json": '{ "compilerOptions": { "outDir": "./dist" } }'})
    assert folders(tmp_path) == ["src/component"]
    assert folders(tmp_path, "dist") == ["dist/component"]


def test_convex_json_that_is_broken_is_reported(tmp_path: Path) -> None:
    write(tmp_path, {"convex.json": '{"functions": }', "convex/b.ts": MODULE})
    layout = find(tmp_path)
    assert [project.folder for project in layout.projects] == ["convex"]
    assert [(fault.place.path, fault.message) for fault in layout.diagnostics] == [
        ("convex.json", "it is not valid JSON: expected a value")
    ]


def test_convex_json_has_the_types_of_the_api_written_out(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}"} | {f"{app}/convex/a.ts": MODULE for app in ("a", "b", "c")})
    write(tmp_path, {"a/convex.json": '{"codegen": {"staticApi": true}}', "b/convex.json": '{"codegen": {}}'})
    workspace, _ = load(tmp_path)
    assert [project.static_api for project in workspace.projects] == [True, False, False]


def test_monorepo(tmp_path: Path) -> None:
    files = {
        "package.json": "{}",
        ".gitignore": "generated/\n",
        "apps/web/package.json": "{}",
        "apps/web/convex/a.ts": MODULE,
        "apps/web/node_modules/x/convex/_generated/api.d.ts": "",
        "apps/api/convex.json": '{"functions": "server/functions"}',
        "apps/api/server/functions/b.ts": MODULE,
        "packages/counter/src/component/convex.config.ts": "export default 1",
        "packages/counter/src/component/c.ts": MODULE,
        "packages/renamed/backend/_generated/server.d.ts": "",
        "packages/renamed/backend/d.ts": MODULE,
        "packages/graphql/src/_generated/types.ts": "",
        "src/convex/client.ts": 'import { ConvexReactClient } from "convex/react";',
        "lib/convex/e.ts": 'import { query } from "./_generated/server";',
        "packages/convex/package.json": "{}",
        "packages/convex/jest.config.js": "",
        ".agents/convex/f.ts": MODULE,
        "generated/convex/g.ts": MODULE,
    }
    write(tmp_path, files)
    expected = ["apps/api/server/functions", "apps/web/convex", "lib/convex"]
    expected += ["packages/counter/src/component", "packages/renamed/backend"]
    assert folders(tmp_path) == expected
    assert folders(tmp_path, "apps") == expected[:2]
    assert folders(tmp_path, "generated") == ["generated/convex"]
    assert "generated/convex" in folders(tmp_path, no_ignore=True)


def test_components_inside_a_functions_folder_are_projects(tmp_path: Path) -> None:
    files = {
        "convex/a.ts": MODULE,
        "convex/components/counter/convex.config.ts": "export default 1",
        "convex/components/counter/b.ts": MODULE,
        "convex/components/counter/deep/convex.config.ts": "export default 1",
    }
    write(tmp_path, files)
    expected = ["convex", "convex/components/counter", "convex/components/counter/deep"]
    assert folders(tmp_path) == expected
    assert folders(tmp_path, "convex/components/counter/b.ts") == expected
    workspace, _ = load(tmp_path)
    project = workspace.project_of("convex/components/counter/b.ts")
    assert project is not None
    assert project.folder == "convex/components/counter"
    assert workspace.roles["convex/components/counter/convex.config.ts"] is Role.CONFIGURATION


def test_paths_choose_what_is_reported_never_what_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"convex/a.ts": MODULE, "convex/model/b.ts": MODULE, "convex/model/c.ts": MODULE})
    for path in ("convex/model", "convex/model/b.ts", "convex", "."):
        assert sorted(load(tmp_path, path)[0].sources) == ["convex/a.ts", "convex/model/b.ts", "convex/model/c.ts"]
    assert reported(tmp_path, "convex/model") == ["convex/model/b.ts", "convex/model/c.ts"]
    assert reported(tmp_path, "convex/model/b.ts") == ["convex/model/b.ts"]


def test_from_inside_the_functions_folder(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}", "convex/a.ts": MODULE, "convex/model/b.ts": MODULE})
    layout = discovery.find((), tmp_path / "convex/model")
    assert Path(layout.root) == tmp_path
    assert [project.folder for project in layout.projects] == ["convex"]
    assert layout.chosen == ("convex/model",)


def test_the_root_itself_may_be_the_functions_folder(tmp_path: Path) -> None:
    write(tmp_path, {"convex.config.ts": "export default 1", "a.ts": MODULE, "node_modules/x/b.ts": ""})
    workspace, _ = load(tmp_path)
    assert [project.folder for project in workspace.projects] == ["."]
    assert {path: str(role) for path, role in workspace.roles.items()} == {
        "a.ts": "entry",
        "convex.config.ts": "configuration",
    }


def test_files_of_no_project_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}", "convex/a.ts": MODULE, "src/App.tsx": "", "README.md": "", "other/x.ts": ""})
    assert reported(tmp_path, "README.md") == []
    assert reported(tmp_path, "src/App.tsx", "convex/a.ts") == ["convex/a.ts"]
    assert reported(tmp_path, "src/App.tsx") == []


def test_a_file_outside_that_a_project_imports_is_reported(tmp_path: Path) -> None:
    files = {
        "package.json": "{}",
        "convex/a.ts": 'import "../shared/b";',
        "shared/b.ts": "export {}",
        "shared/c.ts": "",
    }
    write(tmp_path, files)
    assert reported(tmp_path, "shared/b.ts") == ["shared/b.ts"]
    assert reported(tmp_path, "shared/c.ts") == []
    assert reported(tmp_path) == ["convex/a.ts", "shared/b.ts"]


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    write(tmp_path, {"convex/a.ts": MODULE})
    with pytest.raises(discovery.DiscoveryError, match=r"^`convex/no.ts` does not exist$"):
        find(tmp_path, "convex", "convex/no.ts")


@pytest.mark.parametrize(
    "files", [{}, {"src/a.ts": "export {}"}, {"convex/readme.md": ""}, {"src/convex/x.ts": "export {}"}]
)
def test_a_folder_without_a_project(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    with pytest.raises(
        discovery.DiscoveryError, match=r"^no Convex project in `.*`: looked for `convex.json`"
    ) as caught:
        find(tmp_path)
    assert "\n" not in str(caught.value)


def test_the_configuration_may_name_the_folders(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/x.ts": MODULE, "convex/y.ts": MODULE, "z/q.ts": ""})
    builders = (BuilderSetting("authed", "query"),)
    layout = find(tmp_path, functions=("a/b",), builders=builders)
    assert [(project.folder, project.builders) for project in layout.projects] == [("a/b", builders)]
    assert folders(tmp_path, "a/b/x.ts", functions=("a/b",)) == ["a/b"]
    with pytest.raises(discovery.DiscoveryError, match=r"the configuration's `functions` names `a/b`"):
        find(tmp_path, "z", functions=("a/b",))


def test_the_root_is_the_git_top_level_else_the_package(tmp_path: Path) -> None:
    write(tmp_path, {"repo/.git": "gitdir: elsewhere", "repo/web/convex/a.ts": MODULE, "plain/package.json": "{}"})
    write(tmp_path, {"plain/convex/a.ts": MODULE, "bare/convex/a.ts": MODULE})
    assert discovery.workspace_root((), tmp_path / "repo/web") == str(tmp_path / "repo")
    assert discovery.workspace_root(("repo/web/convex/a.ts",), tmp_path) == str(tmp_path / "repo")
    assert discovery.workspace_root(("convex",), tmp_path / "plain") == str(tmp_path / "plain")
    assert discovery.workspace_root((tmp_path / "plain/convex/a.ts",), tmp_path / "bare") == str(tmp_path / "plain")
    assert discovery.workspace_root(("convex",), tmp_path / "bare") == str(tmp_path / "bare")
    assert discovery.workspace_root(("not/there.ts",), tmp_path / "repo") == str(tmp_path / "repo")


def test_an_absolute_path_from_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, {"app/package.json": "{}", "app/convex/a.ts": MODULE, "here/x": ""})
    layout = discovery.find([tmp_path / "app" / "convex" / "a.ts"], tmp_path / "here")
    assert layout.files == ("convex/a.ts",)
    assert layout.chosen == ("convex/a.ts",)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_path_through_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"real/.git": "", "real/convex/a.ts": MODULE})
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert discovery.find(["convex/a.ts"], tmp_path / "link", root=str(tmp_path / "real")).chosen == ("convex/a.ts",)


def test_ignored_files_are_read_and_not_reported(tmp_path: Path) -> None:
    files = {
        ".gitignore": "*.gen.ts\n/convex/local/\n!kept.gen.ts\n",
        "convex/.gitignore": "!mine.gen.ts\nnested/*\n!nested/kept.ts\n",
        "convex/a.ts": MODULE,
        "convex/x.gen.ts": MODULE,
        "convex/mine.gen.ts": MODULE,
        "convex/kept.gen.ts": MODULE,
        "convex/local/b.ts": MODULE,
        "convex/nested/dropped.ts": MODULE,
        "convex/nested/kept.ts": MODULE,
        "convex/old/c.ts": MODULE,
    }
    write(tmp_path, files)
    everything = sorted(path for path in files if path.endswith(".ts"))
    expected = ["convex/a.ts", "convex/kept.gen.ts", "convex/mine.gen.ts", "convex/nested/kept.ts", "convex/old/c.ts"]
    assert sorted(load(tmp_path)[0].sources) == everything
    assert reported(tmp_path) == expected
    assert reported(tmp_path, ignored=lambda path: path.startswith("convex/old")) == expected[:-1]
    assert reported(tmp_path, "convex/x.gen.ts") == []
    assert reported(tmp_path, no_ignore=True, ignored=lambda _: True) == everything


def test_what_git_excludes_for_one_clone_is_ignored(tmp_path: Path) -> None:
    write(tmp_path, {".git/info/exclude": "mine.ts\n", "convex/a.ts": MODULE, "convex/mine.ts": MODULE})
    assert reported(tmp_path) == ["convex/a.ts"]


def test_roles(tmp_path: Path) -> None:
    files = {
        "convex/messages.ts": MODULE,
        "convex/http.ts": MODULE,
        "convex/crons.js": "export default 1",
        "convex/admin/users.tsx": MODULE,
        "convex/m.mts": MODULE,
        "convex/script.js": "console.log(1)",
        "convex/schema.ts": MODULE,
        "convex/auth.config.ts": MODULE,
        "convex/convex.config.ts": MODULE,
        "convex/admin/schema.ts": MODULE,
        "convex/admin/convex.helpers.ts": MODULE,
        "convex/empty.ts": "const a = 1;\n",
        "convex/late.ts": "// a comment\n\n  \texport const a = 1;\n",
        "convex/with space.ts": MODULE,
        "convex/#temp.ts": MODULE,
        "convex/.hidden.ts": MODULE,
        "convex/_deps/x.ts": MODULE,
        "convex/types.d.ts": MODULE,
        "convex/_generated/api.d.ts": MODULE,
        "convex/a.test.ts": MODULE,
        "convex/a.spec.tsx": MODULE,
        "convex/a.bench.mjs": MODULE,
        "convex/__tests__/helper.ts": MODULE,
        "convex/testing.ts": MODULE,
        "convex/readme.md": "",
        "convex/data.json": "{}",
    }
    workspace, _ = load(write(tmp_path, files), include_tests=True)
    by_role: dict[str, set[str]] = {}
    for path, role in workspace.roles.items():
        by_role.setdefault(str(role), set()).add(path.removeprefix("convex/"))
    assert by_role == {
        "entry": {
            "messages.ts",
            "http.ts",
            "crons.js",
            "admin/users.tsx",
            "m.mts",
            "script.js",
            "late.ts",
            "testing.ts",
        },
        "configuration": {"schema.ts", "auth.config.ts", "convex.config.ts"},
        "library": {
            "admin/schema.ts",
            "admin/convex.helpers.ts",
            "empty.ts",
            "with space.ts",
            "#temp.ts",
            ".hidden.ts",
            "_deps/x.ts",
            "types.d.ts",
        },
        "generated": {"_generated/api.d.ts"},
        "test": {"a.test.ts", "a.spec.tsx", "a.bench.mjs", "__tests__/helper.ts"},
    }
    assert "convex/_generated/api.d.ts" not in workspace.reported
    assert "convex/a.test.ts" in workspace.reported


def test_tests_are_read_only_where_they_are_wanted(tmp_path: Path) -> None:
    files = {"convex/a.ts": MODULE, "convex/a.test.ts": 'import "../only/for-tests";', "only/for-tests.ts": "export {}"}
    write(tmp_path, files)
    assert sorted(load(tmp_path)[0].sources) == ["convex/a.ts"]
    assert sorted(load(tmp_path, include_tests=True)[0].sources) == sorted(files)
    assert sorted(load(tmp_path)[0].tests) == ["convex/a.test.ts"]
    assert not load(tmp_path, include_tests=True)[0].tests
