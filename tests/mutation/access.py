"""Faults of access control: who calls is not asked any more, neither by the function itself nor by its builder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.mutation.code import FUNCTIONS, Change, arguments, bare, child, own, spelt, text, walk
from tests.mutation.convex import builder, entry
from tests.mutation.mutant import Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_WRITES = re.compile(
    r"\.db\.(?:insert|patch|replace|delete)\(|\.scheduler\.run|\.storage\.(?:generateUploadUrl|delete)\("
)
_CHECKS = re.compile(r"(?i)getUserIdentity|auth|viewer|require|assert|current|identity")
"""How functions are usually called that check who calls."""

_KNOWN_TO_FEW = re.compile(r"(?i)key|token|secret|password|code\b|share")
"""Parts of the names of arguments that may be a secret, by which a function knows who calls."""

_ANYBODY = b'({ _id: "x", subject: "x", tokenIdentifier: "x" } as any)'


def mutants(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node; the functions of a component are no business of those who are logged in."""
    if "/component/" in path:
        return
    name = builder(node) if node.type == "call_expression" else ""
    body = _body(node) if name.lower().endswith(("mutation", "action")) and not name.startswith("internal") else None
    if body is None or _WRITES.search(text(body)) is None:
        return
    if name in {"mutation", "action"}:
        yield from _anybody(path, node, body)
    elif path.endswith((".ts", ".js")):
        yield from _raw(path, node, body, "mutation" if name.lower().endswith("mutation") else "action")


def _body(node: Node) -> Node | None:
    """Return the body of the handler that a builder is given."""
    given = bare(arguments(node)[0]) if arguments(node) else None
    written = entry(given, "handler")
    handler = given if written is None else bare(child(written, "value")) or written
    return child(handler, "body") if handler is not None and handler.type in FUNCTIONS else None


def _anybody(path: str, node: Node, body: Node) -> Iterator[Mutant]:
    """Take anybody for who calls, where a function asks that itself, or hands ctx to what asks."""
    asking = [one for one in own(body) if one.type == "await_expression" and _asks(one)]
    handed = [one for one in walk(body) if one.type == "call_expression" and _takes_ctx(one)]
    called, given = child(node, "function"), entry(bare(arguments(node)[0]), "args")
    is_told = re.search(r"ctx\.run[A-Z]", text(body)) or _KNOWN_TO_FEW.search(text(bare(child(given, "value"))))
    if not asking or called is None or is_told or not all(one.parent in asking for one in handed):
        return
    if not any(_decides(body, name) for one in asking for name in _held(one)):
        changes = tuple(Change(one.start_byte, one.end_byte, _ANYBODY) for one in asking)
        yield Mutant("anybody", path, changes, node.start_byte, node.end_byte, text(called))


def _held(asking: Node) -> list[str]:
    """Return the names that hold who calls."""
    declared = asking
    while declared.parent is not None and declared.type not in {"variable_declarator", "statement_block"}:
        declared = declared.parent
    names = child(declared, "name")
    return [text(one) for one in walk(names) if "identifier" in one.type] if names is not None else []


def _decides(body: Node, name: str) -> bool:
    """Say whether it hangs on a name what is found, or how it goes on: nobody is who stands there."""
    of = re.escape(name) + r"[\w.?!]*"
    return (
        re.search(rf"[!=]==?\s*{of}|\b{of}\s*[!=]==?\s*(?!null|undefined)|,\s*{of}\s*\)|\({of}\)", text(body))
        is not None
    )


def _asks(waited: Node) -> bool:
    call = waited.named_children[0] if waited.named_children else None
    name = text(child(call, "function"))
    is_known = call is not None and ("getUserIdentity" in name or _takes_ctx(call))
    return is_known and _CHECKS.search(name) is not None


def _takes_ctx(call: Node) -> bool:
    return call.type == "call_expression" and any(text(one) == "ctx" for one in arguments(call))


def _raw(path: str, node: Node, body: Node, kind: str) -> Iterator[Mutant]:
    """Put the builder of Convex in the stead of one that checks who calls."""
    called = child(node, "function")
    root = node
    while root.parent is not None:
        root = root.parent
    sources = [text(child(one, "source")).strip("\"'") for one in root.named_children if one.type == "import_statement"]
    known = [one.rpartition("/")[0] + "/server" for one in sources if "_generated/" in one]
    own_ctx = re.search(r"ctx\.(?!db\b|scheduler\b|storage\b|auth\b|run)", text(body))
    if called is None or not known or own_ctx or "if (" in text(body) or "(ctx" in text(body):
        return
    first = root.named_children[0].start_byte
    added = Change(first, first, f'import {{ {kind} as planted }} from "{known[0]}";\n'.encode())
    swap = Change(called.start_byte, called.end_byte, b"planted")
    yield Mutant("raw-builder", path, (added, swap), called.start_byte, called.end_byte, spelt(called))
