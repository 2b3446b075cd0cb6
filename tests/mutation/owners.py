"""Faults in whose document a mutation writes: it only asks for a login where it compared the owner with who calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.mutation.code import FUNCTIONS, Change, arguments, bare, child, own, text, walk
from tests.mutation.convex import entry
from tests.mutation.mutant import Mutant
from tests.mutation.reading import entries, imported, method, top

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from tests.mutation.reading import Project

_OWNER = re.compile(r"(?:user|owner|author|creator)(?:Id)?|createdBy|tokenIdentifier")
"""How the fields are usually called that say whose a document is."""

_WHO = re.compile(
    r"[\"'](?:tokenIdentifier|token|clerk\w*|workos\w*|externalId|subject|email|\w*[aA]uth\w*|userId)[\"']"
)
"""How the fields are usually called by which the document of who calls is found."""

_ASKS = re.compile(r"(?i)user|auth|identity|viewer|caller|login|session")
"""How functions are usually called that give who calls."""

_TELLS = re.compile(
    r"(?i)role|admin|member|permission|owner\w*\(|access|moderat|\b(?:can|is)[A-Z]\w*\(|\.(?:some|includes|has)\("
)
"""What else may tell one user from another."""

_UNEQUAL = frozenset({"!==", "!="})
_WRITES = frozenset({"patch", "replace", "delete"})


def mutants(project: Project, path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node: of a plain public mutation that compares one owner with who calls."""
    names = imported(top(node), "_generated/server") if node.type == "call_expression" else {}
    given = arguments(node)
    if names.get(text(child(node, "function"))) != "mutation" or not given:
        return
    args, handler = (bare(child(entry(given[0], name), "value")) for name in ("args", "handler"))
    body = child(handler, "body")
    if args is None or handler is None or handler.type not in FUNCTIONS or body is None:
        return
    compared = [one for one in own(body) if one.type == "binary_expression" and _asked(one) is not None]
    if len(compared) != 1 or not _names_owned(project, args, body, compared[0]):
        return
    caller = _asked(compared[0])
    rest = text(body).replace(text(compared[0]), "")
    handed = re.findall(r"([\w.]+)\(\s*ctx\b", text(body))
    if caller is None or not _ends(compared[0]) or _is_looked_up(body, compared[0]):
        return
    if not all(map(_ASKS.search, handed)) or any(_compares(one) for one in walk(body) if one != compared[0]):
        return
    if not _TELLS.search(rest):
        swap = Change(compared[0].start_byte, compared[0].end_byte, f"!{caller}".encode())
        yield Mutant("owner-unchecked", path, (swap,), args.start_byte, args.end_byte, text(compared[0]))


def _asked(node: Node) -> str | None:
    """Return the name of who calls where the owner of a document is compared with that."""
    left, right = child(node, "left"), child(node, "right")
    sides = [(left, right), (right, left)] if text(child(node, "operator")) in _UNEQUAL else []
    for owner, other in sides:
        is_owner = owner is not None and owner.type == "member_expression"
        root = other
        while root is not None and root.type in {"member_expression", "non_null_expression"}:
            root = root.named_children[0]
        is_caller = root is not None and root.type == "identifier" and text(root) not in {"args", "ctx"}
        if is_owner and is_caller and _OWNER.fullmatch(text(child(owner, "property"))):
            return text(root)
    return None


def _ends(node: Node) -> bool:
    """Say whether what fails the comparison throws: in a condition of its own, or with others that suffice, too."""
    around = node.parent
    while around is not None and (
        around.type == "parenthesized_expression"
        or (around.type == "binary_expression" and text(child(around, "operator")) == "||")
    ):
        around = around.parent
    return around is not None and around.type == "if_statement" and "throw " in text(child(around, "consequence"))


def _compares(node: Node) -> bool:
    """Say whether a part of something is compared with a value, which may be a check."""
    sides = [child(node, "left"), child(node, "right")]
    is_equality = node.type == "binary_expression" and text(child(node, "operator")) in {*_UNEQUAL, "===", "=="}
    is_there = any(text(one) in {"null", "undefined"} for one in sides)
    return is_equality and not is_there and any(one is not None and one.type == "member_expression" for one in sides)


def _names_owned(project: Project, args: Node, body: Node, compared: Node) -> bool:
    """Say whether a document with an owner is written there that an argument names, and whose owner is compared."""
    gets = {
        text(child(one, "name")): text(child(one, "value")) for one in own(body) if one.type == "variable_declarator"
    }
    sides = (re.match(r"(\w+)\??\.", text(child(compared, side))) for side in ("left", "right"))
    loaded = " ".join(gets.get(one[1], "") for one in sides if one is not None)
    tables = {
        key: named[1]
        for key, one in (entries(args) or {}).items()
        if (named := re.fullmatch(r"v\.id\([\"'](\w+)[\"']\)", text(one))) is not None
    }
    for call in walk(body):
        is_write = method(call) in _WRITES and text(child(call, "function", "object")).endswith("db")
        for one in arguments(call)[:2] if call.type == "call_expression" and is_write else ():
            table = project.tables.get(tables.get(text(one).rpartition(".")[2], ""))
            is_loaded = re.search(rf"\.db\s*\.get\([^)]*{re.escape(text(one))}\)", loaded) is not None
            if table is not None and any(map(_OWNER.fullmatch, table.fields)) and is_loaded:
                return True
    return False


def _is_looked_up(body: Node, compared: Node) -> bool:
    """Say whether a document is found before by something else than who calls: a membership may be among them."""
    for one in walk(body):
        is_range = one.type == "call_expression" and method(one) in {"withIndex", "filter"}
        if is_range and one.start_byte < compared.start_byte:
            fields = re.findall(r"\.eq\(\s*(?:\w+\.field\()?([^,)]+)", text(one))
            if not fields or not all(map(_WHO.fullmatch, fields)):
                return True
    return False
