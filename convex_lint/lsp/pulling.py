"""Diagnostics for an editor that asks for them: of one text, or of all files of the projects that it has open."""

from __future__ import annotations

import asyncio
from hashlib import blake2b
from typing import TYPE_CHECKING

from lsprotocol import types

from . import convert
from .session import PAUSE

if TYPE_CHECKING:
    from .session import Session

OPTIONS = types.DiagnosticOptions(identifier=convert.SOURCE, inter_file_dependencies=True, workspace_diagnostics=True)


async def of_text(session: Session, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    """Report on one text."""
    await asyncio.sleep(PAUSE)  # changes that are on their way count, and a question that is taken back costs nothing
    items = session.items(params.text_document.uri)
    name = _digest(items)
    if name == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=name)
    return types.RelatedFullDocumentDiagnosticReport(items, result_id=name)


async def of_workspace(session: Session, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
    """Report on every file of the projects that have open files."""
    await asyncio.sleep(PAUSE)
    before = {previous.uri: previous.value for previous in params.previous_result_ids}
    reports: dict[str, types.WorkspaceDocumentDiagnosticReport] = {}
    for project in session.projects.live():
        view = session.view(project)
        found = project.found or {}
        for path in sorted({*project.loaded.workspace.reported, *found}):
            uri = view.uri(path)
            items = [convert.diagnostic(each, view) for each in found.get(path, ())]
            if items or uri in before:
                reports.setdefault(uri, _report(uri, items, view.version(path), before.get(uri)))
    for uri in before.keys() - reports.keys():
        reports[uri] = _report(uri, [], None, before[uri])
    return types.WorkspaceDiagnosticReport([*reports.values()])


def _report(
    uri: str, items: list[types.Diagnostic], version: int | None, before: str | None
) -> types.WorkspaceDocumentDiagnosticReport:
    name = _digest(items)
    if name == before:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, result_id=name, version=version)
    return types.WorkspaceFullDocumentDiagnosticReport(uri, items, result_id=name, version=version)


def _digest(items: list[types.Diagnostic]) -> str:
    return blake2b(repr(items).encode("utf-8", "replace"), digest_size=12).hexdigest()
