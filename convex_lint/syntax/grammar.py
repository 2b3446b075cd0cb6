"""The grammars of tree-sitter, and what of a text they cannot read."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import tree_sitter_typescript
from tree_sitter import Language, Parser

from convex_lint.source import Span
from convex_lint.syntax import expressions, gaps, statements
from convex_lint.syntax.reader import Grammar

if TYPE_CHECKING:
    from tree_sitter import Node as TreeNode

_ERROR, _MISSING = 0xFFFF, 0xFFFE
"""The ids of the kinds that no grammar has (`ts_builtin_sym_error` of tree-sitter)."""


@cache
def grammar_of(*, plain: bool) -> tuple[Parser, Grammar]:
    """Return a parser for TypeScript, or for TSX (which reads JavaScript too), and what is known of its nodes."""
    pointer = tree_sitter_typescript.language_typescript() if plain else tree_sitter_typescript.language_tsx()
    language = Language(pointer)
    kinds = {i: sys.intern(language.node_kind_for_id(i) or "") for i in range(language.node_kind_count)}
    return Parser(language), Grammar(
        plain,
        {**kinds, _ERROR: "ERROR", _MISSING: "MISSING"},
        _table(language, expressions.HANDLERS),
        _table(language, statements.HANDLERS),
    )


def _table(language: Language, handlers: dict[str, Any]) -> dict[int, Any]:
    """Return the handlers by kind id: a kind may have several ids where the grammar aliases it."""
    kinds = ((i, language.node_kind_for_id(i)) for i in range(language.node_kind_count))
    return {i: handlers[kind] for i, kind in kinds if kind in handlers and language.node_kind_is_named(i)}


def parse(parser: Parser, data: bytes) -> TreeNode:
    """Return the tree of a text, with the gaps of the grammar filled where that mends something."""
    root = parser.parse(data).root_node
    if root.has_error:
        other = parser.parse(gaps.rewritten(data)).root_node
        if len(errors_of(other)) < len(errors_of(root)):
            data, root = gaps.rewritten(data), other
        root = _with_texts(parser, data, root)
    return root


def _with_texts(parser: Parser, data: bytes, root: TreeNode) -> TreeNode:
    """Return the tree with `&` in the texts of JSX taken for a letter: the grammar knows `&amp;` only.

    What is text is told by a tree in which each `&` is a `|`, which is right wherever `&` is.
    """
    spans = [(span.start, span.end) for span in errors_of(root)]
    found = [at for start, end in spans for at in range(start, max(end, start + 1)) if data[at : at + 1] == b"&"]
    if not found:
        return root
    trial = parser.parse(_filled(data, found, "|")).root_node
    texts = [at for at in found if _is_text(trial, at)]
    other = parser.parse(_filled(data, texts, "_")).root_node if texts else root
    return other if len(errors_of(other)) < len(errors_of(root)) else root


def _filled(data: bytes, places: list[int], filler: str) -> bytes:
    filled = bytearray(data)
    for at in places:
        filled[at] = ord(filler)
    return bytes(filled)


def _is_text(root: TreeNode, at: int) -> bool:
    node = root.descendant_for_byte_range(at, at + 1)
    return node is not None and node.type == "jsx_text"


def errors_of(root: TreeNode) -> list[Span]:
    """Return the outermost spans that do not parse; a missing token has an empty span."""
    found: list[Span] = []
    pending = [root]
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            found.append(Span(node.start_byte, node.end_byte))
        elif node.has_error:
            pending.extend(reversed(node.children))
    return found
