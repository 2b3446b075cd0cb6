"""What the model says of npm packages is what their own types say: who returns a promise, which callback gets ctx."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from convex_lint.facts.callbacks import HANDED
from convex_lint.facts.promises import CLIENTS, METHODS, NODE
from tests.npm import UnavailableError, cache_folder, npm

PACKAGES = {
    "@anthropic-ai/sdk": "1.14.0",
    "@convex-dev/action-cache": "0.3.1",
    "@convex-dev/action-retrier": "0.3.1",
    "@convex-dev/agent": "0.7.3",
    "@convex-dev/aggregate": "0.3.1",
    "@convex-dev/auth": "0.0.95",
    "@convex-dev/batch-worker": "0.3.6",
    "@convex-dev/crons": "0.2.2",
    "@convex-dev/migrations": "0.3.6",
    "@convex-dev/persistent-text-streaming": "0.3.3",
    "@convex-dev/presence": "0.4.0",
    "@convex-dev/r2": "0.10.2",
    "@convex-dev/rag": "0.7.6",
    "@convex-dev/rate-limiter": "0.4.0",
    "@convex-dev/resend": "0.2.8",
    "@convex-dev/sharded-counter": "0.2.1",
    "@convex-dev/workflow": "0.4.8",
    "@convex-dev/workpool": "0.4.12",
    "@types/node": "26.6.6",
    "agentmail": "0.5.27",
    "ai": "6.0.326",
    "convex": "1.48.0",
    "convex-fs": "0.2.1",
    "convex-helpers": "0.1.104",
    "openai": "6.49.0",
    "resend": "6.38.0",
    "stripe": "23.1.0",
    "typescript": "5.9.3",
}
"""The versions that the facts were read in, with the compiler that reads them here."""

MEMBERS = {"query": {"db"}, "mutation": {"db", "scheduler"}, "action": {"runAction"}, "table": {"withIndex"}}
"""Members that show of which kind a ctx is."""


@cache
def answers() -> dict[str, Any]:
    """Return what the types say; skip the running test where the packages cannot be had, but not in CI."""
    try:
        folder = installed()
    except UnavailableError as error:
        if os.environ.get("CONVEX_LINT_REQUIRE_NPM") == "1":
            raise
        pytest.skip(str(error))
    node = shutil.which("node")
    assert node is not None
    questions: dict[str, dict[str, list[Any]]] = {}
    for specifier, members in METHODS.items():
        names = [f"{of}.{name}".removeprefix(".") for of, text in members.items() for name in text.split()]
        questions.setdefault(specifier, {})["names"] = names
    for specifier, text in NODE.items():
        questions[f"node:{specifier}"] = {"names": text.split()}
    for specifier, clients in CLIENTS.items():
        questions.setdefault(specifier, {})["clients"] = list(clients)
    for (specifier, name), callbacks in HANDED.items():
        asked = questions.setdefault(specifier, {}).setdefault("callbacks", [])
        asked.extend([name, *place] for place in callbacks)
    script = Path(__file__).with_name("types.mjs")
    asking = json.dumps(questions)
    done = subprocess.run([node, str(script)], cwd=folder, input=asking, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def installed() -> Path:
    """Return a folder with the packages, installed when first asked for."""
    manifest = json.dumps({"private": True, "dependencies": PACKAGES}, sort_keys=True)
    folder = cache_folder() / f"types-{hashlib.sha256(manifest.encode()).hexdigest()[:12]}"
    if not (folder / "done").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(manifest, encoding="utf-8")
        npm(["install", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--silent"], folder)
        (folder / "done").touch()
    return folder


@pytest.mark.parametrize("specifier", sorted(METHODS))
def test_every_name_returns_a_promise(specifier: str) -> None:
    said = answers()[specifier]["names"]
    assert {name: kind for name, kind in said.items() if kind != "promise"} == {}


@pytest.mark.parametrize("specifier", sorted(NODE))
def test_every_function_of_node_returns_a_promise(specifier: str) -> None:
    said = answers()[f"node:{specifier}"]["names"]
    assert {name: kind for name, kind in said.items() if kind != "promise"} == {}


@pytest.mark.parametrize(("specifier", "client"), [(of, one) for of, all_ in CLIENTS.items() for one in all_])
def test_every_method_of_a_client_returns_a_promise_but_those_named(specifier: str, client: str) -> None:
    said = answers()[specifier]["clients"][client]
    but = set(CLIENTS[specifier][client].split())
    assert len(said) > 20
    assert {name: kind for name, kind in said.items() if kind != "promise" and but.isdisjoint(name.split("."))} == {}


@pytest.mark.parametrize("specifier", sorted({specifier for specifier, _ in HANDED}))
def test_callbacks_get_the_ctx_that_is_said(specifier: str) -> None:
    kinds = [kind for (of, _), places in HANDED.items() if of == specifier for kind in places.values()]
    said = answers()[specifier]["callbacks"]
    assert len(said) == len(kinds)
    assert [kind for kind, names in zip(kinds, said, strict=True) if not MEMBERS[kind] <= set(names or ())] == []
