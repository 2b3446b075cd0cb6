#!/usr/bin/env python3
"""Parse the files that a list names and do nothing else: the least that a linter in Python can cost."""

from __future__ import annotations

import sys
from pathlib import Path

import tree_sitter_typescript as grammars
from tree_sitter import Language, Parser

PLAIN = {".ts", ".mts", ".cts"}


def main() -> None:
    """Read and parse each file named in the list given, one path a line."""
    plain = Parser(Language(grammars.language_typescript()))
    with_jsx = Parser(Language(grammars.language_tsx()))
    for path in map(Path, Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()):
        parser = plain if path.suffix in PLAIN else with_jsx
        parser.parse(path.read_bytes())


main()
