"""Draw what is found into the code, in the form of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.pages import Drawn, Note
from convex_lint.source import Source, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from convex_lint.diagnostics import Diagnostic


def drawn(texts: Mapping[str, str], diagnostics: Iterable[Diagnostic], rule: str) -> dict[str, Drawn]:
    """Return the files of an example with what is found in each, in reading order.

    What another rule than `rule` says, or the linter itself, has its name in brackets before it.
    """
    notes: dict[str, list[Note]] = {path: [] for path in texts}
    for diagnostic in sorted(diagnostics, key=lambda diagnostic: diagnostic.order):
        path = diagnostic.place.path
        prefix = "" if diagnostic.rule == rule else f"[{diagnostic.rule}] "
        notes.setdefault(path, []).append(_note(Source(path, texts.get(path, "").encode()), diagnostic, prefix))
    return {path: Drawn(texts.get(path, ""), tuple(found)) for path, found in notes.items()}


def _note(source: Source, diagnostic: Diagnostic, prefix: str) -> Note:
    message = prefix + diagnostic.message
    span = diagnostic.place.span
    if span is None:
        return Note(-1, 0, 1, message)
    if span.end > len(source.data):
        return Note(-1, 0, 1, f"[in the imports that are not shown] {message}")
    start, end = source.position(span.start, Unit.CODE_POINTS), source.position(span.end, Unit.CODE_POINTS)
    if start.line != end.line:
        width = len(source.line_text(start.line)) - start.column
        message = f"[ends {end.line - start.line} lines below: a finding must lie on one line] {message}"
        return Note(start.line, start.column, start.column + max(width, 1), message)
    return Note(start.line, start.column, max(end.column, start.column + 1), message)


def program(files: Mapping[str, Drawn]) -> str:
    """Return the files of an example as a page has them, one below the other."""
    parts = [f"{_file(drawn)}" if len(files) == 1 else f"── {path}\n{_file(drawn)}" for path, drawn in files.items()]
    return "\n".join(parts)


def _file(drawn: Drawn) -> str:
    lines = [f"~ {note.message}".rstrip() for note in drawn.notes if note.line < 0]
    for number, code in enumerate(drawn.code.split("\n")[:-1]):
        lines.append(code)
        lines += [_underline(code, note) for note in drawn.notes if note.line == number]
    return "\n".join((*lines, ""))


def _underline(code: str, note: Note) -> str:
    indent = "".join("\t" if char == "\t" else " " for char in code[: note.start].ljust(note.start))
    return f"{indent}{'~' * (note.end - note.start)} {note.message}".rstrip()
