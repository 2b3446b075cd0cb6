"""One editor: what it can do, what it has open, what it was told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from convex_lint import registry
from convex_lint.source import Unit

from . import convert
from .buffers import path_of
from .projects import Projects

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

    from convex_lint.diagnostics import Diagnostic

    from .buffers import Buffer
    from .project import Project

PAUSE = 0.003
"""Seconds to wait for more after a change: longer than it takes to read a message that is already there."""


class Sent(NamedTuple):
    """What the editor last got for a text: the version that it was for, and the diagnostics."""

    version: int | None
    items: list[types.Diagnostic]


class Session:
    """One editor: what it can do, what it has open, and what it was told.

    `pulls` says that it asks for diagnostics instead of being sent them, `watches` that it tells of files that change.
    """

    def __init__(self, server: LanguageServer) -> None:
        self.server = server
        self.projects = Projects(self.complain)
        self.buffers: dict[str, Buffer] = {}
        self.unit = Unit.UTF16
        self.pulls = False
        self.watches = False
        self.ended = False
        self._sent: dict[str, Sent] = {}
        self._edited: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def asks(self) -> types.WorkspaceClientCapabilities:
        """What the editor can do about a whole workspace."""
        return self.server.client_capabilities.workspace or types.WorkspaceClientCapabilities()

    def complain(self, text: str) -> None:
        """Tell the user what keeps a project from being linted: all of it in the log, the first line in the window."""
        self.server.window_log_message(types.LogMessageParams(types.MessageType.Error, f"{convert.SOURCE}: {text}"))
        first, *more = text.splitlines() or [""]
        shown = f"{convert.SOURCE}: {first}" + (f" (and {len(more)} more, see the log)" if more else "")
        self.server.window_show_message(types.ShowMessageParams(types.MessageType.Error, shown))

    def take(self, buffer: Buffer) -> None:
        """Take a text as it is now."""
        self.buffers[buffer.uri] = buffer
        self._edited.add(buffer.uri)
        if buffer.path is not None:
            self.projects.put(buffer.path, buffer.source.data)
        self.soon()

    def release(self, uri: str) -> None:
        """Forget a text, and what was said about it."""
        buffer = self.buffers.pop(uri, None)
        self._sent.pop(uri, None)
        if buffer is not None and buffer.path is not None:
            self.projects.drop(buffer.path)
        if not self.pulls:
            self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        self.soon()

    def soon(self) -> None:
        """Have the editor told what is found when nothing more comes in: of several changes, the newest is linted."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(PAUSE, self._tell)

    def found(self, uri: str) -> tuple[Project, str, list[Diagnostic]] | None:
        """Return the project of a text, its path there, and what is found in it; None if it belongs to none."""
        buffer = self.buffers.get(uri)
        path = buffer.path if buffer is not None else path_of(uri)
        home = self.projects.of(path) if path is not None else None
        if home is None:
            return None
        project, inside = home
        return project, inside, list((project.found or {}).get(inside, ()))

    def view(self, project: Project) -> convert.View:
        """Return a project as this editor sees it."""
        by_path = {buffer.path: buffer for buffer in self.buffers.values()}
        edits = self.asks.workspace_edit
        return convert.View(
            root=project.root,
            sources=project.loaded.workspace.sources,
            rules=registry.by_name(project.loaded.rules),
            unit=self.unit,
            buffer=by_path.get,
            versioned=edits is not None and bool(edits.document_changes),
        )

    def items(self, uri: str) -> list[types.Diagnostic]:
        """Return the diagnostics of a text."""
        home = self.found(uri)
        if home is None:
            return []
        project, _, found = home
        view = self.view(project)
        return [convert.diagnostic(each, view) for each in found]

    def _tell(self) -> None:
        """Send what is new, or have it asked for: a change in one file can change what is found in another."""
        is_elsewhere = False
        for uri, buffer in self.buffers.items():
            now = Sent(buffer.version, self.items(uri))
            before = self._sent.get(uri)
            if self.pulls:
                is_elsewhere |= uri not in self._edited and (before is None or before.items != now.items)
            elif before != now:
                self.server.text_document_publish_diagnostics(
                    types.PublishDiagnosticsParams(uri, now.items, now.version)
                )
            self._sent[uri] = now
        self._edited.clear()
        pull = self.asks.diagnostics
        if is_elsewhere and pull is not None and pull.refresh_support:
            self.server.workspace_diagnostic_refresh(None)
