"""What code does with one claim of an identity: the `subject`, the `email` of who calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.identity import Grade
from convex_lint.link.shapes import bare, literal, outermost, property_of
from convex_lint.subjects import copies, fields, functions, indexes
from convex_lint.syntax.nodes import Await, Binary, Call, Cast, Conditional, Declare, Literal, Member, Object, Property
from convex_lint.values import Closure, Ctx, Db, Id, Method, present
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.subjects.fields import FieldUse
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_CLAIMS = ("subject", "email")
_FIELDS = ("tokenIdentifier", "email")
_EQUAL = frozenset({"==", "===", "!=", "!=="})
_ELSE = frozenset({"??", "||"})
_SAME = frozenset({"toLowerCase", "toUpperCase", "trim"})
"""The methods of a string that give the same one in another form."""
_ONE = frozenset({"filter", "first", "order", "unique", "withIndex"})
"""The methods of a query on the way to one document."""
_TESTS = frozenset({"endsWith", "includes", "startsWith", "has", "indexOf"})
"""The methods that say whether a string is among others, or has a part."""


class ClaimUse:
    """A use of the `claim` of an identity that surely is just that.

    `how` is `written` (into the `field` of documents), `looked_up` (documents whose `field` it is), `signed`
    (the same, and only the id of the document is written into another one, as that of who calls), `compared` (with
    another value, and `with_id` is the table if that is an id), `renewed` (compared with a field of a document, into
    which it is written where they differ) or `tested` (whether it is in a list, or has a part).
    """

    def __init__(self, module: Module, node: Expression, claim: str, how: str, field: str = "") -> None:
        self.place = module.at(node)
        self.claim = claim
        self.how = how
        self.field = field
        self.with_id: str | None = None
        self._module = module

    @property
    def is_verified(self) -> bool:
        """Whether the module says anything of a verified email."""
        return b"erified" in self._module.linked.text(self._module.path)


def find(module: Module) -> Iterator[ClaimUse]:
    """Yield the uses of claims in a module that a rule asks about."""
    if module.role is not Role.TEST:
        yield from {use.place: use for use in _all(module)}.values()


def _all(module: Module) -> Iterator[ClaimUse]:
    for use in fields.find(module):
        yield from _filtered(module, use) if use.method == "field" else _written(module, use)
    for ranged in indexes.find(module):
        for step in dict.fromkeys(step for one in ranged.ranges for step in one.steps if step.method == "eq"):
            if step.value is not None:
                yield from _stored(module, step.value, _sought(module, ranged.call), step.field)
    for claim in _CLAIMS:
        for taken in _taken(module, claim):
            for node in _forms(taken):
                yield from _compared(module, node, taken, claim)


def _stored(module: Module, value: Expression, how: str, field: str | None) -> Iterator[ClaimUse]:
    """Yield the use of a claim as what a field holds."""
    if field is None or field.rpartition(".")[2] not in _FIELDS or isinstance(bare(value), Literal):
        return
    claim = _claim(module, value)
    if claim in _CLAIMS:
        yield ClaimUse(module, value, claim, how, field)


def _claim(module: Module, value: Expression) -> str:
    """Return the claim of an identity that a value surely is, or what is written for none; empty for all else."""
    while (
        isinstance(inner := bare(value), Binary) and inner.operator in _ELSE and isinstance(bare(inner.right), Literal)
    ):
        value = inner.left
    found = module.linked.origins(value)
    return next(iter(found)).detail if {one.kind for one in found} == {"identity"} and len(found) == 1 else ""


def _written(module: Module, use: FieldUse) -> Iterator[ClaimUse]:
    document = bare(use.document) if use.document is not None else None
    for field in _FIELDS if isinstance(document, Object) else ():
        entry = property_of(document, field) if isinstance(document, Object) else None
        if entry is not None:
            yield from _stored(module, entry.value, "written", field)


def _filtered(module: Module, use: FieldUse) -> Iterator[ClaimUse]:
    """Yield what `q.eq(q.field("email"), value)` compares a field with."""
    node = outermost(use.call)
    call = node.parent
    is_equal = isinstance(call, Call) and isinstance(call.callee, Member) and call.callee.name == "eq"
    if isinstance(call, Call) and is_equal and node in call.arguments:
        for other in call.arguments:
            if other is not node:
                asked = use.call.function.parent if use.call.function is not None else None
                how = _sought(module, asked) if isinstance(asked, Call) else "looked_up"
                yield from _stored(module, other, how, literal(module.linked, use.call, 0))


def _sought(module: Module, query: Call) -> str:
    """Return `signed` for a query for a document whose id is only written down, as that of who calls; else `looked_up`.

    Who gets that far was decided before: the function is for those who are logged in.
    """
    held = _run(query).parent
    names = held.bindings if isinstance(held, Declare) and held.form == "const" else ()
    is_signed = len(names) == 1 and not names[0].steps and all(_is_noted(module, use) for use in names[0].uses)
    return "signed" if is_signed and _is_behind_check(module, query) else "looked_up"


def _is_behind_check(module: Module, query: Call) -> bool:
    """Say whether who calls is asked before: the function is for those logged in, or may have a helper look at that."""
    for one in functions.find_registered(module):
        handler = one.made.handler
        if handler is not None and handler.start <= query.start and query.end <= handler.end:
            before = (call for call in module.summary.code.calls if handler.start < call.start < query.start)
            return one.identity is Grade.ENFORCES or any(_may_check(module, call) for call in before)
    return False


def _may_check(module: Module, call: Call) -> bool:
    """Say whether what is called is given ctx, and may refuse who calls."""
    if not any(isinstance(present(module.linked.value(given)), Ctx) for given in call.arguments):
        return False
    callee = module.linked.value(call.callee)
    grade = module.linked.identity(callee.path, callee.ordinal) if isinstance(callee, Closure) else Grade.UNKNOWN
    return grade in {Grade.ENFORCES, Grade.UNKNOWN}


def _run(query: Call) -> Expression:
    """Return all of a query for one document, with its `await`, and what is taken instead where it is not run."""
    node: Expression = outermost(query)
    while True:
        match node.parent:
            case Member(of=of, name=name, parent=Call(callee=callee) as call) if (
                of is node and callee is node.parent and name in _ONE
            ):
                node = outermost(call)
            case Await() as parent:
                node = outermost(parent)
            case Conditional(test=test) as parent if test is not node:
                node = outermost(parent)
            case _:
                return node


def _is_noted(module: Module, use: Expression) -> bool:
    """Say whether the id of a document that a name holds is what a field is written with."""
    member = outermost(use).parent
    entry = outermost(member).parent if isinstance(member, Member) and member.name == "_id" else None
    written = (
        outermost(entry.parent).parent if isinstance(entry, Property) and isinstance(entry.parent, Object) else None
    )
    callee = present(module.linked.value(written.callee)) if isinstance(written, Call) else None
    return isinstance(callee, Method) and isinstance(callee.of, Db) and callee.name in {"insert", "patch", "replace"}


def _taken(module: Module, claim: str) -> Iterator[Expression]:
    """Yield what takes a claim of a name, or of what is waited for."""
    if claim.encode() not in module.linked.text(module.path):
        return
    for name in module.summary.code.names:
        parent = name.parent
        member = outermost(name).parent if type(parent) is Cast else parent
        if type(member) is Member and member.name == claim and bare(member.of) is name:
            yield member
    for call in module.summary.code.calls:
        waits = outermost(call).parent
        member = outermost(waits).parent if type(waits) is Await else None
        if type(member) is Member and member.name == claim and bare(member.of) is waits:
            yield member


def _forms(taken: Expression) -> Iterator[Expression]:
    """Yield what takes a claim, or the names that hold it, each with what is the same in another form."""
    top = _same(taken)
    held = top.parent
    if isinstance(held, Declare) and len(held.bindings) == 1 and held.form == "const" and not held.bindings[0].steps:
        yield from (_same(use) for use in held.bindings[0].uses)
    else:
        yield top


def _same(node: Expression) -> Expression:
    """Return the outermost expression that is the same string in another form, or what is written for none."""
    node = outermost(node)
    while (same := _of_same(node)) is not None:
        node = outermost(same)
    return node


def _of_same(node: Expression) -> Expression | None:
    around = node.parent
    if isinstance(around, Binary) and around.operator in _ELSE and around.left is node:
        return around if isinstance(bare(around.right), Literal) else None
    if isinstance(around, Member) and around.of is node and around.name in _SAME:
        call = outermost(around).parent
        return call if isinstance(call, Call) else None
    return None


def _compared(module: Module, node: Expression, taken: Expression, claim: str) -> Iterator[ClaimUse]:
    """Yield the comparison that a claim stands in, and what is called as another claim and gets it."""
    around = node.parent
    name = _called(node)
    if name is not None:
        if _claim(module, taken) == claim:
            yield ClaimUse(module, node, claim, "written" if isinstance(around, Property) else "looked_up", name)
        return
    if isinstance(around, Binary) and around.operator in _EQUAL:
        other = bare(around.right if around.left is node else around.left)
        if isinstance(other, Literal) and other.form in {"null", "undefined"}:
            return
        if _claim(module, taken) == claim:
            every = (form for one in _taken(module, claim) for form in _forms(one))
            is_copied = claim == "email" and copies.renews(module, around, every)
            use = ClaimUse(module, around, claim, "renewed" if is_copied else "compared")
            found = present(module.linked.value(other))
            is_id = isinstance(found, Id) and not isinstance(present(module.linked.value(node)), Id)
            use.with_id = found.table or "" if isinstance(found, Id) and is_id else None
            yield use
        return
    tester = around if isinstance(around, Member) and around.of is node else None
    called = outermost(tester).parent if tester is not None else around
    if isinstance(called, Call) and isinstance(called.callee, Member) and called.callee.name in _TESTS:
        is_part = node in called.arguments[:1] or tester is bare(called.callee)
        if is_part and _claim(module, taken) == claim:
            yield ClaimUse(module, called, claim, "tested")


def _called(node: Expression) -> str | None:
    """Return `tokenIdentifier` where a value is given under that name, in an object or behind it: `eq(name, value)`."""
    around = node.parent
    if isinstance(around, Property):
        return around.key if around.key == _FIELDS[0] else None
    if not isinstance(around, Call) or len(around.arguments) != 2 or around.arguments[1] is not node:  # noqa: PLR2004  a name and a value
        return None
    first = bare(around.arguments[0])
    return _FIELDS[0] if isinstance(first, Literal) and first.value == _FIELDS[0] else None
