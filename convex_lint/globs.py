"""Patterns of paths as `.gitignore` writes them, and which paths they cover. Pure; paths have `/` between parts.

`pathspec` does the same and costs 13 ms to import, in every run of a repository with a `.gitignore`; a test
holds this to what `git check-ignore` says.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_STAR, _FOLDERS = "[^/]*", "(?:.+/)?"
_MOST = 1_000
"""A glob with braces stands for at most so many."""
_WILD = re.compile(r"[*?\[\\]")


class Pattern(NamedTuple):
    """One line: `test` takes a path and its last part; `keep` is a line that starts with `!`."""

    test: Callable[[str, str], object]
    keep: bool
    folders_only: bool


Patterns = tuple[Pattern, ...]
"""Patterns, the one that decides first (the last written) first."""


def gitignore(text: str) -> Patterns:
    """Read the text of a `.gitignore`; lines that git cannot use match nothing."""
    lines = text.removeprefix("\ufeff").split("\n")
    return tuple(pattern for line in reversed(lines) if (pattern := _pattern(line)) is not None)


def patterns(globs: Iterable[str]) -> Patterns:
    """Read globs of a configuration: the same language with `{a,b}`, and a leading `./` means nothing."""
    expanded = [glob for written in globs for glob in islice(_braces(written.removeprefix("./")), _MOST)]
    return tuple(pattern for glob in reversed(expanded) if (pattern := _pattern(glob)) is not None)


def verdict(rules: Patterns, path: str, *, folder: bool) -> bool | None:
    """Say whether the patterns match (True), take back (False) or do not name (None) this very path."""
    name = path.rpartition("/")[2]
    for pattern in rules:
        if (folder or not pattern.folders_only) and pattern.test(path, name):
            return not pattern.keep
    return None


def covers(rules: Patterns, path: str) -> bool:
    """Say whether the patterns match a file or one of the folders that it lies in."""
    at = path.find("/")
    while at >= 0:
        if verdict(rules, path[:at], folder=True):
            return True
        at = path.find("/", at + 1)
    return verdict(rules, path, folder=False) is True


def _pattern(line: str) -> Pattern | None:
    line = _without_trailing_spaces(line.removesuffix("\r"))
    if not line or line.startswith("#"):
        return None
    keep = line.startswith("!")
    text = line[keep:]
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    anchored = "/" in text
    text = text.removeprefix("/")
    return Pattern(_test(text, anchored=anchored), keep, folders_only) if text else None


def _test(text: str, *, anchored: bool) -> Callable[[str, str], object]:
    if not _WILD.search(text):
        return (lambda path, _: path == text) if anchored else (lambda _, name: name == text)
    if not anchored and text[0] == "*" and not _WILD.search(text, 1):
        return lambda _, name: name.endswith(text[1:])
    try:
        match = re.compile(_regex(text), re.DOTALL).fullmatch
    except (re.error, ValueError):
        return lambda _, __: False
    return (lambda path, _: match(path)) if anchored else (lambda _, name: match(name))


def _regex(glob: str) -> str:
    """Return the expression for a glob.

    Where a wildcard follows another, what is between them is taken where it comes first and never tried again: the
    later one covers the rest, and a pattern of many wildcards, which may be hostile, takes no longer for it.
    """
    out: list[str] = []
    star = folders = -1
    i = 0
    while i < len(glob):
        char = glob[i]
        i += 1
        if char == "*":
            i, piece = _stars(glob, i)
            if piece == _FOLDERS:
                _settle(out, folders, "(?:[^/]+/)*?")
                star, folders = -1, len(out)
            elif piece == _STAR:
                _settle(out, star, "[^/]*?")
                star = len(out)
        elif char == "?":
            piece = "[^/]"
        elif char == "[":
            i, piece = _char_class(glob, i)
        elif char == "\\":
            piece = re.escape(glob[i]) if i < len(glob) else "(?!)"
            i += 1
        else:
            piece = re.escape(char)
            star = -1 if char == "/" else star
        out.append(piece)
    return "".join(out)


def _settle(out: list[str], start: int, wildcard: str) -> None:
    """Take the text from a wildcard on, up to the next one, where it comes first."""
    if start >= 0:
        out[start:] = [f"(?>{wildcard}{''.join(out[start + 1 :])})"]


def _stars(glob: str, i: int) -> tuple[int, str]:
    """Read stars whose first is just before `i`: `**` between slashes stands for any folders."""
    start = i - 1
    while glob[i : i + 1] == "*":
        i += 1
    if i - start != len("**") or glob[start - 1 : start] not in ("", "/") or glob[i : i + 1] not in ("", "/"):
        return i, _STAR
    return (i, ".+") if i == len(glob) else (i + 1, _FOLDERS)


def _char_class(glob: str, i: int) -> tuple[int, str]:
    """Read `[…]` whose bracket is just before `i`; raise ValueError where it is not closed."""
    negated = glob[i : i + 1] in ("!", "^")
    i += negated
    end = glob.find("]", i + 1)
    while end > 0 and glob[end - 1] == "\\":
        end = glob.find("]", end + 1)
    if end < 0:
        raise ValueError(glob)
    body = re.sub(r"\\(.)|([\[\]^&~|])", lambda found: re.escape(found[1] or found[2]), glob[i:end])
    return end + 1, f"[^/{body}]" if negated else f"(?!/)[{body}]"


def _without_trailing_spaces(line: str) -> str:
    kept = line.rstrip(" ")
    return kept + " " if kept.endswith("\\") and kept != line else kept


def _braces(glob: str) -> Iterator[str]:
    found = re.search(r"\{([^{}]*,[^{}]*)\}", glob)
    if found is None:
        yield glob
        return
    before, after = glob[: found.start()], glob[found.end() :]
    for choice in found[1].split(","):
        yield from _braces(before + choice + after)
