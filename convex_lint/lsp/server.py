"""The server: the editor's messages, and what is done about each."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from convex_lint import __version__
from convex_lint.baseline import NAME as BASELINE
from convex_lint.config import NAMES
from convex_lint.diagnostics import Safety
from convex_lint.source import Unit
from convex_lint.workspace import SUFFIXES

from . import actions, convert, pulling
from .buffers import changed, opened, path_of
from .session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from convex_lint.diagnostics import Diagnostic

    from .project import Project

SETTINGS = (*NAMES, BASELINE, "convex.json", "package.json", "tsconfig.json", "pnpm-workspace.yaml", ".gitignore")
"""The names of the files, modules apart, that decide what is read and reported."""

_PASSED_OVER = frozenset(("node_modules", ".git"))


def serve() -> None:
    """Serve an editor over standard input and output until it says `exit`, or is gone."""
    server, session = build()
    server.start_io()
    raise SystemExit(0 if session.ended else 1)


def build() -> tuple[LanguageServer, Session]:
    """Return a server and what it keeps of its editor."""
    server = LanguageServer(convert.SOURCE, __version__, types.TextDocumentSyncKind.Incremental)
    session = Session(server)
    kinds = types.CodeActionOptions(code_action_kinds=[*actions.KINDS], resolve_provider=True)
    handlers: tuple[tuple[str, Any, Any], ...] = (
        (types.INITIALIZE, _initialize, None),
        (types.INITIALIZED, _initialized, None),
        (types.SHUTDOWN, _shutdown, None),
        (types.TEXT_DOCUMENT_DID_OPEN, _did_open, None),
        (types.TEXT_DOCUMENT_DID_CHANGE, _did_change, None),
        (types.TEXT_DOCUMENT_DID_SAVE, _did_save, None),
        (types.TEXT_DOCUMENT_DID_CLOSE, _did_close, None),
        (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _did_change_files, None),
        (types.TEXT_DOCUMENT_CODE_ACTION, _code_actions, kinds),
        (types.CODE_ACTION_RESOLVE, _resolve, None),
        (types.TEXT_DOCUMENT_HOVER, _hover, None),
    )
    for name, handler, options in handlers:
        server.feature(name, options)(partial(handler, session))
    return server, session


def _initialize(session: Session, params: types.InitializeParams) -> None:
    session.unit = Unit(session.server.workspace.position_encoding or Unit.UTF16)
    document = params.capabilities.text_document
    session.pulls = document is not None and document.diagnostic is not None
    files = session.asks.did_change_watched_files
    session.watches = files is not None and bool(files.dynamic_registration)
    if session.pulls:
        session.server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pulling.OPTIONS)(partial(pulling.of_text, session))
        session.server.feature(types.WORKSPACE_DIAGNOSTIC)(partial(pulling.of_workspace, session))


def _initialized(session: Session, _: types.InitializedParams) -> None:
    if session.watches:
        globs = (*(f"**/{name}" for name in SETTINGS), f"**/*.{{{','.join(each[1:] for each in SUFFIXES)}}}")
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in globs])
        name = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration(f"{convert.SOURCE}-files", name, options)
        session.server.client_register_capability(types.RegistrationParams([registration]))


def _shutdown(session: Session, _: None) -> None:
    session.ended = True


def _did_open(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    session.take(opened(params.text_document))


def _did_change(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    buffer = session.buffers.get(params.text_document.uri)
    if buffer is not None:
        session.take(changed(buffer, params.text_document.version, params.content_changes, session.unit))


def _did_save(session: Session, _: types.DidSaveTextDocumentParams) -> None:
    if not session.watches:
        # Nobody tells of other files: a save is the moment to look.
        session.projects.outdate()
    session.soon()


def _did_close(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    session.release(params.text_document.uri)


def _did_change_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    paths = {path for change in params.changes if (path := path_of(change.uri)) is not None}
    if any(_matters(path, session) for path in paths):
        session.projects.outdate()
        session.soon()


def _matters(path: str, session: Session) -> bool:
    if not _PASSED_OVER.isdisjoint(path.replace(os.sep, "/").split("/")):
        return False
    return os.path.basename(path) in SETTINGS or session.projects.concerns(path)  # noqa: PTH119  a string here


def _code_actions(session: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    uri = params.text_document.uri
    home = session.found(uri)
    if home is None:
        return []
    project, inside, found = home
    only = params.context.only
    view = session.view(project)
    lines = (params.range.start.line, params.range.end.line)
    offered = list(actions.on_lines(found, lines, project, view, only))
    if actions.wants(only, actions.FIX_ALL) and _mends(found):
        offered += _fix_all(session, uri, inside, project, view, asked=only is not None)
    return offered


def _mends(found: Iterable[Diagnostic]) -> bool:
    return any(each.fix is not None and each.fix.safety is Safety.SAFE for each in found)


def _fix_all(  # noqa: PLR0913  what a text is known by, and whether its fixes were asked for
    session: Session, uri: str, inside: str, project: Project, view: convert.View, *, asked: bool
) -> list[types.CodeAction]:
    """Offer to apply all safe fixes. They are worked out when they are asked for, not at each move of the cursor."""
    action = types.CodeAction(f"Fix all safe {convert.SOURCE} findings", kind=actions.FIX_ALL)
    if asked:
        action.edit = actions.fix_all(inside, project, view)
        return [action] if action.edit is not None else []
    action.data = {"uri": uri}
    return [action] if _resolves(session.server) else []


def _resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    uri = action.data.get("uri") if isinstance(action.data, dict) else None
    home = session.found(uri) if isinstance(uri, str) else None
    if home is not None and action.kind == actions.FIX_ALL:
        project, inside, _ = home
        action.edit = actions.fix_all(inside, project, session.view(project))
    return action


def _hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    home = session.found(params.text_document.uri)
    if home is None:
        return None
    project, inside, found = home
    view = session.view(project)
    source = view.sources.get(inside)
    if source is None:
        return None
    at = view.offset(source, params.position)
    here = [each for each in found if each.place.span is not None and each.place.span[0] <= at <= each.place.span[1]]
    narrowest = min(here, key=_width, default=None)
    return convert.hover(narrowest, view) if narrowest is not None else None


def _width(found: Diagnostic) -> int:
    return found.place.span.end - found.place.span.start if found.place.span is not None else 0


def _resolves(server: LanguageServer) -> bool:
    document = server.client_capabilities.text_document
    asked = document.code_action if document is not None else None
    support = asked.resolve_support if asked is not None else None
    return support is not None and "edit" in support.properties
