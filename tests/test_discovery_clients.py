"""Which files of the front end are read, and what names functions in all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.workspace import Role
from tests.test_discovery_support import MODULE, load, reported, write

if TYPE_CHECKING:
    from pathlib import Path

API = 'import { api } from "../convex/_generated/api";\nuseQuery(api.a.list);\n'


def clients(root: Path, *paths: str, **settings: object) -> list[str]:
    """Return the files that are read as those of clients."""
    workspace, _ = load(root, *paths, **settings)
    return sorted(path for path, role in workspace.roles.items() if role is Role.CLIENT)


def test_without_a_wish_no_client_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}", "convex/a.ts": MODULE, "src/App.tsx": API})
    assert clients(tmp_path) == []
    assert load(tmp_path)[0].mentions is None


def test_what_speaks_of_convex_is_read(tmp_path: Path) -> None:
    files = {
        "package.json": "{}",
        ".gitignore": "generated/\n",
        "convex/a.ts": MODULE,
        "convex/_generated/api.d.ts": "export {}",
        "src/App.tsx": API,
        "src/hooks.js": 'import { useQuery } from "convex/react";',
        "src/other.ts": 'import { useState } from "react";',
        "src/App.test.tsx": API,
        "src/types.d.ts": API,
        "generated/a.ts": API,
        "dist/a.ts": API,
        "src/dist/a.ts": API,
        ".cache/a.ts": API,
        "node_modules/x/a.ts": API,
        "mobile/App.tsx": API,
    }
    write(tmp_path, files)
    everywhere = ["mobile/App.tsx", "src/App.tsx", "src/dist/a.ts", "src/hooks.js"]
    assert clients(tmp_path, clients=("",)) == everywhere
    assert clients(tmp_path, clients=("src",)) == everywhere[1:]
    assert reported(tmp_path, clients=("src",)) == ["convex/a.ts", *everywhere[1:]]
    assert reported(tmp_path, "convex", clients=("src",)) == ["convex/a.ts"]
    assert "src/App.test.tsx" in clients(tmp_path, clients=("src",), include_tests=True)


def test_a_client_that_the_backend_imports_is_a_library(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}", "convex/a.ts": MODULE + 'import "../src/shared";', "src/shared.ts": API})
    assert clients(tmp_path, clients=("",)) == []
    assert load(tmp_path, clients=("",))[0].roles["src/shared.ts"] is Role.LIBRARY


def test_a_client_is_no_way_to_further_files(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}", "convex/a.ts": MODULE, "src/App.tsx": API + 'import "./x";', "src/x.ts": ""})
    assert "src/x.ts" not in load(tmp_path, clients=("",))[0].sources


def test_names_of_functions_in_other_files(tmp_path: Path) -> None:
    files = {
        "package.json": '{"scripts": {"seed": "convex run seeds:fill"}}',
        "convex/a.ts": MODULE,
        "ios/App.swift": 'client.subscribe(to: "lib/messages:list")',
        "src/App.vue": '<script>import { api } from "../convex/_generated/api"; const { list } = api.tasks</script>',
        "src/a.ts": 'import { remove } from "../convex/tasks";',
        "tools/run.py": 'post("/api/run/jobs/clear")',
        "README.md": "see `internal.mail.send`, and use\n`bills/repairs.again` by hand.\n| `bills.drop()` | drops |",
        "src/App.test.ts": "await t.query(api.notes.get)",
        "package-lock.json": '"x:y"',
    }
    write(tmp_path, files)
    found = load(tmp_path, clients=("src",), mentions=True)[0].mentions
    assert found is not None
    expected = {"seeds.fill", "lib.messages.list", "list", "remove", "jobs.clear", "mail.send", "notes.get"}
    assert found >= expected | {"bills.repairs.again", "repairs.again"}
    assert "bills.drop" not in found
    assert "x.y" not in found
    assert "send" not in found
