"""Which version of convex a project has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from convex_lint.discovery.versions import floor
from tests.command import run
from tests.test_discovery_support import MODULE, load, write

if TYPE_CHECKING:
    from pathlib import Path

ASKED = '{"dependencies": {"convex": "^1.10.0"}}'

LOCKS = {
    "package-lock.json": '{"packages": {"": {}, "node_modules/convex": {\n "version": "1.17.4",\n}}}',
    "npm-shrinkwrap.json": '{"dependencies": {"convex": {\n "version": "1.17.4"}}}',
    "pnpm-lock.yaml": "packages:\n\n  '@x/convex@0.1.0':\n  convex-helpers@0.1.0:\n  convex@1.17.4(react@19.0.0):\n",
    "yarn.lock": '"@x/convex@^0.1.0":\n  version "0.1.0"\n\nconvex@^1.10.0, convex@^1.17.0:\n  version "1.17.4"\n',
    "bun.lock": '{ "packages": { "convex-helpers": ["convex-helpers@0.1.0"], "convex": ["convex@1.17.4", ""], } }',
}


def version(root: Path, files: dict[str, str]) -> tuple[int, ...] | None:
    workspace, _ = load(write(root, {"convex/a.ts": MODULE} | files))
    return workspace.projects[0].convex


@pytest.mark.parametrize("name", LOCKS)
def test_from_a_lock_file(tmp_path: Path, name: str) -> None:
    assert version(tmp_path, {"package.json": ASKED, name: LOCKS[name]}) == (1, 17, 4)


def test_the_installed_package_comes_first(tmp_path: Path) -> None:
    installed = {"node_modules/convex/package.json": '{"version": "1.20.0-alpha.1"}'}
    assert version(tmp_path, {"package.json": ASKED, "bun.lock": LOCKS["bun.lock"]} | installed) == (1, 20, 0)


@pytest.mark.parametrize("name", ["pnpm-lock.yaml", "bun.lock", "yarn.lock"])
def test_the_lowest_of_several_is_sure(tmp_path: Path, name: str) -> None:
    text = LOCKS[name] + LOCKS[name].replace("1.17.4", "1.9.2")
    assert version(tmp_path, {name: text}) == (1, 9, 2)


def test_npm_says_whose_it_is(tmp_path: Path) -> None:
    lock = '{"node_modules/convex": {"version": "1.9.0"}, "apps/web/node_modules/convex": {"version": "1.17.4"}}'
    files = {"package-lock.json": lock, "apps/web/convex/a.ts": MODULE, "apps/api/convex/b.ts": MODULE}
    files |= {"package.json": "{}", "apps/web/package.json": "{}", "apps/api/package.json": "{}"}
    workspace, _ = load(write(tmp_path, files))
    assert {project.folder: project.convex for project in workspace.projects} == {
        "apps/web/convex": (1, 17, 4),
        "apps/api/convex": (1, 9, 0),
    }


def test_what_is_asked_for_is_the_last_resort(tmp_path: Path) -> None:
    assert version(tmp_path, {"package.json": ASKED}) == (1, 10, 0)
    assert version(tmp_path, {"package.json": '{"dependencies": {"convex": "latest"}}'}) is None
    assert version(tmp_path, {"package.json": '{"dependencies": []}'}) is None


def test_a_lock_file_does_not_tell_the_version_of_a_package_of_the_workspace(tmp_path: Path) -> None:
    lock = '"packages": { "node_modules/convex": { "version": "1.2.3" } }'
    files = {"package.json": '{"dependencies": {"convex": "workspace:*"}}', "package-lock.json": f"{{{lock}}}"}
    assert version(tmp_path, files) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1.17.4", (1, 17, 4)),
        ("v1.17", (1, 17, 0)),
        ("~1.17", (1, 17, 0)),
        ("1.x", (1, 0, 0)),
        (">= 1.16.4 <1.35.0", (1, 16, 4)),
        ("^1.20.0 || ^2.0.0", (1, 20, 0)),
        ("1.2.0 - 1.9.0", (1, 2, 0)),
        ("npm:convex@^1.3.0", (1, 3, 0)),
        ("<1.5.0", None),
        ("^1.0.0 || *", None),
        ("*", None),
        ("", None),
        ("workspace:*", None),
        ("workspace:^1.2.0", None),
        ("catalog:", None),
        ("file:../convex", None),
        ("https://example.com/convex-1.2.3.tgz", None),
    ],
)
def test_the_floor_of_a_range(written: str, expected: tuple[int, ...] | None) -> None:
    assert floor(written) == expected


def test_convex_helpers_is_looked_for_where_it_is_imported(tmp_path: Path) -> None:
    files = {
        "package.json": '{"dependencies": {"convex": "^1.31.0", "convex-helpers": "^0.1.100"}}',
        "package-lock.json": '{"packages": {"node_modules/convex-helpers": {\n "version": "0.1.107"}}}',
        "convex/b.ts": 'import { Triggers } from "convex-helpers/server/triggers";\nnew Triggers();\n',
    }
    workspace, _ = load(write(tmp_path, {"convex/a.ts": MODULE} | files))
    assert (workspace.projects[0].convex, workspace.projects[0].helpers) == ((1, 31, 0), (0, 1, 107))
    (tmp_path / "convex" / "b.ts").unlink()
    workspace, _ = load(tmp_path)
    assert workspace.projects[0].helpers is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("^1.30.0", (1, 31, 7)),
        ("^1.16.0", (1, 16, 3)),
        ("^1.50.0", (1, 16, 3)),
        ("catalog:", (1, 16, 3)),
        ("workspace:*", None),
        ("link:../convex", None),
    ],
)
def test_of_many_versions_in_a_lock_file_the_range_says_which(
    tmp_path: Path, asked: str, expected: tuple[int, ...] | None
) -> None:
    lock = "packages:\n  convex@1.48.0:\n  convex@1.16.3:\n  convex@1.31.7:\n"
    given = {"package.json": f'{{"dependencies": {{"convex": "{asked}"}}}}', "pnpm-lock.yaml": lock}
    assert version(tmp_path, given) == expected


@pytest.mark.parametrize(
    ("files", "is_exact"),
    [
        ({"package.json": ASKED}, False),
        ({"package.json": ASKED.replace("^1.10.0", "1.10.0")}, True),
        ({"package.json": ASKED.replace("^1.10.0", "~1.10.0 || 1.12.0")}, False),
        ({"package.json": ASKED, "bun.lock": LOCKS["bun.lock"]}, True),
        ({"yarn.lock": LOCKS["yarn.lock"] + LOCKS["yarn.lock"].replace("1.17.4", "1.19.2")}, False),
        ({"package.json": ASKED, "node_modules/convex/package.json": '{"version": "1.20.0"}'}, True),
    ],
)
def test_a_range_may_be_met_by_a_later_version(tmp_path: Path, files: dict[str, str], *, is_exact: bool) -> None:
    workspace, _ = load(write(tmp_path, {"convex/a.ts": MODULE} | files))
    assert workspace.projects[0].is_exact == is_exact
    assert workspace.projects[0].is_before((2, 0)) == is_exact


def test_what_an_old_version_lacks_is_not_held_against_a_range(tmp_path: Path) -> None:
    module = """\
import { AsyncLocalStorage } from "async_hooks";
import { query } from "./_generated/server";

export const all = query({ args: {}, handler: async () => new AsyncLocalStorage().getStore() ?? null });
"""
    for asked, rules in (("1.31.0", ["no-node-builtin"]), ("^1.31.0", []), ("1.39.0", [])):
        write(tmp_path, {"convex/a.ts": module, "package.json": ASKED.replace("^1.10.0", asked)})
        assert [rule for _, rule in run("check", "-f", "json", cwd=tmp_path).found] == rules
