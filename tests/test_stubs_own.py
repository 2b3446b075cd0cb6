"""Stubs that users and rule packs write, and when a stub is read at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convex_lint import engine, registry, stubs
from convex_lint.link import markers
from convex_lint.summary import summarise
from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Builder,
    Document,
    Id,
    Instance,
    Nullable,
    Primitive,
    Promise,
    Query,
    Registration,
)
from tests.asking import linked_of, value_of
from tests.command import project, run, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from convex_lint.source import Source
    from convex_lint.summary import Summary
    from convex_lint.values import Value

GUIDE = (Path(__file__).resolve().parent.parent / "docs" / "stubs.md").read_text("utf-8")

CODE = """\
import { action } from "./_generated/server";
import { Mailer } from "acme/mail";

const mailer = new Mailer();

export const send = action({ args: {}, handler: async (ctx) => { mailer.send(ctx, "hello"); } });
"""

STUB = "export declare class Mailer { send(ctx: any, text: string): Promise<void>; }\n"


def write(folder: Path, **files: str) -> Path:
    """Write a project with `CODE`, and files by their path with `__` for `/` and `_` for a dot."""
    project(folder, a=CODE)
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_package_that_nobody_describes_is_not_understood(tmp_path: Path) -> None:
    assert run("check", cwd=write(tmp_path)).code == 0


@pytest.mark.parametrize("name", ["lint__acme__mail_ts", "lint__acme__mail_d_ts"])
def test_a_stub_of_ones_own_describes_a_package(tmp_path: Path, name: str) -> None:
    settings = '{"stubs": ["lint"]}'
    ran = run("check", "-f", "json", cwd=write(tmp_path, **{name: STUB, "convex-lint_json": settings}))
    assert ran.found == [("convex/a.ts", "no-floating-promises")]
    assert ran.json["diagnostics"][0]["message"] == "the promise of `mailer.send` is not awaited"
    assert ran.json["summary"]["filesChecked"] == 1


def test_a_stub_of_ones_own_goes_before_the_one_that_comes_along(tmp_path: Path) -> None:
    code = CODE.replace("acme/mail", "@convex-dev/resend").replace("Mailer", "Resend").replace(".send(", ".get(")
    assert run("check", cwd=project(tmp_path, a=code)).code == 1
    own = tmp_path / "lint/@convex-dev/resend.ts"
    own.parent.mkdir(parents=True)
    own.write_text("export declare class Resend { get(ctx: any, text: string): string; }\n", encoding="utf-8")
    (tmp_path / "convex-lint.json").write_text('{"stubs": "lint"}', encoding="utf-8")
    assert run("check", cwd=tmp_path).code == 0


def test_a_stub_that_does_not_parse_is_an_error(tmp_path: Path) -> None:
    files = {"lint__acme__mail_ts": f"\n{STUB}export declare (;\n", "convex-lint_json": '{"stubs": "lint"}'}
    ran = run("check", "-f", "json", cwd=write(tmp_path, **files))
    assert ("lint/acme/mail.ts", "unreadable-file") in ran.found
    assert "the stub does not parse (line 3)" in [found["message"] for found in ran.json["diagnostics"]]


def test_a_rule_pack_brings_its_stubs(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    info = packs / "acme_lint-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-lint\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{registry.GROUP}]\nacme = acme_lint\n", encoding="utf-8")
    (packs / "acme_lint/stubs/acme").mkdir(parents=True)
    (packs / "acme_lint/__init__.py").write_text("", encoding="utf-8")
    (packs / "acme_lint/stubs/acme/mail.ts").write_text(STUB, encoding="utf-8")
    (tmp_path / "app").mkdir()
    ran = start("check", "-f", "json", cwd=write(tmp_path / "app"), env={"PYTHONPATH": str(packs)})
    assert ran.found == [("convex/a.ts", "no-floating-promises")]


def test_what_the_guide_shows_works(tmp_path: Path) -> None:
    (stub,) = (fence for fence in re.findall(r"(?ms)^```ts\n(.*?)^```$", GUIDE) if "class Mailer" in fence)
    code = """
import { Mailer } from "@acme/mail";
import { api, components } from "./_generated/api";
import { action } from "./_generated/server";

const mailer = new Mailer(components.mail, { onSent: api.mails.sent });
mailer.onReply(async (ctx, reply) => { ctx.db.insert("replies", reply); });

export const send = action({ args: {}, handler: async (ctx) => { mailer.send(ctx, {}); } });
"""
    folder = project(tmp_path, a=code)
    path = re.match(r"// (\S+) describes", stub)
    assert path is not None
    (folder / path[1]).parent.mkdir(parents=True)
    (folder / path[1]).write_text(stub, encoding="utf-8")
    (folder / "convex-lint.json").write_text('{"stubs": ["lint/stubs"]}', encoding="utf-8")
    only = ("--select", "no-public-function-reference,no-floating-promises")
    found = [one["message"] for one in run("check", "-f", "json", *only, cwd=folder).json["diagnostics"]]
    assert found == [
        "`api.mails.sent` is public, and `Mailer` needs only an internal function",
        "the promise of `ctx.db.insert` is not awaited",
        "the promise of `mailer.send` is not awaited",
    ]


def test_the_guide_lists_the_markers() -> None:
    shown = re.findall(r"(?m)^\| `(\w+)<", GUIDE)
    assert shown == re.findall(r"(?m)^- `(\w+)<", markers.__doc__ or "")


def test_only_what_is_imported_is_read() -> None:
    read: list[str] = []

    def reading(source: Source) -> Summary:
        read.append(source.path)
        return summarise(source)

    texts = {"convex/a.ts": 'import { filter } from "convex-helpers/server/filter.js";\nimport "./b";\nimport "nope";'}
    workspace, summaries = engine.summaries_of(engine.of_texts(texts), reading)
    assert read == ["convex/a.ts", "npm:convex-helpers/server/filter"]
    assert list(summaries) == list(workspace.sources) == read


@pytest.mark.parametrize("specifier", ["../../registry", "convex-helpers/../../x", "/etc/passwd", "C:\\x", "a//b", "."])
def test_no_import_leads_out_of_the_folder_of_stubs(specifier: str) -> None:
    assert stubs.built_in(stubs.path_of(specifier)) is None


@pytest.mark.parametrize("specifier", ["node:fs/promises", "fs/promises"])
def test_a_module_of_node_has_two_names(specifier: str) -> None:
    assert isinstance(value_of('readFile("a")', f'import {{ readFile }} from "{specifier}";'), Promise)


def test_a_stub_passes_on_what_another_one_says() -> None:
    before = 'import { zCustomQuery } from "convex-helpers/server/zod";\nconst made = zCustomQuery(query, {});'
    assert "validates=False" in repr(value_of("made", before))


USERS, TEAMS = Document("users"), Document("teams")

BEFORE = """
import { asyncMap, nullThrows } from "convex-helpers";
import { crud } from "convex-helpers/server/crud";
import { customCtx, customMutation } from "convex-helpers/server/customFunctions";
import { filter } from "convex-helpers/server/filter";
import { getAll, getManyFrom, getOneFrom, getOrThrow } from "convex-helpers/server/relationships";
import { stream } from "convex-helpers/server/stream";
import { Triggers } from "convex-helpers/server/triggers";
import { WorkflowManager } from "@convex-dev/workflow";
import { Workpool } from "@convex-dev/workpool";
import { createBuilder } from "fluent-convex";
import { entsTableFactory } from "convex-ents";
declare const id: Id<"teams">;
declare const maybe: Doc<"users"> | null;
declare const db: QueryCtx["db"];
const workflow = new WorkflowManager(components.workflow);
const table = entsTableFactory({ db }, {});
const triggers = new Triggers<DataModel>();
const convex = createBuilder<DataModel>();
const withUser = convex.query().createMiddleware(async (ctx, next) => next({ ...ctx, user: await ctx.db.get(id) }));
"""


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("asyncMap([id], async (one) => one)", Promise(ArrayOf(Id("teams")))),
        ("asyncMap(Promise.resolve([id]), async (one) => db.get(one))", Promise(ArrayOf(Nullable(TEAMS)))),
        ('getOneFrom(db, "users", "by_email", "a")', Promise(Nullable(USERS))),
        ('nullThrows(getOneFrom(db, "users", "by_email", "a"))', Promise(Nullable(USERS))),
        ("nullThrows(maybe)", USERS),
        ('getManyFrom(db, "users", "by_email", "a")', Promise(ArrayOf(USERS))),
        ("getAll(db, [id])", Promise(ArrayOf(Nullable(TEAMS)))),
        ('getAll(db, "users", [])', Promise(ArrayOf(Nullable(USERS)))),
        ("getOrThrow({ db }, id)", Promise(TEAMS)),
        ('stream(db, {}).query("users").withIndex("by_id", (q) => q).order("desc").collect()', Promise(ArrayOf(USERS))),
        ('filter(db.query("users"), async () => true)', Query("users")),
        (
            'crud({}, "users").create',
            Registration(Builder("mutation", internal=True, custom=True, open=True, opaque=True)),
        ),
        (
            'crud({}, "users", query, mutation).read',
            Registration(Builder("query", internal=False, custom=True, open=True, opaque=True)),
        ),
        ("customMutation(mutation, customCtx(triggers.wrapDB)).kind", UNKNOWN),
        ("new Workpool({}, {}).enqueueAction({}, internal.a.b, {})", Promise(Primitive("string"))),
        ("workflow.define({ args: {} }).handler(async (step) => {})", "RegisteredWorkflow"),
        ("workflow.define({ handler: async (step) => {} })", "RegisteredWorkflow"),
        ('table("users").getX("a").doc()', Promise(USERS)),
        ('table("users").insert({})', "PromiseEntId"),
        ("convex.query().use(withUser).handler(async (ctx) => ctx.user).internal()", "FluentQuery"),
    ],
)
def test_what_calls_of_packages_give(expression: str, value: Value | str) -> None:
    found = value_of(expression, BEFORE)
    if isinstance(value, str):
        assert NAMED[value](found), found
    else:
        assert found == value


NAMED: dict[str, Callable[[Value], bool]] = {
    "FluentQuery": lambda found: (
        isinstance(found, Registration)
        and (found.builder.kind, found.builder.internal, found.builder.adds)
        == ("query", True, (("user", Nullable(TEAMS)),))
        and found.handler is not None
        and len(found.builder.runs) == 1
    ),
    "PromiseEntId": lambda found: (
        isinstance(found, Promise) and found.of == Id("users") and isinstance(found.also, Instance)
    ),
    "RegisteredWorkflow": lambda found: (
        isinstance(found, Registration)
        and (found.builder.kind, found.builder.internal) == ("mutation", True)
        and found.handler is not None
    ),
}


@pytest.mark.parametrize(
    "expression",
    [
        "new Workpool({}, {}).defineOnComplete({ context: v.id('teams'), handler: async (ctx, args) => args.context })",
        "workflow.define({ args: { id: v.id('teams') }, handler: async (step, args) => args.id })",
        "workflow.define({ args: { id: v.id('teams') } }).handler(async (step, { id }) => id)",
        "convex.query().input({ id: v.id('teams') }).handler(async (ctx, { id }) => id).public()",
    ],
)
def test_the_arguments_of_a_handler_are_what_its_validators_let_in(expression: str) -> None:
    linked = linked_of(a=f"{BEFORE}\nexport const asked = {expression};\n")
    made = linked.export("convex/a.ts", "asked")
    assert isinstance(made, Registration)
    assert made.handler is not None
    assert linked.given(made.handler.path, made.handler.ordinal) == Promise(Id("teams"))
