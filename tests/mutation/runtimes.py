"""Faults in the runtime that a module is for: what is put before, or behind, its imports."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from tests.mutation.code import Change, arguments, child, text
from tests.mutation.mutant import Mutant
from tests.mutation.reading import constants, imported, method

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from tree_sitter import Node

_LOADED = {
    "node-import": 'import qqq from "node:fs";\nconsole.log(qqq);',
    "node-export": 'export { readFile as qqq } from "fs/promises";',
    "node-require": 'export const qqq = () => require("child_process");',
    "browser-import": 'import { useQuery as qqq } from "convex/react";\nconsole.log(qqq);',
    "node-global": "export const qqq = [Buffer.alloc(1)];",
    "node-method": "export const qqq = process.cwd();",
    "browser-global": "console.log(window.name);",
    "late-directive": '"use node";',
    "frozen-time": "export const qqq = { at: Date.now() };",
    "frozen-random": "export const qqq = Math.random();",
}
"""What is put behind the imports of a module of the default runtime."""

_TYPED = {
    "variable": "export const qqq = () => process.env.CONVEX_SITE_URL;",
    "variable-by-name": 'export const qqq = () => process.env["CONVEX_CLOUD_URL"] ?? "";',
    "variable-undeclared": "export const qqq = () => process.env.QQQ!.length;",
}
"""What is put there where the project declares its variables."""

_EARLY = "export const qqq = process.env.QQQ;"
_OF_DATABASE = frozenset({"query", "mutation", "internalQuery", "internalMutation", "httpAction"})


def mutants(
    roots: Mapping[str, Node], entries_: AbstractSet[str], folders: Mapping[str, str], components: AbstractSet[str]
) -> Iterator[Mutant]:
    """Yield the mutants of the modules that are deployed; `folders` are their functions folders."""
    node = sorted(path for path in entries_ & roots.keys() if _is_for_node(roots[path]))
    for path in sorted(entries_ & roots.keys() & folders.keys()):
        root = roots[path]
        end = _behind_imports(root)
        if end is None or path in node:
            continue
        for kind, code in _LOADED.items():
            yield _put(kind, path, end, code)
        for other in node[:1]:
            if folders[other] == folders[path]:
                relative = posixpath.relpath(other.rsplit(".", 1)[0], posixpath.dirname(path))
                code = f'import * as qqq from "./{relative}";\nconsole.log(qqq);'
                yield _put("import-of-node", path, end, code)
        for kind, code in _TYPED.items() if _has_variables(roots, folders[path]) else ():
            yield _put(kind, path, end, code.replace("!", "") if path.endswith("js") else code)
        is_of_component = folders[path] in components
        if is_of_component:
            yield _put("early-variable", path, end, _EARLY)
        stem = posixpath.relpath(path, folders[path]).rsplit(".", 1)[0]
        if _declares(root) or stem in {"http", "crons"} or is_of_component:
            yield from _directives(path, root, stem, is_of_component=is_of_component)


def providers(path: str, node: Node) -> Iterator[Mutant]:
    """Yield configurations without a provider."""
    if path.endswith("/auth.config.ts") and node.type == "pair" and text(child(node, "key")) == "providers":
        value = child(node, "value")
        if value is not None and value.type == "array":
            change = Change(value.start_byte, value.end_byte, b"[]")
            yield Mutant("no-provider", path, (change,), value.start_byte, value.end_byte, "")


def _put(kind: str, path: str, end: int, code: str) -> Mutant:
    return Mutant(kind, path, (Change(end, end, f"\n{code}".encode()),), end, end + 1, "")


def _directives(path: str, root: Node, stem: str, *, is_of_component: bool) -> Iterator[Mutant]:
    """Yield the directive where the module cannot be for Node."""
    change = Change(0, 0, b'"use node";\n')
    if stem in {"http", "crons"}:
        yield Mutant("directive-of-http", path, (change,), 0, 1, stem)
    elif is_of_component:
        yield Mutant("directive-of-component", path, (change,), 0, 1, "")
    if _declares(root):
        yield Mutant("directive-of-database", path, (change,), 0, root.end_byte, "")


def _declares(root: Node) -> bool:
    """Say whether a module exports a function of the database, or an HTTP action, that a plain builder makes."""
    names = imported(root, "_generated/server")
    made = (value for _, value in constants(root, exported=True) if value.type == "call_expression")
    return any(names.get(method(value)) in _OF_DATABASE and arguments(value) for value in made)


def _has_variables(roots: Mapping[str, Node], folder: str) -> bool:
    configuration = text(roots.get(posixpath.normpath(f"{folder}/convex.config.ts")))
    return re.search(r"\bdefine(?:App|Component)\([^)]*?\benv: \{", configuration) is not None


def _is_for_node(root: Node) -> bool:
    first = next((one for one in root.named_children if one.type != "comment"), None)
    return first is not None and text(first).rstrip(";").strip("\"'") == "use node"


def _behind_imports(root: Node) -> int | None:
    found = [one.end_byte for one in root.named_children if one.type == "import_statement"]
    return found[-1] if found else None
