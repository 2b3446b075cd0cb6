"""Fixes as a patch that `git apply` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from convex_lint.source import Source

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def patch(before: Mapping[str, Source], after: Mapping[str, Source]) -> str:
    """Return what has changed between two versions of the same files; empty where nothing has."""
    changed = (path for path in sorted(after) if after[path].data != before[path].data)
    return "".join(text for path in changed for text in _file(path, before[path].data, after[path].data))


def _file(path: str, before: bytes, after: bytes) -> Iterator[str]:
    from difflib import diff_bytes, unified_diff  # noqa: PLC0415  most runs fix nothing

    yield f"diff --git {_name('a', path)} {_name('b', path)}\n"
    yield f"--- {_name('a', path)}{_end(path)}\n"
    yield f"+++ {_name('b', path)}{_end(path)}\n"
    _, _, *hunks = diff_bytes(unified_diff, _lines(before), _lines(after), b"a", b"b", lineterm=b"\n")
    for line in hunks:
        text = line.decode("utf-8", "replace")
        yield text if text.endswith("\n") else f"{text}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[bytes]:
    """Return the lines as git counts them: only a line feed ends one."""
    *lines, last = data.split(b"\n")
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _name(side: str, path: str) -> str:
    """Return a name as git writes it."""
    name = f"{side}/{path}"
    quoted = "".join(_ESCAPES.get(character, character) for character in name)
    return f'"{quoted}"' if quoted != name else name


def _end(path: str) -> str:
    """Return the tab that ends a name with a blank in it."""
    return "\t" if " " in path else ""
