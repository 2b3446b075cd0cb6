"""Trees of files to be discovered, and a reader of imports that is good enough for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint import discovery

if TYPE_CHECKING:
    from pathlib import Path

    from convex_lint.diagnostics import Diagnostic
    from convex_lint.source import Source
    from convex_lint.workspace import Workspace

MODULE = 'import { query } from "./_generated/server";\nexport const list = query({});\n'

_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"'\n]+)["']""")


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files, each by its path; return the folder."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    return root


def imports_of(source: Source) -> list[str]:
    """Return what a module imports."""
    return _IMPORT.findall(source.data.decode())


def find(root: Path, *paths: str, **settings: object) -> discovery.Layout:
    """Find what lies under paths relative to `root`."""
    return discovery.find(paths, root, discovery.Settings(**settings))  # type: ignore[arg-type]


def load(root: Path, *paths: str, **settings: object) -> tuple[Workspace, tuple[Diagnostic, ...]]:
    """Read what lies under paths relative to `root`."""
    return discovery.load(find(root, *paths, **settings), imports_of)


def folders(root: Path, *paths: str, **settings: object) -> list[str]:
    """Return the functions folders under paths."""
    return [project.folder for project in find(root, *paths, **settings).projects]


def reported(root: Path, *paths: str, **settings: object) -> list[str]:
    """Return the files that are reported for paths."""
    return sorted(load(root, *paths, **settings)[0].reported)
