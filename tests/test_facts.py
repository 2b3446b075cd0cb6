"""The lists of what Convex offers are those of the published package."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from convex_lint.facts import api, packages
from convex_lint.link import validators
from tests.npm import needed

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
    (SERVER, "*"),
    ("convex/values", "v"),
    *((SERVER, name) for name in CONTEXTS.values()),
    *((SERVER, name) for names in SERVICES.values() for name in names),
    *((SERVER, name) for name in (*QUERIES, *api.DATABASE_TYPES)),
    *((SERVER, name) for name in ("Crons", "TableDefinition", "SystemIndexes")),
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
    return {name: answer for (_, name), answer in zip(ASKED, json.loads(done.stdout), strict=True)}


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
    assert members["v"].keys() == {*validators.FUNCTIONS}


def test_the_names_that_convex_server_exports_exist(members: Mapping[str, Mapping[str, str]]) -> None:
    exported = members["*"]
    assert api.GENERIC_BUILDERS.keys() == {name for name in exported if re.search(r"^[a-z]\w+Generic$", name)} - {
        "componentsGeneric"
    }
    generated = {name for name in api.CONTEXT_TYPES if not name.startswith("Generic")}
    generic = {*api.CONTEXT_TYPES, *api.DATABASE_TYPES} - generated - {"DatabaseReader", "DatabaseWriter"}
    assert {*generic, *api.SERVICE_TYPES, *api.QUERY_TYPES} <= exported.keys()
    contexts = {name for name in exported if re.search(r"^Generic\w+Ctx(WithTable)?$", name)}
    assert contexts <= api.CONTEXT_TYPES.keys()


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
