"""Faults in what public functions do about who calls."""

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

PUBLIC = (
    "identity-dropped",
    "identity-asserted",
    "person-from-args",
    "person-written",
    "person-looked-up",
    "person-for-caller",
    "subject-as-id",
    "email-compared",
    "email-tested",
    "email-looked-up",
)
"""The kinds of faults that only functions have which anyone can call."""

_CHECKS = re.compile(
    r"auth|identity|require|own(?:er|project)\(|user\w*\(|viewer|guard|ensure|token|secret|\.run|permi|access|member"
    r"|caller|login|assert|check|verif|owned",
    re.IGNORECASE,
)
"""What a handler may look at the caller with."""

_KNOWN_TO_FEW = re.compile(r"api_?key|code|hash|key|nonce|pass|secret|session|signature|token|share", re.IGNORECASE)
"""Parts of the names of arguments that may be a secret, by which a function knows who calls."""

_PERSON = re.compile(r"(?:user|owner|author|creator)Id|createdBy")
"""How the arguments and the fields are usually called that say who somebody is."""

_STORED = {
    "person-from-args": ("v.string()", 'await {ctx}.db.insert("notes", {{ userId: {args}.userId }});'),
    "person-written": ('v.id("users")', 'await {ctx}.db.patch({args}.userId, {{ name: "x" }});'),
    "person-looked-up": (
        "v.string()",
        (
            'const qqq = await {ctx}.db.query("notes").withIndex("by_user", (q) => q.eq("userId", {args}.userId))'
            ".first(); if (qqq !== null) await {ctx}.db.delete(qqq._id);"
        ),
    ),
}
"""What is done with an argument that says who calls, and its validator."""

_EMAILS = {
    "email-compared": (
        'qqq?.email !== "admin@example.com"',
        "process.env.ADMIN_EMAIL !== qqq?.email?.toLowerCase()",
        '(await {ctx}.auth.getUserIdentity())?.email !== "admin@example.com"',
    ),
    "email-tested": (
        '!["admin@example.com"].includes(qqq?.email ?? "")',
        '!qqq?.email?.endsWith("@example.com")',
        '!(process.env.ADMIN_EMAILS ?? "").split(",").includes(qqq!.email!)',
    ),
}
"""The conditions in which the email of an identity decides."""


def mutants(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the mutants of one node."""
    if node.type == "call_expression":
        yield from _unguarded(path, node)
        yield from _for_caller(path, node)
        yield from _decided(path, node)
        yield from _looked_up(path, node)
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
    known = entries(args) or {}
    if any(map(_PERSON.fullmatch, known)) or _KNOWN_TO_FEW.search(" ".join(known)):
        return
    if len(names) > 1 and names[1].isidentifier():
        start = args.start_byte
        for name, (validator, code) in _STORED.items():
            does = f" {code.format(ctx=names[0], args=names[1])}".encode()
            planted = (Change(start + 1, start + 1, f" userId: {validator},".encode()), Change(at, at, does))
            yield Mutant(name, path, planted, start, start + 2, kind)


def _for_caller(path: str, node: Node) -> Iterator[Mutant]:
    """Yield an argument in the place of who calls, where that is stored as the owner of a document."""
    given = arguments(node)
    if imported(top(node), "_generated/server").get(text(child(node, "function"))) != "mutation" or not given:
        return
    args, handler = (bare(child(entry(given[0], name), "value")) for name in ("args", "handler"))
    body, parameters = child(handler, "body"), child(handler, "parameters")
    names = [text(child(one, "pattern") or one) for one in parameters.named_children] if parameters is not None else []
    declared = entries(args)
    if body is None or args is None or declared is None or "userId" in declared or len(names) < 2:
        return
    asked = [one for one in own(body) if one.type == "variable_declarator" and _asks(child(one, "value"))]
    if len(asked) != 1 or _KNOWN_TO_FEW.search(" ".join(declared)) or not names[1].isidentifier():
        return
    who, value = child(asked[0], "name"), child(asked[0], "value")
    if who is None or value is None or who.type != "identifier":
        return
    others = text(body).replace(text(value), "")
    if _stores(body, text(who)) and not re.search(r"\(\s*ctx\b|ctx\.(?:auth|run)|process\.env", others):
        put = Change(args.start_byte + 1, args.start_byte + 1, b" userId: v.string(),")
        swap = Change(value.start_byte, value.end_byte, f"{names[1]}.userId".encode())
        yield Mutant("person-for-caller", path, (put, swap), args.start_byte, args.start_byte + 2, text(value))


def _asks(value: Node | None) -> bool:
    """Say whether a value is the id of who calls, by the name of what gives it."""
    call = value.named_children[0] if value is not None and value.type == "await_expression" else None
    name = text(child(call, "function"))
    return re.search(r"(?i)user_?id$|subject$", name) is not None and "ctx" in [text(one) for one in arguments(call)]


def _stores(body: Node, who: str) -> bool:
    """Say whether a name is what a field with the name of a person is written with."""
    for call in walk(body):
        given = arguments(call) if call.type == "call_expression" else []
        if method(call) == "insert" and len(given) > 1:
            stored = entries(given[1]) or {}
            if any(_PERSON.fullmatch(key) and text(one) == who for key, one in stored.items()):
                return True
    return False


def _decided(path: str, node: Node) -> Iterator[Mutant]:
    """Yield checks of who calls by the email, or by a subject that is taken for an id."""
    kind = imported(top(node), "_generated/server").get(text(child(node, "function")), "")
    given = arguments(node)
    if kind not in {"query", "mutation"} or not given or not path.endswith(("ts", "tsx")):
        return
    args, handler = (bare(child(entry(given[0], name), "value")) for name in ("args", "handler"))
    body, parameters = child(handler, "body"), child(handler, "parameters")
    names = [text(child(one, "pattern") or one) for one in parameters.named_children] if parameters is not None else []
    if body is None or body.type != "statement_block" or not names or not names[0].isidentifier():
        return
    at = body.start_byte + 1
    asks = f" const qqq = await {names[0]}.auth.getUserIdentity();"
    no = ' throw new Error("no");'
    if b"erified" not in (top(node).text or b""):
        for name, conditions in _EMAILS.items():
            condition = conditions[at % len(conditions)]
            code = f"{asks} if ({condition.format(ctx=names[0])}){no}"
            yield Mutant(name, path, (Change(at, at, code.encode()),), at - 1, at + 1, condition)
    for key, validator in (entries(args) or {}).items():
        if text(validator) == 'v.id("users")' and len(names) > 1 and names[1].isidentifier():
            code = f"{asks} if ({names[1]}.{key} !== qqq?.subject){no}"
            yield Mutant("subject-as-id", path, (Change(at, at, code.encode()),), at - 1, at + 1, key)


def _subject(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the subject of an identity in the place of its token identifier."""
    around = node.parent
    is_stored = around is not None and around.type == "pair" and text(child(around, "key")) == "tokenIdentifier"
    is_compared = (
        around is not None and around.type == "arguments" and "tokenIdentifier" in text(around.named_children[0])
    )
    of = child(node, "object")
    name = child(node, "property")
    if of is None or _is_received(of):  # from others, who may give another one
        return
    if name is not None and "identity" in text(of).lower() and (is_stored or is_compared):
        change = Change(name.start_byte, name.end_byte, b"subject")
        yield Mutant("subject-as-token", path, (change,), node.start_byte, node.end_byte, "")


def _is_received(name: Node) -> bool:
    """Say whether a name is a parameter of the function that it stands in, or of one around that."""
    around = name.parent
    while around is not None:
        parameters = child(around, "parameters") if around.type in FUNCTIONS else None
        if parameters is not None and any(text(one) == text(name) for one in walk(parameters)):
            return True
        around = around.parent
    return False


def _looked_up(path: str, node: Node) -> Iterator[Mutant]:
    """Yield the email of an identity where a document is looked up by another claim of it."""
    given = arguments(node)
    if method(node) != "eq" or len(given) != 2 or b"erified" in (top(node).text or b""):
        return
    field, value = given[0], bare(given[1])
    claim, of = child(value, "property"), child(value, "object")
    is_claim = claim is not None and text(claim) in {"tokenIdentifier", "subject"} and "identity" in text(of).lower()
    if is_claim and claim is not None and field.type == "string":
        name = Change(field.start_byte, field.end_byte, b'"email"')
        taken = Change(claim.start_byte, claim.end_byte, b"email")
        yield Mutant("email-looked-up", path, (name, taken), given[1].start_byte, given[1].end_byte, text(claim))
