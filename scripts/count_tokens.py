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
_BY_ID = re.compile(r"\b(?:db|DB|\w*Db)\s*!?\s*\??\.\s*(get|patch|replace|delete)\s*(?:<[^()]*>)?\s*\(")
_LEAST = {"get": 1, "patch": 2, "replace": 2, "delete": 1}
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


def implicit(text: str) -> int:
    """Count the calls of a database that are given an id, and no table before it."""
    code = code_of(text)
    return sum(_arguments(code, found.end()) == _LEAST[found[1]] for found in _BY_ID.finditer(code))


def _arguments(code: str, at: int) -> int:
    """Count the arguments of a call whose parenthesis ends at a place."""
    depth, commas, filled = 0, 0, False
    for letter in code[at:]:
        if letter in ")]}" and depth == 0:
            break
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            commas, filled = commas + 1, False
        else:
            filled = filled or not letter.isspace()
    return commas + filled


def is_test(path: str) -> bool:
    """Say whether a path is that of a test."""
    return bool(_TEST.search(path))


def files_of(folder: Path) -> list[Path]:
    """Return the modules of a functions folder: no tests, no generated code, no declarations."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in SUFFIXES
        and path.is_file()
        and not path.name.endswith((".d.ts", ".d.mts"))
        and not {"_generated", "node_modules"} & set(path.parts)
        and not is_test(path.as_posix())
    ]


def total(paths: list[Path]) -> Count:
    """Count the tokens of some files."""
    counts = [count(path.read_text("utf-8", "replace")) for path in paths]
    return Count(*(sum(column) for column in zip(*counts, strict=True))) if counts else Count(0, 0, 0, 0)


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        print(folder, *total(files_of(Path(folder))))
