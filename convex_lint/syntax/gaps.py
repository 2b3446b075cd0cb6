"""Valid TypeScript that the grammar takes for an error, rewritten to what it knows, byte for byte as long.

These are the gaps of tree-sitter-typescript 0.23.2. The code is read from the text as it was written: only the tree
comes from the rewritten one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_IMPORTED_TYPE = re.compile(rb"""\bimport\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*\)(?=(?:\s*\.\s*[\w$]+)++(?!\s*[(`]))""")
_GAPS: tuple[tuple[re.Pattern[bytes], bytes], ...] = (
    (_IMPORTED_TYPE, b"_"),  # `import("./a").Id<"users">`
    (re.compile(rb"\babstract(?=\??\s*:)"), b"_"),  # `{ title: string; abstract: string }`
    (re.compile(rb"(?<=\blet )as\b"), b"_"),
    (re.compile(rb"(?<=\bexport )type(?=\s*\*)"), b" "),  # `export type * from "./a"`
    (re.compile(rb"(?<=\bimport )defer(?=\s*\*)"), b" "),
    (re.compile(rb"(?<=\bexport default )abstract(?=\s+class\b)"), b" "),
    (re.compile(rb"\baccessor(?=\s+[\w#$])"), b" "),
    (re.compile(rb"(?<=[<,\s])(?:in\s+out|in|out)(?=\s+\w+\s*[,>=]|\s+\w+\s+extends\b)"), b" "),
)


def rewritten(data: bytes) -> bytes:
    """Return a text with its gaps filled; every byte that is not filled is where it was."""
    for form, filler in _GAPS:
        data = form.sub(_fill(filler), data)
    return data


def _fill(filler: bytes) -> Callable[[re.Match[bytes]], bytes]:
    return lambda found: filler * len(found[0])
