"""Rewritings of names that nobody outside a function sees."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from convex_lint.testing.trees import FUNCTIONS, Change, changed, content, is_code, parse, walk
from convex_lint.testing.variants.variant import Variant, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

_PATTERNS = frozenset(
    {
        "array_pattern",
        "assignment_pattern",
        "object_pattern",
        "optional_parameter",
        "pair_pattern",
        "required_parameter",
        "rest_pattern",
    }
)
_FIELDS = {
    "arrow_function": "parameter",
    "assignment_pattern": "left",
    "catch_clause": "parameter",
    "for_in_statement": "left",
    "optional_parameter": "pattern",
    "pair_pattern": "value",
    "required_parameter": "pattern",
    "variable_declarator": "name",
}
_SHORTHANDS = frozenset({"shorthand_property_identifier", "shorthand_property_identifier_pattern"})


def renamed_locals(files: Mapping[str, str]) -> Variant | None:
    """Rename the parameters and variables of functions, but those that also name a property."""
    taken = "\n".join(files.values())
    fresh = (f"r{number}" for number in count() if f"r{number}" not in taken)
    after: dict[str, str] = {}
    names: dict[str, str] = {}
    for path, text in files.items():
        root = parse(path, text)
        new = {name: next(fresh) for name in sorted(_renamable(root))} if is_code(path) else {}
        names |= {value: key for key, value in new.items()}
        after[path] = changed(text, _renamings(root, new))
    return Variant(after, names) if names else None


def renamed_ctx(files: Mapping[str, str]) -> Variant | None:
    """Call the parameter `ctx` something else."""
    if any("c0" in text for text in files.values()):
        return None
    return rewritten(files, lambda _, root: _renamings(root, _new_ctx(root)), {"c0": "ctx"})


def _new_ctx(root: Node) -> dict[str, str]:
    patterns = any(node.type.endswith("_pattern") and content(node) == "ctx" for node in walk(root))
    return {"ctx": "c0"} if "ctx" in _local(root) and not patterns else {}


def _renamings(root: Node, new: Mapping[str, str]) -> Iterator[Change]:
    for node in walk(root):
        name = content(node) if node.type in {"identifier", *_SHORTHANDS} else ""
        if name in new:
            text = new[name] if node.type == "identifier" else f"{name}: {new[name]}"
            yield Change(node.start_byte, node.end_byte, text)


def _renamable(root: Node) -> set[str]:
    shorthand = {content(node) for node in walk(root) if node.type in _SHORTHANDS}
    return _local(root) - shorthand - {"arguments", "ctx"}


def _local(root: Node) -> set[str]:
    """Return the names that are parameters or variables of functions wherever they occur."""
    found: set[str] = set()
    elsewhere: set[str] = set()
    for node, scopes in _with_scopes(root, ()):
        if node.type == "identifier":
            name = content(node)
            in_tag = (
                node.parent is not None and node.parent.type.startswith("jsx_") and node.parent.type.endswith("element")
            )
            declared = any(name in scope for scope in scopes) and not in_tag
            (found if declared else elsewhere).add(name)
    return found - elsewhere


def _with_scopes(node: Node, scopes: tuple[frozenset[str], ...]) -> Iterator[tuple[Node, tuple[frozenset[str], ...]]]:
    """Yield every node with the names that each function around it declares."""
    if node.type in FUNCTIONS:
        scopes = (*scopes, frozenset(_declared(node, node)))
    yield node, scopes
    for child in node.children:
        yield from _with_scopes(child, scopes)


def _declared(node: Node, function: Node) -> Iterator[str]:
    """Yield the parameters and variables of a function, without those of functions in it."""
    if node.type in FUNCTIONS and node != function:
        return
    name = node.child_by_field_name(_FIELDS[node.type]) if node.type in _FIELDS else None
    if name is not None and name.type == "identifier" and _declares(node):
        yield content(name)
    if node.type in {"array_pattern", "rest_pattern"}:
        yield from (content(child) for child in node.named_children if child.type == "identifier")
    for child in node.children:
        yield from _declared(child, function)


def _declares(node: Node) -> bool:
    """Say whether a node with a name declares it, and nothing else.

    `for (x of …)` may only assign it, and `private x` in a constructor is the name of a field as well.
    """
    if node.type == "for_in_statement":
        return node.child_by_field_name("kind") is not None
    return not any(child.type in {"accessibility_modifier", "readonly"} for child in node.children)
