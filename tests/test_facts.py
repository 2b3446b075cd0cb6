"""The lists of what Convex offers are those of the published package."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convex_lint.facts import (
    api,
    components,
    context,
    exports,
    http,
    packages,
    queries,
    runtimes,
    schema,
    validators,
)
from convex_lint.link import validators as made
from tests.npm import DECLARATIONS, PINS, needed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

READER = Path(__file__).with_name("members.cjs")
SERVER = "convex/server"

CONTEXTS = {"query": "GenericQueryCtx", "mutation": "GenericMutationCtx", "action": "GenericActionCtx"}
SERVICES = {
    "scheduler": ("Scheduler",),
    "storage": ("StorageReader", "StorageWriter", "StorageActionWriter"),
    "auth": ("Auth", "MutationAuth"),
    "meta": ("QueryMeta", "MutationMeta", "ActionMeta"),
}
QUERIES = ("QueryInitializer", "Query", "OrderedQuery")
ASKED = (
    ("convex/values", "v"),
    *((SERVER, name) for name in CONTEXTS.values()),
    *((SERVER, name) for names in SERVICES.values() for name in names),
    *((SERVER, name) for name in (*QUERIES, *api.DATABASE_TYPES)),
    *((SERVER, name) for name in ("Crons", "TableDefinition", "SystemIndexes", "RoutableMethod")),
    *((SERVER, name) for name in ("SearchIndexConfig", "VectorIndexConfig")),
    *((module, "*") for module in exports.EXPORTS if module.startswith("convex")),
)
UNDECLARED = frozenset({"count", "next"})
"""What queries have besides what they declare: `@internal`, and what iterates over them."""


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Return what the package declares, by the name that it exports it under."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    folder = tmp_path_factory.mktemp("installed")
    target = folder / "node_modules" / "convex"
    shutil.copytree(needed("convex"), target, ignore=shutil.ignore_patterns("*.js", "*.cjs", "*.map", "src"))
    done = subprocess.run(
        ["node", str(READER), str(needed("typescript")), str(folder)],
        input=json.dumps(ASKED),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    answers = zip(ASKED, json.loads(done.stdout), strict=True)
    return {module if name == "*" else name: answer for (module, name), answer in answers}


def of_kind(members: Mapping[str, str], *kinds: str) -> set[str]:
    return {name for name, kind in members.items() if kind in kinds}


def together(members: Mapping[str, Mapping[str, str]], names: AbstractSet[str] | tuple[str, ...]) -> dict[str, str]:
    return {name: kind for one in sorted(names) for name, kind in members[one].items()}


def test_a_context_has_its_services_and_what_it_runs(members: Mapping[str, Mapping[str, str]]) -> None:
    for kind, name in CONTEXTS.items():
        assert of_kind(members[name], "value") - {"db"} == api.SERVICES[kind]
        assert of_kind(members[name], "promise") - {"vectorSearch"} <= api.RUNS
    assert {"vectorSearch", *api.RUNS} == of_kind(together(members, {*CONTEXTS.values()}), "promise")


def test_the_methods_of_services_give_promises(members: Mapping[str, Mapping[str, str]]) -> None:
    assert {name: of_kind(together(members, types), "promise") for name, types in SERVICES.items()} == (
        api.SERVICE_METHODS
    )


def test_a_database_writer_has_the_writes_and_a_reader_has_none(members: Mapping[str, Mapping[str, str]]) -> None:
    readers = {name for name, writes in api.DATABASE_TYPES.items() if not writes}
    reads = of_kind(together(members, readers), "promise", "call")
    writes = of_kind(together(members, api.DATABASE_TYPES.keys() - readers), "promise", "call") - reads
    assert reads == {"get", "query", "normalizeId"}
    assert writes == api.WRITES


def test_what_a_query_is_chained_with_gives_a_query_and_what_ends_it_a_promise(
    members: Mapping[str, Mapping[str, str]],
) -> None:
    declared = together(members, QUERIES)
    assert of_kind(declared, "call") == api.CHAINED
    assert of_kind(declared, "promise") | UNDECLARED == api.TERMINALS


def test_what_is_not_declared_of_a_query_is_in_its_source() -> None:
    source = (needed("convex") / "src" / "server" / "impl" / "query_impl.ts").read_text("utf-8")
    written = set(re.findall(r"^  (?:async )?(\w+)\(", source, re.MULTILINE))
    assert written >= api.CHAINED | api.TERMINALS


def test_crons_and_tables_have_their_methods(members: Mapping[str, Mapping[str, str]]) -> None:
    assert of_kind(members["Crons"], "call") == api.CRON_METHODS
    table = {name for name in of_kind(members["TableDefinition"], "call") if name.isidentifier()}
    assert table - {"staged"} == api.TABLE_INDEXES.keys()
    assert members["SystemIndexes"].keys() == packages.BUILT_IN_INDEXES.keys()


def test_the_functions_that_make_validators_are_all_known(members: Mapping[str, Mapping[str, str]]) -> None:
    assert members["v"].keys() == {*made.FUNCTIONS} == validators.FUNCTIONS
    assert {*validators.OPERANDS, *validators.DEPRECATED} <= validators.FUNCTIONS
    assert not validators.INSTEAD.keys() & validators.FUNCTIONS


def test_the_names_that_convex_server_exports_exist(members: Mapping[str, Mapping[str, str]]) -> None:
    exported = members[SERVER]
    assert api.GENERIC_BUILDERS.keys() == {name for name in exported if re.search(r"^[a-z]\w+Generic$", name)} - {
        "componentsGeneric"
    }
    generated = {name for name in api.CONTEXT_TYPES if not name.startswith("Generic")}
    generic = {*api.CONTEXT_TYPES, *api.DATABASE_TYPES} - generated - {"DatabaseReader", "DatabaseWriter"}
    assert {*generic, *api.SERVICE_TYPES, *api.QUERY_TYPES} <= exported.keys()
    contexts = {name for name in exported if re.search(r"^Generic\w+Ctx(WithTable)?$", name)}
    assert contexts <= api.CONTEXT_TYPES.keys()


def test_a_context_has_what_is_declared_of_it_and_little_else(members: Mapping[str, Mapping[str, str]]) -> None:
    assert {
        f"{kind} {name}" for kind in CONTEXTS for name in context.MEMBERS[kind] - members[CONTEXTS[kind]].keys()
    } == {
        "mutation runSnapshotQuery"  # of some versions
    }
    assert all(members[name].keys() <= context.MEMBERS[kind] for kind, name in CONTEXTS.items())
    types = {
        "db": {"query": "GenericDatabaseReader", "mutation": "GenericDatabaseWriter"},
        "storage": {"query": "StorageReader", "mutation": "StorageWriter", "action": "StorageActionWriter"},
        "scheduler": {"mutation": "Scheduler", "action": "Scheduler"},
        "auth": {"query": "Auth", "mutation": "MutationAuth", "action": "Auth"},
        "meta": {"query": "QueryMeta", "mutation": "MutationMeta", "action": "ActionMeta"},
    }
    declared = {name: {kind: members[one].keys() for kind, one in of.items()} for name, of in types.items()}
    tables = {kind: names | {"table"} for kind, names in declared["db"].items()}  # of the contexts with tables
    assert {**declared, "db": tables} == context.METHODS


def test_routes_have_the_methods_that_are_declared(members: Mapping[str, Mapping[str, str]]) -> None:
    assert tuple(members["RoutableMethod"]) == http.METHODS
    assert f'"{http.RESERVED}"' in (needed("convex") / "src" / "server" / "router.ts").read_text("utf-8")


@pytest.mark.parametrize("module", [name for name in exports.EXPORTS if name.startswith("convex")])
def test_all_that_a_module_exports_is_known(module: str, members: Mapping[str, Mapping[str, str]]) -> None:
    assert members[module]
    assert members[module].keys() <= exports.EXPORTS[module]


def test_queries_have_what_is_said_of_them(members: Mapping[str, Mapping[str, str]]) -> None:
    assert members["QueryInitializer"].keys() - members["Query"].keys() == queries.FIRST
    declared = set(together(members, QUERIES))
    assert not declared & (queries.INSTEAD.keys() - queries.INTERNAL)
    assert queries.REQUIRED.keys() <= declared
    source = (needed("convex") / "src" / "server" / "impl" / "query_impl.ts").read_text("utf-8")
    checked = {name: int(at) for at, name in re.findall(r'validateArg\(\w+, (\d), "(\w+)"', source)}
    assert {name: many for name, many in checked.items() if name not in queries.INTERNAL} == queries.REQUIRED


def test_indexes_have_the_options_that_are_declared(members: Mapping[str, Mapping[str, str]]) -> None:
    for form, name in (("search", "SearchIndexConfig"), ("vector", "VectorIndexConfig")):
        assert {*schema.OPTIONS[form], *schema.NEEDED[form]} == members[name].keys()


@pytest.mark.parametrize("name", sorted(components.NAMES.keys() & {*PINS, *DECLARATIONS}))
def test_a_component_gives_itself_the_name_that_is_known(name: str) -> None:
    found = [
        written[1]
        for path in needed(name).rglob("convex.config.*s")
        if (written := re.search(r'defineComponent(?:<[^>]*>)?\(\s*"(\w+)"', path.read_text("utf-8")))
    ]
    assert set(found) == {components.NAMES[name]}


def test_the_tables_of_the_system_are_those_of_the_source() -> None:
    source = (needed("convex") / "src" / "server" / "schema.ts").read_text("utf-8")
    _, schema = source.split("const _systemSchema = defineSchema({")
    schema = schema.split("\n});")[0]
    named = re.findall(r"^  (\w+): defineTable\(\{$(.*?)^  \}\)", schema, re.MULTILINE | re.DOTALL)
    fields = {
        table: {
            f"{name}{'?' if made == 'optional' else ''}"
            for name, made in re.findall(r"^    (\w+): v\.(\w+)\(", body, re.MULTILINE)
        }
        for table, body in named
    }
    known = {
        table: {f"{name}{'?' if kind.endswith('?') else ''}" for name, kind in of.items()}
        for table, (of, _) in packages.SYSTEM_TABLES.items()
    }
    assert fields == known
    assert set(re.findall(r'kind: v\.literal\("(\w+)"\)', schema)) == set(packages.SCHEDULED_STATES)


def test_the_modules_of_node_are_those_of_node() -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    asked = ["node", "-p", 'JSON.stringify(require("module").builtinModules)']
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True)
    assert {name for name in json.loads(done.stdout) if not name.startswith(("_", "node:"))} == runtimes.NODE_MODULES


def test_the_default_runtime_has_what_the_bundler_puts_in_the_place_of_a_module_of_node() -> None:
    bundler = (needed("convex") / "src" / "bundler" / "debugBundle.ts").read_text("utf-8")
    written = re.findall(r"asyncHooksFilter = /\^\(node:\)\?(\w+)\$/", bundler)
    assert {*written, *(f"node:{name}" for name in written)} == runtimes.SHIMMED
    assert bundler.count(".onResolve(") == len(written)


def test_the_modules_that_cannot_be_for_node_are_those_that_the_bundler_refuses() -> None:
    bundler = (needed("convex") / "src" / "bundler" / "index.ts").read_text("utf-8")
    found = re.search(r"function mustBeIsolate.*?return \[(.*?)\]", bundler, re.DOTALL)
    assert found is not None
    # The other two are no entry points, so that nobody asks about them.
    assert set(re.findall(r'"([\w.]+)"', found[1])) - {"auth.config", "schema"} == runtimes.ALWAYS_DEFAULT
    assert f'actionsDir = "{runtimes.NODE_FOLDER.rstrip("/")}"' in bundler
