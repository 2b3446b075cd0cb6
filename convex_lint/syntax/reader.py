"""The state of reading one module, and the way from a tree-sitter node to the function that reads its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convex_lint.syntax.nodes import Binding, Function, Other, Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node as TreeNode

    from convex_lint.syntax.nodes import (
        Call,
        Class,
        Evaluate,
        Export,
        Expression,
        Import,
        Name,
        Statement,
        Type,
    )


class Grammar(NamedTuple):
    """What is known of the nodes of a grammar by the id of their kind: the kind's name, and what reads it.

    To look a kind up is quicker than to have tree-sitter make a string of it for every node. `plain` says that it is
    the grammar without JSX.
    """

    plain: bool
    kinds: dict[int, str]
    expressions: dict[int, Callable[[Reader, TreeNode], Expression]]
    statements: dict[int, Callable[[Reader, TreeNode], Statement | None]]


class Reader:
    """What is known while a module is read: the text, the current scope and function, and the buckets filled so far.

    `is_apart` says that the text is a type alone: then the types in it are read with it.
    """

    __slots__ = (
        "ascii",
        "assigned",
        "calls",
        "classes",
        "evaluates",
        "exports",
        "expressions",
        "function",
        "functions",
        "imports",
        "is_apart",
        "kinds",
        "latin",
        "names",
        "plain",
        "program",
        "scope",
        "statements",
        "tables",
        "texts",
    )

    def __init__(self, path: str, data: bytes, grammar: Grammar) -> None:
        # One character a byte, so that byte offsets are indices; a slice that is not ASCII is decoded again.
        self.latin = data.decode("latin-1")
        self.ascii = data.isascii()
        self.plain, self.kinds, self.expressions, self.statements = grammar
        self.is_apart = False
        self.texts: dict[str, str] = {}
        self.function: Function | None = None
        self.scope = Scope(None, None, path)
        self.program = self.scope
        self.functions: list[Function] = []
        self.calls: list[Call] = []
        self.evaluates: list[Evaluate] = []
        self.names: list[Name] = []
        self.assigned: list[tuple[Name, Expression]] = []
        self.imports: list[Import] = []
        self.exports: list[Export] = []
        self.classes: list[Class] = []
        self.tables: list[Type] = []

    def text(self, node: TreeNode) -> str:
        """Return the text of a node."""
        if self.ascii:
            return self.latin[node.start_byte : node.end_byte]
        return self.slice(node.start_byte, node.end_byte)

    def slice(self, start: int, end: int) -> str:
        """Return the text between two byte offsets."""
        text = self.latin[start:end]
        return text if self.ascii or text.isascii() else text.encode("latin-1").decode("utf-8", "replace")

    def expression(self, node: TreeNode) -> Expression:
        """Read an expression; a kind that is not known keeps the expressions inside it."""
        handler = self.expressions.get(node.kind_id)
        return handler(self, node) if handler is not None else self.other(node)

    def other(self, node: TreeNode) -> Other:
        """Read an expression of which only the parts matter."""
        other = Other(node.start_byte, node.end_byte, [])
        for child in node.named_children:
            handler = self.expressions.get(child.kind_id)
            if handler is not None or child.child_count:
                item = handler(self, child) if handler is not None else self.other(child)
                item.parent = other
                other.items.append(item)
        return other

    def statement(self, node: TreeNode) -> Statement | None:
        """Read a statement, or return None for one that does nothing at run time."""
        handler = self.statements.get(node.kind_id)
        return handler(self, node) if handler is not None else None

    def declare(self, name: str, form: str, start: int, end: int, scope: Scope | None = None) -> Binding:
        """Make a binding in the current scope (or another); a `var` that is there already is the same one."""
        names = (scope or self.scope).names
        if form == "var" and name in names:
            return names[name]
        binding = names[name] = Binding(name, form, start, end)
        return binding

    def function_scope(self) -> Scope:
        """Return the scope that `var` declares in."""
        return self.function.scope if self.function is not None else self.program
