"""Count what a backend has of handlers, uses of ctx and calls, by its tokens alone: `scripts/count_tokens.py DIR...`.

It imports nothing of convex-lint, so that a place which the linter does not see is counted all the same. Comments,
strings and regular expressions are blanked first; what stands in the holes of a template is code.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

SUFFIXES = {".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"}
_TEST = re.compile(r"\.(?:test|spec)\.[cm]?[jt]sx?$|/(?:__tests__|tests?)/")
_KEYWORDS = frozenset(
    {"if", "for", "while", "switch", "catch", "return", "await", "typeof", "void", "delete", "new", "in", "of", "case",
     "throw", "yield", "else", "do", "function", "async", "super", "import", "export", "default", "constructor",
     "static", "get", "set", "as", "satisfies", "extends"}
)  # fmt: skip
_BLANKED = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
        | (?<=[=(,:;!&|?{}\n\[]) [ \t]* /(?![/*]) (?:\\. | \[(?:\\.|[^\]\\\n])*\] | [^/\\\n\[])+ /[a-z]*""",
    re.VERBOSE | re.DOTALL,
)
_HANDLER = re.compile(r"\bhandler\s*(?:[:(,}])|\bhandler\s*$", re.MULTILINE)
_OLD = re.compile(
    r"(?:=|\bdefault)\s*(?:query|mutation|action|internalQuery|internalMutation|internalAction|httpAction)\s*\(\s*"
    r"(?:async\b|\(|function\b|[\w$]+\s*[,)=])"
)
_CTX = re.compile(
    r"\b(?:\w*[cC]tx)\s*(?:!?\s*\??\.)\s*"
    r"(?:db|scheduler|storage|auth|meta|runQuery|runMutation|runAction|vectorSearch)\b"
)
_CALL = re.compile(r"(\bfunction\b\s*\*?\s*|\.\s*)?([\w$]+|[\])])\s*(?:\?\.)?\s*\(")
_METHOD = re.compile(
    r"^\s*(?:(?:public|private|protected|static|async|override|get|set)\s+)*[\w$]+\s*\([^()]*\)[^;{]*\{\s*$"
)


class Count(NamedTuple):
    """What was counted in some files."""

    files: int
    handlers: int
    ctx: int
    calls: int


def code_of(text: str) -> str:
    """Return a text with what is no code blanked; the texts of templates stay, as they seldom look like calls."""
    return _BLANKED.sub(lambda found: " " * len(found[0]), text)


def count(text: str) -> Count:
    """Count the tokens of one file."""
    code = code_of(text)
    calls = [found for found in _CALL.finditer(code) if _is_call(found[1] or "", found[2])]
    methods = sum(1 for line in code.splitlines() if _METHOD.match(line) and not _starts_with_keyword(line))
    handlers = len(_HANDLER.findall(code)) + len(_OLD.findall(code))
    return Count(1, handlers, len(_CTX.findall(code)), len(calls) - methods)


def _is_call(before: str, name: str) -> bool:
    return before.startswith(".") or (not before and name not in _KEYWORDS)


def _starts_with_keyword(line: str) -> bool:
    words = line.split("(", 1)[0].split()
    return bool(words) and words[-1] in _KEYWORDS


def files_of(folder: Path) -> list[Path]:
    """Return the modules of a functions folder: no tests, no generated code, no declarations."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in SUFFIXES
        and path.is_file()
        and not path.name.endswith((".d.ts", ".d.mts"))
        and not {"_generated", "node_modules"} & set(path.parts)
        and not _TEST.search(path.as_posix())
    ]


def total(paths: list[Path]) -> Count:
    """Count the tokens of some files."""
    counts = [count(path.read_text("utf-8", "replace")) for path in paths]
    return Count(*(sum(column) for column in zip(*counts, strict=True))) if counts else Count(0, 0, 0, 0)


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        print(folder, *total(files_of(Path(folder))))
