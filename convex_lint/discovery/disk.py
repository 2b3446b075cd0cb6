"""The only reader of folders and files of a workspace: each folder is listed once, nothing raises."""

# Paths are strings here: a Path costs more than what it names.
# ruff: noqa: PTH113, PTH116, PTH118, PTH123

from __future__ import annotations

import errno
import os
import stat
from typing import NamedTuple

from convex_lint.diagnostics import Diagnostic, Place, Severity
from convex_lint.source import Source

LIMIT = 4 * 1024 * 1024
"""The size, in bytes, above which a file is not read."""

_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Listing(NamedTuple):
    """What lies in a folder, by kind; `odd` are names that are not UTF-8, `fault` says why it has no list."""

    folders: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    fault: OSError | None = None


class Disk:
    """The files below a root. Paths are relative to it, with `/` between parts; the root itself is ""."""

    __slots__ = ("_inside", "_listings", "_real", "root")

    def __init__(self, root: str) -> None:
        self.root = root
        self._real = os.path.realpath(root)
        self._inside: dict[str, bool] = {}
        self._listings: dict[str, Listing] = {}

    def full(self, path: str) -> str:
        """Return a path as the operating system wants it."""
        return os.path.join(self.root, path) if path else self.root

    def listing(self, folder: str) -> Listing:
        """Return what lies in a folder; an empty one where it cannot be listed."""
        known = self._listings.get(folder)
        if known is None:
            try:
                known = _list(self.full(folder))
            except OSError as fault:
                known = Listing(fault=fault)
            self._listings[folder] = known
        return known

    def exists(self, path: str) -> bool:
        """Say whether a path is a file that may be read as part of the project; npm packages are not."""
        folder, _, name = path.rpartition("/")
        listing = self.listing(folder)
        if name in listing.files:
            return "node_modules" not in path.split("/") and self.is_inside(folder)
        return name in listing.links and os.path.isfile(self.full(path)) and self.is_inside(path)

    def is_inside(self, path: str) -> bool:
        """Say whether a path lies below the root behind links, too: what it leads to outside is not to be shown."""
        known = self._inside.get(path)
        if known is None:
            real = os.path.realpath(self.full(path))
            known = self._inside[path] = real == self._real or real.startswith(self._real.rstrip(os.sep) + os.sep)
        return known

    def text(self, path: str, limit: int = LIMIT) -> str | None:
        """Return the text of a setting, its first `limit` bytes, or None where there is none to be read."""
        found = self.data(path, limit)
        return found.decode("utf-8-sig", "replace") if found is not None else None

    def data(self, path: str, limit: int) -> bytes | None:
        """Return the first `limit` bytes of a file that is no module, or None where there is none to be read."""
        full = self.full(path)
        try:
            if not stat.S_ISREG(os.stat(full).st_mode):
                return None
            with open(full, "rb") as file:
                return file.read(limit)
        except OSError:
            return None

    def read(self, path: str) -> Source | Diagnostic:
        """Read a module, or say why it cannot be read."""
        full = self.full(path)
        try:
            info = os.stat(full)
            if not stat.S_ISREG(info.st_mode):
                return not_a_file(path, info.st_mode)
            if info.st_size > LIMIT:
                return _too_long(path, info.st_size)
            with open(full, "rb") as file:
                data = file.read()
        except OSError as fault:
            return unreadable(path, fault)
        return _source(path, data)


def join(folder: str, name: str) -> str:
    """Return the path of what is called `name` in a folder."""
    return f"{folder}/{name}" if folder else name


def upward(path: str) -> list[str]:
    """Return a path and every folder above it, the root ("") last."""
    found = [path]
    while path:
        path = path.rpartition("/")[0]
        found.append(path)
    return found


def refused(path: str, message: str, help_: str) -> Diagnostic:
    """Return the diagnostic of a file that is not read."""
    return Diagnostic("unreadable-file", Severity.ERROR, Place(path), message, help_)


def unreadable(path: str, fault: OSError) -> Diagnostic:
    """Return the diagnostic of what the operating system does not let us read."""
    if fault.errno == errno.ELOOP:
        return refused(path, "the link leads back to itself", "remove the link, or point it at a file")
    if fault.errno == errno.ENOENT:
        return refused(path, "the link leads to a file that does not exist", "remove the link, or restore the file")
    reason = (fault.strerror or type(fault).__name__).lower()
    return refused(path, f"it cannot be read: {reason}", "make it readable for the user who runs convex-lint")


def not_a_file(path: str, mode: int) -> Diagnostic:
    """Return the diagnostic of a pipe, a socket or a device that is named like a module."""
    kind = _KINDS.get(stat.S_IFMT(mode), "no regular file")
    return refused(path, f"it is {kind}, not a file", "remove it, or give it a name that is not a module's")


def misnamed(path: str) -> Diagnostic:
    """Return the diagnostic of a name that is not UTF-8; the path shows what can be shown."""
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return refused(shown, "the name is not UTF-8", "rename it")


def _list(folder: str) -> Listing:
    folders, files, links, others, odd = [], [], [], [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if not name.isascii() and not _is_utf8(name):
                odd.append(name)
            elif entry.is_symlink():
                links.append(name)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(name)
            elif entry.is_file(follow_symlinks=False):
                files.append(name)
            else:
                others.append(name)
    return Listing(tuple(sorted(folders)), frozenset(files), frozenset(links), tuple(others), tuple(odd))


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _source(path: str, data: bytes) -> Source | Diagnostic:
    if not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError as fault:
            line = data.count(b"\n", 0, fault.start) + 1
            found = "UTF-16" if data.startswith(_UTF16) else f"not UTF-8 (line {line}, byte {fault.start})"
            return refused(path, f"the text is {found}", "save the file as UTF-8")
    return Source(path, data)


def _too_long(path: str, size: int) -> Diagnostic:
    message = f"the file is too long: {size / 1024 / 1024:.1f} MiB, and at most {LIMIT // 1024 // 1024} are read"
    return refused(path, message, "split the file, or move its data out of the code")
