"""What a reference leads to, and that nearly all references of real code lead somewhere that is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from convex_lint import check, engine
from convex_lint.engine import summaries_of
from convex_lint.facts.components import NAMES
from convex_lint.link import Linked
from convex_lint.link.references import Referred
from convex_lint.source import Source
from convex_lint.subjects import SUBJECTS, Module, WrittenReference
from convex_lint.summary import summarise
from convex_lint.syntax.nodes import Literal
from convex_lint.values import Reference
from convex_lint.workspace import Alias, Project
from tests.asking import linked_of
from tests.npm import PINS, needed

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = {
    "users": """
        import { helper } from "./lib/help";
        export const get = query({ args: {}, handler: async () => null });
        export { helper };
        export type User = string;
        export const odd = someMaker();
        export * from "./more";
    """,
    "more": "export const add = mutation({ args: {}, handler: async () => null });",
    "lib__help": "export function helper() {}\nexport default action({ args: {}, handler: async () => null });",
    "users__deep": "export const run = action({ args: {}, handler: async () => null });",
}


def refers(path: str, root: str = "api", project: str = "convex") -> Referred:
    return linked_of(**SOURCES).refers(Reference(root, tuple(path.split(".")), project))


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("users.get", "users.get", "query"),
        ("users.add", "more.add", "mutation"),
        ("lib.help.default", "lib.help.default", "action"),
        ("users.deep.run", "users.deep.run", "action"),
        ("users/deep.run", "users.deep.run", "action"),
    ],
)
def test_a_reference_to_a_function(path: str, name: str, kind: str) -> None:
    found = refers(path).target
    assert found is not None
    assert (found.name, found.kind) == (name, kind)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("user.get", Referred(missing=0, known=("lib", "more", "users"))),
        ("lib.halp.run", Referred(missing=1, known=("help",))),
        ("users.set", Referred(missing=1, known=("add", "deep", "get"), module=True)),
        ("users.helper", Referred(missing=1, known=("add", "deep", "get"), module=True, exported=True)),
        ("users.User", Referred(missing=1, known=("add", "deep", "get"), module=True)),
        ("users.default", Referred(missing=1, known=("add", "deep", "get"), module=True)),
        ("users.deep.walk", Referred(missing=2, known=("run",), module=True)),
        ("users/deep.walk", Referred(missing=1, known=("run",), module=True)),
        ("lib/halp.run", Referred(missing=0)),
        ("users.set._args", Referred(missing=1, known=("add", "deep", "get"), module=True)),
    ],
)
def test_a_reference_that_leads_nowhere(path: str, expected: Referred) -> None:
    assert refers(path) == expected


@pytest.mark.parametrize("path", ["users", "users.deep", "lib", "lib.help"])
def test_a_reference_that_stops_at_a_module(path: str) -> None:
    assert refers(path) == Referred(part=True)


@pytest.mark.parametrize("path", ["users.odd", "users.get._args"])
def test_a_reference_of_which_nothing_is_known(path: str) -> None:
    assert refers(path) == Referred()


def test_a_reference_of_an_unknown_project_or_root() -> None:
    assert refers("user.get", project="other") == Referred()
    assert refers("user.get", root="") == Referred()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("internal.users.gett", "get"),
        ("internal.user.get", "users"),
        ("internal.users.purge", None),  # one word says too little
        ("internal.users.purgeAll", "internal.lib.help.purgeAll"),
        ("internal.help.purge", "internal.lib.help.purge"),
        ("internal.users.both", None),  # two others have it
        ("internal.lib.hepl", "help"),
        ("internal.other.nothing", None),
    ],
)
def test_what_was_probably_meant(written: str, meant: str | None) -> None:
    kept = "export const {} = internalMutation({{ args: {{}}, handler: async () => null }});\n"
    head = 'import { internalMutation } from "../_generated/server";\n'
    linked = linked_of(
        users=head + kept.format("get"),
        lib__help=head + "".join(map(kept.format, ("purge", "purgeAll", "both"))),
        lib__more=head + kept.format("both"),
        start=f"export const asked = {written};",
    )
    module = Module(linked, linked.summaries["convex/start.ts"])
    with linked.at(module.path):
        assert [one.meant for one in SUBJECTS[WrittenReference](module)] == [meant]


@pytest.mark.parametrize(
    ("aliases", "project"),
    [
        ((), ""),
        ((Alias(".", "#one/*", ("one/*",)),), "one"),
        ((Alias(".", "#one/*", ("gone/*", "two/*")),), "two"),
    ],
)
def test_the_project_of_generated_code_that_is_not_there(aliases: tuple[Alias, ...], project: str) -> None:
    text = 'import { api } from "#one/_generated/api.js";\nexport const asked = api.users;\n'
    made = engine.of_texts({"one/a.ts": text, "two/convex.config.ts": "", "two/b.ts": text}, folder="one")
    linked = Linked(*summaries_of(replace(made, aliases=aliases)))
    for path in ("one/a.ts", "two/b.ts"):
        assert linked.export(path, "asked") == Reference("api", ("users",), project)


def test_a_folder_that_looks_like_another_project_may_be_one_of_this() -> None:
    made = engine.of_texts({"convex/a.ts": "", "convex/in/b.ts": "", "convex/own/convex.config.ts": ""})
    linked = Linked(*summaries_of(replace(made, projects=(*made.projects, Project("convex/in")))))
    assert linked.refers(Reference("api", ("in", "b", "get"), "convex")) == Referred()
    assert linked.refers(Reference("api", ("own", "b", "get"), "convex")).missing == 0


def _counted(folder: Path) -> Counter[str]:
    loaded = check.load(check.Request(cwd=str(folder), isolated=True), check.Memory())
    workspace, summaries = summaries_of(loaded.workspace)
    linked = Linked(workspace, summaries)
    counted: Counter[str] = Counter()
    for path in workspace.reported:
        with linked.at(path):
            for written in SUBJECTS[WrittenReference](Module(linked, summaries[path])):
                if written.reference.root in {"api", "internal"} and len(written.reference.path) > 1:
                    counted["known" if written.target is not None or written.missing is not None else "unknown"] += 1
    return counted


def test_nearly_all_references_of_components_are_understood() -> None:
    counted: Counter[str] = sum((_counted(needed(name)) for name in PINS), Counter())
    assert counted["known"] >= 150
    assert counted["unknown"] * 100 <= 3 * counted.total()


@pytest.mark.parametrize("name", sorted(NAMES.keys() & PINS.keys()))
def test_the_names_of_components_are_those_in_their_packages(name: str) -> None:
    path = needed(name) / "src" / "component" / "convex.config.ts"
    calls = summarise(Source("convex.config.ts", path.read_bytes())).code.calls
    given = [call.arguments[0] for call in calls if getattr(call.callee, "text", "") == "defineComponent"]
    assert [one.value for one in given if isinstance(one, Literal)] == [NAMES[name]]
