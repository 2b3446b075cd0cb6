"""`convex-lint init`: what it writes, from nothing and from the configurations of other linters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from convex_lint import config, peers, registry
from convex_lint.config.translating import FILES, translate
from tests.command import BAD, GOOD, Ran, project, run

if TYPE_CHECKING:
    from pathlib import Path

NAME = "convex-lint.json"
PLUGIN = """\
    "@convex-dev/no-old-registered-function-syntax": "error",
    "@convex-dev/no-filter-in-query": ["error", { "mode": "all" }],
    "@convex-dev/no-top-of-hour-crons": 0,
    "@convex-dev/require-args-validator": ["off", { "ignoreUnusedArguments": true }],
    "@typescript-eslint/no-floating-promises": "warn",
    "no-console": "error",
"""
TAKEN = {
    "no-old-registered-function-syntax": "error",
    "no-filter-in-query": ["error", {"mode": "all"}],
    "no-top-of-hour-crons": "off",
}


def written(folder: Path) -> Any:
    document = json.loads((folder / NAME).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(config.schema(registry.builtin())).validate(document)
    return document


def taken(folder: Path, source: str, name: str, text: str) -> tuple[Ran, Any]:
    project(folder, a=BAD, b=GOOD)
    (folder / name).write_text(text, encoding="utf-8")
    ran = run("init", "--from", source, cwd=folder)
    assert ran.code == 0, ran.err
    assert run("check", "--exit-zero", cwd=folder).err == ""
    return ran, written(folder)


def test_from_nothing_it_is_what_holds_without_it(tmp_path: Path) -> None:
    folder = project(tmp_path, a=BAD)
    before = run("check", "-f", "json", cwd=folder)
    ran = run("init", cwd=folder)
    assert (ran.code, ran.out) == (0, "wrote convex-lint.json; `convex-lint check` reads it\n")
    assert written(folder)["rules"] == {}
    assert run("check", "-f", "json", cwd=folder) == before


def test_it_can_be_written_before_there_is_a_project(tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path).code == 0
    assert written(tmp_path)["extends"] == ["convex-lint:recommended"]


def test_builders_that_are_out_of_sight_are_declared(tmp_path: Path) -> None:
    text = """\
import { authedMutation, internalThingQuery, other } from "acme-backend";
import { query } from "./_generated/server";

export const one = authedMutation({ args: {}, handler: async (ctx) => { ctx.db.insert("notes", {}); } });
export const two = internalThingQuery({ args: {}, handler: async () => null });
export const three = other({ args: {}, handler: async () => null });
export const four = query({ args: {}, handler: async () => null });
"""
    folder = project(tmp_path, a=text)
    assert "no-floating-promises" not in run("check", "-f", "json", cwd=folder).out
    assert run("init", cwd=folder).code == 0
    assert written(folder)["builders"] == {
        "authedMutation": {"kind": "mutation"},
        "internalThingQuery": {"kind": "query", "internal": True},
    }
    assert run("check", "-f", "json", cwd=folder).found == [("convex/a.ts", "no-floating-promises")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("eslint.config.js", "export default [{ files: ['**/*.ts'], rules: {\n" + PLUGIN + "} }];\n"),
        ("eslint.config.mjs", "const rules = {\n" + PLUGIN + "};\nexport default defineConfig([{ rules }]);\n"),
        ("eslint.config.ts", "export default tseslint.config({ rules: {\n" + PLUGIN + "} } as Config);\n"),
        (".eslintrc.cjs", "module.exports = { overrides: [{ rules: {\n" + PLUGIN + "} }] };\n"),
        (".eslintrc.json", '{ // settings\n "rules": {\n' + PLUGIN + " } }\n"),
        (".eslintrc", '\ufeff{ "rules": {\n' + PLUGIN + " } }\n"),
    ],
)
def test_levels_and_options_of_eslint_are_taken_over(tmp_path: Path, name: str, text: str) -> None:
    ran, settings = taken(tmp_path, "eslint", name, text)
    assert {rule: settings["rules"][rule] for rule in TAKEN} == TAKEN
    assert settings["rules"]["no-floating-promises"] == "warn"
    assert "no-console" not in ran.out + json.dumps(settings)


def test_the_last_of_several_settings_counts(tmp_path: Path) -> None:
    one = '"@convex-dev/no-top-of-hour-crons"'
    text = f"export default [{{ rules: {{ {one}: 'error' }} }}, {{ rules: {{ {one}: 'off' }} }}];\n"
    _, settings = taken(tmp_path, "eslint", "eslint.config.js", text)
    assert settings["rules"] == {"no-top-of-hour-crons": "off"}


def test_what_cannot_be_taken_over_is_said(tmp_path: Path) -> None:
    rules = '"@convex-dev/no-top-of-hour-crons": level, "@convex-dev/no-filter-in-query": ["warn", { deep: 1 }]'
    text = f"export default [{{ rules: {{ {rules} }} }}];\n"
    ran, settings = taken(tmp_path, "eslint", "eslint.config.js", text)
    assert settings["rules"] == {}
    assert "not taken over: @convex-dev/no-top-of-hour-crons: its level is computed\n" in ran.out
    assert "not taken over: @convex-dev/no-filter-in-query: its options `deep` are not known here\n" in ran.out


def test_settings_of_oxlint_are_taken_over(tmp_path: Path) -> None:
    text = '{ "rules": { "@convex-dev/no-top-of-hour-crons": "allow", "typescript/no-floating-promises": "warn" } }\n'
    _, settings = taken(tmp_path, "oxlint", ".oxlintrc.json", text)
    assert settings["rules"]["no-top-of-hour-crons"] == "off"
    assert settings["rules"]["no-floating-promises"] == "warn"


def test_settings_of_convex_doctor_are_taken_over(tmp_path: Path) -> None:
    text = """\
[rules]
"perf/date-now-in-query" = "off"
"arch/monolithic-file" = "off"
"perf/no-such-rule" = "off"

[ignore]
files = ["convex/_generated/**", "convex/seed/**"]

[ci]
fail_below = 70
"""
    ran, settings = taken(tmp_path, "convex-doctor", "convex-doctor.toml", text)
    assert settings["rules"] == {"no-date-now-in-query": "off"}
    assert settings["ignorePatterns"] == ["convex/seed/**"]
    assert "not taken over: arch/monolithic-file: " in ran.out
    assert "not taken over: perf/no-such-rule: no rule of this name is known\n" in ran.out


@pytest.mark.parametrize(
    ("source", "name", "text"),
    [
        ("eslint", "eslint.config.js", "export default [{{{"),
        ("oxlint", ".oxlintrc.json", "{"),
        ("convex-doctor", "convex-doctor.toml", "[rules"),
        ("convex-doctor", "convex-doctor.toml", "rules = 1"),
    ],
)
def test_what_does_not_parse_is_said_and_nothing_written(tmp_path: Path, source: str, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    ran = run("init", "--from", source, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert f"`{name}` does not parse" in ran.err
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("source", peers.NAMES)
def test_a_configuration_that_is_not_there_is_said(tmp_path: Path, source: str) -> None:
    ran = run("init", "--from", source, cwd=tmp_path)
    assert ran.code == 2
    assert f"there is no configuration of {source} here" in ran.err
    assert set(FILES) == set(peers.NAMES)


@pytest.mark.parametrize("source", peers.NAMES)
def test_every_rule_of_a_peer_has_a_place(source: str) -> None:
    names = [theirs.name for theirs in peers.peers()[source].rules]
    if source == "convex-doctor":
        text = "[rules]\n" + "".join(f'"{name}" = "off"\n' for name in names)
    else:
        text = json.dumps({"rules": dict.fromkeys(names, "off")})
    rules = registry.builtin()
    found = translate(source, FILES[source][-1] if source == "convex-doctor" else ".x.json", text.encode(), rules)
    assert found is not None
    left = {line.partition(": ")[0] for line in found.left}
    ours = {rule.name: rule for rule in rules}
    for theirs in peers.peers()[source].rules:
        known = [name for name in theirs.ours if name in ours]
        assert (theirs.name in left) == (not known)
        on = [name for name in known if ours[name].preset == "recommended"]
        assert all(found.rules[name] == "off" for name in on)


def test_other_linters_are_named(tmp_path: Path) -> None:
    (tmp_path / ".oxlintrc.json").write_text("{}", encoding="utf-8")
    assert "`convex-lint rules --replaces oxlint`" in run("init", cwd=tmp_path).out
