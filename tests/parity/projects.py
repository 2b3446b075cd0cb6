"""The projects that both linters read: those of `fixtures/` and the published components, with types beside them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.npm import PINS, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

GENERATED = {
    "server.d.ts": """\
import type * as server from "convex/server";
import type { DataModel } from "./dataModel.js";
export declare const query: server.QueryBuilder<DataModel, "public">;
export declare const internalQuery: server.QueryBuilder<DataModel, "internal">;
export declare const mutation: server.MutationBuilder<DataModel, "public">;
export declare const internalMutation: server.MutationBuilder<DataModel, "internal">;
export declare const action: server.ActionBuilder<DataModel, "public">;
export declare const internalAction: server.ActionBuilder<DataModel, "internal">;
export declare const httpAction: server.HttpActionBuilder;
export type QueryCtx = server.GenericQueryCtx<DataModel>;
export type MutationCtx = server.GenericMutationCtx<DataModel>;
export type ActionCtx = server.GenericActionCtx<DataModel>;
export type DatabaseReader = server.GenericDatabaseReader<DataModel>;
export type DatabaseWriter = server.GenericDatabaseWriter<DataModel>;
""",
    "dataModel.d.ts": """\
import type * as server from "convex/server";
import type { GenericId } from "convex/values";
import schema from "../schema.js";
export type DataModel = server.DataModelFromSchemaDefinition<typeof schema>;
export type TableNames = server.TableNamesInDataModel<DataModel>;
export type Doc<T extends TableNames> = server.DocumentByName<DataModel, T>;
export type Id<T extends TableNames | server.SystemTableNames> = GenericId<T>;
""",
    "api.d.ts": "export declare const api: any, internal: any, components: any;\n",
}
"""What `convex dev` would write into the functions folder of a project that has no generated files."""

COMPILER = {
    "allowImportingTsExtensions": True,
    "allowJs": True,
    "lib": ["ES2023", "DOM"],
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "noEmit": True,
    "skipLibCheck": True,
    "strict": True,
    "target": "ESNext",
    "types": [],
}


def lay_out(folder: Path) -> Iterator[str]:
    """Lay the projects out below a folder, each with a `tsconfig.json`; yield their names."""
    for project in sorted(path.parent for path in FIXTURES.glob("*/expected.txt")):
        shutil.copytree(project, folder / project.name)
        _generate(folder / project.name / "convex")
        yield _typed(folder / project.name)
    for name in sorted(PINS):
        target = folder / name.removeprefix("@").replace("/", "-")
        shutil.copytree(needed(name) / "src" / "component", target / "convex")
        shutil.copy(needed(name) / "package.json", target)
        yield _typed(target)


def _generate(functions: Path) -> None:
    if functions.is_dir() and not (functions / "_generated").is_dir():
        (functions / "_generated").mkdir()
        for name, text in GENERATED.items():
            (functions / "_generated" / name).write_text(text, encoding="utf-8")


def _typed(project: Path) -> str:
    settings = {"compilerOptions": COMPILER, "include": ["**/*"]}
    (project / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return project.name
