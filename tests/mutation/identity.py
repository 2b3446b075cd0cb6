"""Faults in what public functions do about who calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.mutation.code import Change, arguments, bare, child, text
from tests.mutation.convex import entry
from tests.mutation.mutant import Mutant
from tests.mutation.reading import imported, top

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

PUBLIC = ("identity-dropped", "identity-asserted", "person-from-args")
"""The kinds of faults that only functions have which anyone can call."""

_CHECKS = re.compile(
    r"auth|identity|require|own(?:er|project)\(|user\w*\(|viewer|guard|ensure|token|secret|\.run", re.IGNORECASE
)
"""What a handler may look at the caller with."""


def mutants(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    if node.type == "call_expression":
        yield from _unguarded(path, node)
    if node.type == "member_expression" and text(child(node, "property")) == "tokenIdentifier":
        yield from _subject(path, node)


def _unguarded(path: str, node: Node) -> Iterator[Mutant]:
    """Yield faults that are put into the handlers of public functions that seem not to look who calls."""
    kind = imported(top(node), "_generated/server").get(text(child(node, "function")), "")
    given = arguments(node)
    if kind not in {"query", "mutation"} or not given:
        return
    handler = bare(child(entry(given[0], "handler"), "value"))
    body, parameters = child(handler, "body"), child(handler, "parameters")
    names = [text(child(one, "pattern") or one) for one in parameters.named_children] if parameters is not None else []
    if body is None or body.type != "statement_block" or not names or not names[0].isidentifier():
        return
    if _CHECKS.search(text(body)):
        return
    at = body.start_byte + 1
    asks = f"{names[0]}.auth.getUserIdentity()"
    for name, code in (("dropped", f" await {asks};"), ("asserted", f" const qqq = (await {asks})!;")):
        if name == "dropped" or path.endswith(("ts", "tsx")):
            yield Mutant(f"identity-{name}", path, (Change(at, at, code.encode()),), at - 1, at + 1, kind)
    args = bare(child(entry(given[0], "args"), "value"))
    if "v" not in imported(top(node)) or kind != "mutation" or args is None or args.type != "object":
        return
    if len(names) > 1 and names[1].isidentifier():
        start = args.start_byte
        code = f' await {names[0]}.db.insert("notes", {{ userId: {names[1]}.userId }});'
        planted = (Change(start + 1, start + 1, b" userId: v.string(),"), Change(at, at, code.encode()))
        yield Mutant("person-from-args", path, planted, start, start + 2, kind)


def _subject(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the subject of an identity in the place of its token identifier."""
    around = node.parent
    is_stored = around is not None and around.type == "pair" and text(child(around, "key")) == "tokenIdentifier"
    is_compared = (
        around is not None and around.type == "arguments" and "tokenIdentifier" in text(around.named_children[0])
    )
    of = child(node, "object")
    name = child(node, "property")
    if name is not None and of is not None and "identity" in text(of).lower() and (is_stored or is_compared):
        change = Change(name.start_byte, name.end_byte, b"subject")
        yield Mutant("subject-as-token", path, (change,), node.start_byte, node.end_byte, "")
