"""What a run was about to write, for the next one to tell of where it was killed between two files."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from convex_lint.source import Source

NAME = ".convex-lint-fixing.json"


@contextmanager
def kept(root: Path, changed: Mapping[str, Source]) -> Iterator[None]:
    """Leave word of several files that are written together, as long as they are; one file needs none."""
    if len(changed) < 2:  # noqa: PLR2004  one is written whole or not at all
        yield
        return
    place = root / NAME
    written = {path: _digest(source.data) for path, source in changed.items()}
    # `x`: not through a link that someone has put there, and a folder that takes no new file may have old ones to fix.
    with suppress(OSError), place.open("x", encoding="utf-8") as file:
        json.dump({"files": written}, file)
    try:
        yield
    finally:
        with suppress(OSError):
            place.unlink()


def remark(root: str) -> tuple[str, ...]:
    """Say which files a run that was killed has written and which it has not; the word that it left is taken away."""
    place = Path(root, NAME)
    if not place.exists():
        return ()
    try:
        document: Any = json.loads(place.read_text(encoding="utf-8"))
        files = dict(document["files"])
    except (OSError, ValueError, TypeError, KeyError):
        place.unlink(missing_ok=True)  # it was cut off while it wrote this, and so before anything else
        return ()
    place.unlink(missing_ok=True)
    done = sorted(path for path, known in files.items() if _is_written(Path(root, path), known))
    left = sorted(files.keys() - set(done))
    if not done or not left:
        return ()
    return (f"a run before this one was cut off: it has fixed {_listed(done)}, and not {_listed(left)}; --fix goes on",)


def _digest(data: bytes) -> str:
    from hashlib import sha256  # noqa: PLC0415  most runs write nothing

    return sha256(data).hexdigest()


def _is_written(path: Path, known: object) -> bool:
    try:
        return _digest(path.read_bytes()) == known
    except OSError:
        return False


def _listed(paths: list[str]) -> str:
    shown = ", ".join(f"`{path}`" for path in paths[:3])
    return shown if len(paths) <= 3 else f"{shown} and {len(paths) - 3} more"  # noqa: PLR2004  what a line holds
