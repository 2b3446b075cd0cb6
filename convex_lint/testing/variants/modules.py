"""Rewritings of where things come from and what files are called."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from convex_lint.testing.prelude import relative
from convex_lint.testing.trees import Change, changed, content, is_code, parse, walk
from convex_lint.testing.variants.variant import Variant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

_SERVER = "_generated/server"
_TYPE_SYNTAX = frozenset(
    {
        "abstract_class_declaration",
        "accessibility_modifier",
        "ambient_declaration",
        "as_expression",
        "enum_declaration",
        "implements_clause",
        "interface_declaration",
        "internal_module",
        "non_null_expression",
        "optional_parameter",
        "override_modifier",
        "satisfies_expression",
        "type_alias_declaration",
        "type_annotation",
        "type_arguments",
        "type_assertion",
        "type_parameters",
    }
)


def reexported_builder(files: Mapping[str, str]) -> Variant | None:
    """Import the builders from a module that passes them on from `_generated/server`."""
    after = dict(files)
    for path, text in files.items():
        changes: list[Change] = []
        for node in parse(path, text).named_children if is_code(path) else ():
            names, source = _imported(node), node.child_by_field_name("source")
            if names and source is not None:
                module, specifier = _passing_module(path, content(source)[1:-1], files)
                again = f'export {{ {", ".join(names)} }} from "./{_SERVER}";\n'
                after[module] = _once(after.get(module, ""), again)
                changes.append(Change(source.start_byte, source.end_byte, f'"{specifier}"'))
        after[path] = changed(text, changes)
    return None if after == dict(files) else Variant(after)


def _imported(statement: Node) -> list[str]:
    """Return the names that a statement imports from `_generated/server`; none where it imports types."""
    source = content(statement.child_by_field_name("source"))[1:-1]
    clause = next((child for child in statement.children if child.type == "import_clause"), None)
    if statement.type != "import_statement" or not source.startswith(".") or not source.endswith(_SERVER):
        return []
    if clause is None or [child.type for child in clause.named_children] != ["named_imports"]:
        return []
    specifiers = [node for node in walk(clause) if node.type == "import_specifier"]
    typed = any(child.type == "type" for node in (statement, *specifiers) for child in node.children)
    return [] if typed else [content(specifier.child_by_field_name("name")) for specifier in specifiers]


def _passing_module(path: str, source: str, files: Mapping[str, str]) -> tuple[str, str]:
    """Return the path of the module that passes on, and what `path` writes to import it."""
    server = posixpath.normpath(posixpath.join(posixpath.dirname(path), source))
    folder = posixpath.dirname(posixpath.dirname(server))
    stem = posixpath.join(folder, "functions")
    if any(known.rpartition(".")[0] == stem for known in files):
        stem = posixpath.join(folder, "passedOn")
    return f"{stem}.{'js' if path.endswith(('js', 'jsx')) else 'ts'}", relative(path, stem)


def _once(text: str, line: str) -> str:
    """Return the exports of a module with those of a line that it does not have yet."""
    have = set(re.findall(r"\w+", "".join(re.findall(r"\{(.*?)\}", text))))
    names = re.findall(r"\w+", line.partition("{")[2].partition("}")[0])
    new = [name for name in dict.fromkeys(names) if name not in have]
    return f'{text}export {{ {", ".join(new)} }} from "./{_SERVER}";\n' if new else text


def as_js(files: Mapping[str, str]) -> Variant | None:
    """Call each TypeScript module without type syntax what it would be called in JavaScript."""
    paths = {
        re.sub(r"\.ts(x?)$", r".js\1", path): path
        for path, text in files.items()
        if is_code(path) and path.endswith((".ts", ".tsx")) and _is_js(path, text)
    }
    if not paths or any(re.search(r"\.tsx?[\"']", text) for text in files.values()):
        return None
    new = {old: path for path, old in paths.items()}
    return Variant({new.get(path, path): text for path, text in files.items()}, paths=paths)


def _is_js(path: str, text: str) -> bool:
    root = parse(path, text)
    types = any(node.type in _TYPE_SYNTAX or node.type == "type" for node in walk(root))
    return not root.has_error and not types
