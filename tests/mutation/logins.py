"""Checks of who is logged in, put into functions that are scheduled in their own module."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from tests.mutation.calls import reference
from tests.mutation.code import Change, arguments, bare, child
from tests.mutation.convex import entry
from tests.mutation.handlers import first_parameter
from tests.mutation.mutant import Mutant
from tests.mutation.reading import BUILDERS, constants, imported, method, top

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from tests.mutation.reading import Project

_AT = {"runAfter": 1, "runAt": 1}


def mutants(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    given = arguments(node) if node.type == "call_expression" and method(node) in _AT else []
    found = reference(given[1]) if len(given) > 1 else None
    module = posixpath.relpath(path, project.folder).rsplit(".", 1)[0]
    if found is None or "/".join(found.names[:-1]) != module:
        return
    for name, value in constants(top(node), exported=True):
        if name == found.names[-1] and imported(top(node)).get(method(value)) in BUILDERS and arguments(value):
            handler = bare(child(entry(arguments(value)[0], "handler"), "value"))
            body, ctx = child(handler, "body"), first_parameter(handler)
            if body is not None and body.type == "statement_block" and ctx is not None:
                check = f' if ((await {ctx}.auth.getUserIdentity()) === null) throw new Error("nobody");'.encode()
                change = Change(body.start_byte + 1, body.start_byte + 1, check)
                yield Mutant("scheduled-login", path, (change,), node.start_byte, node.end_byte, method(node))
