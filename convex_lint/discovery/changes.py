"""What differs from a commit, as git says: which files, and their texts before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from convex_lint.records import record
from convex_lint.workspace import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_QUIETLY = {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
# Nothing that a repository configures is to run.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_DIFF = ("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules")


class ChangesError(Exception):
    """It cannot be told what has changed; the text is the message for the user."""


@record
class Since:
    """What to compare with: where this branch left `ref`, or else the last commit; `staged` compares the index."""

    ref: str | None = None
    staged: bool = False


@record
class Changes:
    """What differs, by path relative to the root.

    `before` has the modules as they were, None for those that were not there. `staged` are texts as they are in the
    index; it is empty where the files themselves are compared.
    """

    paths: frozenset[str]
    before: Mapping[str, bytes | None]
    staged: Mapping[str, bytes]


def changes(root: str, since: Since) -> Changes:
    """Ask git what differs. Raises ChangesError."""
    base = _base(root, since)
    cached = ("--cached",) if since.staged else ()
    # Where nothing is committed yet, all that is to be has changed.
    asked = ("ls-files", "-z") if base is None else (*_DIFF, *cached, base, "--")
    paths = _paths(_run(root, *asked))
    if not since.staged:
        paths |= _paths(_run(root, "ls-files", "-z", "--others", "--exclude-standard"))
    modules = sorted(path for path in paths if path.endswith(SUFFIXES) and "\n" not in path)
    before = dict(_blobs(root, base, modules)) if base is not None else dict.fromkeys(modules)
    staged = dict(_blobs(root, "", modules)) if since.staged else {}
    return Changes(frozenset(paths), before, {path: data for path, data in staged.items() if data is not None})


def _base(root: str, since: Since) -> str | None:
    """Return the commit to compare with, or None where there is none yet."""
    if since.ref is None:
        head = _run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}", may_fail=True)
        return head.decode().strip() or None
    # A ref cannot begin so, and git would take it for an option.
    known = not since.ref.startswith("-") and _run(
        root, "rev-parse", "--verify", "--quiet", f"{since.ref}^{{commit}}", may_fail=True
    )
    if not known:
        raise ChangesError(f"--since: git knows no commit `{since.ref}`; fetch it, or name another one")
    left = _run(root, "merge-base", known.decode().strip(), "HEAD", may_fail=True).decode().strip()
    if not left:
        raise ChangesError(
            f"--since: `{since.ref}` and this branch have no commit in common; fetch more of the history"
        )
    return left


def _paths(listed: bytes) -> set[str]:
    return {os.fsdecode(name) for name in listed.split(b"\0") if name}


def _blobs(root: str, tree: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield the texts that files have in a commit, or in the index (empty); None for those that are not there."""
    asked = b"".join(os.fsencode(f"{tree}:{path}\n") for path in paths)
    answer = _run(root, "cat-file", "--batch", given=asked)
    at = 0
    for path in paths:
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        at = end + 1
        if head[-1:] == [b"missing"] or len(head) < 3 or not head[-1].isdigit():  # noqa: PLR2004  name, kind and size
            yield path, None
            continue
        size = int(head[-1])
        yield path, answer[at : at + size]
        at += size + 1


def _run(root: str, *arguments: str, given: bytes = b"", may_fail: bool = False) -> bytes:
    import subprocess  # noqa: PLC0415  most runs do not ask git

    try:
        ended = subprocess.run(  # noqa: S603  no shell, and no argument that git could take for another one
            [*_GIT, *arguments],
            cwd=root,
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, **_QUIETLY},
        )
    except OSError as fault:
        raise ChangesError("--changed, --since and --staged ask git, which cannot be run here") from fault
    if ended.returncode and not may_fail:
        said: Iterable[str] = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ChangesError(f"git cannot say what has changed: {next(iter(said), 'it failed')}")
    return ended.stdout
