"""The server as pytest-lsp, a client that is not ours, starts it and speaks to it."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator  # noqa: TC003  pytest-lsp reads the annotations
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

REPOSITORY = Path(__file__).resolve().parent.parent
PATIENCE = 30
SERVER = ClientServerConfig(
    server_command=[sys.executable, "-m", "convex_lint", "server"],
    server_env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
)


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """Return a copy of the project `fixtures/chat`."""
    copy: Path = shutil.copytree(REPOSITORY / "fixtures" / "chat", tmp_path / "chat")
    return copy


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient, chat: Path) -> AsyncIterator[None]:
    """Begin a session in the project, and end it as the protocol asks."""
    capabilities = types.ClientCapabilities()
    asked = types.InitializeParams(capabilities=capabilities, root_uri=chat.as_uri(), process_id=os.getpid())
    await asyncio.wait_for(lsp_client.initialize_session(asked), PATIENCE)
    yield
    await asyncio.wait_for(lsp_client.shutdown_session(), PATIENCE)


@pytest.mark.asyncio
async def test_an_opened_file_gets_its_findings(client: LanguageClient, chat: Path) -> None:
    path = chat / "convex" / "model" / "messages.ts"
    text = path.read_text("utf-8")
    document = types.TextDocumentItem(uri=path.as_uri(), language_id="typescript", version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=document))
    pushed = client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    await asyncio.wait_for(pushed, PATIENCE)
    found = client.diagnostics[path.as_uri()]
    assert [(one.range.start.line, one.code, one.severity, one.message) for one in found] == [
        (25, "no-floating-promises", types.DiagnosticSeverity.Error, "the promise of `ctx.db.patch` is not awaited")
    ]
