"""What the model says of the clients of services is what their own types say: their methods return promises."""

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

from convex_lint.facts.promises import CLIENTS
from tests.npm import UnavailableError, cache_folder, npm

PACKAGES = {
    "@anthropic-ai/sdk": "1.14.0",
    "@types/node": "26.6.6",
    "agentmail": "0.5.27",
    "openai": "6.49.0",
    "resend": "6.38.0",
    "stripe": "23.1.0",
    "typescript": "5.9.3",
}
"""The versions that the facts were read in, with the compiler that reads them here."""


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
    questions = {specifier: list(clients) for specifier, clients in CLIENTS.items()}
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


@pytest.mark.parametrize(("specifier", "client"), [(of, one) for of, all_ in CLIENTS.items() for one in all_])
def test_every_method_of_a_client_returns_a_promise_but_those_named(specifier: str, client: str) -> None:
    said = answers()[specifier][client]
    but = set(CLIENTS[specifier][client].split())
    assert len(said) > 20
    assert {name: kind for name, kind in said.items() if kind != "promise" and but.isdisjoint(name.split("."))} == {}
