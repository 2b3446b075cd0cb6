"""From text to code: the only package that touches tree-sitter.

`read(source)` parses a module and returns its `Code`: statements and expressions with the names resolved to
bindings, and buckets of what everything else asks for, filled in the one walk over the tree.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from convex_lint.source import Comment, Span
from convex_lint.stubs import is_stub
from convex_lint.syntax import expressions, statements
from convex_lint.syntax.grammar import errors_of, grammar_of, parse
from convex_lint.syntax.nodes import Block, Name
from convex_lint.syntax.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node as TreeNode

    from convex_lint.source import Source
    from convex_lint.syntax.nodes import Call, Class, Evaluate, Export, Function, Import, Scope, Type

_PLAIN_SUFFIXES = (".ts", ".mts", ".cts")
_SILENCING = re.compile(rb"(?:convex-lint|eslint|oxlint)-(?:disable|enable)")

_FRAMES = 12_000
"""Python frames allowed while reading: some 2,500 levels of nesting, far beyond what people write."""


class Code:
    """A module that was read.

    `functions`, `calls`, `evaluates` (expression statements), `imports`, `exports` and `classes` are in the order of
    the text; `tables` are the types that may name a table in an id or a document. `errors` are the spans that do not
    parse; `deep` says that the nesting was too deep to be read, and then everything else is empty.
    `directive` is `use node` or another directive at the top, or empty.
    """

    __slots__ = (
        "body",
        "calls",
        "classes",
        "comments",
        "deep",
        "directive",
        "errors",
        "evaluates",
        "exports",
        "functions",
        "imports",
        "names",
        "path",
        "scope",
        "tables",
    )

    def __init__(self, path: str, reader: Reader) -> None:
        self.path = path
        self.body = Block(0, 0, [])
        self.scope: Scope = reader.program
        self.functions: list[Function] = reader.functions
        self.calls: list[Call] = reader.calls
        self.evaluates: list[Evaluate] = reader.evaluates
        self.names: list[Name] = reader.names
        self.imports: list[Import] = reader.imports
        self.exports: list[Export] = reader.exports
        self.classes: list[Class] = reader.classes
        self.tables: list[Type] = reader.tables
        self.errors: list[Span] = []
        self.comments: list[Comment] = []
        self.directive = ""
        self.deep = False


def unread(source: Source) -> Code:
    """Return the code of a module that is not to be read: nothing."""
    _, grammar = grammar_of(plain=True)
    return Code(source.path, Reader(source.path, b"", grammar))


@contextmanager
def room() -> Iterator[None]:
    """Leave room for code that is nested deeply: to read it, and later to follow it as deep."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def read(source: Source) -> Code:
    """Parse a module and read it."""
    parser, grammar = grammar_of(plain=source.path.endswith(_PLAIN_SUFFIXES) or is_stub(source.path))
    root = parse(parser, source.data)
    reader = Reader(source.path, source.data, grammar)
    try:
        with room():
            code = Code(source.path, reader)
            code.body = Block(root.start_byte, root.end_byte, statements.read_all(reader, root.named_children))
    except RecursionError:
        code = unread(source)
        code.deep = True
        return code
    code.errors = errors_of(root) if root.has_error else []
    code.comments = _comments(source, root)
    code.directive = _directive(root)
    _resolve(reader)
    return code


def _resolve(reader: Reader) -> None:
    """Give every name its binding, and every binding its uses and its writes."""
    for export in reader.exports:
        if isinstance(export.of, Name):
            export.of.binding = export.of.scope.find(export.of.text)
    for name, expression in reader.assigned:
        name.binding = name.scope.find(name.text)
        if name.binding is not None:
            name.binding.writes.append(expression)
    written = {id(name) for name, _ in reader.assigned}
    for name in reader.names:
        scope: Scope | None = name.scope
        text = name.text
        while scope is not None:
            binding = scope.names.get(text)
            if binding is not None:
                name.binding = binding
                if not binding.writes or id(name) not in written:
                    binding.uses.append(name)
                break
            scope = scope.parent


def _comments(source: Source, root: TreeNode) -> list[Comment]:
    """Return the comments in order; the text is searched first, because most files have none that matter."""
    if b"lint-" not in source.data or not _SILENCING.search(source.data):
        return []
    found: list[Comment] = []
    cursor = root.walk()
    descend = True
    while True:
        node = cursor.node
        if descend and node is not None and node.type == "comment":
            span = Span(node.start_byte, node.end_byte)
            found.append(Comment(span, source.text(span)))
        if descend and cursor.goto_first_child():
            continue
        if cursor.goto_next_sibling():
            descend = True
            continue
        if not cursor.goto_parent():
            return found
        descend = False


def _directive(root: TreeNode) -> str:
    """Return `use node` if it is among the directives that start the module, else the first directive."""
    found: list[str] = []
    for child in root.named_children:
        if child.type not in {"comment", "hash_bang_line"}:
            text = (child.text or b"").decode("utf-8", "replace").rstrip("; \t")
            if child.type != "expression_statement" or child.named_children[0].type != "string":
                break
            found.append(expressions.unquote(text))
    return "use node" if "use node" in found else (found[0] if found else "")
