"""The files that run functions from outside: the front end, scripts, tests; and the texts that name functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.mentions import names, told, words
from convex_lint.roles import is_test
from convex_lint.workspace import SUFFIXES

from .disk import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .disk import Disk
    from .ignores import Ignores

_SPEAKS_OF_CONVEX = re.compile(
    rb"""_generated/|["'](?:convex|convex-helpers|@convex-dev|convex-test)(?:/[^"'\n]*)?["']"""
)
"""What a module says that refers to functions, or takes references from one that does."""

_PASSED = frozenset(
    (
        *(".git", ".hg", ".svn", "node_modules", "_generated", ".venv", ".yarn", ".pnpm-store", ".cache", ".turbo"),
        *(".next", ".nuxt", ".output", ".svelte-kit", ".expo", ".vercel", ".netlify", ".wrangler"),
    )
)
"""The folders that hold no source, whether or not git ignores them."""

_BUILT = frozenset(("dist", "build", "out", "coverage"))
"""What tools write beside a `package.json`."""

_LONG = 1024 * 1024
"""A module that is longer is no source: it was put together by a tool."""

_EMBEDDING = (".svelte", ".vue", ".astro", ".mdx")
"""The endings of files that hold code which is not read."""

_PROSE = (".md", ".mdx")

_TEXTS = (
    *(".md", ".json", ".jsonc", ".json5", ".yaml", ".yml", ".toml", ".sh", ".bash", ".zsh", ".fish", ".ps1", ".html"),
    *(
        ".swift",
        ".kt",
        ".java",
        ".dart",
        ".py",
        ".rb",
        ".rs",
        ".go",
        ".php",
        ".cs",
        ".cpp",
        ".m",
        ".ex",
        ".lua",
        ".sql",
    ),
)
"""The endings of other files that may name a function: clients in other languages, commands, documentation."""

_NAMES = frozenset(("Makefile", "Justfile", "justfile", "Dockerfile", "Procfile", ".env.example"))
_LOCKS = frozenset(("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml"))

_IMPORTED = re.compile(rb"""\bimport\b([^;"'()]{0,2000})\bfrom\s*["']""")
"""The names that a module imports."""

_ROOTS = frozenset(("api", "internal"))

_HANDED_ON = re.compile(rb"""(?:[=(,\[:]|\.\.\.)\s*(?:api|internal)\s*[\[,)\];}]""")
"""References that go on in ways that a text does not show."""


def files(roots: Iterable[str], disk: Disk, ignores: Ignores) -> Iterator[str]:
    """Give the files of some folders that are source: not those of packages, of tools, or that git ignores."""
    stack = sorted(set(roots))
    seen: set[str] = set()
    while stack:
        folder = stack.pop()
        if folder in seen:
            continue
        seen.add(folder)
        listing = disk.listing(folder)
        passed = _PASSED | _BUILT if "package.json" in listing.files else _PASSED
        for name in listing.folders:
            if name not in passed and not ignores.folder(child := join(folder, name)):
                stack.append(child)
        yield from (path for name in sorted(listing.files) if not ignores.file(path := join(folder, name)))


def is_module(path: str) -> bool:
    """Say whether a path is that of a module, and not of types alone."""
    return path.endswith(SUFFIXES) and not path.endswith((".d.ts", ".d.mts", ".d.cts"))


def may_run(data: bytes) -> bool:
    """Say whether a module may run functions of Convex, by its text."""
    return len(data) <= _LONG and _SPEAKS_OF_CONVEX.search(data) is not None


def is_text(path: str) -> bool:
    """Say whether a file that is no module may name functions."""
    name = path.rpartition("/")[2]
    return (path.endswith((*_TEXTS, *_EMBEDDING)) or name in _NAMES) and name not in _LOCKS


def mentions(path: str, data: bytes) -> Iterator[str]:
    """Give what may be the name of a function in a file that is not read as code: a test may run a handler as it is.

    That is any word of a test, of code inside another language, and of a module that hands references on.
    """
    yield from names(data)
    if path.endswith(_PROSE):
        yield from told(data)
    imported = {word for clause in _IMPORTED.findall(data) for word in words(clause)} if is_module(path) else set()
    is_embedding = path.endswith(_EMBEDDING) and _SPEAKS_OF_CONVEX.search(data) is not None
    is_handed_on = not imported.isdisjoint(_ROOTS) and _HANDED_ON.search(data) is not None
    yield from words(data) if is_embedding or is_handed_on or is_test(path) else imported
