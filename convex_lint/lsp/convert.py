"""From what the linter says to what the protocol says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import from_fs_path

from convex_lint.diagnostics import Severity
from convex_lint.pages import PageError, parse, render
from convex_lint.records import record
from convex_lint.source import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from convex_lint.diagnostics import Diagnostic, Edit, Place
    from convex_lint.rule import Rule
    from convex_lint.source import Source, Span, Unit

    from .buffers import Buffer

SOURCE = "convex-lint"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_START = types.Range(types.Position(0, 0), types.Position(0, 0))


@record
class View:
    """A project as one editor sees it.

    `unit` is what its columns count, `buffer` finds the open text of an absolute path, and `versioned` says that
    edits are to name the version of the text that they are for.
    """

    root: str
    sources: Mapping[str, Source]
    rules: Mapping[str, Rule]
    unit: Unit
    buffer: Callable[[str], Buffer | None]
    versioned: bool

    def uri(self, path: str) -> str:
        """Return the URI of a path relative to the root, as the editor spelled it where it has the file open."""
        full = os.path.normpath(os.path.join(self.root, path))  # noqa: PTH118  paths are strings here
        buffer = self.buffer(full)
        return buffer.uri if buffer is not None else from_fs_path(full) or ""

    def version(self, path: str) -> int | None:
        """Return the version of a text that is open."""
        buffer = self.buffer(os.path.normpath(os.path.join(self.root, path)))  # noqa: PTH118
        return buffer.version if buffer is not None else None

    def position(self, source: Source, offset: int) -> types.Position:
        """Return the place of a byte offset."""
        at = source.position(offset, self.unit)
        return types.Position(at.line, at.column)

    def range(self, source: Source, span: Span) -> types.Range:
        """Return the range of a span."""
        return types.Range(self.position(source, span.start), self.position(source, span.end))

    def offset(self, source: Source, at: types.Position) -> int:
        """Return the byte offset of a place."""
        return source.offset(Position(at.line, at.character), self.unit)


def diagnostic(found: Diagnostic, view: View) -> types.Diagnostic:
    """Return a diagnostic for the editor."""
    rule = view.rules.get(found.rule)
    return types.Diagnostic(
        range=_range(found.place, view),
        message=found.message,
        severity=_SEVERITIES[found.severity],
        source=SOURCE,
        code=found.rule,
        code_description=types.CodeDescription(rule.url) if rule is not None and rule.url is not None else None,
        tags=[types.DiagnosticTag.Unnecessary] if found.rule == "unused-suppression" else None,
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(view.uri(related.place.path), _range(related.place, view)), related.message
            )
            for related in found.related
        ]
        or None,
    )


def edit(edits: Iterable[Edit], view: View) -> types.WorkspaceEdit:
    """Return edits of one or more files; lines that they bring end as the file's lines do."""
    by_path: dict[str, list[types.TextEdit]] = {}
    for each in edits:
        source = view.sources[each.path]
        text = each.text.replace("\r\n", "\n").replace("\n", source.newline)
        by_path.setdefault(each.path, []).append(types.TextEdit(view.range(source, each.span), text))
    if not view.versioned:
        return types.WorkspaceEdit(changes={view.uri(path): found for path, found in by_path.items()})
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(uri=view.uri(path), version=view.version(path)), [*found]
            )
            for path, found in by_path.items()
        ]
    )


def hover(found: Diagnostic, view: View) -> types.Hover:
    """Return what a finding says, what to do about it, and the page of its rule."""
    said = f"`{found.rule}`: {found.message}"
    advice = [f"**Help:** {found.help}"] if found.help else []
    rule = view.rules.get(found.rule)
    page = ["---", _page(rule)] if rule is not None else []
    text = "\n\n".join((said, *advice, *page))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), _range(found.place, view))


def _page(rule: Rule) -> str:
    try:
        return render(parse(rule.page, rule.name))
    except PageError:
        return rule.page  # a pack's page need not have the format that our own are held to


def _range(place: Place, view: View) -> types.Range:
    source = view.sources.get(place.path)
    return _START if source is None or place.span is None else view.range(source, place.span)
