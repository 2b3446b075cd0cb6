"""What git and the configuration ignore, and what a compiler writes: read where it matters, and never reported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.globs import gitignore, verdict

from .disk import Disk, join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from convex_lint.globs import Patterns

    Chain = tuple[tuple[int, Patterns], ...]


_LONGEST = 64 * 1024 * 1024
_OUTPUT = re.compile(r'"outDir"\s*:\s*"(?:\./)?([^"/]+)/?"')
_WHOLE = (b"\0\0\0\2", b"\0\0\0\3")
"""The versions of an index that have whole paths in them (`gitformat-index`)."""


class Ignores:
    """Answers for paths below the root; each `.gitignore` is read once, and only where it is asked about.

    `given` are the folders named by the user: where git ignores one of them, what lies above it does not
    count in it, as naming an ignored folder means that it is wanted.
    """

    __slots__ = ("_chains", "_disk", "_folders", "_git", "_own")

    def __init__(self, disk: Disk, own: Callable[[str], bool] | None, given: Iterable[str], *, git: bool) -> None:
        self._disk = disk
        self._own = own
        self._git = git
        self._folders: dict[str, bool] = {"": False}
        self._chains: dict[str, Chain] = {}
        for folder in given:
            if git and self.folder(folder):
                self._chains[folder] = self._gitignores(folder)
                self._folders[folder] = False

    def file(self, path: str) -> bool:
        """Say whether a file is ignored, by itself or with a folder that it lies in."""
        folder = path.rpartition("/")[0]
        return self.folder(folder) or self._by_git(folder, path, folder=False) or self._by_config(path)

    def folder(self, path: str) -> bool:
        """Say whether a folder is ignored as a whole."""
        known = self._folders.get(path)
        if known is None:
            above = path.rpartition("/")[0]
            known = self.folder(above) or self._by_git(above, path, folder=True) or self._by_config(path)
            known = known or (self._git and self._is_output(above, path))
            self._folders[path] = known
        return known

    def is_untracked(self, folder: str) -> bool:
        """Say whether git ignores a folder that does not lie in one which it ignores, and surely has nothing of it.

        What was added by force is kept, whatever `.gitignore` says.
        """
        above = folder.rpartition("/")[0]
        is_ignored = not self.folder(above) and self._by_git(above, folder, folder=True)
        return is_ignored and not self._may_have(folder)

    def _may_have(self, folder: str) -> bool:
        """Say whether the index of git may name files in a folder; its newest form has only what is new in a path."""
        listing = self._disk.listing("")
        if ".git" not in {*listing.folders, *listing.files} or not self._disk.listing(folder).files:
            return False
        written = self._disk.text(".git") or ""
        git = written.removeprefix("gitdir:").strip() if written.startswith("gitdir:") else ".git"
        index = self._disk.data(join(git, "index"), _LONGEST)
        return index is None or f"{folder if index[4:8] in _WHOLE else folder.rpartition('/')[2]}/".encode() in index

    def _is_output(self, above: str, folder: str) -> bool:
        """Say whether TypeScript writes what it compiles in a package into a folder: all of that is said of the source.

        One that Convex generates code into is deployed from there.
        """
        files = self._disk.listing(above).files
        if "package.json" not in files or "_generated" in self._disk.listing(folder).folders:
            return False
        settings = [name for name in files if name.startswith("tsconfig") and name.endswith(".json")]
        written = "".join(self._disk.text(join(above, name)) or "" for name in settings)
        return folder.rpartition("/")[2] in _OUTPUT.findall(written)

    def _by_config(self, path: str) -> bool:
        return self._own is not None and self._own(path)

    def _by_git(self, above: str, path: str, *, folder: bool) -> bool:
        if not self._git:
            return False
        for start, patterns in self._chain(above):
            said = verdict(patterns, path[start:], folder=folder)
            if said is not None:
                return said
        return False

    def _chain(self, folder: str) -> Chain:
        """Return the patterns that hold in a folder, the nearest first, each with the length of its prefix."""
        known = self._chains.get(folder)
        if known is None:
            above = self._chain(folder.rpartition("/")[0]) if folder else self._excluded()
            known = self._gitignores(folder) + above
            self._chains[folder] = known
        return known

    def _gitignores(self, folder: str) -> Chain:
        listing = self._disk.listing(folder)
        name = ".gitignore"
        text = self._disk.text(join(folder, name)) if name in listing.files else None
        return ((len(folder) + 1 if folder else 0, gitignore(text)),) if text else ()

    def _excluded(self) -> Chain:
        text = self._disk.text(".git/info/exclude")
        return ((0, gitignore(text)),) if text else ()
