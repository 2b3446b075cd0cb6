"""What the functions of a project import from npm, installed in a copy of it as far as the registry has it."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from convex_lint.summary import summarise
from tests.npm import UnavailableError, npm

if TYPE_CHECKING:
    from pathlib import Path

    from convex_lint.workspace import Workspace

_SECTIONS = ("peerDependencies", "devDependencies", "dependencies")
_ELSEWHERE = ("workspace:", "file:", "link:", "git", "http", "portal:")
_ALWAYS = {"@types/node": "22.19.1"}
_INSTALL = ["install", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error"]
_PACKAGE = re.compile(r"(?:@[\w.-]+(?:/|%2[fF]))?[\w.-]+")


def install(workspace: Workspace, home: Path) -> tuple[str, ...]:
    """Install what is imported into a copy of a workspace, and return the names of what cannot be had.

    Raises `UnavailableError` where it is not clear which package is at fault.
    """
    declared = _declared(workspace, home)
    wanted = {name: version for name, version in declared.items() if not version.startswith(_ELSEWHERE)}
    lacking = sorted(declared.keys() - wanted.keys())
    while True:
        document = {"private": True, "dependencies": {**wanted, **_ALWAYS}}
        (home / "package.json").write_text(json.dumps(document), encoding="utf-8")
        for lock in ("package-lock.json", ".npmrc"):
            (home / lock).unlink(missing_ok=True)
        try:
            npm(_INSTALL, home)
        except UnavailableError as error:
            named = {found.replace("%2f", "/").replace("%2F", "/") for found in _PACKAGE.findall(str(error))}
            refused = sorted(named & wanted.keys())
            if not refused:
                raise
            lacking.append(refused[0])
            del wanted[refused[0]]
        else:
            return tuple(lacking)


def _declared(workspace: Workspace, home: Path) -> dict[str, str]:
    """Return the packages that are imported, with the versions that the nearest `package.json` gives them."""
    found: dict[str, str] = {}
    for path in sorted(workspace.reported & workspace.sources.keys()):
        versions = _versions(home, path)
        for specifier in summarise(workspace.sources[path]).specifiers:
            name = "/".join(specifier.split("/")[: 2 if specifier.startswith("@") else 1])
            for one in (name, f"@types/{name}"):
                if one in versions and one not in workspace.packages:
                    found.setdefault(one, versions[one])
    return found


def _versions(home: Path, path: str) -> dict[str, str]:
    versions: dict[str, str] = {}
    for folder in reversed(PurePosixPath(path).parents):
        manifest = home / folder / "package.json"
        if manifest.is_file():
            document: dict[str, Any] = json.loads(manifest.read_bytes())
            for section in _SECTIONS:
                versions.update(document.get(section, {}))
    return versions
