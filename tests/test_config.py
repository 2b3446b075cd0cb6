"""Which rules are on for which file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from convex_lint import config
from convex_lint.diagnostics import Severity
from convex_lint.workspace import BuilderSetting
from tests.command import BAD, BAD_RULES, project, run
from tests.test_config_support import RULES, Options, Style, load, words, write

if TYPE_CHECKING:
    from pathlib import Path

RECOMMENDED = {"no-error": "error", "no-warning": "warning"}


def test_without_a_file_the_recommended_rules_are_on(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert words(settings) == RECOMMENDED
    assert settings.levels("convex/a.ts")["no-warning"].options == Options()
    assert settings.files == ()


def test_rules_are_set_by_any_name_and_word(tmp_path: Path) -> None:
    rules = '{"rules": {"no-fault": 1, "@convex-dev/no-warning": "off", "be-odd": ["error"], "be-strict": 2}}'
    settings = load(write(tmp_path, {"convex-lint.json": rules}))
    assert words(settings) == {"no-error": "warning", "be-odd": "error", "be-strict": "error"}


def test_presets_and_files_are_extended_in_order(tmp_path: Path) -> None:
    files = {
        "base/lint.json": '{"extends": "convex-lint:strict", "rules": {"no-error": "off", "be-strict": "error"}}',
        "convex-lint.json": '{"extends": ["./base/lint.json"], "rules": {"no-error": "warn"}}',
    }
    settings = load(write(tmp_path, files))
    assert words(settings) == {"no-error": "warning", "no-warning": "warning", "be-strict": "error"}
    assert settings.files == ("convex-lint.json", "base/lint.json")


def test_options_are_kept_by_a_severity_alone(tmp_path: Path) -> None:
    options = '{"maxItems": 9, "mode": "all", "style": "strict", "ignoreUnused": true, "allowedTables": ["a", "b"]}'
    files = {
        "base.json": f'{{"rules": {{"no-warning": ["error", {options}]}}}}',
        "convex-lint.json": '{"extends": "./base.json", "rules": {"no-warning": "warn"}}',
    }
    level = load(write(tmp_path, files)).levels("a.ts")["no-warning"]
    assert level.severity is Severity.WARNING
    assert level.options == Options(9, "all", Style.STRICT, ignore_unused=True, allowed_tables=("a", "b"))


def test_overrides_hold_for_their_files_and_the_last_wins(tmp_path: Path) -> None:
    text = """{
      // comments, and commas at the end
      "overrides": [
        { "files": "convex/admin/**", "rules": { "no-error": "warn" } },
        { "files": ["**/*.{test,spec}.ts", "convex/admin/deep/*.ts"], "rules": { "no-error": "off" } },
      ],
    }"""
    settings = load(write(tmp_path, {"convex-lint.jsonc": text}))
    assert words(settings, "convex/a.ts")["no-error"] == "error"
    assert words(settings, "convex/admin/a.ts")["no-error"] == "warning"
    assert "no-error" not in words(settings, "convex/admin/deep/a.ts")
    assert "no-error" not in words(settings, "convex/a.spec.ts")
    assert settings.levels("convex/a.ts") is settings.levels("convex/b.ts")


def test_the_nearest_file_wins_and_its_globs_are_relative_to_it(tmp_path: Path) -> None:
    files = {
        "convex-lint.json": '{"rules": {"no-error": "off"}}',
        "apps/web/package.json": '{"convex-lint": {"ignorePatterns": ["convex/old"], "includeTests": true}}',
        "apps/web/convex/a.ts": "",
        "apps/api/package.json": '{"devDependencies": {"convex-lint": "1"}}',
    }
    write(tmp_path, files)
    web = load(tmp_path, "apps/web/convex/a.ts")
    assert web.files == ("apps/web/package.json",)
    assert web.include_tests
    assert web.ignores("apps/web/convex/old/a.ts")
    assert not web.ignores("convex/old/a.ts")
    assert words(web) == RECOMMENDED
    assert load(tmp_path, "apps/api").files == ("convex-lint.json",)


def test_the_search_ends_at_the_root(tmp_path: Path) -> None:
    write(tmp_path, {"convex-lint.json": "{}", "repo/a.ts": ""})
    assert load(tmp_path / "repo").files == ()


def test_explicit_and_isolated(tmp_path: Path) -> None:
    write(tmp_path, {"convex-lint.json": "[broken", "other/my.json": '{"rules": {"no-error": "off"}}'})
    explicit = config.load(tmp_path, tmp_path, RULES, explicit=tmp_path / "other/my.json")
    assert words(explicit) == {"no-warning": "warning"}
    isolated = config.load(tmp_path, tmp_path, RULES, isolated=True)
    assert words(isolated) == RECOMMENDED


def test_client_roots(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "apps/web/convex-lint.json": '{"clientRoots": ["src", "../mobile"]}',
            "apps/web/src/a.ts": "",
            "apps/mobile/a.ts": "",
        },
    )
    settings = load(tmp_path, "apps/web")
    assert settings.client_roots == ("apps/web/src", "apps/mobile")
    assert settings.resolved()["clientRoots"] == ["apps/web/src", "apps/mobile"]


def test_functions_and_builders(tmp_path: Path) -> None:
    text = """{
      "functions": ["./src/backend", "."],
      "builders": {"authed": {"kind": "query"}, "job": {"kind": "action", "internal": true}}
    }"""
    write(tmp_path, {"apps/web/convex-lint.json": text, "apps/web/src/backend/a.ts": ""})
    settings = load(tmp_path, "apps/web")
    assert settings.functions == ("apps/web/src/backend", "apps/web")
    assert settings.builders == (BuilderSetting("authed", "query"), BuilderSetting("job", "action", internal=True))


def test_folders_of_stubs(tmp_path: Path) -> None:
    write(tmp_path, {"apps/web/convex-lint.json": '{"stubs": "./lint/stubs"}', "apps/web/lint/stubs/acme.ts": ""})
    assert load(tmp_path, "apps/web").stubs == ("apps/web/lint/stubs",)


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    write(tmp_path, {"convex-lint.json": '\ufeff{\r\n  "rules": {\r\n    "no-error": "off"\r\n  }\r\n}\r\n'})
    assert words(load(tmp_path)) == {"no-warning": "warning"}


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("no-error",), (), {"no-error"}),
        (("@convex-dev/no-fault",), (), {"no-error"}),
        (("be-odd",), (), {"be-odd"}),
        (("performance",), (), {"no-warning", "be-strict"}),
        (("performance", "be-odd"), ("no-warning",), {"be-strict", "be-odd"}),
        (("recommended",), (), {"no-error", "no-warning"}),
        (("strict",), (), {"no-error", "no-warning", "be-strict"}),
        (("all",), (), {"no-error", "no-warning", "be-strict", "be-odd"}),
        ((), ("performance",), {"no-error"}),
        ((), ("all",), set()),
    ],
)
def test_select_and_ignore(
    tmp_path: Path, select: tuple[str, ...], ignore: tuple[str, ...], expected: set[str]
) -> None:
    assert set(words(load(tmp_path, select=select, ignore=ignore))) == expected


def test_select_meets_the_configuration(tmp_path: Path) -> None:
    text = """{
      "rules": {"no-warning": "off", "no-error": "warn"},
      "overrides": [{"files": "convex/old", "rules": {"no-warning": "off"}}]
    }"""
    write(tmp_path, {"convex-lint.json": text})
    named = load(tmp_path, select=("no-warning", "no-error"))
    assert words(named) == {"no-warning": "warning", "no-error": "warning"}
    assert words(named, "convex/old/a.ts") == {"no-error": "warning"}
    assert words(load(tmp_path, select=("all",))) == {
        "no-error": "warning",
        "be-strict": "warning",
        "be-odd": "warning",
    }


def test_print_config_is_a_configuration_again(tmp_path: Path) -> None:
    text = """{
      "rules": {"no-error": "off", "no-warning": ["error", {"maxItems": 7, "pattern": "x"}]},
      "overrides": [{"files": ["a/**"], "rules": {"no-error": "warn"}}],
      "ignorePatterns": "old/"
    }"""
    shown = load(write(tmp_path, {"convex-lint.json": text})).resolved()
    assert shown.pop("files") == ["convex-lint.json"]
    assert shown["rules"] == {
        "be-odd": "off",
        "be-strict": "off",
        "no-error": "off",
        "no-warning": [
            "error",
            {
                "maxItems": 7,
                "mode": "some",
                "style": "loose",
                "ignoreUnused": False,
                "allowedTables": (),
                "pattern": "x",
            },
        ],
    }
    again = load(write(tmp_path / "again", {"convex-lint.json": json.dumps(shown)}))
    for path in ("a/x.ts", "b/x.ts", "old/x.ts"):
        assert again.levels(path) == load(tmp_path).levels(path)
    assert again.resolved("a/x.ts")["rules"] != again.resolved("b/x.ts")["rules"]


def test_what_is_said_for_all_rules_is_the_option_of_each_that_has_it(tmp_path: Path) -> None:
    code = """\
import { mutation, query } from "./_generated/server";

export const add = mutation({ args: {}, handler: async (ctx) => { await ctx.db.insert("notes", {}); } });
export const all = query({ args: {}, handler: async (ctx) => await ctx.db.query("notes").collect() });
"""
    notes, users = (
        f'"rules": {{"no-unbounded-collect": ["warn", {{"boundedTables": ["{table}"]}}]}}'
        for table in ("notes", "users")
    )
    for settings, is_found in (
        ('"extends": "convex-lint:strict"', True),
        ('"extends": "convex-lint:strict", "boundedTables": "notes"', False),
        ('"extends": "convex-lint:strict", "boundedTables": ["users"]', True),
        (f'"boundedTables": ["users"], {notes}', False),
        (f'"boundedTables": ["notes"], {users}', True),
    ):
        folder = project(tmp_path, a=code)
        (folder / "convex-lint.json").write_text(f"{{{settings}}}", encoding="utf-8")
        ran = run("check", "-f", "json", cwd=folder)
        assert (("convex/a.ts", "no-unbounded-collect") in ran.found) == is_found, settings
    assert run("check", "--print-config", cwd=tmp_path).json["boundedTables"] == ["notes"]


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Return a workspace with two packages, each with the faults of `BAD`, and settings at its root."""
    (tmp_path / ".git").mkdir()
    for name in ("one", "two"):
        project(tmp_path / "packages" / name, a=BAD)
    return write(tmp_path, {"convex-lint.json": '{"rules": {"no-floating-promises": "warn"}}'})


def found(folder: Path) -> dict[str, list[tuple[str, str]]]:
    ran = run("check", "-f", "json", cwd=folder)
    by_path: dict[str, list[tuple[str, str]]] = {}
    for each in ran.json["diagnostics"]:
        by_path.setdefault(each["path"], []).append((each["rule"], each["severity"]))
    return by_path


OLD, FLOATING = BAD_RULES


def test_a_file_has_the_settings_of_the_nearest_configuration(packages: Path) -> None:
    one, two = "packages/one/convex/a.ts", "packages/two/convex/a.ts"
    both = [(OLD, "warning"), (FLOATING, "warning")]
    assert found(packages) == {one: both, two: both}
    write(packages, {"packages/two/convex-lint.json": f'{{"rules": {{"{OLD}": "off"}}}}'})
    assert found(packages) == {one: both, two: [(FLOATING, "error")]}
    assert found(packages / "packages/two") == {two: [(FLOATING, "error")]}
    write(
        packages,
        {"packages/two/convex-lint.json": f'{{"extends": "../../convex-lint.json", "rules": {{"{OLD}": "off"}}}}'},
    )
    assert found(packages) == {one: both, two: [(FLOATING, "warning")]}
    named = run("check", "-f", "json", "--config", "convex-lint.json", cwd=packages)
    assert len(named.found) == 4
    assert len(run("check", "-f", "json", "--isolated", cwd=packages).found) == 4


def test_what_a_nearer_configuration_ignores_is_relative_to_it(packages: Path) -> None:
    write(packages, {"packages/two/convex-lint.json": '{"ignorePatterns": ["convex/a.ts"]}'})
    assert list(found(packages)) == ["packages/one/convex/a.ts"]


def test_a_nearer_configuration_declares_builders(packages: Path) -> None:
    text = BAD.replace('{ mutation } from "./_generated/server"', '{ mutation } from "acme"')
    for name in ("one", "two"):
        project(packages / "packages" / name, a=text)
    assert found(packages) == {}
    write(packages, {"packages/two/convex-lint.json": '{"builders": {"mutation": {"kind": "mutation"}}}'})
    assert list(found(packages)) == ["packages/two/convex/a.ts"]


def test_a_nearer_configuration_that_is_wrong_is_said(packages: Path) -> None:
    write(packages, {"packages/two/convex-lint.json": '{"rules": {"no-such": "off"}}'})
    ran = run("check", cwd=packages)
    assert (ran.code, ran.out) == (2, "")
    assert "packages/two/convex-lint.json:1:12: unknown rule `no-such`" in ran.err


def test_what_decides_what_a_run_covers_counts_where_it_starts(packages: Path) -> None:
    write(packages, {"packages/two/convex-lint.json": '{"includeTests": true}'})
    said = "`includeTests` of packages/two/convex-lint.json counts where a run starts in its folder"
    assert said in run("check", "--exit-zero", cwd=packages).err
    assert said not in run("check", "--exit-zero", cwd=packages / "packages/two").err
