"""The baseline as a JSON document: sorted, a line for each mark, so that versions of it can be compared and merged."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from .marks import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .marks import Baseline

VERSION = 1
_MARK = re.compile(r"(?P<symbol>\S*) ?(?P<line>[0-9a-f]{12})|(?P<file>file)")
_FILE = "file"


class BaselineError(Exception):
    """A baseline cannot be read or written; the text is the message for the user."""


def dump(baseline: Baseline) -> bytes:
    """Return the document; the same baseline gives the same bytes."""
    files = {
        path: {rule: {_written(mark): count for mark, count in sorted(marks.items())} for rule, marks in rules.items()}
        for path, rules in baseline.items()
    }
    document = {"version": VERSION, "files": {path: dict(sorted(files[path].items())) for path in sorted(files)}}
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n".encode()


def _written(mark: Mark) -> str:
    return f"{mark.symbol} {mark.line}".strip() if mark.line else _FILE


def parse(data: bytes, name: str) -> Baseline:
    """Return the baseline of a document. Raises BaselineError, which calls the file by a name."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise BaselineError(f"{name}: the text is not UTF-8 (byte {fault.start})") from fault
    except json.JSONDecodeError as fault:
        raise BaselineError(f"{name}:{fault.lineno}:{fault.colno}: it is no JSON: {fault.msg.lower()}") from fault
    except RecursionError as fault:
        raise BaselineError(f"{name}: it is nested too deeply") from fault
    return {path: dict(_rules(rules, name, path)) for path, rules in _files(document, name).items()}


def _files(document: Any, name: str) -> dict[str, Any]:
    if not isinstance(document, dict) or "version" not in document:
        raise BaselineError(f"{name}: it is no baseline of convex-lint; `--suppress-all` writes one")
    if document["version"] != VERSION:
        raise BaselineError(
            f"{name}: version {document['version']!r} of the format is not known here; update convex-lint"
        )
    return _object(document.get("files"), name, "`files`")


def _rules(rules: Any, name: str, path: str) -> Iterator[tuple[str, dict[Mark, int]]]:
    for rule, marks in _object(rules, name, f"`{path}`").items():
        known = _object(marks, name, f"`{rule}` of `{path}`")
        yield rule, {_read(text, count, name, path): count for text, count in known.items()}


def _read(text: str, count: Any, name: str, path: str) -> Mark:
    found = _MARK.fullmatch(text)
    if found is None or not isinstance(count, int) or count < 1:
        raise BaselineError(f"{name}: `{text}` of `{path}` is no finding; write the file anew with `--suppress-all`")
    return Mark("", "") if found["file"] else Mark(found["symbol"], found["line"])


def _object(value: Any, name: str, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BaselineError(f"{name}: {what} is no object; write the file anew with `--suppress-all`")
    return value
